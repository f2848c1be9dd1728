"""The order in which a message is understood, and what in it is a wish."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from dialogs.conversation import inputs
from dialogs.conversation.asked import Piece, bare_question, is_danger, pieces
from dialogs.conversation.dialog import (
    COMMAND,
    DANGER,
    NO_WORDS,
    OF_DATA,
    PICK,
    PLACE,
    QUESTION,
    SHOWN_TRAINING,
    SURE_ANSWER,
    UNASKED,
    UNSENT,
    WHICH_FIRST,
    Dialog,
    Heard,
    Instead,
    Step,
)
from dialogs.conversation.feelings import feeling_in
from dialogs.conversation.intents import Intent, has_other_rings, understand
from dialogs.conversation.paging import shown_in, without_titles
from dialogs.conversation.several import MOST, Part, Several, apart
from dialogs.conversation.wishes import (
    ASK_THEMSELVES,
    ASK_WHICH,
    CARRY_WORDS,
    LEADS_TO_ACT,
    REACTIONS,
    SHOWN_INSTEAD,
    SMALL_TALK,
    TELL_OF_ME,
    ConfirmWish,
    answers_nothing,
    fits_what_is_shown,
    is_of_the_talk,
    is_told_of,
    is_verdict,
    limit_of,
    may_be_offered,
    meant_by,
    rest_of,
)
from dialogs.understanding.effect import Effect
from dialogs.understanding.understand import Understanding
from dialogs.understanding.vocabulary import Screen
from dialogs.understanding.weigh import Context, Understood
from knowledge.answers.library import CurrentLibrary
from knowledge.answers.models import Outcome
from knowledge.answers.search.text import LONGEST
from knowledge.privacy.somebody import describes_somebody

FEW_WORDS = 4
"""Fewer words are a try to give an awaited answer, and as a part of a message no guessed wish."""


@dataclass(frozen=True)
class Hearer:
    """A step to run, whether it belongs in the person's own chat, and who may have it run."""

    dialog: Dialog
    step: Step
    personal: bool = False
    effect: Effect = Effect.NONE
    others_hear: str = ""

    def refuses(self, heard: Heard) -> bool:
        """Whether it is a coordinator's, and somebody else asks for it and for nothing more.

        What follows a command may be what is meant: "svara på medborgarförslag" is a question.
        """
        known = heard.somebody is not None and not heard.somebody.is_coordinator
        return bool(self.others_hear) and known and not heard.rest


class Attention:
    """Who may answer a message: every step is asked in turn until one has something to say. The
    `library` is asked beside, so that wishes and answers are weighed together."""

    def __init__(
        self,
        commands: Mapping[str, Hearer],
        wishes: ConfirmWish,
        library: CurrentLibrary,
        today: Callable[[], date],
    ) -> None:
        self.commands = commands
        self.wishes = wishes
        self.find = library.ask
        self.today = today
        self.several = Several(self.in_words)
        effects = {name: hearer.effect for name, hearer in commands.items()}
        self.understanding = Understanding(effects, library.base.articles)

    def in_words(self, heard: Heard, awaited: Hearer | None) -> Iterator[tuple[Hearer, Heard]]:
        """The order in which a message is understood.

        Danger; the awaited answer in one of the words for it, or claimed by who waits; several
        questions; a command in its own words; the awaited answer; what is asked of one's data, or
        about the contact just shown; a wish in other words, weighed against the answers; a sure
        answer and what was asked once more, where an answer is awaited; and at last any question.
        """
        if is_danger(heard.text) and not (awaited and ":" in heard.text):
            yield self.commands[DANGER], heard
        bare = _said(heard, bare_question(heard.text))
        intent = understand(heard.text) or (understand(bare.text) if bare is not heard else None)
        exact = self._exact(intent, without_titles(heard.text, heard.about))
        if awaited and feeling_in(heard.text):
            yield self.commands[NO_WORDS], heard
        if exact and intent:
            exact = self.commands.get(meant_by(intent.name, heard, in_own_words=True), exact)
        if awaited and (not exact or inputs.is_answer(heard.text) or awaited.dialog.claims(heard)):
            yield awaited, heard
        yield self.commands[SHOWN_TRAINING], bare
        if not (intent and exact and intent.name in CARRY_WORDS):
            yield from self._several(heard)
        if intent and exact:
            yield exact, replace(heard, rest=intent.rest)
        yield from [(awaited, heard)] if awaited else []
        yield self.commands[OF_DATA], bare
        if not awaited and answers_nothing(heard):
            yield self.commands[UNASKED], heard
            yield self.commands[QUESTION], heard  # to nothing that was asked
        else:
            yield from [] if awaited else [(self.commands[PICK], heard)]
            yield self.commands[UNSENT], heard
        told = self._understood(bare)
        moves = told and told.asks in TELL_OF_ME and len(bare.text.split()) >= FEW_WORDS
        if not moves:  # "jag har flyttat till Lund" is no "och i Lund"
            yield self.commands[PLACE], bare
        yield from self._wished(bare, told) if told else ()
        if awaited:
            yield self.commands[SURE_ANSWER], bare
            yield Hearer(awaited.dialog, awaited.dialog.again), heard
            yield from self._spoken_of(told.about, bare, told) if told else ()
        yield self.commands[QUESTION], replace(bare, offers=self._offers(bare, told))

    def _exact(self, intent: Intent | None, typed: str) -> Hearer | None:
        """The command whose words these are. One that acts is not meant when asked or quoted."""
        hearer = self.commands.get(intent.name) if intent and intent.exact else None
        harmless = hearer is None or hearer.effect is Effect.NONE
        # What follows is theirs.
        ours = typed.partition(":")[0] if intent and intent.rest else typed
        return hearer if harmless or inputs.is_plain(ours) else None

    def anew(self, heard: Heard, under_way: str) -> Iterator[tuple[Hearer, Heard]]:
        """The order in which an edited message is understood: as a question, or not at all.

        What acts was not written to act now. `under_way` is the dialog that waits for an answer.
        """
        question = self.commands[QUESTION]
        if is_danger(heard.text):
            yield self.commands[DANGER], heard
        if heard.awaited and under_way != question.dialog.name:
            return
        if not heard.text or understand(heard.text) or inputs.is_answer(heard.text):
            return
        told = self.understanding.understand(heard.text, Context(self.today()), self.find)
        if not (is_verdict(heard.text) or told.does or told.asks):
            yield question, heard

    def _several(self, heard: Heard) -> Iterator[tuple[Hearer, Heard]]:
        """Two questions, each answered by itself; of more, which comes first."""
        every = pieces(heard.text) if len(heard.text) <= LONGEST else []
        if len(every) < MOST or describes_somebody(heard.text):
            return
        parts: list[Part] = []
        for piece in every:
            shown = next((one.answer for one in reversed(parts) if one.answer), "")
            parts.append(self._part(_said(heard, piece.said), piece, shown))
        asked = apart(parts, self.find(heard.text))
        several = replace(heard, values={"parts": [part.said for part in asked]})
        if any(part.acts for part in parts):
            yield from (
                [(Hearer(self.several, self.several.one), several)] if len(asked) == 1 else []
            )
        elif len(asked) > MOST:
            offers = tuple(part.offered for part in asked)
            yield self.commands[WHICH_FIRST], replace(heard, offers=offers)
        elif len(asked) == MOST:
            yield Hearer(self.several, self.several.both), several
        elif asked:
            yield from self.in_words(_said(heard, asked[0].said), None)

    def _part(self, heard: Heard, piece: Piece, shown: str) -> Part:
        """A part of a message, in the light of what the one before it is answered with."""
        intent = understand(heard.text)
        told = None if intent and intent.exact else self._understood(heard)
        name = intent.name if intent and not told else ""
        if told and len(heard.text.split()) >= FEW_WORDS:
            name = told.does or told.asks
        hearer = self.commands.get(name)
        if hearer and hearer.effect is not Effect.NONE and name not in TELL_OF_ME:
            return Part(piece, acts=True)
        if hearer and name not in {*SMALL_TALK, *REACTIONS, *TELL_OF_ME, "cancel"}:
            return Part(piece, command=name)
        found = self.find(heard.text, shown)
        nearest = found.matches[0].id if found.matches else ""
        return Part(
            piece,
            answer=nearest if found.is_sure else "",
            nearest=nearest,
            strange=found.outcome is Outcome.UNKNOWN,
        )

    def _understood(self, heard: Heard) -> Understood | None:
        """What is wanted, said in other words than the known ones."""
        if heard.awaited and len(heard.text.split()) < FEW_WORDS:
            return None  # "kanske" and "4" are no answer, and nothing else either
        if heard.about.get("article") and is_verdict(heard.text):
            return None  # "tack, det hjälpte" is more than thanks
        if has_other_rings(heard.text):
            return None  # "Brå" is not "bra"
        screen = Screen(heard.about.get("screen", ""))
        here = Context(self.today(), screen, shown_in(heard.about))
        return self.understanding.understand(heard.text, here, self.find)

    def _offers(self, heard: Heard, told: Understood | None) -> tuple[str, ...]:
        """What may have been meant: commands that are of use here, and articles."""
        if told is None:
            return ()
        every = [one for one in told.offers if not self._is_command(one) or one in told.likely]
        named = [SHOWN_INSTEAD.get(name, name) for name in every]
        return tuple(
            f"{COMMAND}{name}" if self._is_command(name) else name
            for name in dict.fromkeys(named)
            if not self._is_command(name) or may_be_offered(name, heard)
        )

    def _is_command(self, name: str) -> bool:
        return name in self.commands or name in self.understanding.later

    def _wished(self, heard: Heard, told: Understood) -> Iterator[tuple[Hearer, Heard]]:
        name = told.does or told.asks or told.about
        if heard.awaited and (name in SMALL_TALK or not (told.does or told.asks)):
            return
        name = SHOWN_INSTEAD.get(name, meant_by(name, heard, in_own_words=False))
        hearer = self.commands.get(name)
        if name in self.understanding.later and (told.does or told.asks):
            yield from self._carried_out(name, heard)
        elif hearer is None or not fits_what_is_shown(name, heard.about):
            return
        elif name in REACTIONS:
            yield from [(hearer, heard)] if is_of_the_talk(told) else []
        elif limit := limit_of(name, heard.text, told.slots, self.today()):
            heard = replace(heard, rest=name, values={"limit": limit})
            yield Hearer(self.wishes, self.wishes.unlimited), heard
        elif told.does or told.asks:
            yield from self._carried_out(name, replace(heard, understood=not told.is_exact))
        else:
            yield from self._spoken_of(name, heard, told)

    def _spoken_of(
        self, name: str, heard: Heard, told: Understood
    ) -> Iterator[tuple[Hearer, Heard]]:
        """A command that acts, and is not wanted: nothing is done, and how it would be."""
        hearer = self.commands.get(name)
        acts = hearer and (hearer.effect is not Effect.NONE or name in LEADS_TO_ACT)
        if acts and fits_what_is_shown(name, heard.about) and is_told_of(name, told):
            yield self.commands[OF_DATA], replace(heard, rest=name)
            yield self.commands[SURE_ANSWER], heard
            yield Hearer(self.wishes, self.wishes.leave), replace(heard, rest=name)

    def instead(self, given: Instead, heard: Heard) -> Iterator[tuple[Hearer, Heard]]:
        """What a step hands on: a command, or other words."""
        turn = replace(heard.turn, text=given.said, verb="", data={})
        heard = replace(
            heard, turn=turn, values={}, rest=given.rest, awaited=False, understood=not given.sure
        )
        if not given.command:
            yield from self.in_words(heard, None)
        elif given.sure and given.command in self.commands:
            yield self.commands[given.command], heard
        else:
            yield from self._carried_out(given.command, heard)

    def _carried_out(self, command: str, heard: Heard) -> Iterator[tuple[Hearer, Heard]]:
        """A command that is wanted, though not in its own words: one that acts asks first."""
        command = SHOWN_INSTEAD.get(command, command)
        hearer = self.commands.get(command)
        if command in self.understanding.later:
            yield Hearer(self.wishes, self.wishes.not_yet), replace(heard, rest=command)
        elif hearer and (hearer.effect is Effect.NONE or command in ASK_THEMSELVES | ASK_WHICH):
            yield hearer, replace(heard, rest=rest_of(command, heard.text))
            yield hearer, replace(heard, understood=True)  # the rest of it was not understood
        elif hearer:
            yield Hearer(self.wishes, self.wishes.ask), replace(heard, values={}, rest=command)


def _said(heard: Heard, words: str) -> Heard:
    """The same, in other words."""
    return heard if words == heard.text else replace(heard, turn=replace(heard.turn, text=words))
