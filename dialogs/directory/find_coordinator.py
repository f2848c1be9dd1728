"""Find my coordinator: asks for the municipality once, remembers it, shows the contact.

Only a name that is exactly a municipality's is remembered at once. What is nearly a name, or said
among other things, is asked about first.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from dialogs.conversation import inputs
from dialogs.conversation.card_parts import with_first_line
from dialogs.conversation.dialog import PLACE, Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.directory import cards, moves
from dialogs.directory import contact_questions as questions
from dialogs.directory.contacts import Contacts, is_mine
from dialogs.understanding.effect import Effect
from knowledge.directory.choices import meant_among
from knowledge.directory.models import County, Municipality
from knowledge.directory.names import Area
from knowledge.directory.said import PlacesSaid, places_in
from knowledge.directory.service import DirectoryService, NotOfTenant

LONGEST_ANSWER = 80
"""Whoever writes more than this has not just told where they work."""

FEW_WORDS = 8

ASKS_WHERE = {"where": "own"}
"""What is kept while it is asked where the person works."""


class FindCoordinator(Dialog):
    """Municipality → county → the regional coordinator."""

    name: ClassVar[str] = "find_coordinator"

    def __init__(self, directory: DirectoryService) -> None:
        self.directory = directory
        self.places = directory.places
        self.contacts = Contacts(directory)

    @hears("coordinator", effect=Effect.NONE)
    async def find(self, heard: Heard) -> Answer | None:
        """ "Vem är vår samordnare?", or somebody else's: "… i Lund?" """
        read = places_in(heard.rest, asked=True)
        if heard.rest and not read.own:
            return self._elsewhere(heard, read)
        heard.must_be_private()
        if heard.somebody and heard.somebody.municipality:
            mine = self.places.municipalities[heard.somebody.municipality]
            asks = await moves.asks_position(self.directory, heard.somebody)
            return self.contacts.show(heard, mine, is_mine=True, ask_position=asks)
        if heard.is_coordinator:
            return self.contacts.yourself(heard)
        return _ask_where("ask_municipality")

    @tapped("coordinator", effect=Effect.NONE, personal=True)
    async def find_mine(self, heard: Heard) -> Answer | None:
        return await self.find(heard)

    @hears(PLACE, effect=Effect.NONE)
    async def bare(self, heard: Heard) -> Answer | None:
        """ "Och i Lidköping?" and "vad heter hon?" after a contact card."""
        code = str(heard.about.get("contact", ""))
        if code not in self.places.counties:
            return None
        is_last = heard.about.get("subject") == f"county:{code}"
        asked = questions.asked_of_contact(heard.text, is_last=is_last)
        if asked:
            return self.contacts.tell(heard, self.places.counties[code], asked)
        read = places_in(heard.text).with_possible
        known = read.named or read.doubtful
        fits = read.alone or questions.is_about_elsewhere(heard.text)
        return self._elsewhere(heard, read) if fits and known else None

    @hears("change_municipality", effect=Effect.MINE, personal=True)
    @tapped("change_municipality", effect=Effect.MINE, personal=True)
    async def change(self, heard: Heard) -> Answer | None:
        """ "Byt kommun", also with the new name at once."""
        if questions.is_of_draft(heard):
            return None
        if heard.rest:
            read = places_in(heard.rest, asked=True)
            if (heard.understood or questions.may_be_of_announcement(heard)) and read.named:
                return self._ask_which(read, save=True)
            return await self._save(heard, read) or self._ask_back(heard, read)
        code = heard.person.municipality
        if self.directory.home_of(heard.person.tenant_id):
            return Answer(Reply(moves.refused_home(self.places.municipalities[code])))
        if not code:
            return _ask_where("ask_municipality")
        return _ask_where("ask_new_municipality", municipality=self.places.name_of(code))

    async def municipality(self, heard: Heard) -> Answer | None:
        """Hears the name of the municipality."""
        if len(heard.text) > LONGEST_ANSWER:
            return None
        read = places_in(heard.text, asked=True)
        if (read.named or read.doubtful) and questions.is_about_elsewhere(heard.text):
            return self._elsewhere(heard, read)
        if read.alone and read.excluded and not read.named:
            return _ask_where("not_there")
        saved = await self._save(heard, read)
        return saved or (self._ask_back(heard, read) if read.alone else None)

    async def which(self, heard: Heard) -> Answer | None:
        """Hears which place was meant, as a number, a name, or yes and no."""
        offered = self._areas(heard.values)
        number = inputs.number(heard.text) or 0
        meant = offered[number - (number > 0)] if 0 < abs(number) <= len(offered) else None
        meant = meant or meant_among(heard.text, offered)
        answer = inputs.yes_or_no(heard.text)
        if meant is None and answer and len(offered) == 1:
            meant = offered[0]
        if meant:
            return await self._settle(heard, meant.code, save=_saves(heard))
        if answer is False or inputs.is_none_of_these(heard.text):
            return self._none_of_these(save=_saves(heard))
        read = places_in(heard.text, asked=True)
        if _saves(heard) and not questions.is_about_elsewhere(heard.text):
            return await self._save(heard, read)
        return self._elsewhere(heard, read) if read.alone and read.named else None

    async def again(self, heard: Heard) -> Answer | None:
        """The name was not understood: ask in other words, lose nothing."""
        read = places_in(heard.text, asked=True)
        asked_back = self._ask_back(heard, read)
        if asked_back:
            return asked_back
        if "codes" in heard.values:
            return self._offer(heard.values)
        if heard.turn.text.rstrip().endswith("?"):
            return None  # a question of another kind
        return _ask_where("not_there" if read.excluded else "not_found")

    @tapped("place", effect=Effect.MINE, personal=True)
    async def place(self, heard: Heard) -> Answer | None:
        """A tap on one of several places, to work there."""
        return await self._settle(heard, heard.word("code"), save=True)

    @tapped("show_place", effect=Effect.NONE)
    async def show_place(self, heard: Heard) -> Answer | None:
        """A tap on one of several places, to see its coordinator."""
        return await self._settle(heard, heard.word("code"), save=False)

    @tapped("other_place", effect=Effect.NONE)
    async def other_place(self, heard: Heard) -> Answer | None:
        """ "Nej": none of the places that were asked about."""
        return self._none_of_these(save=heard.word("save") == "yes")

    @tapped("choose_municipality", effect=Effect.MINE, personal=True)
    async def choose(self, heard: Heard) -> Answer | None:
        """ "Jag arbetar här" on somebody else's card."""
        return await self._settle(heard, heard.word("code"), save=True)

    def _elsewhere(self, heard: Heard, read: PlacesSaid) -> Answer:
        """The coordinator of a named place, which need not be where the person works.

        The question where the person works goes on waiting.
        """
        answer = self._of_place(heard, read)
        if answer.then or not (heard.awaited and heard.values.get("where")):
            return answer
        reply = with_first_line(answer.reply, text("directory.still_asking"))
        return replace(answer, reply=reply, aside=True)

    def _of_place(self, heard: Heard, read: PlacesSaid) -> Answer:
        named = read.named[0] if len(read.named) == 1 else None
        if named and isinstance(named.only, Municipality):
            mine = is_mine(heard, named.only)
            return self.contacts.show(heard, named.only, is_mine=mine, locality=named.locality)
        if named and isinstance(named.only, County):
            return self.contacts.show_county(heard, named.only)
        if read.named or read.doubtful:
            return self._ask_which(read, save=False)
        typed = plain(heard.rest or heard.text, limit=60)
        return Answer(Reply(text("directory.not_found_named", typed=typed)))

    async def _save(self, heard: Heard, read: PlacesSaid) -> Answer | None:
        """What was named and nothing else: remembered, or asked about when it is more than one."""
        if not read.alone or not read.named:
            return None
        only = read.named[0].only if len(read.named) == 1 else None
        if only is None or questions.is_wondering(heard.text):
            return self._ask_which(read, save=True)
        return await self._settle(heard, only.code, save=True, locality=read.named[0].locality)

    def _ask_back(self, heard: Heard, read: PlacesSaid) -> Answer | None:
        """ "Menar du …?" of what is nearly a name, or was said among other things."""
        asks = heard.turn.text.rstrip().endswith("?") and not read.alone
        if asks or len(heard.text.split()) > FEW_WORDS or not (read.named or read.doubtful):
            return None
        save = "codes" not in heard.values or _saves(heard)
        return self._ask_which(read, save=save)

    async def _settle(
        self, heard: Heard, code: str, *, save: bool, locality: str = ""
    ) -> Answer | None:
        """A municipality is remembered, if it is to be; a county is shown."""
        if code in self.places.counties:
            return self.contacts.show_county(heard, self.places.counties[code])
        if code not in self.places.municipalities:
            return None
        municipality = self.places.municipalities[code]
        if heard.somebody is None or not save:
            mine = is_mine(heard, municipality)
            return self.contacts.show(heard, municipality, is_mine=mine, locality=locality)
        try:
            first = await self.directory.choose_municipality(heard.somebody, code)
        except NotOfTenant as refused:
            shown = self.contacts.show(heard, municipality, is_mine=False, locality=locality)
            told = moves.refused(self.places, refused.place, municipality)
            return replace(shown, reply=with_first_line(shown.reply, told))
        saved = {"just_saved": True, "ask_position": first}
        return self.contacts.show(heard, municipality, is_mine=True, locality=locality, **saved)

    def _ask_which(self, read: PlacesSaid, *, save: bool) -> Answer:
        """Ask which of the named places is meant, or whether it is what is nearly named."""
        named = read.named or read.doubtful
        codes = list(dict.fromkeys(area.code for one in named for area in one.areas))
        localities = {code: said for one in named for code, said in one.localities.items()}
        unsure = not read.named or len(codes) == 1
        values = {"codes": codes, "localities": localities, "save": save, "unsure": unsure}
        return self._offer(values)

    def _offer(self, values: Mapping[str, Any]) -> Answer:
        """`values` are kept while the answer is awaited, and make the same question again."""
        reply = cards.which(
            self._areas(values),
            self.places,
            localities=values.get("localities", {}),
            save=values.get("save", True),
            unsure=values.get("unsure", False),
        )
        return Answer(reply, then="which", values=values)

    def _areas(self, values: Mapping[str, Any]) -> list[Area]:
        known: dict[str, Area] = {**self.places.municipalities, **self.places.counties}
        return [known[code] for code in values.get("codes", []) if code in known]

    def _none_of_these(self, *, save: bool) -> Answer:
        if save:
            return _ask_where("spell_it")
        return Answer(Reply(text("directory.spell_it_there")))


def _ask_where(key: str, **told: str) -> Answer:
    """Where the person works. What is kept tells other steps that this is being asked."""
    return Answer(Reply(text(f"directory.{key}", **told)), then="municipality", values=ASKS_WHERE)


def _saves(heard: Heard) -> bool:
    """Whether the place that is asked for is where the person works."""
    return bool(heard.values.get("save", True))
