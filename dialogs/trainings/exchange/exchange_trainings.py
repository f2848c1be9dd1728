"""Lists of trainings in and out, and where trainings can be followed from other programs."""

from collections.abc import Awaitable, Callable
from typing import ClassVar

from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.exchange import cards
from dialogs.trainings.exchange.cards import Feeds
from dialogs.understanding.effect import Effect
from knowledge.directory.models import NATIONAL, Person
from knowledge.directory.places import Places
from knowledge.trainings.exchange.service import ExchangeService
from knowledge.trainings.planning.refusals import NotACoordinator

OTHERS_HEAR = "trainings_exchange.others"

Link = Callable[[Person], Awaitable[tuple[str, int]]]
"""A page or file for this person alone, and for how many minutes."""

FeedsOf = Callable[[str], Feeds]
"""The addresses of a county's trainings; of all with ""."""


class ExchangeTrainings(Dialog):
    """Each is a link: files cannot be sent in every chat, and a page shows what would happen."""

    name: ClassVar[str] = "exchange_trainings"

    def __init__(
        self,
        exchange: ExchangeService,
        places: Places,
        links: tuple[Link, Link],
        feeds: FeedsOf,
        page: str,
    ) -> None:
        self.exchange = exchange
        self.places = places
        self.into, self.out = links
        self.feeds = feeds
        self.page_url = page

    @hears("import_trainings", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    @tapped("import_trainings", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def take_in(self, heard: Heard) -> Answer:
        if not await self._may(heard.person):
            return Answer(Reply(text("trainings_exchange.lost_role")))
        return Answer(cards.take_in(*await self.into(heard.person)))

    @hears("export_trainings", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    @tapped("export_trainings", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def give_out(self, heard: Heard) -> Answer:
        if not await self._may(heard.person):
            return Answer(Reply(text("trainings_exchange.lost_role")))
        return Answer(cards.give_out(*await self.out(heard.person)))

    @hears("follow_trainings", effect=Effect.NONE)
    @tapped("follow_trainings", effect=Effect.NONE)
    async def follow(self, heard: Heard) -> Answer:
        """The own county's, where that is known, and everybody's."""
        found = {self.places.name_of(code): self.feeds(code) for code in self._counties(heard)}
        found[text("trainings_exchange.card.feed_all")] = self.feeds("")
        reply = cards.follow(found, self.page_url, coordinator=heard.is_coordinator)
        return Answer(reply)

    def _counties(self, heard: Heard) -> list[str]:
        somebody = heard.somebody
        if somebody is None:
            return []
        if somebody.is_coordinator:
            return [code for code in sorted(somebody.counties) if code != NATIONAL]
        municipality = somebody.municipality
        return [self.places.county_of(municipality).code] if municipality else []

    async def _may(self, person: Person) -> bool:
        """Whether the person may still act for a county; a role can be taken away."""
        try:
            return bool(await self.exchange.counties_of(person))
        except NotACoordinator:
            return False
