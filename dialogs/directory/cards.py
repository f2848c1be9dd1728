"""Contact cards."""

from collections.abc import Sequence

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    heading,
    navigate,
    paragraph,
    rows,
    small,
    summary,
)
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.directory.models import County, Municipality


def coordinator(
    county: County,
    municipality: Municipality | None,
    *,
    is_mine: bool,
    just_saved: bool = False,
    ask_position: bool = False,
) -> Reply:
    """The county board's contact for crime prevention. `is_mine`: it is the reader's own.

    `ask_position` adds, in passing, the question what the reader does in the municipality.
    """
    body = [heading(text("directory.heading", board=county.board))]
    if just_saved and municipality:
        saved = text("directory.saved", municipality=municipality.name)
        body.insert(0, small(saved))
    if municipality:
        supports = text("directory.for_municipality", municipality=municipality.name)
    else:
        supports = text("directory.for_county", county=county.name)
    body.append(paragraph(supports))
    for label, value in _facts(county):
        body += [{**bold(label), "spacing": "small"}, paragraph(value, spacing="none")]
    body.append(small(text("directory.confirmed", day=swedish.day(county.confirmed))))
    phone = county.coordinator_phone or county.phone
    said = text("directory.summary", board=county.board, phone=phone)
    actions = _ways_on(county, municipality, is_mine)
    if ask_position:
        body.append(paragraph(text("directory.ask_position")))
        actions.append(navigate(text("recipients.my_position"), "my_position"))
    return Reply(card=card(body, actions), summary=summary(said))


def _facts(county: County) -> list[tuple[str, str]]:
    name = swedish.plain(county.coordinator_name) or text("directory.no_name")
    email = county.coordinator_email or county.email
    host = county.web.removeprefix("https://").removeprefix("www.")
    region = text("directory.police_region_dated", region=county.police_region)
    return [
        (text("directory.function"), text("directory.function_name")),
        (text("directory.name"), name),
        (text("directory.phone"), _phone(county)),
        (text("directory.email"), f"[{email}](mailto:{email})"),
        (text("directory.web"), f"[{host}]({county.web})"),
        (text("directory.police_region"), region),
        (text("directory.shared"), text("directory.shared_address")),
    ]


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


def which(municipalities: Sequence[Municipality], counties: Sequence[County]) -> Reply:
    """One name, several places: ask."""
    question = text("directory.which")
    buttons = [
        navigate(text("directory.as_municipality", name=m.name), "place", code=m.code)
        for m in municipalities
    ]
    buttons += [navigate(county.name, "place", code=county.code) for county in counties]
    body = [heading(question), small(text("directory.which_typed")), *rows(*buttons)]
    return Reply(card=card(body), summary=summary(question))
