"""Reading the content folder, and telling what cannot be read."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.answers.articles.loader import ContentError, load, scan, shipped_content
from tests.knowledge.answers.content_folder import SUBJECTS, ContentFolder


def test_an_article_is_read_whole(folder: ContentFolder) -> None:
    article = next(one for one in load(folder.root).articles if one.id == "maste-vi-ha-lagesbild")
    assert article.title == "Måste kommunen ha en lägesbild?"
    assert len(article.wordings) + len(article.colloquial) == 10
    assert article.answer.startswith("Ja, kommunen")
    assert article.more.startswith("Läs mer om lägesbild")
    assert "##" not in article.answer + article.more
    assert article.known


def test_a_source_is_given_with_its_paragraph_and_its_link(folder: ContentFolder) -> None:
    source = load(folder.root).articles[0].sources[0]
    assert (source.code, source.section, source.title) == ("L1", "4 §", "Lagen (2023:196)")
    assert source.url == "https://lagen.nu/2023:196"


def test_the_next_review_is_a_year_after_the_check_unless_told(folder: ContentFolder) -> None:
    folder.change("owner =", "review_by = 2026-05-21\nowner =", SUBJECTS[1])
    reviews = {one.id: one.review_by for one in load(folder.root).articles}
    assert reviews[folder.id(SUBJECTS[0])] == date(2027, 1, 15)
    assert reviews[folder.id(SUBJECTS[1])] == date(2026, 5, 21)


def test_a_check_on_leap_day_is_reviewed_the_year_after(folder: ContentFolder) -> None:
    folder.change("checked = 2026-01-15", "checked = 2024-02-29")
    assert date(2025, 2, 28) in {one.review_by for one in load(folder.root).articles}


def test_topics_keep_their_order_and_terms_their_question(folder: ContentFolder) -> None:
    folder.write("topics.toml", 'b = "B"\narbetet = "Arbetet"\na = "A"\n')
    folder.write(
        "glossary.toml",
        '[[term]]\nname = "vbk"\nvariants = []\nmeaning = "Oklart."\nsources = []\nask = "Vad?"\n',
    )
    base = load(folder.root)
    assert list(base.topics) == ["b", "arbetet", "a"]
    assert base.terms[0].ask == "Vad?"


def test_a_topic_says_how_old_a_source_may_be_and_an_article_may_say_otherwise(
    folder: ContentFolder,
) -> None:
    folder.write("topics.toml", 'arbetet = "Arbetet"\n\n[years]\narbetet = 3\n')
    folder.change("checked", "bears = 10\nchecked")
    base = load(folder.root)
    assert list(base.topics) == ["arbetet"]
    assert {one.id: one.bears for one in base.articles}[folder.id(SUBJECTS[0])] == 10
    assert {one.bears for one in base.articles} == {3, 10}


@pytest.mark.parametrize("years", ["arbetet = 'tre'", "annat = 3"])
def test_years_are_numbers_and_of_a_topic(folder: ContentFolder, years: str) -> None:
    folder.write("topics.toml", f'arbetet = "Arbetet"\n\n[years]\n{years}\n')
    assert [one.file for one in scan(folder.root).problems] == ["topics.toml"]


@pytest.mark.parametrize(
    ("dated", "bears", "told"),
    [
        ("2024", 2, ""),
        ("2023", 2, "2023"),
        ("2024-06", 2, ""),
        ("2024-05", 2, "2024-05"),
        ("2024-05-31", 2, "2024-05-31"),
        ("2024-06-01", 2, ""),
        ("1999", 0, ""),
    ],
)
def test_a_source_is_too_old_when_it_is_older_than_the_article_bears(
    folder: ContentFolder, dated: str, bears: int, told: str
) -> None:
    path = folder.root / "sources.toml"
    path.write_text(path.read_text("utf-8") + f'dated = "{dated}"\nread = "2020-01"\n', "utf-8")
    folder.change('sources = ["L1 4 §"]', f'sources = ["L1 4 §", "A1"]\nbears = {bears}')
    article = next(one for one in load(folder.root).articles if one.id == folder.id(SUBJECTS[0]))
    assert article.sources[1].read == "2020-01"
    assert article.outlived(date(2026, 6, 1)) == told


@pytest.mark.parametrize("written", ["2023:196 4", "2023:196 6a:5", "2023:196 10:15a"])
def test_an_article_names_the_sections_it_rests_on(folder: ContentFolder, written: str) -> None:
    folder.change('rests_on = ["2023:196 4"]', f'rests_on = ["{written}"]')
    article = next(one for one in load(folder.root).articles if one.id == folder.id(SUBJECTS[0]))
    assert [str(section) for section in article.rests_on] == [written]


@pytest.mark.parametrize(
    "written",
    [
        "2023:196",
        "4 §",
        "2023:196 4 §",
        "2023:196 10 kap. 15 a",
        "L1 4",
        "2023:196 4-6",
        "1999:1 4",
    ],
)
def test_a_section_written_in_another_way_is_refused(folder: ContentFolder, written: str) -> None:
    folder.change('rests_on = ["2023:196 4"]', f'rests_on = ["{written}"]')
    assert [problem.field for problem in scan(folder.root).problems] == ["rests_on"]


def test_a_term_rests_on_sections_too(folder: ContentFolder) -> None:
    path = folder.root / "glossary.toml"
    path.write_text(path.read_text("utf-8") + 'rests_on = ["2023:196 10:15a"]\n', "utf-8")
    section = load(folder.root).terms[1].rests_on[0]
    assert (section.act, section.chapter, section.number) == ("2023:196", "10", "15a")


@pytest.mark.parametrize("line", ["i går", "2026-02-30 0123456789abcdef", "2026-02-03 xyz"])
def test_reviews_that_cannot_be_read_are_told(folder: ContentFolder, line: str) -> None:
    folder.write("laws.toml", f'["2023:196"]\n4 = ["{line}"]\n')
    assert [problem.file for problem in scan(folder.root).problems] == ["laws.toml [2023:196]"]


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(folder: ContentFolder) -> None:
    path = folder.root / "arbetet" / "maste-vi-ha-lagesbild.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(load(folder.root).articles) == len(SUBJECTS)


def test_all_faults_are_told_at_once_with_file_and_field(folder: ContentFolder) -> None:
    folder.change('owner = "Redaktionen"\n', "")
    folder.change("L1 4 §", "X9 4 §", SUBJECTS[1])
    folder.change("checked = 2026-01-15", 'checked = "i våras"', SUBJECTS[2])
    with pytest.raises(ContentError) as refused:
        load(folder.root)
    told = {(Path(one.file).stem, one.field) for one in refused.value.problems}
    assert told == {
        (folder.id(SUBJECTS[0]), "owner"),
        (folder.id(SUBJECTS[1]), "sources"),
        (folder.id(SUBJECTS[2]), "checked"),
    }


def test_broken_front_matter_is_told_with_its_line(folder: ContentFolder) -> None:
    path = folder.change('topic = "arbetet"', "topic = arbetet")
    line = path.read_text("utf-8").splitlines().index("topic = arbetet") + 1
    assert f"rad {line}" in {problem.field for problem in scan(folder.root).problems}


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('topic = "arbetet"', 'topic = ["arbetet"]', "topic"),
        ('title = "Måste kommunen ha en lägesbild?"', 'title = " "', "title"),
        ('  "lägesbild krav",', "  7,", "wordings"),
        ('owner = "Redaktionen"', 'owner = "R"\nauthor = "Anna"', "author"),
        ('owner = "Redaktionen"', 'owner = "R"\nknown = "nej"', "known"),
        ("+++\nid", "id", "+++"),
    ],
)
def test_a_wrong_field_is_named(folder: ContentFolder, old: str, new: str, field: str) -> None:
    folder.change(old, new)
    assert [problem.field for problem in scan(folder.root).problems] == [field]


def test_one_broken_article_leaves_the_others_readable(folder: ContentFolder) -> None:
    folder.change("+++\nid", "id")
    assert len(scan(folder.root).base.articles) == len(SUBJECTS) - 1


@pytest.mark.parametrize("name", ["topics.toml", "sources.toml", "glossary.toml"])
def test_a_missing_file_is_told_by_name(folder: ContentFolder, name: str) -> None:
    (folder.root / name).unlink()
    assert name in {problem.file for problem in scan(folder.root).problems}


def test_a_file_that_is_not_utf8_is_told(folder: ContentFolder) -> None:
    (folder.root / "arbetet" / "latin.md").write_bytes("lägesbild".encode("latin-1"))
    assert [problem.file for problem in scan(folder.root).problems] == ["arbetet/latin.md"]


def test_the_shipped_content_can_be_read() -> None:
    assert scan(shipped_content()).problems == []
