"""Keeping templates, which the county's coordinators share."""

from knowledge.announcements import access, noting
from knowledge.announcements.eyes import Act
from knowledge.announcements.models import Announcement
from knowledge.audit import repository as audit
from knowledge.audit.models import Kind
from knowledge.directory.models import Person
from knowledge.errors import KnowledgeError
from knowledge.storage.database import Database, Reading, Writing
from knowledge.templates import repository
from knowledge.templates.models import MOST, Template


class NoSuchTemplate(KnowledgeError):
    """There is no such template in the person's counties (any more)."""


class TooManyTemplates(KnowledgeError):
    """The county has as many templates as can be listed."""


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
            if await repository.count_others(tx, known) >= MOST:
                raise TooManyTemplates
            await repository.save_template(tx, self.database, known)
            await noting.note(tx, noting.kind_of(Act.SAVE_TEMPLATE), person, known)
            return known

    async def list_mine(self, person: Person) -> list[Template]:
        """The templates of the person's counties, the latest first."""
        async with self.database.read() as tx:
            return await repository.list_templates(tx, await access.counties_of(tx, person))

    async def get(self, person: Person, template_id: int) -> Template:
        """Raises NoSuchTemplate."""
        async with self.database.read() as tx:
            return await _get(tx, person, template_id)

    async def delete(self, person: Person, template_id: int) -> Template:
        """Take it away from the whole county. Raises NoSuchTemplate."""
        async with self.database.write() as tx:
            known = await _get(tx, person, template_id)
            await repository.delete_template(tx, known.id)
            gone = (tx, Kind.ANNOUNCEMENT_DELETE_TEMPLATE, person)
            await audit.note(*gone, counties=[known.county])
            return known


async def _get(tx: Reading | Writing, person: Person, template_id: int) -> Template:
    counties = await access.counties_of(tx, person)
    known = await repository.find_template(tx, template_id, counties)
    if known is None:
        raise NoSuchTemplate
    return known
