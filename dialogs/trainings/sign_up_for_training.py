"""Signing up: one tap, or "anmäl mig till 1"."""

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from dialogs.conversation import inputs, paging
from dialogs.conversation.card_parts import with_first_line
from dialogs.conversation.dialog import PICK, Answer, Dialog, Heard, Instead, hears, tapped
from dialogs.conversation.feelings import laughs
from dialogs.conversation.intents import understand
from dialogs.conversation.paging import Page, shown_in
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Reply, Scope
from dialogs.conversation.texts import text
from dialogs.conversation.wishes import SIGNED_UP
from dialogs.trainings import cards, questions
from dialogs.trainings.asking.sign_ups import SignUps
from dialogs.trainings.lists import MINE, SHOWN, SIGN_UP, TrainingLists
from dialogs.trainings.misfits import misfits
from dialogs.trainings.named import called_by_none
from dialogs.trainings.parts import is_open
from dialogs.trainings.training_questions import (
    may_be_amount,
    rebooks,
    signs_off,
    speaks_of_oneself,
    swaps,
    wants_several_seats,
    without_one_seat,
)
from dialogs.trainings.which import Picked, is_short_or_picks
from dialogs.trainings.wish import Wish, own_counties
from dialogs.understanding.effect import Effect
from dialogs.understanding.slots import read
from dialogs.understanding.vocabulary import Screen
from knowledge.directory.places import fold
from knowledge.trainings.models import SignupStatus, Wanted
from knowledge.trainings.refusals import NotSignedUp
from knowledge.trainings.service import MOST_OPEN


class SignUpForTraining(Dialog):
    """A seat, or a place in the waiting list."""

    name: ClassVar[str] = SIGN_UP

    def __init__(self, sign_ups: SignUps, lists: TrainingLists) -> None:
        self.sign_ups = sign_ups
        self.trainings = sign_ups.trainings
        self.lists = lists

    @hears("sign_up", effect=Effect.MINE, personal=True)
    async def sign_up(self, heard: Heard) -> Answer | Instead | None:
        """Typed, with what is meant in the last list, the title, or nothing yet."""
        other = await self._something_else(heard)
        if other:
            return other
        heard = replace(heard, rest=without_one_seat(heard.rest))
        page = self.lists.current(heard.about)
        if heard.rest:
            found = await self.lists.pick(heard.rest, page, loosely=heard.understood)
            return (
                await self._decide(heard, page, found)
                or await self._by_title(heard)
                or await self._nearly(heard, page)
            )
        if none := await self._called_by_none(heard):
            return none
        arrived = await self.lists.arrived(heard)
        only = page.ids if page and len(page.ids) == 1 else ()
        alone = arrived or heard.about.get(SHOWN) or only
        if len(alone) == 1 and (arrived or not heard.values.get(SIGNED_UP)):
            is_shown = not arrived and (paging.is_on_screen(heard) or heard.values.get(SHOWN))
            return await self._wanted(heard, alone, asks=heard.understood or not is_shown)
        if page and page.of != MINE and heard.about.get("screen") == Screen.LIST:
            return await self.lists.show(heard, replace(page, of=SIGN_UP), then="choose")
        return await self.lists.first(heard, Wish(), SIGN_UP, then="choose")

    @tapped("sign_up", effect=Effect.MINE, personal=True)
    async def tapped_sign_up(self, heard: Heard) -> Answer | None:
        """In a list, or in an announcement, which stays where it is."""
        training_id = heard.number("training")
        if not training_id:
            return None
        despite = heard.turn.data.get("despite") is True
        # What no card told a sequence of was never moved when it was written.
        shown = None if despite else heard.number("sequence") or 0
        answer = await self.sign_ups.begin(heard, [training_id], despite=despite, shown=shown)
        return replace(answer, beside=heard.number("announcement") is not None)

    @tapped("sign_up_not", effect=Effect.NONE, personal=True)
    async def tapped_not(self, heard: Heard) -> Answer:
        return Answer(cards.settled(text("conversation.wish.left_alone")))

    @hears(PICK, effect=Effect.MINE)
    async def pick(self, heard: Heard) -> Answer | Instead | None:
        """ "Den i Växjö", about the list on the screen and before anything is asked: is it so?"""
        if heard.somebody and swaps(heard.text):
            return await self._ask_swap(heard)
        page = self.lists.current(heard.about)
        on_screen = heard.about.get("screen") == Screen.LIST and page and page.of != MINE
        is_pick = inputs.is_plain(heard.text) and not inputs.ends_in_no(heard.text)
        if not on_screen or not is_pick or heard.turn.place.scope is not Scope.PERSONAL:
            return None
        meant = understand(heard.text)
        if meant and meant.name == "withdraw":
            return None  # "avanmäl mig från båda" is about others
        found = await self.lists.pick(without_one_seat(heard.text), page)
        other = await self._something_else(heard) if found.ids else None
        if other:
            return other
        return await self._decide(replace(heard, understood=True), page, found)

    async def _something_else(self, heard: Heard) -> Answer | Instead | None:
        """What only looks like a sign-up: off instead of on, another place, more than one seat."""
        off = signs_off(heard.text)
        if off is not None:
            return Instead(heard.text, "withdraw", rest=off, sure=True)
        if rebooks(heard.text):
            if not await self.trainings.mine(heard.person):
                return Instead(heard.text, "my_trainings", sure=True)
            return await self._ask_swap(heard) or Answer(Reply(text("trainings.swap_which")))
        if wants_several_seats(heard.text):
            return Answer(Reply(text("trainings.only_yourself")))
        return None

    async def _ask_swap(self, heard: Heard) -> Answer | None:
        """Whether one place is to be given for another: the one that was just got, or the only
        one. Which other one, if that is not said surely."""
        if heard.turn.place.scope is not Scope.PERSONAL:
            return None
        own = [one.training.id for one in await self.trainings.mine(heard.person)]
        old = [id_ for id_ in heard.values.get(SIGNED_UP, ()) if id_ in own] or own
        page = self.lists.current(heard.about)
        if len(old) != 1 or page is None:
            return None
        found = await self.lists.pick(heard.text, page, loosely=True)
        others = [id_ for id_ in found.ids if id_ not in old]
        elsewhere = bool(read(heard.text, self.lists.today()).slots.place_names)
        if not others and (elsewhere or not heard.values.get(SIGNED_UP)):
            return None  # "byta till Lunds kommun" is about no training
        others = others or [id_ for id_ in page.here if id_ not in own]
        known = await self.trainings.find_all([*others, *old])
        if len(others) != 1 or not {*others, *old} <= {*known}:
            return Answer(Reply(text("trainings.swap_which")), values=heard.values)
        reply = questions.ask_swap(known[old[0]], known[others[0]])
        return Answer(reply, then="confirm_swap", values={"old": old[0], "new": others[0]})

    async def confirm_swap(self, heard: Heard) -> Answer | None:
        """Hears ja or nej."""
        said = inputs.agreed(heard.text)
        if said is None:
            return None
        if not said:
            return Answer(Reply(text("conversation.wish.left_alone")))
        return await self._swap(heard, int(heard.values["old"]), int(heard.values["new"]))

    async def _swap(self, heard: Heard, old: int, new: int) -> Answer:
        """The new place first: whoever gets none keeps the old one."""
        answer = await self.sign_ups.begin(heard, [new], leaving=old)
        if answer.then:
            return answer  # something is asked first, and the old place is kept meanwhile
        signup = await self.trainings.find_signup(heard.person, new)
        left = await self.trainings.get(old)
        key = "swap_kept"
        if signup and signup.status is SignupStatus.CONFIRMED:
            with contextlib.suppress(NotSignedUp):
                await self.trainings.withdraw(heard.person, old)
            key = "withdrawn"
        note = text(f"trainings.{key}", title=plain(left.title))
        return replace(answer, reply=with_first_line(answer.reply, note))

    async def page(self, heard: Heard, page: Page) -> Answer | None:
        return await self.lists.show(heard, page, then="choose")

    async def choose(self, heard: Heard) -> Answer | Instead | None:
        """Hears which of the listed trainings it should be; of those that fit, where it was asked.

        Only what is nothing but a choice is one.
        """
        if inputs.is_none_of_these(heard.text):
            return Answer(Reply(text("conversation.wish.left_alone")))
        other = await self._something_else(heard)
        if other:
            return other
        page = self.lists.current(heard.about)
        among = heard.values.get("among", ())
        found = await self.lists.pick(without_one_seat(heard.text), page, among=among)
        if among and not {*found.ids} <= {*among}:
            return None
        # "i Lund" and then "i januari" tell what is looked for; a number tells which is wanted.
        guessed = bool(heard.values.get("guessed")) and inputs.number(heard.text) is None
        return await self._decide(replace(heard, understood=guessed), page, found)

    async def confirm(self, heard: Heard) -> Answer | Instead | None:
        """Hears ja or nej, or that it is another."""
        said = inputs.agreed(heard.text, "trainings_asking.yes_despite")
        said = False if inputs.is_none_of_these(heard.text) else said
        ids = [int(id_) for id_ in heard.values["trainings"]]
        if said is None and inputs.is_plain(heard.text) and inputs.all_of(heard.text) == len(ids):
            said = True  # "båda", of the two that were named
        if said is None:
            return await self.pick(heard)
        if not said:
            return Answer(Reply(text("conversation.wish.left_alone")))
        despite = bool(heard.values.get("despite"))
        return await self.sign_ups.begin(heard, ids, despite=despite)

    async def again(self, heard: Heard) -> Answer | None:
        if "trainings" in heard.values:
            return None  # no yes: it is heard as something new
        if not is_short_or_picks(heard.text, self.lists.today()):
            return None  # a question of another kind
        reply = cards.settled(text("trainings.which_again"))
        return Answer(reply, then="choose", values=heard.values)

    async def _decide(self, heard: Heard, page: Page | None, found: Picked) -> Answer | None:
        """Done when one is meant that has been on the screen, and asked about otherwise."""
        if page and found.miscounted:
            reply = questions.ask_which_numbers(page)
            return Answer(reply, then="choose", values={"listed": page.of})
        if page is None or not found.ids:
            return None
        if len(found.ids) > 1 and not found.each:
            trainings = await self.trainings.find_all(found.ids)
            some = [trainings[id_] for id_ in found.ids if id_ in trainings]
            values = {"listed": page.of, "among": [*found.ids], "guessed": heard.understood}
            return Answer(questions.ask_which(page, some), then="choose", values=values)
        asks = heard.understood or heard.text.rstrip().endswith("?") or may_be_amount(heard.text)
        in_passing = found.part_of_title and bool(heard.rest)  # "anmäl brott" is hardly a course
        asks = asks or in_passing or (inputs.is_hedged(heard.text) and not found.whole_title)
        sure = found.only in page.known and not asks
        asks = not sure or bool(found.missing)
        return await self._wanted(heard, found.ids, asks=asks, missing=found.missing)

    async def _by_title(self, heard: Heard) -> Answer | None:
        """By its title, in the list or not: a whole one is meant, a part of one is asked about."""
        open_now = await self.trainings.list_open(Wanted(), limit=MOST_OPEN)
        titles = [training.title for training in open_now]
        place = inputs.title_in(heard.rest, titles)
        if place is None:
            said = f" {fold(heard.rest, strip=False)} "
            within = [one for one in titles if f" {fold(one, strip=False)} " in said]
            place = titles.index(within[0]) if len(within) == 1 else None
        if place is None:
            return None
        is_whole = fold(heard.rest, strip=False) == fold(titles[place], strip=False)
        return await self._wanted(heard, [open_now[place].id], asks=not is_whole)

    async def _called_by_none(self, heard: Heard) -> Answer | None:
        """What is named and is none of the open ones is told, above the list."""
        open_now = await self.trainings.list_open(Wanted(), limit=MOST_OPEN)
        none = called_by_none(heard.text, open_now, self.lists.today())
        if not none:
            return None
        answer = await self.lists.first(heard, Wish(), SIGN_UP, then="choose")
        note = text("trainings.none_called", word=plain(none))
        return replace(answer, reply=with_first_line(answer.reply, note))

    async def _nearly(self, heard: Heard, page: Page | None) -> Answer | None:
        """Words of a title, or a number, among others: asked about where one's own place is spoken
        of, for "anmäl ett brott" is about no training."""
        shown = shown_in(heard.about)
        told = read(heard.rest, self.lists.today(), shown)
        if not (told.slots.which and speaks_of_oneself(heard.text)) or laughs(heard.text):
            return None
        found = await self.lists.pick(heard.rest, page, loosely=True)
        return await self._decide(replace(heard, understood=True), page, found)

    async def _wanted(
        self, heard: Heard, ids: Sequence[int], *, asks: bool, missing: Sequence[int] = ()
    ) -> Answer:
        """Done, or asked about first; always asked where one is not as was said. Nothing is asked
        of what is closed."""
        known = await self.trainings.find_all(ids)
        mine = {one.training.id: one for one in await self.trainings.mine(heard.person)}
        some = [known[id_] for id_ in ids if id_ in known]
        late = [one for one in some if not is_open(one) and one.id not in mine]
        if late:
            left = [id_ for id_ in ids if id_ not in {one.id for one in late}]
            on = await self._wanted(heard, left, asks=asks, missing=missing) if left else None
            return await self.lists.closed(heard, late, on)
        slots, own = read(heard.text, self.lists.today()).slots, own_counties(heard.somebody)
        told = " ".join(filter(None, (misfits(slots, one, own) for one in some)))
        seats = {id_ for id_, one in mine.items() if one.status is SignupStatus.CONFIRMED}
        if not (asks or told) or (ids and {*ids} <= seats):  # then it only tells that it is done
            return await self.sign_ups.begin(heard, ids)
        reply = questions.ask_sign_up(some, missing, told)
        return Answer(reply, then="confirm", values={"trainings": [*ids]})
