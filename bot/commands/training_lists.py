"""`tryggve trainings import`, and `export` of all of them: a list in, dry run first, and out."""

import argparse
from functools import partial
from pathlib import Path

from bot.commands.database import demand_current_schema, with_database
from bot.commands.privacy import own_eyes
from bot.settings import Settings, read_settings
from bot.terminal import Refusal, say
from bot.web.files import spreadsheet
from bot.web.files.calendar import calendar_url
from bot.web.read_sheet import read_sheet
from dialogs.conversation.texts import text
from dialogs.trainings.exchange import outcome, table
from dialogs.trainings.exchange.judge import Judge
from dialogs.trainings.exchange.judged import Judged
from dialogs.trainings.exchange.lines import Line, Unreadable
from dialogs.trainings.planning.offered import Offered, every_owner
from dialogs.trainings.quotas.wording import too_large
from dialogs.trainings.wording import TrainingWording
from knowledge.answers.articles.loader import load, shipped_content
from knowledge.directory.places import load_places
from knowledge.premises import Premises
from knowledge.storage.database import Database
from knowledge.times import never_quiet
from knowledge.trainings.exchange.models import Imported, ListOutdated
from knowledge.trainings.exchange.service import ExchangeService
from knowledge.trainings.quotas.refusals import QuotasTooLarge


def import_list(chosen: argparse.Namespace) -> int:
    """Tell what a list would do; with `--apply` do it, whole or not at all."""
    demand_current_schema()
    lines = _lines(chosen.file)
    offered = _offered(_county(chosen.county))

    settings = read_settings() if chosen.apply else None

    async def work(database: Database) -> tuple[Judged, Imported | None]:
        service = _service(database, settings)
        judged = Judge(offered, await service.kept(None), service.now()).judge(lines)
        if not (chosen.apply and judged.is_good):
            return judged, None
        return judged, await service.take_in(None, judged.entries, publish=chosen.publish)

    try:
        judged, came = with_database(work)
    except Unreadable as fault:
        raise Refusal(f"trainings_exchange.unread_{fault.why}") from None
    except QuotasTooLarge as refusal:
        say(too_large(refusal))
        return 1
    except ListOutdated:
        raise Refusal("training_lists.outdated") from None
    _tell(judged)
    if came:
        say(outcome.done(came, published=chosen.publish))
    elif judged.is_good and judged.changes_something:
        say(text("training_lists.dry"))
    return 0 if judged.is_good else 1


def export_list(out: Path) -> int:
    """Write every training to an Excel file, which `import` reads."""

    async def read(database: Database) -> list[list[str]]:
        offered = _offered("")
        found = await _service(database).kept(None)
        return table.rows(found, offered.themes, offered.owners)

    rows = with_database(read)
    sheet = text("training_lists.sheet")
    try:
        own_eyes.write(out, spreadsheet.table_file(sheet, table.header(), rows))
    except OSError:
        raise Refusal("training_lists.not_written", path=out) from None
    say(text("training_lists.exported", count=len(rows), path=out))
    return 0


def _tell(judged: Judged) -> None:
    for line in outcome.rows(judged) if judged.is_good else outcome.faults(judged):
        say(line)
    for line in (outcome.unused(judged), outcome.counts(judged) if judged.is_good else ""):
        if line:
            say(line)
    say(outcome.headline(judged))


def _lines(file: Path) -> list[Line]:
    try:
        return read_sheet(file.read_bytes())
    except Unreadable as fault:
        raise Refusal(f"trainings_exchange.unread_{fault.why}") from None


def _county(code: str | None) -> str:
    if code and not load_places().is_coordinated(code):
        raise Refusal("training_lists.no_county", code=code)
    return code or ""


def _offered(county: str) -> Offered:
    """All themes and counties: whoever runs the installation holds for each of them."""
    places = load_places()
    owners = every_owner(places)
    first = [county] if county else [""]
    codes = tuple(dict.fromkeys([*first, *owners]))
    return Offered(load(shipped_content()).topics, owners, codes)


def _service(database: Database, settings: Settings | None = None) -> ExchangeService:
    """What is applied may be told to people: with the address of the installation's pages, and
    when they may be written to."""
    url = settings.base_url if settings else ""
    quiet = settings.quiet_until if settings else never_quiet
    words = TrainingWording(partial(calendar_url, url))
    return ExchangeService(Premises(database, quiet_until=quiet), words)
