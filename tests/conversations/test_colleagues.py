"""Proposing a training to a colleague, who answers in the own chat."""

import pytest

from dialogs.trainings.colleagues.propose import ProposeColleague
from tests.conversations.test_participants import works_in
from tests.support.builders import create_training
from tests.support.town import Person, Town

pytestmark = pytest.mark.both_databases


@pytest.fixture
async def erik(tryggve: Town) -> Person:
    """Looks at a training, in Växjö."""
    await create_training(tryggve)
    erik = await works_in(tryggve, "Erik Ek", "Växjö")
    await erik.says("utbildningar")
    await erik.says("berätta mer om 1")
    return erik


async def test_a_colleague_is_asked_and_takes_part_after_a_yes(tryggve: Town, erik: Person) -> None:
    karin = await works_in(tryggve, "Karin Karlsson", "Växjö")
    await erik.taps("Föreslå en kollega")
    erik.hears("Vem vill du föreslå till Lägesbild i praktiken?")
    await erik.taps("Sök", name="Karin")
    erik.hears("Ska jag fråga Karin Karlsson om Lägesbild i praktiken?")
    await erik.taps("Ja, fråga")
    erik.hears("Frågan går till Karin Karlsson")

    await karin.is_told("Vill du gå Lägesbild i praktiken?")
    karin.hears("Erik Ek, som arbetar i samma kommun som du, föreslår den.", "Du är inte anmäld än")
    question = karin.button("Ja, anmäl mig")
    await karin.says("mina utbildningar")
    karin.hears("Du är inte anmäld till någon utbildning")
    await karin.taps_action(question)
    karin.hears("Du är anmäld")
    await erik.is_told("Karin Karlsson tackade ja")
    erik.does_not_hear("plats")
    erik.does_not_hear("Deltagare")


@pytest.mark.parametrize(
    "said",
    ["föreslå Karin till utbildningen", "tipsa Karin Karlsson om kursen", "föreslå karin",
     "föreslå den för Karin", "föreslå Lägesbild i praktiken för Karin Karlsson",
     "föreslå lägesbild i praktiken för karin"],
)  # fmt: skip
async def test_the_same_in_words(tryggve: Town, erik: Person, said: str) -> None:
    karin = await works_in(tryggve, "Karin Karlsson", "Växjö")
    await erik.says(said)
    erik.hears("Ska jag fråga Karin Karlsson om Lägesbild i praktiken?")
    await erik.says("ja")
    erik.hears("Frågan går till Karin Karlsson")
    await karin.is_told("Vill du gå Lägesbild i praktiken?")


@pytest.mark.parametrize("said", ["föreslå den för Dan", "föreslå kursen för Dan"])
async def test_who_is_unknown_is_called_by_the_name(erik: Person, said: str) -> None:
    await erik.says(said)
    erik.hears("Jag når ingen som heter ”Dan” i din kommun.")


@pytest.mark.parametrize("said", ["ja", "ja tack, gärna", "nej"])
async def test_a_yes_to_the_question_that_came_by_itself(
    tryggve: Town, erik: Person, said: str
) -> None:
    karin = await works_in(tryggve, "Karin Karlsson", "Växjö")
    await karin.says(said)
    karin.hears("Jag har inte frågat något just nu")
    await erik.says("föreslå Karin till utbildningen")
    await erik.says("ja")
    await karin.is_told("Vill du gå")
    await karin.says("vad är en lägesbild?")
    await karin.says(said)
    karin.hears("Gäller det här?", "Vill du gå Lägesbild i praktiken?")
    await karin.says("ja")
    karin.hears("Du är anmäld")
    await karin.says(said)
    karin.does_not_hear("Gäller det här?")


async def test_a_no_is_not_told(tryggve: Town, erik: Person) -> None:
    karin = await works_in(tryggve, "Karin Karlsson", "Växjö")
    await erik.says("föreslå Karin till utbildningen")
    await erik.says("ja")
    await karin.is_told("Vill du gå")
    await karin.taps("Nej tack")
    karin.hears("Du har tackat nej", "Jag berättar det inte för Erik Ek.")
    await erik.says("berätta mer om 1")
    await erik.says("föreslå Karin till utbildningen")
    await erik.says("ja")
    erik.hears("Frågan går till Karin Karlsson, om hen inte redan är anmäld eller har fått den.")
    told = [one for one in karin.inbox() if "Vill du gå" in str(one)]
    assert len(told) == 1
    assert not [one for one in erik.inbox() if "tackade" in str(one)]


async def test_only_colleagues_of_the_same_municipality_and_tenant_are_found(
    tryggve: Town, erik: Person
) -> None:
    await works_in(tryggve, "Karin Karlsson", "Alvesta")
    stranger = tryggve.person("Karin Kvist", "22222222-2222-4333-8444-555555555555")
    await stranger.installs()
    await stranger.says("byt kommun till Växjö")
    gone = await works_in(tryggve, "Karin Krona", "Växjö")
    await gone.uninstalls()
    await erik.says("föreslå Karin till utbildningen")
    erik.hears("Jag når ingen som heter ”Karin” i din kommun.")
    erik.hears("Hej. Jag tror att Lägesbild i praktiken kan passa dig")
    for name in ("Karlsson", "Kvist", "Krona"):
        erik.does_not_hear(name)


async def test_a_colleague_is_picked_where_teams_has_a_list_of_people(
    tryggve: Town, erik: Person
) -> None:
    propose = tryggve.tryggve.engine.dialogs["propose_colleague"]
    assert isinstance(propose, ProposeColleague)
    propose.picks = True
    karin = await works_in(tryggve, "Karin Karlsson", "Växjö")
    elsewhere = await works_in(tryggve, "Karin Kvist", "Alvesta")
    await erik.taps("Föreslå en kollega")
    erik.hears("Eller skriv namnet")
    form = erik.button("Sök")
    for nobody in (
        elsewhere.object_id,
        erik.object_id,
        "bbbbbbbb-0000-4000-8000-00000000000b",
        "'",
    ):
        await erik.taps_action(form, colleague=nobody)
        erik.hears("Den du valde når jag inte", "Hej. Jag tror att Lägesbild i praktiken")
        erik.does_not_hear("Kvist")
    await erik.taps("Sök", colleague=karin.object_id)
    erik.hears("Ska jag fråga Karin Karlsson om Lägesbild i praktiken?")
    await erik.taps("Ja, fråga")

    await karin.is_told("Vill du gå Lägesbild i praktiken?")


async def test_it_is_asked_who_of_several(tryggve: Town, erik: Person) -> None:
    await works_in(tryggve, "Karin Karlsson", "Växjö")
    await works_in(tryggve, "Karin Alm", "Växjö")
    await erik.says("föreslå Karin till utbildningen")
    erik.hears("Vem menar du?", "1 – Karin Alm", "2 – Karin Karlsson")
    await erik.says("2")
    erik.hears("Ska jag fråga Karin Karlsson")
    await erik.says("nej")
    erik.hears("Jag har inte frågat någon.")


async def test_there_is_a_limit_to_a_day(tryggve: Town, erik: Person) -> None:
    names = ["Ada Ek", "Bo Ek", "Curt Ek", "Dan Ek", "Eva Ek", "Fia Ek"]
    for name in names:
        await works_in(tryggve, name, "Växjö")
    for name in names:
        await erik.says("berätta mer om 1")
        await erik.taps("Föreslå en kollega")
        await erik.says(name)
        await erik.says("ja")
    erik.hears("Du har frågat så många kollegor som går på ett dygn.")


async def test_who_signs_up_another_is_told_the_way(tryggve: Town) -> None:
    anna = tryggve.person("Anna Alm")
    await create_training(tryggve)
    await create_training(tryggve, title="Trygga torg")
    await anna.says("utbildningar")
    await anna.says("anmäl min kollega")
    anna.hears("Själv anmäler jag bara dig", "berätta mer om 1")
    await anna.says("berätta mer om 1")
    await anna.taps("Föreslå en kollega")
    anna.hears("Jag vet inte i vilken kommun du arbetar")


async def test_cards_with_what_does_not_exist_ask_nobody(tryggve: Town, erik: Person) -> None:
    other = await works_in(tryggve, "Karin Karlsson", "Alvesta")
    for verb in ("colleague_pick", "colleague_do"):
        data = {"training": 1, "person": 2}
        await erik.taps_action({"type": "Action.Submit", "data": {"verb": verb, **data}})
        erik.hears("Jag når inte den personen längre.")
    assert not [one for one in other.inbox() if "Vill du gå" in str(one)]
