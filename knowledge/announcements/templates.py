"""Templates: announcements to begin with, shared by the county's coordinators."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    RowMapping,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    select,
)

from knowledge.announcements import access
from knowledge.announcements.models import Announcement, Draft
from knowledge.announcements.refusals import NoSuchTemplate, TooManyTemplates
from knowledge.directory.models import Person
from knowledge.storage.database import Database, Moment, Reading, Writing, metadata

MOST = 12
"""So many fit one card, with buttons for each; per county."""

_WORDS = ("heading", "text", "link", "link_title", "picture", "picture_alt", "acknowledge")


@dataclass(frozen=True)
class Template:
    """What an announcement says, without whom it goes to and when. The heading is its name."""

    id: int
    draft: Draft

    @property
    def county(self) -> str:
        return self.draft.county

    @property
    def heading(self) -> str:
        return self.draft.heading


templates = Table(
    "announcement_templates",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("county", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("link_title", Text, nullable=False),
    Column("picture", Text, nullable=False),
    Column("picture_alt", Text, nullable=False),
    Column("acknowledge", Boolean, nullable=False),
    Column("saved_at", Moment, nullable=False),
    UniqueConstraint("county", "heading", name="one_template_per_heading"),
    sqlite_autoincrement=True,  # an old card must not name a newer template
)


class TemplateService:
    """Keeps templates. Whoever coordinates the county may use, replace and delete them."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def save(self, person: Person, announcement_id: int) -> Announcement:
        """Make a template of an announcement, in place of one with the same heading.

        Raises TooManyTemplates, NotFound.
        """
        async with self.database.write() as tx:
            known = await access.get(tx, person, announcement_id)
            await _must_have_room(tx, known)
            words = {name: getattr(known.draft, name) for name in _WORDS}
            row = self.database.insert(templates).values(
                county=known.county, saved_at=datetime.now(UTC), **words
            )
            changed = {name: row.excluded[name] for name in (*_WORDS, "saved_at")}
            await tx.execute(
                row.on_conflict_do_update(index_elements=["county", "heading"], set_=changed)
            )
            return known

    async def list_mine(self, person: Person) -> list[Template]:
        """The templates of the person's counties, the latest first; as many as one card holds."""
        async with self.database.read() as tx:
            counties = await access.counties_of(tx, person)
            query = select(templates).where(templates.c.county.in_(counties)).limit(MOST)
            rows = await tx.execute(query.order_by(templates.c.saved_at.desc(), templates.c.id))
            return [_template(row) for row in rows.mappings()]

    async def get(self, person: Person, template_id: int) -> Template:
        """Raises NoSuchTemplate."""
        async with self.database.read() as tx:
            return await _get(tx, person, template_id)

    async def delete(self, person: Person, template_id: int) -> Template:
        """Take it away from the whole county. Raises NoSuchTemplate."""
        async with self.database.write() as tx:
            known = await _get(tx, person, template_id)
            await tx.execute(delete(templates).where(templates.c.id == known.id))
            return known


async def _get(tx: Reading | Writing, person: Person, template_id: int) -> Template:
    counties = await access.counties_of(tx, person)
    query = select(templates).where(templates.c.id == template_id, templates.c.county.in_(counties))
    row = (await tx.execute(query)).mappings().one_or_none()
    if row is None:
        raise NoSuchTemplate
    return _template(row)


async def _must_have_room(tx: Writing, known: Announcement) -> None:
    others = (templates.c.county == known.county) & (templates.c.heading != known.draft.heading)
    number = (await tx.execute(select(func.count()).where(others))).scalar_one()
    if number >= MOST:
        raise TooManyTemplates


def _template(row: RowMapping) -> Template:
    words: dict[str, Any] = {name: row[name] for name in _WORDS}
    return Template(row["id"], Draft(county=row["county"], **words))
