"""`tryggve trainings figures`: a year of trainings in figures, for the report to Brå."""

import argparse
from datetime import UTC, datetime

from bot.commands.database import demand_current_schema, with_database
from bot.commands.privacy import own_eyes
from bot.terminal import Refusal, say
from bot.web.files import spreadsheet
from dialogs.conversation.texts import text
from dialogs.trainings.figures import table
from knowledge.answers.articles.loader import load, shipped_content
from knowledge.directory.places import load_places
from knowledge.storage.database import Database
from knowledge.trainings.figures.models import Figures
from knowledge.trainings.figures.service import FiguresService, NoSuchYear


def figures(chosen: argparse.Namespace) -> int:
    """Print a year's figures, and write them to an Excel file where one is named."""
    demand_current_schema()
    places = load_places()
    county: str = chosen.county or ""
    if county and not places.is_coordinated(county):
        raise Refusal("training_lists.no_county", code=county)

    async def read(database: Database) -> Figures:
        service = FiguresService(database, places, lambda: datetime.now(UTC))
        year = service.due_year if chosen.year is None else chosen.year
        try:
            return await service.of(None, year, county)
        except NoSuchYear:
            first, last = service.years[0], service.years[-1]
            raise Refusal("trainings_figures.no_year", year=year, first=first, last=last) from None

    found = with_database(read)
    place = places.name_of(county) if county else text("trainings_exchange.card.feed_all")
    rows = table.rows(found, place, load(shipped_content()).topics)
    for row in [table.header(), *rows]:
        say(" · ".join(cell for cell in row if cell))
    if chosen.out:
        sheet = text("trainings_figures.sheet")
        try:
            own_eyes.write(chosen.out, spreadsheet.table_file(sheet, table.header(), rows))
        except OSError:
            raise Refusal("training_lists.not_written", path=chosen.out) from None
    return 0
