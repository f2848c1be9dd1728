"""J6: a question to whoever wrote the announcement, and the answer back."""

import pytest

from tests.conversations.test_announcements import FORM, OTHER_TENANT, TENANTS
from tests.support.town import TENANT, Person, Town, town

QUESTION = "När börjar mötet om handboken?"
ANSWER = "Klockan nio. Ring mig på 010-223 70 00."


async def _announced(tryggve: Town, **changed: str) -> tuple[Person, Person]:
    """Kerstin has written to Anna in Växjö."""
    anna = tryggve.person("Anna Alm")
    await anna.says("byt kommun till Växjö")
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("nytt utskick")
    await kerstin.taps("Förhandsgranska", **{**FORM, "reach": "people", **changed})
    await kerstin.says("skicka")
    await anna.is_told("Ny handbok om lägesbilder")
    return kerstin, anna


async def test_a_question_goes_to_the_author_and_the_answer_comes_back_tapped(
    tryggve: Town,
) -> None:
    kerstin, anna = await _announced(tryggve)
    await anna.taps("Fråga samordnaren")
    anna.hears("Fråga om utskicket ”Ny handbok om lägesbilder”", "Skriv inga namn")
    send = anna.button("Skicka frågan")
    await anna.taps("Skicka frågan", question=QUESTION)
    anna.hears("Din fråga är skickad till Länsstyrelsen i Kronobergs län")
    await anna.act(_invoke(send, question=QUESTION))
    anna.hears("Frågan är redan skickad")

    await kerstin.is_told(QUESTION)
    kerstin.hears("Anna Alm, Växjö, frågar:", "Ny handbok om lägesbilder")
    await kerstin.taps("Svara")
    kerstin.hears("Svara på frågan", QUESTION)
    send = kerstin.button("Skicka svaret")
    await kerstin.taps("Skicka svaret", answer=ANSWER)
    kerstin.hears("Svaret är skickat")
    await kerstin.act(_invoke(send, answer="Ett annat svar"))
    kerstin.hears("Frågan är redan besvarad")

    await kerstin.says("visa utskicket")
    kerstin.hears("1 besvarad fråga")
    kerstin.does_not_hear("väntar på svar")

    await anna.is_told(ANSWER)
    anna.hears("Svar från Länsstyrelsen i Kronobergs län", QUESTION)
    assert _times(kerstin, QUESTION, "Fråga om ett utskick") == 1
    assert _times(anna, "Svar från", ANSWER) == 1
    await kerstin.says("logg utskick")
    about = "utskicket ”Ny handbok om lägesbilder”"
    kerstin.hears(f"Kerstin Karlsson svarade på en fråga om {about}, från Anna Alm.")


async def test_the_sixth_question_waits_for_an_answer(tryggve: Town) -> None:
    _, anna = await _announced(tryggve)
    for number in range(5):
        await anna.says(f"fråga samordnaren: När börjar möte {number}?")
        anna.hears("Din fråga är skickad")
    await anna.says("fråga samordnaren: När börjar möte 6?")
    anna.hears("5 frågor från dig väntar redan på svar från Länsstyrelsen i Kronobergs län")


async def test_the_same_in_words(tryggve: Town) -> None:
    kerstin, anna = await _announced(tryggve)
    await anna.says(f"fråga samordnaren: {QUESTION}")
    anna.hears("Din fråga är skickad")
    await kerstin.is_told(QUESTION)
    await kerstin.says(f"svara: {ANSWER}")
    kerstin.hears("Svaret är skickat")
    await anna.is_told(ANSWER)

    await anna.says("fråga samordnaren")
    anna.hears("Fråga om utskicket ”Ny handbok om lägesbilder”")
    await anna.says("Jag är osäker på lokalen, var är det?")
    anna.hears("Din fråga är skickad")
    await kerstin.is_told("Jag är osäker på lokalen")
    await kerstin.says("svara")
    kerstin.hears("Jag är osäker på lokalen")
    await kerstin.says("I Växjö, på länsstyrelsen.")
    kerstin.hears("Ska jag skicka svaret till Anna Alm?")
    await kerstin.says("ja")
    kerstin.hears("Svaret är skickat")
    await kerstin.says("svara")
    kerstin.hears("Ingen fråga väntar på svar")


async def test_a_command_in_between_is_not_sent_to_the_coordinator(tryggve: Town) -> None:
    kerstin, anna = await _announced(tryggve)
    for command in ("utbildningar i mars", "avbryt", "min samordnare"):
        await anna.says("fråga samordnaren")
        anna.hears("Fråga om utskicket")
        await anna.says(command)
        anna.does_not_hear("Din fråga är skickad")
    assert "Fråga om ett utskick" not in str(kerstin.inbox())


async def test_what_is_about_somebody_is_turned_down_and_numbers_are_masked(
    tryggve: Town,
) -> None:
    kerstin, anna = await _announced(tryggve)
    await anna.says("fråga samordnaren: är Kalle Svensson misstänkt för stöld?")
    anna.hears("Det låter som att du skriver om en viss person")
    await anna.says("fråga samordnaren: mitt nummer är 811218-9876, finns jag med på listan?")
    await kerstin.is_told("finns jag med på listan?")
    assert "811218" not in str(kerstin.inbox())
    await kerstin.says("svara: Kalle Svensson är misstänkt för stöld")
    kerstin.hears("Det låter som att du skriver om en viss person")
    assert "Kalle" not in str(anna.inbox()[-1])


@pytest.mark.parametrize("way", ["card", "words"])
async def test_a_few_letters_are_no_question(tryggve: Town, way: str) -> None:
    kerstin, anna = await _announced(tryggve)
    await anna.taps("Fråga samordnaren")
    await (anna.taps("Skicka frågan", question=" ") if way == "card" else anna.says("va"))
    anna.hears("Skriv din fråga med några ord")
    await anna.says(QUESTION)
    await kerstin.is_told(QUESTION)
    await kerstin.taps("Svara")
    await (kerstin.taps("Skicka svaret", answer="") if way == "card" else kerstin.says("j"))
    kerstin.hears("Skriv svaret med några ord")


async def test_a_question_from_a_channel_goes_on_in_the_own_chat(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        channel = await tryggve.channel_is_added()
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("nytt utskick")
        await kerstin.taps("Förhandsgranska", **FORM)
        await kerstin.says("skicka")
        await tryggve.until(lambda: any(p["conversation"] == channel for p in tryggve.teams.posts))
        post = next(p["activity"] for p in tryggve.teams.posts if p["conversation"] == channel)
        bo = tryggve.person("Bo Berg")
        await bo.says("hej")
        bo.heard = [post]
        ask = bo.button("Fråga samordnaren")
        await bo.taps_action(ask, channel=channel)
        bo.hears("Jag svarar dig i vår egen chatt", "Fråga om utskicket")
        await bo.says(QUESTION)
        await kerstin.is_told(QUESTION)
        kerstin.hears("Bo Berg, okänd kommun, frågar:")

        # The same button in somebody else's hands says nothing of what was announced.
        spy = tryggve.person("Spion", tenant=OTHER_TENANT)
        await spy.taps_action(ask)
        spy.hears("Jag hittar inget utskick till dig att fråga om")
        spy.does_not_hear("handbok")


@pytest.mark.both_databases
async def test_the_question_is_handed_over_when_the_author_has_lost_the_role(
    tryggve: Town,
) -> None:
    kerstin, anna = await _announced(tryggve)
    await anna.says(f"fråga samordnaren: {QUESTION}")
    await kerstin.is_told(QUESTION)
    karin = await tryggve.coordinator("Karin Kanal", "07")
    await karin.says("hej")
    await tryggve.tryggve.directory.revoke(TENANT, kerstin.object_id, "07")
    await kerstin.taps("Svara")
    kerstin.hears("Du är inte längre samordnare för länet", "gått vidare till en kollega")

    await karin.is_told(QUESTION)
    await karin.taps("Svara")
    await karin.says(ANSWER)
    await anna.is_told(ANSWER)


async def test_whoever_got_no_announcement_is_shown_another_way(anna: Person) -> None:
    for words in ("fråga samordnaren", f"fråga samordnaren: {QUESTION}"):
        await anna.says(words)
        anna.hears("Jag hittar inget utskick till dig", "min samordnare")


def _invoke(action: dict[str, object], **inputs: str) -> dict[str, object]:
    data = {**inputs, **action["data"]}  # type: ignore[dict-item]
    value = {"action": {"type": "Action.Execute", "verb": action["verb"], "data": data}}
    return {"type": "invoke", "name": "adaptiveCard/action", "value": value}


def _times(person: Person, *parts: str) -> int:
    return sum(all(part in str(one) for part in parts) for one in person.inbox())
