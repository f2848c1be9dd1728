"""A wish that was understood, though not said in so many words: asked about before it acts.

What only shows something is shown at once. What changes something is done when the answer to
just this question is yes; said in another mood than a wish it is never done, and never offered.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from dialogs.conversation import inputs
from dialogs.conversation.dialog import Answer, Dialog, Heard
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.understanding.effect import Effect
from dialogs.understanding.moods import is_plain_wish

ASK_THEMSELVES = frozenset(
    ["correct_announcement", "withdraw_announcement", "ask_author", "answer_enquiry",
     "change_municipality", "my_position", "withdraw", "unfollow"]
)  # fmt: skip
"""Commands that, said alone, open a form or ask before anything happens."""

NOT_YET = frozenset(
    ["new_training", "change_training", "cancel_training", "participants", "sign_up_colleague",
     "my_data", "forget_me", "unanswered", "update_contact", "yearly_report"]
)  # fmt: skip
"""What people ask for and we cannot do; it is recognised, and told honestly."""

SHOWN_INSTEAD = {"follow": "my_themes"}
"""What cannot be asked about with yes or no, and where it is chosen instead."""

SMALL_TALK = frozenset(["greet", "okay", "thanks", "bye"])

ABOUT_SENT = frozenset(
    ["acknowledge", "pause_announcement", "resume_announcement", "stop_announcement",
     "resend_failed", "resend_announcement", "retry_changes", "remind", "correct_announcement",
     "withdraw_announcement"]
)  # fmt: skip
ABOUT_UNSENT = frozenset(["send_test", "send_now", "take_back", "save_template"])


class ConfirmWish(Dialog):
    """ "Ska jag …?" The engine runs the command when the answer is yes."""

    name: ClassVar[str] = "confirm_wish"

    async def answer(self, heard: Heard) -> Answer | None:
        """Hears nej; a yes is the engine's."""
        if inputs.yes_or_no(heard.text) is False:
            return Answer(Reply(text("conversation.wish.left_alone")))
        return None

    async def not_yet(self, heard: Heard) -> Answer:
        """Something that we cannot do: what to do instead."""
        return Answer(Reply(text(f"conversation.not_yet.{heard.rest}")))

    async def again(self, heard: Heard) -> Answer | None:
        """Anything else is no answer: it is heard as something new."""
        return None


def is_confirmed(state: Mapping[str, Any], typed: str) -> bool:
    """Whether this is the yes to the question that was just asked."""
    return state.get("dialog") == ConfirmWish.name and inputs.yes_or_no(typed) is True


def fits_what_is_shown(command: str, about: Mapping[str, Any]) -> bool:
    """Whether there is something on the screen that the command can be about."""
    if command == "acknowledge":
        return True
    if command in ABOUT_SENT:
        return bool(about.get("announcement"))
    if command in ABOUT_UNSENT:
        return bool(about.get("draft"))
    return command != "wrong" or bool(about.get("subject"))


def ask_first(heard: Heard, command: str, effect: Effect, wording: str = "") -> Answer | None:
    """The question before the act, or what stays as it is; None when the step may run at once.

    `wording` is the known one that the sentence is nearest.
    """
    if effect is Effect.NONE:
        return None
    if not is_plain_wish(heard.text, wording):
        return Answer(Reply(_not_done(command)))
    if command in ASK_THEMSELVES:
        return None
    act = text(f"conversation.wish.act.{command}")
    said = text("conversation.wish.ask", act=act)
    reply = Reply(said, suggestions=texts("conversation.wish.yes_no"))
    values = {"command": command, "said": heard.text}
    return Answer(reply, then="answer", values=values, by=ConfirmWish.name)


def _not_done(command: str) -> str:
    if command in ASK_THEMSELVES:
        return text("conversation.wish.nothing_done")
    act = text(f"conversation.wish.act.{command}")
    exact = text(f"conversation.wish.exact.{command}")
    return text("conversation.wish.not_done", act=act, exact=exact)
