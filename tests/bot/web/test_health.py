"""The probes: alive when the process answers, ready when it can do its work."""

import pytest
from sqlalchemy import text

from tests.support.builders import create_training
from tests.support.town import TENANT, Town, town

READY = {"database": True, "keys": True, "secret": True}


async def test_alive_and_ready(tryggve: Town) -> None:
    assert await _get(tryggve, "/healthz") == (200, {"alive": True})
    assert await _get(tryggve, "/readyz") == (200, READY)


async def test_not_ready_before_the_schema_is_current(tryggve: Town) -> None:
    async with tryggve.tryggve.database.write() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '0000'"))

    assert await _get(tryggve, "/healthz") == (200, {"alive": True})
    assert await _get(tryggve, "/readyz") == (503, {**READY, "database": False})


async def test_who_watches_is_told_of_nobody(database_url: str) -> None:
    async with town(database_url, tenants={TENANT: "0780"}) as tryggve:
        await create_training(tryggve)
        anna = tryggve.person("Anna Alm")
        await anna.says("utbildningar")
        await anna.taps("Anmäl mig till 1")
        await anna.says("Vem ringer jag om Zacharias?")
        await tryggve.tryggve.background.do("tallies")
        for path in ("/healthz", "/readyz", "/metrics"):
            async with tryggve.http.get(tryggve.url + path) as response:
                page = await response.text()
            assert response.status == 200
            for whose in ("Anna", "Alm", "Zacharias", anna.object_id, anna.chat, TENANT):
                assert whose not in page


@pytest.mark.parametrize("path", ["/admin", "/api", "/debug", "/env", "/config", "/person", "/log"])
async def test_there_is_no_door_for_administrators(tryggve: Town, path: str) -> None:
    for method in ("GET", "POST"):
        async with tryggve.http.request(method, tryggve.url + path) as response:
            assert response.status in (404, 405)


async def test_a_calendar_file_needs_its_own_link(tryggve: Town) -> None:
    for path in ("/kalender/gissad-nyckel-123.ics", "/kalender/..%2f..%2fetc.ics", "/kalender/"):
        async with tryggve.http.get(tryggve.url + path) as response:
            assert response.status == 404


async def _get(tryggve: Town, path: str) -> tuple[int, object]:
    async with tryggve.http.get(tryggve.url + path) as response:
        return response.status, await response.json()
