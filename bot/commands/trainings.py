"""`tryggve trainings list|export`: the trainings of this installation, and who takes part."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from bot.commands.access.operator import operator
from bot.commands.database import demand_current_schema, with_database
from bot.commands.privacy import own_eyes
from bot.commands.training_lists import export_list
from bot.terminal import Refusal, say
from bot.web.files import spreadsheet
from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from dialogs.trainings.participants import table
from knowledge.directory.places import load_places
from knowledge.storage.database import Database
from knowledge.trainings.models import Training
from knowledge.trainings.participants.models import Participant
from knowledge.trainings.participants.operation import list_every, read_participants


def list_trainings(_chosen: argparse.Namespace) -> int:
    """Print every published training, the soonest first."""
    demand_current_schema()
    found = with_database(list_every)
    if not found:
        say(text("training_lists.none"))
    for line in _lines(found):
        say(line)
    return 0


def export(chosen: argparse.Namespace) -> int:
    """Write every training, or who takes part in one of them, to an Excel file."""
    demand_current_schema()
    if chosen.training is None:
        return export_list(chosen.out)
    out: Path = chosen.out
    number = chosen.training

    async def read(database: Database) -> list[Participant] | None:
        return await read_participants(database, number, operator())

    found = with_database(read)
    if found is None:
        raise Refusal("training_lists.not_found", number=number)
    asked = table.asked(found)
    rows = table.rows(found, load_places(), asked)
    sheet = text("trainings_participants.file_sheet")
    try:
        own_eyes.write(out, spreadsheet.table_file(sheet, table.header(asked), rows))
    except OSError:
        raise Refusal("training_lists.not_written", path=out) from None
    say(text("training_lists.written", count=len(found), path=out))
    return 0


def _lines(found: list[tuple[Training, int]]) -> Iterator[str]:
    places = load_places()
    for training, waiting in found:
        counties = swedish.joined([places.name_of(code) for code in training.owned_by])
        yield text(
            "training_lists.line",
            number=training.id,
            title=swedish.bare(training.title),
            moment=swedish.moment(training.starts_at),
            counties=counties,
            status=text(f"training_lists.status_{training.status.value}"),
            taken=training.taken,
            seats=training.seats,
            waiting=waiting,
        )
