"""The greetings, and what is put before any card."""

from collections.abc import Iterator
from dataclasses import replace

from dialogs.conversation import card_parts, help_cards, welcome_cards
from dialogs.conversation.help_cards import TOPICS, Reader
from dialogs.conversation.talk import Scope, Speaker
from dialogs.conversation.texts import text
from tests.dialogs.answers.samples import longest_answer
from tests.dialogs.sampling import HOSTILE, LONG_WORD, Sample, sample


def samples() -> Iterator[Sample]:
    karin = Speaker("tenant", "object", "29:karin", "Karin Kanal")
    yield sample(welcome_cards.personal, "first meeting")
    yield sample(welcome_cards.shared, "with a mention", karin)
    yield sample(
        welcome_cards.shared, "by a guest", replace(karin, object_id="", teams_id="", name="")
    )
    yield sample(welcome_cards.shared, "hostile name", replace(karin, name=HOSTILE))
    yield sample(welcome_cards.shared, "long name", replace(karin, name=LONG_WORD))
    for reader in Reader:
        yield sample(help_cards.overview, f"to a {reader.name.lower()}", reader)
    for topic in TOPICS:
        yield sample(help_cards.about, topic, topic, Reader.COORDINATOR)
    for scope in (Scope.CHANNEL, Scope.GROUP):
        yield sample(help_cards.here, scope.value, scope)
    for place in ("Trygghetsgruppen", LONG_WORD):
        line = text("conversation.origin", place=place)
        yield sample(card_parts.with_first_line, f"from {place}", longest_answer()(), line)
    left = text("announcements.write.left_saved")
    yield sample(card_parts.with_first_line, "left draft", welcome_cards.personal(), left)
