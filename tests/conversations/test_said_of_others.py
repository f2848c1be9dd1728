"""What the pages say of numbers, evaluations, lists and organisations that leave, as it happens."""

import re
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from dialogs.conversation.texts import text
from dialogs.own_data.periods import how_long
from knowledge.audit.models import Operator
from knowledge.directory.places import load_places
from knowledge.retention.periods import Kind
from knowledge.storage.database import metadata
from knowledge.tenants.service import TenantService
from knowledge.trainings.evaluations.models import KEPT_FOR
from knowledge.trainings.participants.models import invitations
from tests.conversations.test_after_training import NEXT_MORNING, looks_after
from tests.conversations.test_after_training import kerstin as kerstin
from tests.conversations.test_after_training import november as november
from tests.conversations.test_after_training import people as people
from tests.conversations.test_own_data import announce
from tests.conversations.test_personal_numbers import NUMBERS
from tests.dialogs.samples import cards
from tests.support.builders import create_training
from tests.support.lint import actions_of, nodes_of
from tests.support.listed import listed
from tests.support.town import TENANT, Person, Town, town
from tests.support.traces import traces_in

NUMBER = NUMBERS[0]


@pytest.fixture
async def real(database_url: str) -> AsyncIterator[Town]:
    async with town(database_url, tenants={TENANT: "0780"}, build=listed) as running:
        yield running


async def test_a_number_goes_out_of_an_evaluation_and_of_notes(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    await looks_after(november, NEXT_MORNING)
    for one in people[:5]:
        await one.says("utvärdering")
        await one.taps("Skicka svaret", useful="4", arranged="5", words=f"Fråga {NUMBER} om det")
        one.hears("Tack för ditt svar!", "Jag tog bort ett personnummer")
    await kerstin.says("utvärdering av Trygga torg på riktigt")
    kerstin.hears(r"\[personnummer\] om det")

    await create_training(november)
    await people[0].says("byt kommun till Växjö")
    await kerstin.says("bjud in Anna Alm till Lägesbild i praktiken")
    kerstin.hears("Ska jag fråga Anna Alm")
    await kerstin.taps("Ja, fråga", note=f"Ärendet {NUMBER}")
    kerstin.hears("Jag tog bort ett personnummer")
    await people[0].is_told("Vill du gå Lägesbild i praktiken?")
    people[0].hears(r"Ärendet \[personnummer\]")
    assert await traces_in(november.tryggve.database, NUMBER) == set()


def test_nothing_to_fill_in_asks_for_a_personal_number() -> None:
    """Over every card there is; what is said beside a field is that none be written."""
    asked = [
        f"{name}: {words}"
        for name, build in cards().items()
        for node in nodes_of(build().card)
        if str(node.get("type", "")).startswith("Input.")
        for words in (node.get("label", ""), node.get("placeholder", ""))
    ]

    assert len(asked) > 50
    assert [one for one in asked if re.search("(?<!inga namn eller )personnummer", one)] == []


async def test_who_evaluates_is_told_when_it_goes(
    november: Town, kerstin: Person, people: list[Person]
) -> None:
    await looks_after(november, NEXT_MORNING)
    await people[0].says("utvärdering")
    people[0].hears("Svaren sparas utan ditt namn.", "först när minst 5 har svarat")
    await people[0].taps("Skicka svaret", useful="4", arranged="5", words="Bra")

    people[0].hears(f"Fritexten tas bort efter {KEPT_FOR.days} dagar.")


async def test_what_an_organisation_left_is_there_until_it_is_erased(real: Town) -> None:
    kerstin = await real.coordinator("Kerstin Karlsson", "07")
    anna = real.person("Anna Alm")
    await create_training(real)
    await anna.says("anmäl mig till Lägesbild i praktiken")
    anna.hears("Du är anmäld")
    await announce(kerstin, "Ett utskick som blir kvar")
    await real.tryggve.conversations.finish()  # what was said last is noted as said
    before = await traces_in(real.tryggve.database, anna.name, "Ett utskick som blir kvar")
    await TenantService(real.tryggve.database, load_places()).remove(Operator("root"), TENANT)
    await real.tryggve.background.do("tenants")
    late = anna.activity({"type": "message", "text": "hej"})
    assert (await real.post(late))[0] == 403

    after = await traces_in(real.tryggve.database, anna.name, "Ett utskick som blir kvar")
    assert {"people.name", "announcements.heading"} <= before <= after


async def test_a_list_that_was_fetched_is_in_the_log(tryggve: Town, anna: Person) -> None:
    """Also the own file's neighbour: what an operator takes out is noted by a command's test."""
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await create_training(tryggve)
    await anna.says("anmäl mig till Lägesbild i praktiken")
    await kerstin.says("deltagare")
    await kerstin.taps("Hämta som Excel")
    url = urlsplit(kerstin.button("Öppna filen")["url"]).path
    async with tryggve.http.get(tryggve.url + url) as response:
        assert response.status == 200
    await kerstin.says("logg")

    kerstin.hears("Kerstin Karlsson hämtade deltagarlistan")


async def test_the_county_sees_the_question_with_name_and_no_other(tryggve: Town) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    anna, bo = tryggve.person("Anna Alm"), tryggve.person("Bo Berg")
    for one in (anna, bo):
        await one.says("byt kommun till Växjö")
    await announce(kerstin)
    await anna.is_told("Ny handbok")
    await anna.says("fråga samordnaren: När kommer nästa kurs hos oss?")
    await kerstin.is_told("När kommer nästa kurs hos oss?")
    kerstin.hears("Anna Alm, Växjö")

    assert not [one for one in bo.inbox() if "nästa kurs hos oss" in str(one)]
    await bo.says("frågor att svara på")
    bo.does_not_hear("nästa kurs hos oss")


async def test_what_a_person_said_of_themselves_is_theirs_to_change(
    tryggve: Town, anna: Person
) -> None:
    """Municipality, role, themes, and how announcements come: kept when told, and only then."""
    await anna.says("hjälp")
    before = await row_of(tryggve, anna)
    assert not before.municipality
    assert not before.position
    for words in ("byt kommun till Växjö", "min roll", "samordnare", "följ lägesbild",
                  "samla utskicken"):  # fmt: skip
        await anna.says(words)
    after = await row_of(tryggve, anna)
    assert after.municipality == "0780"
    assert after.position
    await anna.says("byt kommun till Alvesta")
    assert (await row_of(tryggve, anna)).municipality == "0764"


async def row_of(tryggve: Town, person: Person) -> Any:
    known = await tryggve.tryggve.directory.find_person(person.tenant, person.object_id)
    assert known
    return known


async def test_a_proposal_is_kept_with_who_made_it_and_what_was_answered(tryggve: Town) -> None:
    await create_training(tryggve)
    erik, karin = tryggve.person("Erik Ek"), tryggve.person("Karin Karlsson")
    for one in (erik, karin):
        await one.installs()
        await one.says("byt kommun till Växjö")
    for words in ("utbildningar", "berätta mer om 1", "föreslå Karin till utbildningen", "ja"):
        await erik.says(words)
    await karin.is_told("Vill du gå")
    await karin.taps("Nej tack")
    async with tryggve.tryggve.database.read() as tx:
        (row,) = (await tx.execute(select(invitations))).mappings().all()

    assert row["by_person_id"] == (await row_of(tryggve, erik)).id
    assert row["person_id"] == (await row_of(tryggve, karin)).id
    assert (row["by_colleague"], row["status"]) == (True, "declined")


async def test_what_is_unfolded_tells_how_long_each_kind_is_kept(
    tryggve: Town, anna: Person
) -> None:
    await anna.says("byt kommun till Växjö")
    await anna.says("hur länge sparas mina uppgifter?")
    anna.hears("Hur länge det sparas")
    (long,) = (node for node in nodes_of(anna.cards()[0]) if node.get("id") == "periods")

    assert long["isVisible"] is False
    for kind in (Kind.PEOPLE, Kind.CONVERSATIONS):
        assert text(f"own_data.what.{kind}") in str(long)
        assert how_long(tryggve.tryggve.settings.periods, kind) in str(long)


def test_nobody_is_asked_to_consent() -> None:
    """Nothing is ticked or tapped for it, and nothing is kept of it."""
    shown = [build() for name, build in cards().items() if not name.startswith("answers.")]
    tapped = [
        f"{node.get('title')} {node.get('label')}"
        for reply in shown
        for node in (*nodes_of(reply.card), *actions_of(reply.card))
    ]
    columns = {column.name for table in metadata.tables.values() for column in table.c}

    assert len(tapped) > 500
    assert [one for one in tapped if re.search("samtyck|consent", one, re.IGNORECASE)] == []
    assert [one for one in columns if "consent" in one] == []
