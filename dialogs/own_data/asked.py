"""What somebody wonders about their data, answered in a sentence before all the rest is shown."""

import re
from enum import StrEnum
from functools import cache

from dialogs.conversation.texts import text, texts
from knowledge.directory.places import fold


class Subject(StrEnum):
    """In the order in which they are looked for: what is told of several by words comes last."""

    INCIDENT = "incident"
    SLIP = "slip"
    ONE_MESSAGE = "one_message"
    PORTABLE = "portable"
    COMPLAINT = "complaint"
    OFFICER = "officer"
    RESPONSIBLE = "responsible"
    IMPACT = "impact"
    BASIS = "basis"
    PUBLIC = "public"
    MACHINE = "machine"
    POLICE = "police"
    REACH = "reach"
    SAFETY = "safety"
    WHY_PLACE = "why_place"
    ABROAD = "abroad"
    SOLD = "sold"
    NAME_RIGHT = "name_right"
    SOURCE = "source"
    ANSWERS_SEEN = "answers_seen"
    LOOKED = "looked"
    NAME_SEEN = "name_seen"
    ADDRESSES = "addresses"
    SENSITIVE = "sensitive"
    WRITTEN_SEEN = "written_seen"
    SEEN = "seen"
    ERASING = "erasing"
    LEAVING = "leaving"
    BACKUPS = "backups"
    HOW_LONG = "how_long"
    PURPOSE = "purpose"
    COOKIES = "cookies"
    LOG = "log"
    OBJECT = "object"
    CHAT = "chat"
    LAWFUL = "lawful"


def answer_to(typed: str) -> str:
    """The answer to what was asked, or nothing when it was only to see what is kept."""
    asked = fold(typed, strip=False)
    found = (one for one in Subject if _words(one).search(asked))
    return next((text(f"own_data.told.{one}") for one in found), "")


@cache
def _words(subject: Subject) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{words})\b" for words in texts(f"own_data.asks.{subject}")))
