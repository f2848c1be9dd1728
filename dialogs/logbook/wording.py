"""One act as a sentence."""

from babel.dates import format_datetime

from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from knowledge.audit.models import Account
from knowledge.directory.places import Places
from knowledge.logbook.models import Entry
from knowledge.times import SWEDEN


def moment(entry: Entry) -> str:
    """27 november 2026 kl. 14.03"""
    return format_datetime(entry.at.astimezone(SWEDEN), "d MMMM y 'kl.' HH.mm", locale="sv")


def line(entry: Entry, places: Places, *, in_terminal: bool = False) -> str:
    """Who did what. In the terminal also the accounts of those who have no name here."""
    counties = [places.name_of(code) for code in entry.counties if places.name_of(code)]
    place = entry.facts.get("place", "")
    return text(
        f"logbook.did.{entry.kind}",
        who=_who(entry, in_terminal=in_terminal),
        whom=_named(entry.whom, entry.whom_name, in_terminal=in_terminal),
        it=_it(entry),
        county=swedish.joined(counties) or text("logbook.no_county"),
        place=places.name_of(place) or text("logbook.an_organisation"),
        count=int(entry.facts.get("count", "0")),
    )


def _who(entry: Entry, *, in_terminal: bool) -> str:
    if entry.by_itself:
        return text("logbook.by_itself")
    if entry.by and not entry.by.tenant_id:
        login = swedish.bare(entry.by.object_id) if in_terminal else ""
        return text("logbook.operator_named" if login else "logbook.operator", login=login)
    return _named(entry.by, entry.by_name, in_terminal=in_terminal)


def _named(account: Account | None, name: str, *, in_terminal: bool) -> str:
    if account is None:
        return text("logbook.erased")
    if name:
        return swedish.bare(name) if in_terminal else swedish.plain(name)
    return account.object_id if in_terminal else text("logbook.unnamed")


def _it(entry: Entry) -> str:
    """ "utskicket ”Ny lägesbild”", or its number where it has no title (any more)."""
    room = entry.subject.partition(":")[0]
    if room not in ("announcement", "training"):
        return ""
    title = swedish.plain(entry.title)
    if title:
        return text(f"logbook.titled.{room}", title=title)
    return text(f"logbook.untitled.{room}", number=entry.number)
