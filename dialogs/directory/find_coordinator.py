"""Find my coordinator: asks for the municipality once, remembers it, shows the contact."""

from typing import ClassVar

from dialogs.conversation import inputs
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.directory import cards
from dialogs.understanding.effect import Effect
from knowledge.directory.models import County, Municipality
from knowledge.directory.places import PlaceMatch, fold
from knowledge.directory.service import DirectoryService


class FindCoordinator(Dialog):
    """Municipality → county → the regional coordinator."""

    name: ClassVar[str] = "find_coordinator"

    def __init__(self, directory: DirectoryService) -> None:
        self.directory = directory
        self.places = directory.places

    @hears("coordinator", effect=Effect.NONE)
    async def find(self, heard: Heard) -> Answer | None:
        """ "Vem är vår samordnare?", or somebody else's: "… i Lund?" """
        if heard.rest:
            return self._named(heard)
        heard.alone()
        if heard.somebody is None or not heard.somebody.municipality:
            return Answer(Reply(text("directory.ask_municipality")), then="municipality")
        return self._mine(heard.somebody.municipality)

    @tapped("coordinator", effect=Effect.NONE, personal=True)
    async def find_mine(self, heard: Heard) -> Answer | None:
        return await self.find(heard)

    @hears("change_municipality", effect=Effect.MINE, personal=True)
    @tapped("change_municipality", effect=Effect.MINE, personal=True)
    async def change(self, heard: Heard) -> Answer | None:
        """ "Byt kommun", also with the new name at once."""
        if heard.rest:
            match = self.places.find(heard.rest)
            return await self._save_or_ask(heard, match) if match.municipalities else None
        code = heard.person.municipality
        if not code:
            return Answer(Reply(text("directory.ask_municipality")), then="municipality")
        name = self.places.name_of(code)
        reply = Reply(text("directory.ask_new_municipality", municipality=name))
        return Answer(reply, then="municipality")

    async def municipality(self, heard: Heard) -> Answer | None:
        """Hears the name of the municipality."""
        if len(heard.text) > 60:
            return None
        match = self.places.find(heard.text)
        if not match.municipalities and not match.counties:
            match = self.places.find_inside(heard.text)
        if not match.municipalities and not match.counties:
            return None
        return await self._save_or_ask(heard, match)

    async def which(self, heard: Heard) -> Answer | None:
        """Hears which of several places was meant, as a number or a name."""
        codes = [str(code) for code in heard.values.get("codes", [])]
        number = inputs.number(heard.text)
        if number is not None and 1 <= number <= len(codes):
            return await self._settle(heard, codes[number - 1])
        said = fold(heard.text, strip=False)
        if said in ("kommun", "kommunen", "lan", "lanet"):
            codes = [code for code in codes if (len(code) == 4) == said.startswith("kommun")]
        else:
            found = self.places.find(heard.text).alone
            codes = [found.code] if found and found.code in codes else []
        return await self._settle(heard, codes[0]) if len(codes) == 1 else None

    async def again(self, heard: Heard) -> Answer | None:
        """The name was not understood: ask in other words, lose nothing."""
        if "codes" in heard.values:
            found = [self.places.find(self.places.name_of(code)) for code in heard.values["codes"]]
            return self._ask_which(found[0]) if found else None
        if heard.turn.text.rstrip().endswith("?"):
            return None  # a question of another kind: let it be answered
        return Answer(Reply(text("directory.not_found")), then="municipality")

    @tapped("place", effect=Effect.MINE, personal=True)
    async def place(self, heard: Heard) -> Answer | None:
        """A tap on one of several places."""
        return await self._settle(heard, heard.word("code"))

    @tapped("choose_municipality", effect=Effect.MINE, personal=True)
    async def choose(self, heard: Heard) -> Answer | None:
        """ "Jag arbetar här" on somebody else's card."""
        return await self._settle(heard, heard.word("code"))

    def _named(self, heard: Heard) -> Answer | None:
        match = self.places.find(heard.rest)
        alone = match.alone
        if isinstance(alone, Municipality):
            return self._show(alone, is_mine=_is_mine(heard, alone))
        if isinstance(alone, County):
            return self._show_county(alone)
        if match.municipalities or match.counties:
            return self._ask_which(match)
        typed = plain(heard.rest, limit=60)
        return Answer(Reply(text("directory.not_found_named", typed=typed)))

    async def _save_or_ask(self, heard: Heard, match: PlaceMatch) -> Answer | None:
        if match.alone is None:
            return self._ask_which(match)
        return await self._settle(heard, match.alone.code)

    async def _settle(self, heard: Heard, code: str) -> Answer | None:
        """A municipality is remembered; a county is shown."""
        if code in self.places.counties:
            return self._show_county(self.places.counties[code])
        if code not in self.places.municipalities:
            return None
        municipality = self.places.municipalities[code]
        if heard.somebody is None:
            return self._show(municipality, is_mine=False)
        first = await self.directory.choose_municipality(heard.somebody, code)
        return self._show(municipality, is_mine=True, just_saved=True, ask_position=first)

    def _mine(self, code: str) -> Answer:
        return self._show(self.places.municipalities[code], is_mine=True)

    def _show(
        self,
        municipality: Municipality,
        *,
        is_mine: bool,
        just_saved: bool = False,
        ask_position: bool = False,
    ) -> Answer:
        county = self.places.county_of(municipality.code)
        reply = cards.coordinator(
            county,
            municipality,
            is_mine=is_mine,
            just_saved=just_saved,
            ask_position=ask_position,
        )
        return Answer(reply, about=_about(county))

    def _show_county(self, county: County) -> Answer:
        return Answer(cards.coordinator(county, None, is_mine=False), about=_about(county))

    def _ask_which(self, match: PlaceMatch) -> Answer:
        codes = [municipality.code for municipality in match.municipalities]
        codes += [county.code for county in match.counties]
        reply = cards.which(match.municipalities, match.counties)
        return Answer(reply, then="which", values={"codes": codes})


def _about(county: County) -> dict[str, object]:
    return {"subject": f"county:{county.code}", "article": "", "missed": False}


def _is_mine(heard: Heard, municipality: Municipality) -> bool:
    return heard.somebody is not None and heard.somebody.municipality == municipality.code
