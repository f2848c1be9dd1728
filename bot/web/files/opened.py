"""Who asked for a file, and for what: it stands in the link."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.web.signed_links import SignedLinks
from knowledge.directory.models import Person
from knowledge.directory.service import DirectoryService


@dataclass(frozen=True, slots=True)
class Link:
    """The person whom the link was made for, and what it is about."""

    person: Person
    about: Mapping[str, Any]

    def number(self, name: str) -> int:
        """One of the numbers that it is about. Raises HTTPNotFound when there is none."""
        found = self.about.get(name)
        if not isinstance(found, int):
            raise web.HTTPNotFound
        return found


async def opened(
    request: web.Request, purpose: str, signed: SignedLinks, directory: DirectoryService
) -> Link:
    """The link of ours that a request comes by.

    Raises HTTPNotFound when it is too old, not ours, or its person has been erased since.
    """
    about = await signed.read(purpose, request.match_info["token"]) or {}
    number = about.get("person")
    person = await directory.person(number) if isinstance(number, int) else None
    if person is None:
        raise web.HTTPNotFound
    return Link(person, about)
