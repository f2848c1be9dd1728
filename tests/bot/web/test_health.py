"""The probes: alive when the process answers, ready when it can do its work."""

from sqlalchemy import text

from tests.support.town import Town

READY = {"database": True, "keys": True, "secret": True}


async def test_alive_and_ready(tryggve: Town) -> None:
    assert await _get(tryggve, "/healthz") == (200, {"alive": True})
    assert await _get(tryggve, "/readyz") == (200, READY)


async def test_not_ready_before_the_schema_is_current(tryggve: Town) -> None:
    async with tryggve.tryggve.database.write() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '0000'"))

    assert await _get(tryggve, "/healthz") == (200, {"alive": True})
    assert await _get(tryggve, "/readyz") == (503, {**READY, "database": False})


async def test_a_calendar_file_needs_its_own_link(tryggve: Town) -> None:
    for path in ("/kalender/gissad-nyckel-123.ics", "/kalender/..%2f..%2fetc.ics", "/kalender/"):
        async with tryggve.http.get(tryggve.url + path) as response:
            assert response.status == 404


async def _get(tryggve: Town, path: str) -> tuple[int, object]:
    async with tryggve.http.get(tryggve.url + path) as response:
        return response.status, await response.json()
