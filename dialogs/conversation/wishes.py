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

ASK_THEMSELVES = frozenset(
    ["correct_announcement", "withdraw_announcement", "ask_author", "answer_enquiry",
     "change_municipality", "my_position", "sign_up", "withdraw", "unfollow"]
)  # fmt: skip
"""Commands that, said alone, open a form or ask before anything happens."""

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

    async def ask(self, heard: Heard) -> Answer | None:
        """Whether the command, which is the `rest`, is to be carried out."""
        act = text(f"conversation.wish.act.{heard.rest}")
        reply = Reply(
            text("conversation.wish.ask", act=act), suggestions=texts("conversation.wish.yes_no")
        )
        values = {**heard.values, "command": heard.rest, "said": heard.text}
        return Answer(reply, then="answer", values=values)

    async def leave(self, heard: Heard) -> Answer | None:
        """It was spoken of and not wished: nothing is done, and how it would be."""
        if heard.rest in ASK_THEMSELVES:
            return Answer(Reply(text("conversation.wish.nothing_done")))
        act = text(f"conversation.wish.act.{heard.rest}")
        exact = text(f"conversation.wish.exact.{heard.rest}")
        return Answer(Reply(text("conversation.wish.not_done", act=act, exact=exact)))

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
