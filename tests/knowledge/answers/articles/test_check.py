"""Each thing an editor can get wrong is told, and only that."""

from collections.abc import Callable
from datetime import date

import pytest

from knowledge.answers.articles.check import problems
from tests.knowledge.answers.content_folder import COLLOQUIAL, SUBJECTS, WORDINGS, ContentFolder

TODAY = date(2026, 6, 1)
ANSWER = "Ja, kommunen ska ha en lägesbild. Det står i lagen."
MORE = "Läs mer om lägesbild i [lagen](https://lagen.nu/2023:196)."


def told(folder: ContentFolder) -> list[tuple[str, str]]:
    return [(problem.field, problem.message) for problem in problems(folder.root, TODAY)]


def test_a_faultless_folder_has_no_problems(folder: ContentFolder) -> None:
    assert told(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "field", "part"),
    [
        ('id = "maste-vi-ha-lagesbild"', 'id = "annat"', "id", "maste-vi-ha-lagesbild"),
        ('id = "maste-vi-ha-lagesbild"', 'id = "Måste_vi"', "id", "bindestreck"),
        ('topic = "arbetet"', 'topic = "annat"', "topic", "topics.toml"),
        ("ha en lägesbild?", "ha en lägesbild", "title", "frågetecken"),
        ("called maste-vi-ha-lagesbild?", "called lägesbild?", "title_en", "på engelska"),
        ("called maste-vi-ha-lagesbild?", "called this", "title_en", "frågetecken"),
        ('title_en = "Must', 'title_en = ""\nmore = "Must', "title_en", "tomt"),
        (f'  "{WORDINGS[4].format("lägesbild")}",\n', "", "wordings", "Nu är det 9"),
        ('"lägesbild krav"', '"lägesbild krav på oss"', "wordings", "Nu är det 1"),
        (f'  "{COLLOQUIAL[0].format("lägesbild")}",\n', "", "colloquial", "minst 2"),
        (', "is lägesbild required"', "", "english", "minst 2"),
        (
            '"lägesbild krav"',
            '"Är MEDBORGARLOFTE obligatoriskt for kommunen?"',
            "wordings",
            "redan",
        ),
        ('sources = ["L1 4 §"]', "sources = []", "sources", "known = false"),
        ('"maste-vi-ha-trygghetsvandring"', '"finns-inte"', "related", "finns inte"),
        ('"maste-vi-ha-trygghetsvandring"', '"maste-vi-ha-lagesbild"', "related", "själv"),
        ('"maste-vi-ha-trygghetsvandring", ', "", "related", "Nu är det 1"),
        ("checked = 2026-01-15", "checked = 2026-06-02", "checked", "inte varit"),
        ("checked = 2026-01-15", "checked = 1926-01-15", "checked", "för länge sedan"),
        ("owner", "review_by = 2026-01-15\nowner", "review_by", "senare än"),
        ("owner", "review_by = 2036-01-15\nowner", "review_by", "två år"),
    ],
)
def test_a_wrong_field_is_told(
    folder: ContentFolder, old: str, new: str, field: str, part: str
) -> None:
    folder.change(old, new)
    assert any(name == field and part in message for name, message in told(folder))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Ja. " + "Ord " * 19 + "ord.", None),
        ("ord " * 21 + "ord.", "K02"),
        ("Ja. " + "Ord " * 25 + "ord.", "K06"),
        ("Ja, ni ska det. " * 16, "Nu är det 64"),
        (
            "Här är en mening som med flit har fått vara tjugo ord lång, och det är för mycket. "
            * 4,
            "snitt",
        ),
        ("Det är bra om Ni gör det.", "K03"),
        ("Du ska göra det. Ni med.", None),
        ("Kommunen ska genomföra en utbildning.", "K05"),
        ("Detta är avseende lagen.", "K07"),
        ("Det kan till exempel vara så.", None),
        ("Det kan t.ex. vara så.", "K09"),
        ("Det är ca tio.", "K09"),
        ("Skolan och/eller polisen.", "K09"),
        ("Mötet är kl. 14.35.", None),
        ("Mötet är 14:35.", "K12"),
        ("Lag 2023:196 och prop. 2022/23:43 gäller.", None),
        ("Ge oss feedback.", "K13"),
        ("Så bra!", "K15"),
        ("Så bra 🎉.", "K15"),
        ("Vi har ingen belagd uppgift om det.", "K16"),
        ("Det vet vi inte.", None),
        ("Uppgifterna är inte kontrollerade.", "K16"),
        ("Vi har läst lagen.", "K16"),
        ("Det finns 65 områden, enligt en sekundärkälla.", "K16"),
        ("Det är det senaste vi känner till.", "K16"),
        ("Lägesbilden, kommunens bild av brottsligheten, är viktig.", "K16"),
        ("En lägesbild är kommunens bild av brottsligheten i hela kommunen.", None),
        ("Ja, ni ska. Det står i 4 §.", "K16"),
        ("Ja, ni ska (4 §).", None),
        ("Arbetet ingår när det passar.", "K16"),
        ("Titta på bra.se.", "K16"),
        ("Tryggves förslag är en lista. Det är vårt förslag.", "K17"),
        ("Tryggves förslag är en lista.", None),
    ],
)
def test_language_is_told_by_its_rule(folder: ContentFolder, text: str, part: str | None) -> None:
    folder.change(ANSWER, text)
    messages = [message for _, message in told(folder)]
    assert messages == [] if part is None else any(part in message for message in messages)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Så här:\n\n- **ett**\n- två", None),
        ("### Mer", "Rubriker"),
        ("| a | b |\n|---|---|", "Tabeller"),
        ("Kör `ls`.", "kodtecken"),
        ("Hej <b>du</b>.", "html"),
        ("![bild](https://a.se/b.png)", "Bilder"),
        ("1. ett\n2. två", "listor"),
        ("> sagt", "först på raden"),
        ("Se [lagen](http://lagen.nu).", "https://"),
        ("Se [lagen](lagen.nu).", "https://"),
        ("Se https://lagen.nu.", "[text]"),
        ("Se [lagen] (https://lagen.nu).", "[text]"),
        ("Se [lagen](https://lagen.nu/2023:196#P6).", None),
        ("Se [Brå](https://bra.se).", "startsida"),
        ("Se [Brå](https://www.bra.se/).", "startsida"),
        ("Se [Brås statistik](https://statistik.bra.se).", None),
    ],
)
def test_what_teams_cannot_show_is_told(folder: ContentFolder, text: str, part: str | None) -> None:
    folder.change(MORE, text)
    messages = [message for _, message in told(folder)]
    assert messages == [] if part is None else any(part in message for message in messages)


def test_more_may_be_longer_than_the_answer_but_not_endless(folder: ContentFolder) -> None:
    folder.change(MORE, "Det är fem ord här. " * 30)
    assert told(folder) == []
    folder.change("Det är fem ord här. " * 30, "Det är fem ord här. " * 31)
    assert [field for field, _ in told(folder)] == ["more"]


def test_a_checklist_of_seven_points_may_stand_in_the_answer(folder: ContentFolder) -> None:
    point = "- Har ni frågat alla som ska vara med i rådet?\n"
    folder.change(ANSWER, "Ja, gå igenom punkterna.\n\n" + point * 7)
    assert told(folder) == []
    folder.change(point * 7, point * 8)
    assert [field for field, _ in told(folder)] == ["answer"]
    folder.change(point * 8, (point.rstrip() + point.removeprefix("-")) * 7)
    assert [field for field, _ in told(folder)] == ["answer"]


def test_what_a_list_adds_is_no_leave_for_a_long_text(folder: ContentFolder) -> None:
    folder.change(ANSWER, "Ja, ni ska det. " * 16 + "\n\n- en punkt")
    assert [message for _, message in told(folder)] == ["Högst 60 ord. Nu är det 64."]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('["L1 4 §"]', '["L1 4–6 §§"]', "2023:196 5"),
        ('["L1 4 §"]', '["L1 4 §", "L1 10 kap. 15 a och 18 §§"]', "2023:196 10:18"),
        ("Det står i lagen.", "Det står i lagen (9 §).", "9"),
        ("Det står i lagen.", "Så är det (2 kap. 4 §).", "2:4"),
    ],
)
def test_a_section_that_is_cited_must_be_rested_on(
    folder: ContentFolder, old: str, new: str, place: str
) -> None:
    folder.change(old, new)
    messages = [message for field, message in told(folder) if field == "rests_on"]
    assert any(f"Paragrafen {place} " in message for message in messages)


@pytest.mark.parametrize(
    "cited", ["(11–14 §§ medbestämmandelagen)", "(artikel 6.1 e)", "(1 kap. 2 § brottsbalken)"]
)
def test_what_other_acts_say_is_not_looked_for(folder: ContentFolder, cited: str) -> None:
    folder.change("Det står i lagen.", f"Så är det {cited}.")
    assert told(folder) == []


def test_an_article_without_known_facts_needs_no_source(folder: ContentFolder) -> None:
    folder.change('sources = ["L1 4 §"]', "known = false")
    assert told(folder) == []


def test_the_same_id_in_two_folders_is_told(folder: ContentFolder) -> None:
    folder.write(f"annat/{folder.id(SUBJECTS[0])}.md", folder.article(SUBJECTS[0]))
    assert any("Samma id" in message for _, message in told(folder))


def test_a_title_that_finds_another_article_is_told(folder: ContentFolder) -> None:
    folder.change("Måste kommunen ha en lägesbild?", "Måste kommunen ha en medborgarlöfte?")
    assert any(field == "title" and "hittar först" in message for field, message in told(folder))


def test_a_link_must_be_whole_but_may_be_missing(folder: ContentFolder) -> None:
    path = folder.root / "sources.toml"
    path.write_text(path.read_text("utf-8").replace("https://lagen.nu", "lagen.nu"), "utf-8")
    assert [problem.file for problem in problems(folder.root, TODAY)] == ["sources.toml [L1]"]


def test_a_source_leads_to_a_page_and_not_to_a_site(folder: ContentFolder) -> None:
    path = folder.root / "sources.toml"
    path.write_text(path.read_text("utf-8").replace("lagen.nu/2023:196", "lagen.nu/"), "utf-8")
    assert [(one.file, one.field) for one in problems(folder.root, TODAY)] == [
        ("sources.toml [L1]", "url")
    ]


def test_phrases_are_told_in_the_glossary_too(folder: ContentFolder) -> None:
    path = folder.root / "glossary.toml"
    told_so = path.read_text("utf-8").replace("En bild.", "Vi har ingen belagd betydelse.")
    path.write_text(told_so, "utf-8")
    assert [(one.file, one.field) for one in problems(folder.root, TODAY)] == [
        ("glossary.toml #2", "meaning")
    ]


@pytest.mark.parametrize(("ask", "expected"), [("", ["variants"]), ('ask = "Vilken?"\n', [])])
def test_a_shared_variant_needs_a_question(
    folder: ContentFolder, ask: str, expected: list[str]
) -> None:
    path = folder.root / "glossary.toml"
    twin = '[[term]]\nname = "SSPF-råd"\nvariants = ["Sspf"]\nmeaning = "Ett råd."\nsources = []\n'
    path.write_text(path.read_text("utf-8") + twin + ask, "utf-8")
    assert [field for field, _ in told(folder)] == expected


def test_problems_come_in_the_order_of_files_and_read_as_one_line(folder: ContentFolder) -> None:
    for subject in reversed(SUBJECTS):
        folder.change("i lagen.\n", "i lagen!\n", subject)
    found = problems(folder.root, TODAY)
    assert [problem.file for problem in found] == sorted(problem.file for problem in found)
    assert all("\n" not in str(problem) and problem.file in str(problem) for problem in found)


Spoil = Callable[[ContentFolder], object]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: folder.write("arbetet/tom.md", ""),
        lambda folder: folder.write("arbetet/bara.md", "+++\n+++\n"),
        lambda folder: folder.write("arbetet/oavslutad.md", '+++\nid = "x"\n'),
        lambda folder: folder.write("topics.toml", "= ="),
        lambda folder: folder.write("sources.toml", "L1 = 3"),
        lambda folder: folder.write("glossary.toml", 'term = "x"'),
        lambda folder: folder.write("glossary.toml", "[[term]]\nname = 1\n"),
    ],
    ids=["empty", "no fields", "unfinished", "topics", "source", "terms", "term"],
)
def test_rubbish_is_told_and_never_raises(folder: ContentFolder, spoil: Spoil) -> None:
    spoil(folder)
    assert problems(folder.root, TODAY)
