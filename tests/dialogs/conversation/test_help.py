"""The help against the commands there are: what it says exists, and what exists is said."""

import re
from collections.abc import Iterator

import pytest

from bot.commands.understand import every_dialog
from dialogs.conversation import help_cards
from dialogs.conversation.dialog import hooks_of
from dialogs.conversation.help_cards import TOPICS, Reader
from dialogs.conversation.intents import understand
from dialogs.conversation.talk import Reply, Scope
from dialogs.conversation.texts import speaking_to, text
from dialogs.understanding.vocabulary import commands, wordings
from tests.support import lint
from tests.support.lint import COMMAND
from tests.support.town import library

NOT_TOLD = frozenset(
    ["greet", "thanks", "okay", "bye", "help", "about_me", "human", "complain", "puzzled",
     "next_page", "previous_page", "whole_list"]
)  # fmt: skip
"""What is said without having been read anywhere, and what is said below a list that says so."""

OF_ALL = frozenset(["avbryt", "mina uppgifter", "radera mig"])
"""What is told below all jobs."""

BOLD = re.compile(r"\*\*([^*]+)\*\*")


HOOKS = [*hooks_of(every_dialog())]
HEARD = {hook.command: hook for hook in HOOKS if hook.command and hook.command[0] != "#"}
TAPPED = {hook.verb: hook for hook in HOOKS if hook.verb}


def told(reply: Reply) -> Iterator[str]:
    """What the card says can be written."""
    for words in lint.words_of_card(reply.card or {}):
        yield from BOLD.findall(words)


def overview(reader: Reader) -> Reply:
    with speaking_to(coordinator=reader is Reader.COORDINATOR):
        return help_cards.overview(reader)


def commands_in(reply: Reply) -> set[str]:
    """The commands that it tells of. What is no command must be a question with an answer."""
    found = set()
    for words in told(reply):
        intent = understand(words)
        assert intent is None or intent.exact, words
        assert intent or library().ask(words).matches, words
        found |= {intent.name} if intent else set()
    return found


ALL = [overview(reader) for reader in Reader] + [help_cards.here(scope) for scope in Scope]


@pytest.mark.parametrize("reply", ALL)
def test_everything_in_the_help_can_be_done(reply: Reply) -> None:
    assert commands_in(reply) - HEARD.keys() == set()


def test_every_command_is_in_the_help_of_whoever_may_give_it() -> None:
    of_teams = commands_in(help_cards.here(Scope.CHANNEL))
    for reader in (Reader.EMPLOYEE, Reader.COORDINATOR):
        may = {
            name
            for name, hook in HEARD.items()
            if reader is Reader.COORDINATOR or not hook.others_hear
        }
        said = commands_in(overview(reader)) | of_teams | NOT_TOLD
        assert may - said - AFTER_SENDING == set()
        assert {name for name in said & HEARD.keys() if name not in may} == set()


AFTER_SENDING = frozenset(["announcement_status", "retry_changes"])
"""What everybody may say, for the words are ordinary ones; a coordinator reads of it."""


def test_a_coordinator_reads_of_everything() -> None:
    said = commands_in(overview(Reader.COORDINATOR)) | commands_in(help_cards.here(Scope.CHANNEL))
    later = {one.command for one in wordings() if one.later}

    assert {*commands()} - later == said | NOT_TOLD
    assert said >= AFTER_SENDING


def test_what_is_told_in_a_channel_is_answered_there() -> None:
    for scope in (Scope.CHANNEL, Scope.GROUP):
        assert [name for name in commands_in(help_cards.here(scope)) if HEARD[name].personal] == []


def test_a_guest_reads_of_nothing_that_needs_a_name() -> None:
    assert commands_in(overview(Reader.GUEST)) <= {
        "more", "wrong", "coordinator", "trainings", "cancel",
    }  # fmt: skip


@pytest.mark.parametrize("reader", Reader)
def test_every_button_does_what_its_words_say(reader: Reader) -> None:
    buttons = (overview(reader).card or {}).get("actions", [])
    for button in buttons:
        verb, intent = button["data"]["verb"], understand(button["title"])
        assert intent is not None
        assert TAPPED[verb].others_hear == HEARD[intent.name].others_hear
        assert verb == intent.name
        assert reader is Reader.COORDINATOR or not TAPPED[verb].others_hear
    assert 0 < len(buttons) <= 6


@pytest.mark.parametrize("reader", Reader)
def test_one_job_tells_all_that_the_whole_tells_of_it(reader: Reader) -> None:
    jobs = [
        topic for topic in TOPICS if help_cards.topic_named(text(f"help.title.{topic}"), reader)
    ]
    with speaking_to(coordinator=reader is Reader.COORDINATOR):
        of_jobs = [words for topic in jobs for words in told(help_cards.about(topic, reader))]

    assert {*of_jobs} == {*told(overview(reader))} - OF_ALL


def test_what_others_hear_leads_on() -> None:
    for hook in HOOKS:
        if hook.others_hear:
            assert COMMAND.search(text(hook.others_hear)), hook
            for said in COMMAND.findall(text(hook.others_hear)):
                intent = understand(said.strip("”").removeprefix("@Tryggve "))
                assert intent, said
                assert not HEARD[intent.name].others_hear, said
