"""Every command and every tap declares what it does to the world."""

from typing import Any

import pytest

import bot.app  # every dialog is imported there
from dialogs.conversation.dialog import Dialog, Hook, hears, tapped
from dialogs.conversation.intents import commands
from dialogs.understanding.effect import Effect

assert bot.app


def hooks() -> list[Hook]:
    return [
        hook
        for dialog in Dialog.__subclasses__()
        for step in vars(dialog).values()
        for hook in getattr(step, "hooks", ())
    ]


def effect_of(name: str) -> set[Effect]:
    return {hook.effect for hook in hooks() if name in (hook.command, hook.verb)}


@pytest.mark.parametrize("declare", [hears, tapped])
def test_nothing_is_hooked_without_an_effect(declare: Any) -> None:
    with pytest.raises(TypeError, match="effect"):
        declare("something")


def test_every_command_has_an_effect() -> None:
    declared = {hook.command for hook in hooks() if isinstance(hook.effect, Effect)}

    assert commands().keys() - declared == set()


@pytest.mark.parametrize(
    "name",
    ["send_now", "announce_send", "remind", "stop_announcement", "announce_withdraw",
     "announce_approve", "send_answer", "announce_resend", "announce_correct"],
)  # fmt: skip
def test_what_others_notice_says_so(name: str) -> None:
    assert effect_of(name) == {Effect.OTHERS}


@pytest.mark.parametrize(
    "name", ["sign_up", "withdraw", "acknowledge", "choose_municipality", "mute", "follow"]
)
def test_what_changes_something_of_mine_says_so(name: str) -> None:
    assert effect_of(name) == {Effect.MINE}


@pytest.mark.parametrize("name", ["trainings", "coordinator", "help", "announce", "more"])
def test_what_only_shows_says_so(name: str) -> None:
    assert effect_of(name) == {Effect.NONE}
