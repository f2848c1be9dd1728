"""Gets the text of an act from Riksdagen's open data, or from wherever the setting says.

`<address>/sfs-2023-196.text` is taken to be the act as plain text, in UTF-8 unless the answer says
otherwise. What it looks like inside is told in `knowledge/laws/statute.py`. It was never tried
against the real service from here.
"""

import aiohttp

from bot.network import Network
from bot.settings import Settings
from knowledge.laws.models import Fault, LawUnread, Reader

LARGEST = 8 * 1024 * 1024
"""The longest act there is has some two million characters."""

SECONDS = 30.0


def reader_of(
    settings: Settings, network: Network | None = None, *, seconds: float = SECONDS
) -> Reader:
    """Asks at the address of the settings, once for each act and following no redirect."""
    who = f"Tryggve ({settings.contact_email})" if settings.contact_email else "Tryggve"
    timeout = aiohttp.ClientTimeout(total=seconds)
    way = network or Network(settings.ca_file)

    async def read(act: str) -> str:
        connector = aiohttp.TCPConnector(ssl=way.tls)
        url = f"{settings.laws_url.rstrip('/')}/sfs-{act.replace(':', '-')}.text"
        try:
            async with (
                aiohttp.ClientSession(
                    timeout=timeout, headers={"User-Agent": who}, connector=connector
                ) as session,
                session.get(url, proxy=way.proxy(url), allow_redirects=False) as response,
            ):
                return await _text(response)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise LawUnread(Fault.UNREACHABLE) from error

    return read


async def _text(response: aiohttp.ClientResponse) -> str:
    if response.status != 200:
        raise LawUnread(Fault.REFUSED, str(response.status))
    body = bytearray()
    async for chunk in response.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > LARGEST:
            raise LawUnread(Fault.TOO_LARGE)
    try:
        return body.decode(response.charset or "utf-8")
    except (LookupError, UnicodeDecodeError):  # half a text would look like another law
        raise LawUnread(Fault.NO_ACT) from None
