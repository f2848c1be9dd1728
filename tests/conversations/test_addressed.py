"""The bot's name before or behind what is said, in every way that clients write it."""

from typing import Any

import pytest

from tests.support.town import BOT, Person, Town, town

MENTION = {"type": "mention", "text": "<at>Tryggve</at>", "mentioned": BOT}
SILENT = {"type": "mention", "mentioned": BOT}


@pytest.fixture
async def anna(sqlite_url: str) -> Any:
    async with town(sqlite_url) as tryggve:
        yield tryggve.person("Anna Alm")


@pytest.mark.parametrize(
    "words",
    [
        "Tryggve hjälp",
        "tryggve, hjälp!",
        "@Tryggve hjälp",
        "@Tryggve: hjälp",
        "hjälp Tryggve",
        "hjälp, tryggve",
        "hjälp @Tryggve",
        "hej Tryggve, hjälp tack",
    ],
)
async def test_a_command_is_the_same_with_the_name(anna: Person, words: str) -> None:
    await anna.says("hjälp")
    asked = anna.words()
    await anna.says(words)

    assert anna.words() == asked


@pytest.mark.parametrize(
    ("words", "entity"),
    [
        ("<at>Tryggve</at> hjälp", MENTION),
        ("hjälp <at>Tryggve</at>", MENTION),
        ("<at>Tryggve</at>&nbsp;hjälp", MENTION),
        ("<at>Tryggve</at>\u00a0hjälp", SILENT),
        ("Tryggve hjälp", SILENT),
        ("Tryggve&nbsp;hjälp", {**MENTION, "text": "<at>Tryggve (kommunen)</at>"}),
    ],
)
async def test_a_command_is_the_same_with_a_mention(
    anna: Person, words: str, entity: dict[str, Any]
) -> None:
    await anna.says("hjälp")
    asked = anna.words()
    await anna.act({"type": "message", "text": words, "entities": [entity]})

    assert anna.words() == asked


@pytest.mark.parametrize(
    "words", ["Tryggve, byt kommun till Växjö", "byt kommun till Växjö, Tryggve"]
)
async def test_what_follows_a_command_is_the_same_with_the_name(anna: Person, words: str) -> None:
    await anna.says(words)
    anna.hears("Kronobergs län")


@pytest.mark.parametrize("words", ["ja Tryggve", "Tryggve, ja", "ja, tryggve!"])
async def test_an_awaited_answer_is_the_same_with_the_name(anna: Person, words: str) -> None:
    await anna.says("jag vill inte ha fler utskick")
    anna.hears("Ska jag")
    await anna.says(words)
    anna.hears("får inga utskick")


@pytest.mark.parametrize(
    "words",
    [
        "Tryggve, hur ofta ska lägesbilden uppdateras?",
        "hur ofta ska lägesbilden uppdateras, Tryggve?",
    ],
)
async def test_a_question_is_answered_with_the_name(anna: Person, words: str) -> None:
    await anna.says(words)
    anna.hears("Minst vartannat år")


async def test_what_is_dictated_keeps_the_name(sqlite_url: str) -> None:
    async with town(sqlite_url) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("nytt utskick")
        await kerstin.says("Rubrik: Så använder ni Tryggve\nText: Mötet handlar om Tryggve")
        kerstin.hears("Så använder ni Tryggve", "Mötet handlar om Tryggve")


async def test_what_is_forwarded_cannot_be_read_and_that_is_said(anna: Person) -> None:
    forwarded = {"contentType": "forwardedMessageReference", "content": "{}"}
    text = '<attachment id="1700000000001"></attachment>'
    await anna.act({"type": "message", "text": text, "attachments": [forwarded]})

    anna.hears("Jag kan inte läsa bilder, filer och vidarebefordrade meddelanden")
    anna.does_not_hear("efter mitt namn")


async def test_nothing_at_all_gets_a_sentence_for_the_place(anna: Person) -> None:
    await anna.says("")
    anna.does_not_hear("efter mitt namn")
    anna.hears("Skriv din fråga")
    await anna.says("", channel="19:kanalen")
    anna.hears("efter mitt namn")


async def test_capitals_make_no_second_person(tryggve: Town) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("byt kommun till Växjö")
    kerstin.object_id, kerstin.tenant = kerstin.object_id.upper(), kerstin.tenant.upper()
    await kerstin.says("min samordnare")
    kerstin.hears("Kronobergs län")
    await kerstin.says("nytt utskick")
    kerstin.does_not_hear("bara")


async def test_what_is_said_twice_without_an_id_is_answered_twice(tryggve: Town) -> None:
    anna = tryggve.person("Anna Alm")
    for _ in range(2):
        await anna.act({"type": "message", "text": "hjälp", "id": None})
        assert len(anna.heard) == 1
