"""What people say, and what they mean."""

import tomllib
from pathlib import Path

import pytest

from dialogs.conversation.intents import commands, understand
from dialogs.conversation.texts import speaking_to, text, texts
from knowledge.directory.models import Position
from knowledge.directory.places import fold
from knowledge.templates.models import MOST
from tests.dialogs.samples import cards
from tests.support.lint import actions_of

EXAMPLES = tomllib.loads((Path(__file__).parent / "intents_sv.toml").read_text("utf-8"))
PAIRS = [(said, meant) for meant, sayings in EXAMPLES.items() for said in sayings]


@pytest.mark.parametrize(("said", "meant"), PAIRS)
def test_what_is_said_is_what_is_meant(said: str, meant: str) -> None:
    intent = understand(said)

    assert (intent.name if intent else "question") == meant


def test_no_sentence_means_two_things() -> None:
    seen: dict[str, str] = {}
    for name, sayings in commands().items():
        for said in sayings:
            assert seen.setdefault(said, name) == name, f"“{said}” means {seen[said]} and {name}"


def test_every_sentence_means_what_it_is_listed_for() -> None:
    for name, sayings in commands().items():
        for said in sayings:
            intent = understand(said)
            assert intent is not None
            assert intent.name == name


def test_what_follows_a_command_is_kept_as_typed() -> None:
    intent = understand("Utbildningar i  Växjö och Umeå")

    assert intent is not None
    assert intent.rest == "Växjö och Umeå"


@pytest.mark.parametrize("coordinator", [False, True])
def test_every_button_also_works_typed(coordinator: bool) -> None:
    """Its title is a command, or a word that the waiting step understands."""
    # Typed as questions, as names of places and of roles, and as yes and no.
    questions = {"article", "ask", "place", "show_place", "other_place", "role"}
    # Typed as lines with labels, or as what the form asks for.
    in_form = {"announce_preview", "announce_correct", "fault_note", "enquire", "send_answer"}
    in_form |= {"training_preview", "participant_named", "colleague_named", "filter_trainings"}
    in_form |= {"attendance_save", "attendance_search", "evaluation_answer"}
    step_words = {fold(word, strip=False) for word in _step_words()}
    with speaking_to(coordinator=coordinator):
        replies = [build() for build in cards().values()]
    for reply in replies:
        for action in actions_of(reply.card) if reply.card else []:
            verb = action.get("verb") or action.get("data", {}).get("verb")
            said = fold(action["title"], strip=False)
            if verb and verb not in questions | in_form and said not in step_words:
                assert understand(action["title"]), action["title"]


def _step_words() -> set[str]:
    words = set(texts("announcements.write.words_send"))
    words |= set(texts("announcements.write.words_change"))
    words |= set(texts("announcements.write.words_delete"))
    words |= {text("announcements.write.yes_delete"), text("announcements.write.no_delete")}
    words |= {text(f"announcements.spoken.yes_{what}") for what in ("change", "correct", "now")}
    words |= {text(f"announcements.stop.yes_{what}") for what in ("call_off", "stop")}
    words |= {text("announcements.stop.call_off_number", number=n) for n in range(1, 6)}
    words |= {text("announcements.stop.stop_number", number=n) for n in range(1, 6)}
    words |= {text("announcements.templates.use_number", number=n) for n in range(1, MOST + 1)}
    words |= {text("announcements.templates.delete_number", number=n) for n in range(1, MOST + 1)}
    words |= {text("answers.ask.none_of_these"), *texts("answers.rate.says_helped")}
    words |= {text(f"recipients.{one.value}") for one in Position}
    words |= {text("announcements.follow.mine_open", number=n) for n in range(1, 6)}
    words |= {text("channels.teams.open", number=n) for n in range(1, 13)}
    words |= set(texts("channels.teams.words_ask"))
    of_training = (
        "publish",
        "change",
        "keep",
        "save",
        "leave",
        "close",
        "reopen",
        "copy",
        "cancel",
    )
    for what in (*of_training, "publish_draft", "delete"):
        words |= set(texts(f"trainings_planning.words_{what}"))
    words |= {text("trainings_planning.do_delete")}
    words |= {text(f"trainings_asking.{what}") for what in ("yes_despite", "no_despite")}
    words |= set(texts("trainings_asking.words_send"))
    words |= {text("trainings_planning.open_number", number=n) for n in range(1, 11)}
    words |= _of_participants() | _of_the_day()
    words |= {text(f"trainings_seats.{said}") for said in ("yes", "no")}
    return words | {text("announcements.follow.mine_open_draft", number=n) for n in range(1, 6)}


def _of_participants() -> set[str]:
    words = set[str]()
    for group in ("seated", "waiting"):
        words |= set(texts(f"trainings_participants.says_write_{group}"))
    for act in ("add", "remove"):
        words |= {text(f"trainings_participants.{act}")}
        words |= {text(f"trainings_participants.change.do_{act}")}
    words |= {text(f"trainings_participants.told.{said}") for said in ("yes", "no")}
    words |= {text("trainings_participants.which_show", number=n) for n in range(1, 11)}
    return words | {text("trainings_participants.change.which_pick", number=n) for n in range(1, 6)}


def _of_the_day() -> set[str]:
    """Heard by the list to tick in, the evaluation and the certificates."""
    said = [f"trainings_attendance.words_{what}" for what in ("code", "rest_absent")]
    said += [f"trainings_evaluations.words_{turn}" for turn in ("off", "on")]
    words = {word for key in said for word in texts(key)}
    numbered = ("attendance.open", "attendance.other", "evaluations.answer")
    numbers = {name: f"trainings_{name}_number" for name in numbered}
    numbers["attendance.other"] = "trainings_attendance.other_meeting"
    words |= {text(key, number=n) for key in numbers.values() for n in range(1, 7)}
    words |= {text("trainings_participants.thank_number", number=n) for n in range(1, 7)}
    return words
