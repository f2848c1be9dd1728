"""The whole of Tryggve as in production, with the token check on.

`python -m tests.bench.tryggve_bot METADATA_URL DATABASE_URL`, the address of the issuer's OpenID
metadata and an empty database.
"""

import asyncio
import sys
from datetime import UTC, datetime

from bot import log
from bot.app import Tryggve
from bot.settings import Settings
from bot.teams import credentials
from bot.teams.auth import HostAllowList, TeamsGate
from bot.teams.floods import Floods
from bot.teams.signing_keys import KeyCache
from knowledge.building import building
from knowledge.storage.schema import migrate
from knowledge.trainings.demo import seed_demo_trainings
from tests.bench.hosting import host, never_ask_entra
from tests.bench.names import MUNICIPALITY, OWN_TOKEN, TENANT
from tests.support.issuer import APP_ID


def build(metadata_url: str, database_url: str) -> Tryggve:
    """Tryggve as the settings of an installation make it, except for whose tokens it believes."""
    settings = Settings(
        app_id=APP_ID,
        app_password="not-used",
        app_tenant_id=TENANT,
        tenants={TENANT: MUNICIPALITY},
        database_url=database_url,
    )
    hosts = HostAllowList((), allow_loopback=True)
    keys = KeyCache(metadata_url)
    gate = TeamsGate(APP_ID, keys, hosts, settings.tenants)
    floods = Floods(most=1_000_000_000, most_of_tenant=1_000_000_000)
    with building():
        tryggve = Tryggve(settings, gate=gate, hosts=hosts, floods=floods)
    tryggve.keys = keys  # its own would be fetched from Microsoft
    return tryggve


async def main(metadata_url: str, database_url: str) -> None:
    tryggve = build(metadata_url, database_url)
    await migrate(tryggve.database)
    await seed_demo_trainings(tryggve.database, datetime.now(UTC).date())
    await host(tryggve.web_app())


if __name__ == "__main__":
    log.set_up(stream=sys.stderr)
    never_ask_entra()
    credentials.Credentials.ask = lambda _self: OWN_TOKEN
    asyncio.run(main(*sys.argv[1:]))
