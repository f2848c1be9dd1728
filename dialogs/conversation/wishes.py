"""A wish that was understood, though not said in so many words: asked about before it acts.

What only shows something is shown at once. What changes something is done when the answer to
just this question is yes; said in another mood than a wish it is never done, and never offered.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, ClassVar

from dialogs.conversation import inputs
from dialogs.conversation.dialog import Answer, Dialog, Heard, Instead, tapped
from dialogs.conversation.memory import LISTED
from dialogs.conversation.paging import listed
from dialogs.conversation.swedish import SWEDEN
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.understanding.effect import Effect
from dialogs.understanding.slots import Slots
from dialogs.understanding.times.clock import moment_in
from dialogs.understanding.weigh import TOO_STRANGE, Understood
from knowledge.directory.places import fold
from knowledge.directory.said import places_in

ASK_THEMSELVES = frozenset(
    ["correct_announcement", "withdraw_announcement", "ask_author", "answer_enquiry",
     "change_municipality", "my_position", "sign_up", "withdraw", "unfollow", "send_now",
     "take_back", "take_back_change", "forget_me", "was_not_there"]
)  # fmt: skip
"""Commands that, said alone, open a form or ask before anything happens."""

ASK_WHICH = frozenset(["stop_announcement", "close_training", "reopen_training"])
"""Commands that find out which one is meant, and ask about just that one, where they were not said
in their own words."""

LEADS_TO_ACT = frozenset(["approvals"])
"""What shows something that is decided about at once: "godkänn om Karin har sagt ja"."""

SHOWN_INSTEAD = {"follow": "my_themes"}
"""What cannot be asked about with yes or no, and where it is chosen instead."""

CARRY_WORDS = frozenset(["ask_author", "answer_enquiry", "wrong", "new_training"])
"""What follows them is passed on as it is, questions and all."""

TELL_OF_ME = frozenset(["my_position", "change_municipality"])
"""What sounds like them beside a question mostly tells who is asking."""

SIGNED_UP = "signed_up"
"""What is kept of an answer that tells of a sign-up."""

MEANT_AFTER = {
    ("more", "listed"): "next_page",
    ("cancel", SIGNED_UP): "withdraw",
}
LOOSELY_MEANT_AFTER = {**MEANT_AFTER, ("forget_me", SIGNED_UP): "withdraw"}
"""What a command means right after something else: "mer" of a list is its next page, and "ångra"
and "ta bort mig" of a sign-up are to withdraw. "Radera mig" is its own word, and means itself."""

SMALL_TALK = frozenset(["greet", "okay", "thanks", "bye"])

REACTIONS = frozenset(["about_me", "human", "complain", "puzzled"])
"""What is said of the talk itself, and so at any point of it."""

MOST_BESIDE = 0.34
"""The share of other words from which on something else is talked of than the talk itself."""

FOR_COORDINATORS = frozenset(
    ["announce", "my_announcements", "approvals", "templates", "reports", "my_channels",
     "more_channels", "new_training", "change_training", "copy_training", "close_training",
     "reopen_training", "cancel_training", "participants",
     "held_trainings", "import_trainings", "export_trainings", "thank", "unanswered",
     "update_contact", "yearly_report"]
)  # fmt: skip
"""Commands that are no use to others, and so not offered to them."""

ABOUT_SENT = frozenset(
    ["acknowledge", "resume_announcement", "resend_failed", "resend_announcement", "retry_changes",
     "remind"]
)  # fmt: skip
ABOUT_EITHER = frozenset(
    ["pause_announcement", "stop_announcement", "correct_announcement", "withdraw_announcement"]
)
ABOUT_UNSENT = frozenset(["send_test", "send_now", "take_back", "save_template"])


SEND_NOW = "send_now"

AT_ONCE = frozenset(
    [SEND_NOW, "remind", "resend_failed", "resend_announcement", "retry_changes"]
)  # fmt: skip
"""Commands that are carried out now or not at all."""

WHOLE = AT_ONCE | frozenset(
    ["take_back", "take_back_change", "withdraw_announcement", "stop_announcement",
     "pause_announcement", "resume_announcement"]
)  # fmt: skip
"""Commands that are about everybody whom the announcement is for, and all that is in it."""

_CLOCK = re.compile(r"\bkl(?:ockan|\.)? ?\d|\d[.:]\d\d\b")
"""A time of day, also one that no clock shows."""


class Limit(StrEnum):
    """What was said to narrow an act."""

    TIME = "time"
    SOME = "some"


class ConfirmWish(Dialog):
    """ "Ska jag …?" The command is carried out when the answer is yes."""

    name: ClassVar[str] = "confirm_wish"

    async def ask(self, heard: Heard) -> Answer | None:
        """Whether the command, which is the `rest`, is to be carried out."""
        return asking(heard, heard.rest)

    async def leave(self, heard: Heard) -> Answer | None:
        """It was spoken of and not wished: nothing is done, and how it would be.

        Something may have been done just before, so it is not said that nothing was.
        """
        act = text(f"conversation.wish.act.{heard.rest}")
        exact = text(f"conversation.wish.exact.{heard.rest}")
        return Answer(Reply(text("conversation.wish.not_done", act=act, exact=exact)))

    async def answer(self, heard: Heard) -> Answer | Instead | None:
        """Hears ja and nej."""
        answer = inputs.agreed(heard.text)
        if answer is False:
            return Answer(Reply(text("conversation.wish.left_alone")))
        command, said = str(heard.values.get("command", "")), str(heard.values.get("said", ""))
        return Instead(said, command, sure=True) if answer else None

    @tapped("wish", effect=Effect.NONE)
    async def chosen(self, heard: Heard) -> Instead:
        """A command among what was offered. One that acts is asked about."""
        return Instead(heard.word("said"), heard.word("command"))

    async def unlimited(self, heard: Heard) -> Answer:
        """It is wished for a time or for some only, which is not how it can be done."""
        limit = heard.values["limit"]
        if limit == Limit.TIME and heard.rest == SEND_NOW:
            return Answer(Reply(text("conversation.wish.at_a_time")))
        act = text(f"conversation.wish.act.{heard.rest}")
        exact = text(f"conversation.wish.exact.{heard.rest}")
        return Answer(Reply(text(f"conversation.wish.only_whole.{limit}", act=act, exact=exact)))

    async def not_yet(self, heard: Heard) -> Answer:
        """Something that we cannot do: what to do instead."""
        return Answer(Reply(text(f"conversation.not_yet.{heard.rest}")))

    async def again(self, heard: Heard) -> Answer | None:
        """Anything else is no answer: it is heard as something new."""
        return None


def asking(heard: Heard, command: str) -> Answer:
    """Whether the command is to be carried out; also for a step that has looked at it first."""
    act = text(f"conversation.wish.act.{command}")
    reply = Reply(
        text("conversation.wish.ask", act=act), suggestions=texts("conversation.wish.yes_no")
    )
    values = {**heard.values, "command": command, "said": heard.text}
    return Answer(reply, then="answer", values=values, by=ConfirmWish.name)


def is_of_the_talk(told: Understood) -> bool:
    """Whether a reaction says nothing of the matter that is talked about: "jag förstår inte vad en
    lägesbild är" is a question."""
    return not told.slots.themes and told.strange <= MOST_BESIDE


def is_told_of(command: str, told: Understood) -> bool:
    """Whether a command is really spoken of where it is not wanted, and worth a word: "en elev har
    blivit hotad" only sounds like "jag har blivit chef"."""
    return command not in TELL_OF_ME and told.strange <= TOO_STRANGE


def answers_nothing(heard: Heard) -> bool:
    """Whether it is a yes or a no to nothing that was asked, or the number of no row."""
    is_number = inputs.number(heard.text) is not None
    return inputs.is_reply(heard.text) or (is_number and listed(heard.about) is None)


def meant_by(command: str, heard: Heard, *, in_own_words: bool) -> str:
    """The command that is meant in the light of the latest answer."""
    meant = MEANT_AFTER if in_own_words else LOOSELY_MEANT_AFTER
    for (said, kept), other in meant.items():
        if said == command and heard.values.get(kept):
            return other
    return command


def is_verdict(typed: str) -> bool:
    """What is said of the answer just read; the dialog that answers questions hears it."""
    said = fold(typed, strip=False)
    return said in (*texts("answers.rate.says_helped"), *texts("answers.rate.says_not_helped"))


def rest_of(command: str, typed: str) -> str:
    """What a command that only shows something is told of the sentence it was found in."""
    if command in ("coordinator", "change_municipality"):
        return " ".join(named.said for named in places_in(typed).named)
    return typed if command in ("trainings", "sign_up", "withdraw", "participants") else ""


def act_of(command: str) -> str:
    """What a command does, to be shown on a line of its own."""
    act = text(f"conversation.wish.act.{command}")
    return act[:1].upper() + act[1:]


def may_be_offered(command: str, heard: Heard) -> bool:
    """Whether it is worth asking this person, at this point, if the command was meant."""
    if command in {*SMALL_TALK, *REACTIONS, "cancel"} or not fits_what_is_shown(
        command, heard.about
    ):
        return False
    is_coordinator = heard.somebody is not None and heard.somebody.is_coordinator
    return is_coordinator or command not in FOR_COORDINATORS


def fits_what_is_shown(command: str, about: Mapping[str, Any]) -> bool:
    """Whether there is something on the screen that the command can be about."""
    if command == "acknowledge":
        return True
    if command in ABOUT_EITHER:
        return bool(about.get("announcement") or about.get("draft"))
    if command in ABOUT_SENT:
        return bool(about.get("announcement")) and about.get("latest") != "draft"
    if command in ABOUT_UNSENT:
        is_sent = about.get("latest") in ("announcement", LISTED) and command != "save_template"
        return bool(about.get("draft")) and not is_sent
    return command != "wrong" or bool(about.get("subject"))


def limit_of(command: str, typed: str, slots: Slots, today: date) -> Limit | None:
    """What is said that this command cannot heed; None when nothing is.

    What narrows an act must never fall away: "dra tillbaka det i Lund" is no wish to take it back
    everywhere, and "skicka det efter jul" none to send it now.
    """
    if command in AT_ONCE and _names_a_time(typed, slots, today):
        return Limit.TIME
    if command in WHOLE and (slots.place_names or inputs.names_some(typed)):
        return Limit.SOME
    return None


def _names_a_time(typed: str, slots: Slots, today: date) -> bool:
    """Whether a day or a time of day is said that is still to come: "på måndag" is not now."""
    span = slots.time
    if span and span.since and span.since >= today:
        return True
    noon = datetime.combine(today, time(12), SWEDEN)
    over = span is not None and span.until is not None and span.until <= today
    return bool(_CLOCK.search(typed.lower())) or (not over and moment_in(typed, noon) is not None)
