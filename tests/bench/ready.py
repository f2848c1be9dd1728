"""From `tryggve serve`, with the settings of operation, to the first 200 of /readyz.

Then the database is current and takes writes, Microsoft's keys are there and its login has given a
token: for these a proxy and a Microsoft of the tests' own answer at once.
"""

import asyncio
import json
import time
from pathlib import Path

import aiohttp

from tests.bench.processes import ALL_CORES, BotFailed, last_words, running
from tests.support.authority import Authority
from tests.support.microsoft import Microsoft
from tests.support.postgres import free_port
from tests.support.proxy import Proxy

STARTS = 5
PATIENCE_SECONDS = 60.0
TENANT = "7d1c5f0e-3b52-4a86-9f1d-2c6e8a40b917"


async def starts_to_ready(http: aiohttp.ClientSession, folder: Path, url: str) -> list[float]:
    """Seconds of a few starts on a migrated database; the first one is not counted."""
    with Proxy(Authority(folder), Microsoft()) as proxy:
        return [await _start(http, folder, url, proxy) for _ in range(STARTS + 1)][1:]


async def _start(http: aiohttp.ClientSession, folder: Path, url: str, proxy: Proxy) -> float:
    port, log = free_port(), folder / "ready.log"
    settings = {
        "TRYGGVE_APP_ID": "3f0e7b52-91c4-4d38-8a6f-5be2c07d1946",
        "TRYGGVE_APP_PASSWORD": "rätt",
        "TRYGGVE_APP_TENANT_ID": TENANT,
        "TRYGGVE_TENANTS": json.dumps({TENANT: "0780"}),
        "TRYGGVE_PORT": str(port),
        "TRYGGVE_DATABASE_URL": url,
        "TRYGGVE_CA_FILE": str(proxy.authority.file),
        "HTTPS_PROXY": proxy.url,
    }
    began = time.perf_counter()
    async with running(log, ALL_CORES, "-m", "bot", "serve", **settings) as process:
        while time.perf_counter() - began < PATIENCE_SECONDS and process.returncode is None:
            if await _is_ready(http, port):
                return time.perf_counter() - began
            await asyncio.sleep(0.01)
    raise BotFailed(f"serve was not ready: {last_words(log)}")


async def _is_ready(http: aiohttp.ClientSession, port: int) -> bool:
    try:
        async with http.get(f"http://127.0.0.1:{port}/readyz") as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False
