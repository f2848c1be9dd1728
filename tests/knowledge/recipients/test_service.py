"""What a recipient decides is the recipient's own."""

from knowledge.directory.models import Position
from knowledge.recipients.models import Choices
from knowledge.recipients.service import RecipientService
from tests.support.office import GOTEBORG, KUNGSBACKA, Office


async def test_themes_are_followed_and_let_go(office: Office, recipients: RecipientService) -> None:
    anna, bo = await office.employs("anna"), await office.employs("bo")
    await recipients.follow(anna, ["unga", "lagesbild"])
    assert (await recipients.follow(anna, ["unga"])).themes == ("lagesbild", "unga")
    assert (await recipients.unfollow(anna, ["unga", "pengar"])).themes == ("lagesbild",)
    assert (await recipients.follow_only(anna, ["pengar"])).themes == ("pengar",)
    assert (await recipients.follow_only(anna, [])).themes == ()
    assert (await recipients.choices_of(bo)).themes == ()


async def test_one_way_of_getting_announcements_replaces_another(
    office: Office, recipients: RecipientService
) -> None:
    anna = await office.employs("anna")
    assert await recipients.choices_of(anna) == Choices(None, muted=False, weekly=False, themes=())
    assert (await recipients.mute(anna)).muted
    gathered = await recipients.gather(anna)
    assert (gathered.muted, gathered.weekly) == (False, True)
    assert (await recipients.mute(anna)).muted
    assert (await recipients.unmute(anna)).weekly
    assert not (await recipients.scatter(anna)).weekly


async def test_the_role_is_asked_for_once_in_a_lifetime(office: Office) -> None:
    anna = await office.employs("anna")
    assert await office.directory.choose_municipality(anna, GOTEBORG)
    assert not await office.directory.choose_municipality(anna, KUNGSBACKA)


async def test_who_has_told_the_role_is_never_asked(
    office: Office, recipients: RecipientService
) -> None:
    anna = await office.employs("anna")
    chosen = await recipients.take_position(anna, Position.POLITICIAN)
    assert chosen.position is Position.POLITICIAN
    assert not await office.directory.choose_municipality(anna, GOTEBORG)
