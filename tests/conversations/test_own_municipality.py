"""Where people work follows from their organisation; only in the demo does everybody choose."""

import itertools
from collections.abc import AsyncIterator

import pytest

from knowledge.audit.models import Operator
from knowledge.delivery.tenants import State
from knowledge.directory.places import load_places
from knowledge.tenants.service import TenantService
from tests.support.lint import actions_of
from tests.support.listed import listed
from tests.support.town import TENANT, Town, town

BOARD = "33333333-2222-4333-8444-555555555555"
NATION = "44444444-2222-4333-8444-555555555555"
TENANTS = {TENANT: "0780", BOARD: "12", NATION: "00"}


@pytest.fixture
async def real(database_url: str) -> AsyncIterator[Town]:
    """An installation for Växjö, Skåne's county board and a national authority."""
    async with town(database_url, tenants=TENANTS, build=listed) as running:
        yield running


@pytest.mark.both_databases
async def test_who_works_in_vaxjo_cannot_become_a_reader_of_lunds(real: Town) -> None:
    anna = real.person("Anna Alm")
    for words in ("byt kommun till Lund", "jag arbetar i Lund", "min kommun är Lund"):
        await anna.says(words)

        anna.hears(
            "Du arbetar i Växjö kommun. Jag byter inte till Lund, för du är inloggad hos Växjö.",
            "Här är samordnaren för Lund",
            "Länsstyrelsen i Skåne",
        )
    known = await real.tryggve.directory.find_person(TENANT, anna.object_id)
    assert known
    assert known.municipality == "0780"


async def test_a_coordinator_elsewhere_is_still_found(real: Town) -> None:
    anna = real.person("Anna Alm")
    await anna.says("samordnare i Lund")

    anna.hears("Stöder Lund i det brottsförebyggande arbetet.")
    assert "Jag arbetar här" not in _titles(anna.cards())
    await anna.says("min samordnare")
    anna.hears("Stöder Växjö")
    assert "Byt kommun" not in _titles(anna.cards())


async def test_nobody_is_asked_for_what_is_known_but_once_for_the_role(real: Town) -> None:
    anna = real.person("Anna Alm")
    await anna.says("min samordnare")
    anna.hears("Stöder Växjö", "Vad gör du i kommunen?")
    await anna.says("min samordnare")
    anna.does_not_hear("Vad gör du i kommunen?")
    await anna.says("byt kommun")
    anna.hears("Du arbetar i Växjö kommun.", "så du behöver inte byta")


async def test_an_old_button_makes_nobody_work_elsewhere(real: Town) -> None:
    anna = real.person("Anna Alm")
    for verb in ("choose_municipality", "place"):
        await anna.taps_action({"type": "Action.Execute", "verb": verb, "data": {"code": "1281"}})
        anna.hears("Jag byter inte till Lund")
    known = await real.tryggve.directory.find_person(TENANT, anna.object_id)
    assert known
    assert known.municipality == "0780"


async def test_at_a_county_board_one_chooses_within_the_county(real: Town) -> None:
    lena = real.person("Lena Lund", BOARD)
    await lena.says("min samordnare")
    lena.hears("Vilken kommun arbetar du i?")
    await lena.says("Växjö")
    lena.hears("Jag byter inte till Växjö, för du kan bara välja en kommun i Skåne län.")
    await lena.says("byt kommun till Lund")
    lena.hears("Jag har noterat att du arbetar i Lund.")
    await lena.says("byt kommun till Malmö")
    lena.hears("Jag har noterat att du arbetar i Malmö.")


async def test_at_a_national_authority_one_chooses_anywhere(real: Town) -> None:
    nora = real.person("Nora Nord", NATION)
    await nora.says("byt kommun till Kiruna")

    nora.hears("Jag har noterat att du arbetar i Kiruna.")


@pytest.mark.both_databases
async def test_who_had_chosen_another_is_moved_back_and_told_once(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as demo:
        anna = demo.person("Anna Alm")
        await anna.says("byt kommun till Lund")
        anna.hears("Jag har noterat att du arbetar i Lund.")
    async with town(database_url, tenants=TENANTS, build=listed) as real:
        real.ids = itertools.count(1000)
        anna = real.person("Anna Alm")
        await anna.says("utbildningar")
        anna.hears("Du hade valt Lund, men du är inloggad hos Växjö kommun.")
        await anna.says("utbildningar")
        anna.does_not_hear("Du hade valt Lund")
        await anna.says("min samordnare")
        anna.hears("Stöder Växjö")


@pytest.mark.both_databases
async def test_an_organisation_is_let_in_and_shut_out_while_everything_runs(
    database_url: str,
) -> None:
    async with town(database_url, tenants={TENANT: "0780"}, build=listed) as real:
        service = TenantService(real.tryggve.database, load_places())
        lena = real.person("Lena Lund", BOARD)
        stranger = lena.activity({"type": "message", "text": "hej"})
        assert (await real.post(stranger))[0] == 403
        await real.tryggve.background.do("refused tenants")
        _, (refused,) = await service.list_all()
        assert (refused.tenant_id, refused.times) == (BOARD, 1)

        await service.add(Operator("root"), BOARD, "12")
        await real.tryggve.background.do("tenants")
        await lena.says("byt kommun till Lund")
        lena.hears("Jag har noterat att du arbetar i Lund.")
        assert (await service.list_all())[1] == []

        await service.suspend(Operator("root"), BOARD)
        await real.tryggve.background.do("tenants")
        later = lena.activity({"type": "message", "text": "hej"})
        assert (await real.post(later))[0] == 403
        await service.add(Operator("root"), BOARD, "12")
        await real.tryggve.background.do("tenants")
        await lena.says("min samordnare")
        lena.hears("Stöder Lund")


async def test_what_a_command_has_said_outlives_a_restart(database_url: str) -> None:
    async with town(database_url, tenants={TENANT: "0780"}, build=listed) as real:
        service = TenantService(real.tryggve.database, load_places())
        await service.suspend(Operator("root"), TENANT)
        await service.add(Operator("root"), BOARD, "12")
    async with town(database_url, tenants={TENANT: "0780"}, build=listed) as real:
        assert real.tryggve.access.let_in == {BOARD: "12"}
        known, _ = await TenantService(real.tryggve.database, load_places()).list_all()
        assert {one.tenant_id: one.state for one in known} == {
            TENANT: State.SUSPENDED,
            BOARD: State.LET_IN,
        }


async def test_a_running_process_hears_by_itself(database_url: str) -> None:
    async with town(database_url, tenants={TENANT: "0780"}, build=listed) as real:
        service = TenantService(real.tryggve.database, load_places())
        await service.add(Operator("root"), BOARD, "12")
        await real.until(lambda: BOARD in real.tryggve.access.let_in, within=30)


def _titles(cards: list[dict[str, object]]) -> list[str]:
    return [action["title"] for card in cards for action in actions_of(card)]
