"""Contact cards as answers: of a municipality, of a county, or one thing of it."""

from dialogs.conversation.dialog import Answer, Heard
from dialogs.conversation.swedish import joined
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.directory import cards, moves
from knowledge.directory.models import County, Municipality
from knowledge.directory.service import DirectoryService


class Contacts:
    """Shows them. What is shown is what follows may ask about."""

    def __init__(self, directory: DirectoryService) -> None:
        self.directory = directory
        self.places = directory.places

    def yourself(self, heard: Heard) -> Answer:
        """A coordinator asks for the own coordinator, and works in no municipality."""
        counties = [self.places.counties[code] for code in heard.person.counties]
        if len(counties) == 1:
            return self.show_county(heard, counties[0])
        names = joined([county.name for county in counties])
        return Answer(Reply(text("directory.yourself_many", counties=names)))

    def show(
        self,
        heard: Heard,
        municipality: Municipality,
        *,
        is_mine: bool,
        locality: str = "",
        **saved: bool,
    ) -> Answer:
        county = self.places.county_of(municipality.code)
        reply = cards.coordinator(
            county,
            municipality,
            is_mine=is_mine,
            is_reader=_coordinates(heard, county),
            may_choose=moves.may_choose(
                self.directory, heard.somebody, municipality, is_mine=is_mine
            ),
            locality=locality,
            **saved,
        )
        return Answer(reply, about=_about(county))

    def tell(self, heard: Heard, county: County, asked: str) -> Answer:
        """One thing about the contact just shown, or all of it once more."""
        if asked == "card":
            return self.show_county(heard, county)
        return Answer(cards.one_fact(county, asked), about=_about(county))

    def show_county(self, heard: Heard, county: County) -> Answer:
        is_reader = _coordinates(heard, county)
        reply = cards.coordinator(county, None, is_mine=False, is_reader=is_reader)
        return Answer(reply, about=_about(county))


def is_mine(heard: Heard, municipality: Municipality) -> bool:
    return heard.somebody is not None and heard.somebody.municipality == municipality.code


def _about(county: County) -> dict[str, object]:
    subject = f"county:{county.code}"
    return {"subject": subject, "contact": county.code, "article": "", "missed": False}


def _coordinates(heard: Heard, county: County) -> bool:
    return heard.somebody is not None and county.code in heard.somebody.counties
