"""The three questions, and what those who came have answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.conversation import paging, swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    choice_set,
    group,
    heading,
    image,
    navigate,
    notice,
    paragraph,
    paragraphs,
    small,
    summary,
)
from dialogs.conversation.paging import Page
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.participants.cards import to_list
from knowledge.trainings.evaluations.models import (
    FEWEST,
    GRADES,
    KEPT_FOR,
    LONGEST_WORDS,
    Question,
    Result,
)
from knowledge.trainings.models import Training


@dataclass(frozen=True)
class Filled:
    """What somebody has filled in so far; "" for nothing."""

    useful: str = ""
    arranged: str = ""
    words: str = ""


def asked(training: Training, filled: Filled | None = None, fault: str = "") -> Reply:
    """What does the reader think of it? `fault` tells what is missing."""
    filled = filled or Filled()
    said = text("trainings_evaluations.heading", title=swedish.plain(training.title))
    body: list[Element] = [heading(said)]
    body += [notice(fault, "attention")] if fault else []
    body.append(paragraph(text("trainings_evaluations.about", fewest=FEWEST)))
    for question, chosen in (
        (Question.USEFUL, filled.useful),
        (Question.ARRANGED, filled.arranged),
    ):
        body.append(_grades(question, chosen))
    body.append(_words(filled.words))
    body.append(small(text("trainings_evaluations.typed")))
    send = act(text("trainings_evaluations.send"), "evaluation_answer", training=training.id)
    mine = navigate(text("trainings.mine"), "my_trainings")
    return Reply(card=card(body, [send, mine]), summary=summary(said))


def thanks(training: Training) -> Reply:
    """The answer is kept, and nobody knows whose it is."""
    said = text("trainings_evaluations.thanks")
    body = [heading(said), paragraph(text("trainings_evaluations.thanks_note"))]
    certificate = text("trainings_certificates.fetch")
    actions = [
        navigate(certificate, "certificate", training=training.id),
        navigate(text("trainings.more"), "trainings"),
    ]
    return Reply(card=card(body, actions), summary=summary(said))


def which(trainings: Sequence[Training]) -> Reply:
    """Several wait for the reader's answer."""
    said = text("trainings_evaluations.which")
    body: list[Element] = [heading(said)]
    actions = []
    for number, one in enumerate(trainings[: paging.FEW], start=1):
        title = swedish.plain(one.title)
        when = paragraph(swedish.moment(one.starts_at), spacing="none")
        body.append(group([bold(text("trainings.item", number=number, title=title)), when]))
        label = text("trainings_evaluations.answer_number", number=number)
        actions.append(navigate(label, "evaluation", answer=one.id))
    body.append(small(text("trainings_participants.which_typed", number=1)))
    return Reply(card=card(body, actions), summary=summary(said))


def result(result: Result, page: Page, picture: str, note: str = "") -> Reply:
    """What came of it, as a picture and in words; nothing of a few answers."""
    training = result.evaluation.training
    said = text("trainings_evaluations.result", title=swedish.plain(training.title))
    body: list[Element] = [heading(said)]
    body += [notice(note, "good")] if note else []
    body += [paragraph(line) for line in _stands(result)]
    if result.is_shown:
        told = described(result)
        body += [image(picture, " ".join(told)), *map(paragraph, told)]
        body += _said(result, page)
    return Reply(card=card(body, _ways(result)), summary=summary(said))


def settled(words: str) -> Reply:
    """Why there is nothing to answer, with a way on."""
    mine = navigate(text("trainings.mine"), "my_trainings")
    return Reply(card=card(paragraphs(words), [mine]), summary=summary(words))


def mean(grades: Sequence[int]) -> str:
    """ "4,2" """
    total = sum(grade * count for grade, count in zip(GRADES, grades, strict=True))
    return f"{total / max(sum(grades), 1):.1f}".replace(".", ",")


def described(result: Result) -> list[str]:
    """The grades in words, for whoever does not see the picture."""
    return [
        text(
            f"trainings_evaluations.mean_{question.value}",
            mean=mean(grades),
            **{f"of_{grade}": count for grade, count in zip(GRADES, grades, strict=True)},
        )
        for question, grades in result.grades.items()
    ]


def _grades(question: Question, chosen: str) -> Element:
    choices = {str(grade): str(grade) for grade in GRADES}
    choices["1"] = text("trainings_evaluations.lowest")
    choices["5"] = text("trainings_evaluations.highest")
    label = text(f"trainings_evaluations.ask_{question.value}")
    given = [chosen] if chosen in choices else []
    return choice_set(question.value, label, choices, given)


def _words(filled: str) -> Element:
    return {
        "type": "Input.Text",
        "id": "words",
        "label": text("trainings_evaluations.ask_words"),
        "placeholder": text("trainings_evaluations.no_names"),
        "value": filled[:LONGEST_WORDS],
        "maxLength": LONGEST_WORDS,
        "isMultiline": True,
    }


def _stands(result: Result) -> list[str]:
    """How many have answered, or when they are asked, and what is not shown yet."""
    evaluation = result.evaluation
    if evaluation.sent_at is None:
        return [text(f"trainings_evaluations.{'is_off' if evaluation.off else 'will_be_sent'}")]
    told = text("trainings_evaluations.answered", count=result.answers, asked=evaluation.asked)
    few = text("trainings_evaluations.too_few", fewest=FEWEST)
    return [told] if result.is_shown else [told, few]


def _said(result: Result, page: Page) -> list[Element]:
    """A page of what was written, and until when it is kept."""
    evaluation = result.evaluation
    if evaluation.purged:
        return [small(text("trainings_evaluations.purged", days=KEPT_FOR.days))]
    body: list[Element] = [bold(text("trainings_evaluations.words", count=page.total))]
    for words in result.words[page.first : page.last]:
        body.append(paragraph(f"– {swedish.plain(words, LONGEST_WORDS)}"))
    body += paging.place_in_list(page)
    if evaluation.purge_at:
        day = swedish.day(evaluation.purge_at.astimezone(swedish.SWEDEN).date())
        body.append(small(text("trainings_evaluations.purge_day", day=day)))
    return body


def _ways(result: Result) -> list[Element]:
    evaluation, id_ = result.evaluation, result.evaluation.training.id
    ways = [to_list(evaluation.training)]
    if evaluation.sent_at is None:
        turn = "on" if evaluation.off else "off"
        label = text(f"trainings_evaluations.turn_{turn}")
        ways.insert(0, act(label, f"evaluation_{turn}", training=id_))
    return [*ways, navigate(text("trainings_planning.held"), "held_trainings")]
