"""A short question about one's data or rights, and the wish to have somebody else erased."""

import pytest

from dialogs.own_data.others import erases_another
from dialogs.own_data.short import is_of_data
from dialogs.understanding.vocabulary import wordings
from tests.conversations.test_announcements import FORM
from tests.support.builders import create_training
from tests.support.town import Person, Town, library, words_of

KEPT, WAITS = "Det här sparar jag om dig", "Det du höll på med är kvar."
PUBLIC, BASIS = "Det du skriver kan vara en allmän handling.", "Du behöver inte samtycka."


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("är det här en allmän handling?", PUBLIC),
        ("är det jag skriver till dig offentligt?", PUBLIC),
        ("blir vår chatt en allmän handling", PUBLIC),
        ("omfattas det här av sekretess?", PUBLIC),
        ("kan en journalist läsa det här", PUBLIC),
        ("måste jag samtycka?", BASIS),
        ("på vilken laglig grund?", BASIS),
        ("kan jag ta tillbaka mitt samtycke", BASIS),
        ("med vilken rätt sparar ni det här", BASIS),
        ("vem ser det?", "Den som driver Tryggve ser det som är sparat."),
        ("sparas det?", "Jag sparar inte hela samtalet"),
    ],
)
async def test_a_short_question_is_answered(anna: Person, said: str, first: str) -> None:
    await anna.says("byt kommun till Växjö")
    await anna.says(said)

    assert anna.words().startswith(first), anna.words()
    anna.hears(KEPT)
    anna.does_not_hear(WAITS)


async def test_what_was_just_read_is_meant_where_nothing_else_is_said(anna: Person) -> None:
    await anna.says("hur ofta ska vi uppdatera lägesbilden?")
    await anna.says("är den offentlig?")
    anna.hears("Är lägesbilden en allmän handling?")
    await anna.says("är det jag skriver offentligt?")
    anna.hears(PUBLIC)


@pytest.mark.parametrize(
    "said",
    [
        "sparas det?", "vem ser det?", "är det säkert?", "gdpr?", "måste jag samtycka?",
        "är det offentligt?", "raderas det?", "kan jag bli raderad?", "vad sparas?",
        "mina rättigheter?", "får polisen det?",
    ],
)  # fmt: skip
async def test_a_form_is_kept_while_it_is_answered(tryggve: Town, said: str) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("nytt utskick")
    await kerstin.says(said)
    kerstin.hears(KEPT, WAITS)

    await kerstin.says(f"Rubrik: {FORM['heading']}\nText: {FORM['text']}")
    kerstin.hears("Så här ser utskicket ut")


async def test_a_yes_is_still_awaited_after_a_question_in_between(anna: Person) -> None:
    await anna.says("byt kommun till Växjö")
    await anna.says("radera mig")
    await anna.says("sparas det?")
    anna.hears(KEPT, WAITS)
    await anna.says("ja")
    anna.hears("Jag har raderat dina uppgifter.")


async def test_a_sign_up_goes_on_after_a_question_in_between(tryggve: Town, anna: Person) -> None:
    await create_training(tryggve)
    await anna.says("byt kommun")
    await anna.says("vem ser det?")
    anna.hears(KEPT, WAITS)
    await anna.says("Alvesta")
    await anna.says("min samordnare")
    anna.hears("Alvesta")


async def test_in_a_channel_it_goes_on_in_the_own_chat_and_nothing_else_does(
    tryggve: Town, anna: Person
) -> None:
    await anna.installs()
    channel = await tryggve.channel_is_added()
    await anna.says("måste jag samtycka?", channel=channel)
    shown = [one["place"] for one in anna.heard if KEPT in words_of(one)]
    assert shown == [anna.chat]

    before = len(anna.inbox())
    await anna.says("hur ofta ska vi uppdatera lägesbilden?", channel=channel)
    anna.hears("Minst vartannat år")
    assert len(anna.inbox()) == before


@pytest.mark.parametrize(
    "said",
    [
        "radera allt om min kollega", "radera uppgifterna om vår praktikant", "glöm min sambo",
        "kan du radera min kollegas uppgifter", "radera min medarbetares konto",
        "ta bort alla uppgifter om en medarbetare", "radera allt om honom",
        "jag vill att ni tar bort min kollega som har slutat", "radera mina kollegors uppgifter",
        "erase everything about my colleague", "radera alla", "radera alla i kommunen",
        "ta bort allas uppgifter", "kan ni radera alla elever", "radera alla andra",
    ],
)  # fmt: skip
async def test_nobody_is_erased_by_another_and_hears_whom_to_turn_to(
    anna: Person, said: str
) -> None:
    await anna.says("byt kommun till Växjö")
    await anna.says(said)

    anna.hears(
        "Jag raderar bara dina egna uppgifter, aldrig någon annans.",
        "Den andra kan själv skriva ”radera mig”.",
        "dataskyddsombudet i din egen organisation",
    )


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("ta bort min kollega från kursen", "Jag kan fråga en kollega åt dig."),
        ("radera alla uppgifter om mig", "Ska jag radera dig?"),
        ("kan du radera mina uppgifter", "Ska jag radera dig?"),
        ("jag vill att ni tar bort allt om mig", "Ska jag radera dig?"),
        ("är lägesbilden offentlig?", "Är lägesbilden en allmän handling?"),
        ("radera alla mina uppgifter", "Ska jag radera dig?"),
        ("delete everything i wrote", "Ska jag radera dig?"),
        ("glöm det där", "Vi håller inte på med något just nu."),
    ],
)
async def test_what_sounds_like_it_means_what_it_meant(anna: Person, said: str, hears: str) -> None:
    await anna.says("byt kommun till Växjö")
    await anna.says(said)

    anna.hears(hears)


def test_no_question_of_the_work_and_no_other_command_is_taken_for_it() -> None:
    articles = library().base.articles
    asked = [way for one in articles for way in (one.title, *one.wordings, *one.english)]
    wished = [
        way for one in wordings() if one.command != "my_data" for way in (*one.exact, *one.like)
    ]

    assert len(asked) + len(wished) > 15_000
    assert [one for one in (*asked, *wished) if is_of_data(one) or erases_another(one)] == []
