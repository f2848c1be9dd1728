"""Contact cards."""

from collections.abc import Mapping, Sequence

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    heading,
    navigate,
    option,
    paragraph,
    rows,
    small,
    summary,
)
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.directory.models import County, Municipality
from knowledge.directory.names import Area
from knowledge.directory.places import Places


def coordinator(
    county: County,
    municipality: Municipality | None,
    *,
    is_mine: bool,
    is_reader: bool = False,
    may_choose: bool = True,
    locality: str = "",
    just_saved: bool = False,
    ask_position: bool = False,
) -> Reply:
    """The county board's contact for crime prevention. `is_mine`: it is the reader's own;
    `is_reader`: it is the reader. `may_choose`: the reader may go to work there, or leave.

    `locality` is the place inside the municipality that was named. `ask_position` adds, in
    passing, the question what the reader does in the municipality.
    """
    body = [heading(text("directory.heading", board=county.board))]
    if is_reader:
        body.insert(0, paragraph(text("directory.yourself")))
    if just_saved and municipality:
        saved = text("directory.saved", municipality=municipality.name)
        body.insert(0, small(saved))
    if locality and municipality:
        whole = text("directory.as_municipality", name=municipality.genitive)
        body.insert(0, small(text("directory.lies_in", locality=locality, municipality=whole)))
    if municipality:
        supports = text("directory.for_municipality", municipality=municipality.name)
    else:
        supports = text("directory.for_county", county=county.name)
    body.append(paragraph(supports))
    for label, value in _facts(county):
        body += [{**bold(label), "spacing": "small"}, paragraph(value, spacing="none")]
    body.append(small(text("directory.confirmed", day=swedish.day(county.confirmed))))
    if is_reader:
        body.append(paragraph(text("directory.colleagues")))
    phone = county.coordinator_phone or county.phone
    said = text("directory.summary", board=county.board, phone=phone)
    actions = _ways_on(county, municipality if may_choose else None, may_choose and is_mine)
    if ask_position:
        body.append(paragraph(text("directory.ask_position")))
        actions.append(navigate(text("recipients.my_position"), "my_position"))
    return Reply(card=card(body, actions), summary=summary(said))


def one_fact(county: County, asked: str) -> Reply:
    """The "name", "phone", "email" or "web" of the contact, in a sentence."""
    named = swedish.plain(county.coordinator_name)
    values = {
        "name": named or text("directory.no_name"),
        "phone": _phone(county),
        "email": _email(county),
        "web": _web(county),
    }
    key = "name_none" if asked == "name" and not named else asked
    told = text(f"directory.told.{key}", county=county.name, value=values[asked])
    actions = [navigate(text("directory.told.rest"), "show_place", code=county.code)]
    return Reply(card=card([paragraph(told)], actions), summary=summary(told))


def _facts(county: County) -> list[tuple[str, str]]:
    name = swedish.plain(county.coordinator_name) or text("directory.no_name")
    region = text("directory.police_region_dated", region=county.police_region)
    return [
        (text("directory.function"), text("directory.function_name")),
        (text("directory.name"), name),
        (text("directory.phone"), _phone(county)),
        (text("directory.email"), _email(county)),
        (text("directory.web"), _web(county)),
        (text("directory.police_region"), region),
        (text("directory.shared"), text("directory.shared_address")),
    ]


def _email(county: County) -> str:
    email = county.coordinator_email or county.email
    return f"[{email}](mailto:{email})"


def _web(county: County) -> str:
    host = county.web.removeprefix("https://").removeprefix("www.")
    return f"[{host}]({county.web})"


def _phone(county: County) -> str:
    if county.coordinator_phone:
        return county.coordinator_phone
    if county.phone_confirmed:
        day = swedish.day(county.phone_confirmed)
        return text("directory.phone_switch_confirmed", phone=county.phone, day=day)
    return text("directory.phone_switch", phone=county.phone)


def _ways_on(county: County, municipality: Municipality | None, is_mine: bool) -> list[Element]:
    actions = [navigate(text("directory.trainings"), "trainings", county=county.code)]
    if is_mine:
        actions.append(navigate(text("directory.change"), "change_municipality"))
    elif municipality:
        title = text("directory.make_mine")
        actions.append(act(title, "choose_municipality", code=municipality.code))
    subject = f"county:{county.code}"
    actions.append(navigate(text("directory.not_right"), "wrong", subject=subject))
    return actions


def which(
    areas: Sequence[Area],
    places: Places,
    *,
    localities: Mapping[str, str],
    save: bool,
    unsure: bool = False,
) -> Reply:
    """One name, several places: ask. `unsure` asks whether it is any of them at all.

    `save` tells that the reader is to work there. `localities` are the places that were named, by
    the code of their municipality.
    """
    verb = "place" if save else "show_place"
    names = [_label(area, areas, places, localities) for area in areas]
    if unsure and len(areas) == 1:
        question = text("directory.is_it_mine" if save else "directory.is_it", place=names[0])
        typed = text("directory.is_it_typed")
        choices = rows(navigate(text("directory.yes"), verb, code=areas[0].code))
    else:
        question = text("directory.is_it_any" if unsure else "directory.which")
        typed = text("directory.which_typed")
        # Lines to tap: "Skinnskattebergs kommun, Västmanlands län" is too wide for a button.
        named = zip(names, areas, strict=True)
        choices = [option(name, verb, code=area.code) for name, area in named]
    if unsure:
        no = text("directory.no" if len(areas) == 1 else "directory.none_of_them")
        choices += rows(navigate(no, "other_place", save="yes" if save else ""))
    body = [heading(question), small(typed), *choices]
    return Reply(card=card(body), summary=summary(question))


def _label(area: Area, areas: Sequence[Area], places: Places, localities: Mapping[str, str]) -> str:
    """Its full name, and the county where that tells it from another."""
    if isinstance(area, County):
        return area.name
    name = text("directory.as_municipality", name=area.genitive)
    if area.code in localities:
        name = text("directory.as_locality", locality=localities[area.code], municipality=name)
    counties = {one.county_code for one in areas if isinstance(one, Municipality)}
    if len(counties) == 1:
        return name
    return text("directory.in_county", name=name, county=places.county_of(area.code).name)
