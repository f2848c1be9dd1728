"""Templates belong to the county, not to whoever saved them."""

from dataclasses import replace

import pytest

from knowledge.announcements.audience import Audience
from knowledge.announcements.refusals import NotFound
from knowledge.directory.models import Person
from knowledge.templates.models import MOST
from knowledge.templates.service import NoSuchTemplate, TooManyTemplates
from tests.support.office import DRAFT, VASTRA_GOTALAND, Office


async def saves(office: Office, person: Person, heading: str, text: str = DRAFT.text) -> None:
    draft = await office.saves(person, replace(DRAFT, heading=heading, text=text))
    await office.templates.save(person, draft.id)


async def headings(office: Office, person: Person) -> list[str]:
    return [template.heading for template in await office.templates.list_mine(person)]


async def test_a_template_has_the_words_and_not_the_recipients(
    office: Office, kerstin: Person
) -> None:
    picture = {"picture": "https://www.bra.se/a.png", "picture_alt": "En karta"}
    full = replace(DRAFT, acknowledge=True, training_id=3, **picture)  # type: ignore[arg-type]
    draft = await office.saves(kerstin, full)
    await office.templates.save(kerstin, draft.id)
    [template] = await office.templates.list_mine(kerstin)
    assert template.draft == replace(full, audience=Audience(), training_id=None, send_at=None)


async def test_the_county_shares_its_templates(
    office: Office, kerstin: Person, karin: Person, hans: Person
) -> None:
    await saves(office, kerstin, "Inbjudan")
    assert await headings(office, karin) == ["Inbjudan"]
    assert await headings(office, hans) == []
    [template] = await office.templates.list_mine(karin)
    assert (await office.templates.get(karin, template.id)) == template
    await office.templates.delete(karin, template.id)
    assert await headings(office, kerstin) == []


async def test_another_county_sees_and_deletes_nothing(
    office: Office, kerstin: Person, hans: Person
) -> None:
    await saves(office, kerstin, "Inbjudan")
    [template] = await office.templates.list_mine(kerstin)
    for attempt in (
        office.templates.get(hans, template.id),
        office.templates.delete(hans, template.id),
    ):
        with pytest.raises(NoSuchTemplate):
            await attempt
    assert await headings(office, kerstin) == ["Inbjudan"]


async def test_the_same_heading_again_replaces_it(office: Office, kerstin: Person) -> None:
    await saves(office, kerstin, "Inbjudan")
    await saves(office, kerstin, "Inbjudan", "Välkommen till årets andra träff.")
    [template] = await office.templates.list_mine(kerstin)
    assert template.draft.text == "Välkommen till årets andra träff."


async def test_a_county_has_no_more_than_can_be_listed(office: Office, kerstin: Person) -> None:
    for number in range(MOST):
        await saves(office, kerstin, f"Mall {number}")
    with pytest.raises(TooManyTemplates):
        await saves(office, kerstin, "En till")
    await saves(office, kerstin, "Mall 0", "En annan text i samma mall.")
    assert len(await headings(office, kerstin)) == MOST
    assert (await headings(office, kerstin))[0] == "Mall 0"


async def test_a_deleted_templates_id_is_not_used_again(office: Office, kerstin: Person) -> None:
    await saves(office, kerstin, "Inbjudan")
    [old] = await office.templates.list_mine(kerstin)
    await office.templates.delete(kerstin, old.id)
    await saves(office, kerstin, "Något annat")
    with pytest.raises(NoSuchTemplate):
        await office.templates.get(kerstin, old.id)


async def test_who_has_lost_the_role_has_lost_the_templates(
    office: Office, kerstin: Person
) -> None:
    draft = await office.saves(kerstin)
    await office.templates.save(kerstin, draft.id)
    await office.directory.revoke(kerstin.tenant_id, kerstin.object_id, VASTRA_GOTALAND)
    assert await headings(office, kerstin) == []
    with pytest.raises(NotFound):
        await office.templates.save(kerstin, draft.id)
