"""How something is said: as a plain wish, or negated, asked about, past, reported …

What is no plain wish is never acted on. We would rather ask once too often. The words are in
`locales/sv/understanding/moods.toml`. A sign that belongs to the wish itself, as "inte" in "jag
kan inte komma", is known from the command's own wordings.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, pairwise

from dialogs.understanding import mood_words
from dialogs.understanding.tokens import TOKENS, canonical
from knowledge import privacy


class Mood(StrEnum):
    """In the order they are looked for: the first that is found is told."""

    WISH = "wish"
    CORRECTION = "correction"
    ASKED = "asked"
    REPORTED = "reported"
    OTHER = "other"
    STATE = "state"
    CONDITIONAL = "conditional"
    NEGATED = "negated"
    POSTPONED = "postponed"
    PAST = "past"
    OPPOSITE = "opposite"


_ORDER = (
    Mood.CORRECTION, Mood.ASKED, Mood.REPORTED, Mood.OTHER, Mood.STATE,
    Mood.CONDITIONAL, Mood.NEGATED, Mood.POSTPONED, Mood.PAST,
)  # fmt: skip

BACKGROUND = frozenset({Mood.PAST, Mood.STATE, Mood.OTHER})
"""Moods of one part that say nothing against a wish in another: "det blev fel, stoppa det"."""

BRAKED = frozenset({Mood.NEGATED, Mood.POSTPONED})
"""Moods of one part that say nothing against a wish to stop: "stoppa det, det ska inte ut"."""

_LEADING = frozenset({Mood.ASKED, Mood.NEGATED, Mood.POSTPONED, Mood.OPPOSITE})
"""Moods whose signs say something of what follows them."""

_QUOTED = re.compile(r"[\"“”»«][^\"“”»«]+[\"“”»«]|(?<!\w)['‘’][^'‘’]+['‘’](?!\w)")
_OWN = re.compile("(?:jag?|vi) ")

SHORT, CLAUSE = 3, 4
"""How long words are that begin any sentence, as "jag", and how many words tell what was before."""

Idiom = Callable[[str, str], bool]
"""Whether a command has these two words after one another in its own wordings."""


@dataclass(frozen=True)
class Told:
    """The parts of a message without politeness.

    `asked`: it had a question mark, and no politeness made a wish of the question. `late`: it is
    """

    parts: tuple[str, ...]
    asked: bool = False
    quoted: bool = False
    late: bool = False
    twice: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.parts)


def told(said: str, parts: Sequence[str]) -> Told:
    """`parts` are those of `said` when its slots are out; only `said` has its signs."""
    parts = [*chain.from_iterable(map(_clauses, parts))]
    bare = [politely_out(part) for part in parts]
    kept = tuple(part for part in bare if part)
    wishes = any(_is_wish(part, left) for part, left in zip(parts, bare, strict=True))
    asked, late = "?" in said and not wishes, mood_words.late().search(said.lower())
    return Told(kept or tuple(parts), asked, _is_not_meant(said), bool(late), _denies_end(said))


def _is_not_meant(said: str) -> bool:
    """Whether it is quoted, said by somebody else, or a joke."""
    by_another = mood_words.by().search(said) or privacy.speaker_in(said)
    jest = mood_words.jest().search(said.lower()) or any(map(said.count, mood_words.laughing()))
    return bool(_QUOTED.search(said) or by_another or jest)


def _denies_end(said: str) -> bool:
    """Whether to stop something is what is not wanted."""
    return bool(mood_words.twice().search(said.lower()))


def _clauses(part: str) -> list[str]:
    """A part, divided where what is wanted begins: "jag är sjuk så jag kan inte komma"."""
    part = mood_words.polite("clause").sub("|", part)
    if _OWN.match(part) and not tells_of_others(part):
        part = mood_words.polite("own").sub("|", part)
    return [clause.strip() for clause in part.split("|") if clause.strip()]


def _is_wish(part: str, bare: str) -> bool:
    """Whether a question is only put as one: "kan du skicka?"."""
    polite = bare != part and mood_words.polite("question").search(part)
    return bool(polite or mood_words.polite("wish").search(part))


def politely_out(text: str) -> str:
    """Without what may be said before and after a wish; "" when nothing else was said."""
    if mood_words.polite("alone").search(text):
        return ""
    while True:
        shorter = mood_words.polite("after").sub("", text, count=1).strip()
        shorter = mood_words.polite("before").sub("", shorter, count=1).strip()
        if shorter == text:
            return text
        text = shorter


def mood_of(
    told: Told, command: str, has: Idiom, *, part: int = -1, minds_others: bool = True
) -> Mood:
    """The first mood whose signs are not the command's own.

    `part` is the part in which the command is wished for, -1 for all of it. `minds_others`:
    whether it matters that somebody else is spoken of.
    """
    if told.quoted:
        return Mood.REPORTED
    if told.twice or (part < len(told.parts) - 1 and _is_refusal(told.parts[-1])):
        return Mood.NEGATED
    carries = mood_words.by_command("content").get(command)
    if told.asked and not (carries and any(map(carries.search, told.parts))):
        return Mood.ASKED
    for number, text in enumerate(told.parts):
        mood = _mood_of(text, command, has, minds_others=minds_others)
        if mood is Mood.WISH:
            continue
        beside = part not in (-1, number)
        if beside and (
            mood in BACKGROUND or (mood in BRAKED and command in mood_words.small("brakes"))
        ):
            continue
        if mood is Mood.NEGATED and number < part and _tells_why(text, has):
            continue
        return mood
    return Mood.WISH


def _tells_why(text: str, has: Idiom) -> bool:
    """Whether a part denies a fact, and no wish: "två gick inte att nå", and then what is wanted.

    "Skicka det inte" begins as a wish does, and "det ska inte ut" has a word for wishing.
    """
    words, wishes = canonical(text), mood_words.small("wishes")
    begins = [word for word in words if len(word) > SHORT and word not in TOKENS.values()]
    return (
        len(words) >= CLAUSE
        and wishes.isdisjoint(words)
        and not any(has("^", word) for word in begins)
    )


def _is_refusal(text: str) -> bool:
    """Whether it is a no and nothing more: "SSPF, nej tack"."""
    words = {*canonical(text)}
    return bool(words) and words <= mood_words.small("refusals")


def _mood_of(text: str, command: str, has: Idiom, *, minds_others: bool) -> Mood:
    text = mood_words.polite("wish").sub("", text, count=1).strip()
    text = _unminded_out(text, command)
    text = mood_words.polite("relative").sub("", text)
    for mood in _ORDER:
        if mood is Mood.OTHER and not minds_others:
            continue
        if any(not _is_own(text, hit, has, mood) for hit in mood_words.signs(mood).finditer(text)):
            return mood
    against = mood_words.by_command("opposite").get(command)
    if against and any(
        not _is_own(text, hit, has, Mood.OPPOSITE) for hit in against.finditer(text)
    ):
        return Mood.OPPOSITE
    return Mood.OPPOSITE if _lacks_its_no(text, has) else Mood.WISH


def _lacks_its_no(text: str, has: Idiom) -> bool:
    """Whether two words stand together that the wordings only have with a not between them: "jag
    kan komma", where "jag kan inte komma" is said."""
    return any(
        has(one, no) and has(no, other) and not has(one, other)
        for one, other in pairwise(canonical(text))
        for no in mood_words.small("negators")
    )


def tells_of_others(said: str) -> bool:
    """Whether somebody else is spoken of: "min kollega", "hon"."""
    return bool(mood_words.signs(Mood.OTHER).search(said.lower()))


def has_condition(said: str) -> bool:
    """Whether it is only meant if or when something else is so: "om färre än fem kommer"."""
    return bool(mood_words.signs(Mood.CONDITIONAL).search(said.lower()))


def after_correction(said: str) -> tuple[str, str]:
    """What is said before and after "nej, jag menade"; the last counts."""
    text = said.lower().translate(_COMMAS)
    hits = [*mood_words.signs(Mood.CORRECTION).finditer(text)]
    return (
        (text[: hits[0].start()].strip(), said[hits[-1].end() :].strip(" ,.!:;"))
        if hits
        else ("", "")
    )


_COMMAS = str.maketrans(",.!?:;", "      ")


def is_question(told: Told) -> bool:
    """Whether it is put as a question, by its sign or by how it begins."""
    return told.asked or any(mood_words.signs(Mood.ASKED).search(part) for part in told.parts)


def _is_own(text: str, hit: re.Match[str], has: Idiom, mood: Mood) -> bool:
    """Whether the sign, with the words beside it, stands so in the command's own wordings.

    What is denied stands after the sign, so it does not matter what stands before.
    """
    before: Sequence[str] = canonical(text[: hit.start()])
    inside = canonical(hit[0])
    after = canonical(text[hit.end() :])
    if mood is Mood.NEGATED:
        before = _without_adverbs(before)
        return any(
            _is_denied(before, no, after, has) for no in {inside[-1], *mood_words.small("negators")}
        )
    leads = mood in _LEADING or (mood is Mood.PAST and len(inside) == 1)
    ends = not after and mood is not Mood.POSTPONED
    if leads and not ends and not _goes_on(inside[-1], after, has):
        return False
    words = (before[-1] if before else "^", *inside)
    return all(has(one, other) for one, other in pairwise(words))


def _is_denied(before: Sequence[str], no: str, after: Sequence[str], has: Idiom) -> bool:
    """Whether the wordings deny the same: what comes after or, at the end or before the particle
    of a verb or after it ("stäng inte av", "stäng av inte"), what came before."""
    if after and len(before) == 1 and has("^", before[0]) and not has(before[0], no):
        return False  # "stoppa inte det", where only "skicka inte det" is said
    beside_particle = {*after[:1], *before[-1:]} & mood_words.small("particles")
    if after and beside_particle:
        return bool(before) and has(before[-1], no) and _goes_on(no, after, has)
    if after:
        return _goes_on(no, after, has)
    return bool(before) and has(before[-1], no) and has(no, "$")


def _without_adverbs(words: Sequence[str]) -> Sequence[str]:
    """Without what may stand before a not and changes nothing: "ta tillbaka det bara inte"."""
    adverbs = mood_words.small("adverbs")
    while words and words[-1] in adverbs:
        words = words[:-1]
    return words


def _goes_on(sign: str, after: Sequence[str], has: Idiom) -> bool:
    """Whether what follows a sign, up to the first telling word, follows it in the wordings."""
    for word in after:
        if not has(sign, word):
            return False
        if word not in mood_words.small("words"):
            return True
        sign = word
    return has(sign, "$")


def _unminded_out(text: str, command: str) -> str:
    """Without what is only passed on, or does not matter: "fråga samordnaren om vi inte får"."""
    carries = mood_words.by_command("content").get(command)
    if carries:
        hit = carries.search(text)
        return hit[0] if hit else text
    unminded = mood_words.by_command("unminded").get(command)
    return unminded.sub("", text) if unminded else text
