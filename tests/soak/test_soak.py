"""The long trial in short: right and complete is what counts here, and never how fast.

Processes and databases that die are in `tests/bot/teams/test_killed_server.py` and in
`tests/knowledge/delivery/`.
"""

import aiohttp

from tests.soak.server import serving
from tests.soak.talks import FailingTeams, talks
from tests.support.postgres import free_port


async def test_everybody_hears_her_own_while_teams_fails_at_times(sqlite_url: str) -> None:
    async with (
        FailingTeams(0.1) as teams,
        aiohttp.ClientSession() as http,
        serving(sqlite_url, free_port(), http) as server,
    ):
        found = await talks(teams, http, [server.port], people=20, tenants=5, turns=120)

    assert (found.turns, found.lost, found.crossed, found.extra) == (120, [], [], 0)
    assert teams.refused > 0
    assert teams.faults == []
