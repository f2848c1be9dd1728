"""Where the reader may work: only where the own organisation has people."""

from dialogs.conversation.texts import text
from knowledge.directory.models import Municipality, Person
from knowledge.directory.places import Places
from knowledge.directory.service import DirectoryService


def refused_home(mine: Municipality) -> str:
    """Nothing was named: where the reader works follows from the organisation."""
    return text("directory.is_home", municipality=mine.genitive)


def refused(places: Places, tenants_place: str, wanted: Municipality) -> str:
    """Another municipality than those of the organisation, whose place is this one."""
    if tenants_place in places.municipalities:
        mine = places.municipalities[tenants_place].genitive
        return text("directory.only_home", municipality=mine, wanted=wanted.name)
    if tenants_place in places.counties:
        county = places.counties[tenants_place].name
        return text("directory.only_county", county=county, wanted=wanted.name)
    return text("directory.nowhere", wanted=wanted.name)


def may_choose(
    directory: DirectoryService, reader: Person | None, there: Municipality, *, is_mine: bool
) -> bool:
    """Whether the reader may go to work there, or leave where that is."""
    if reader is None:
        return True
    if directory.home_of(reader.tenant_id):
        return False
    return is_mine or directory.may_work_in(reader, there.code)


async def asks_position(directory: DirectoryService, reader: Person) -> bool:
    """Who never was asked for the municipality has not been asked this beside it either."""
    if reader.position or reader.position_asked or not directory.home_of(reader.tenant_id):
        return False
    return await directory.choose_municipality(reader, reader.municipality)
