"""What is offered when it is not sure what was meant: answers, commands, and whole questions.

Each is one word of text in the conversation's state: the id of an article or a term, a command
behind "command:", a question behind "question:".
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dialogs.answers.cards import Choice
from dialogs.conversation.dialog import ASKED, COMMAND, Instead
from dialogs.conversation.wishes import act_of
from knowledge.answers.library import CurrentLibrary

MOST = 3

DONE_INSTEAD = {"vem-ar-min-samordnare": "coordinator"}
"""Articles that tell which command to give: it is carried out instead."""


def together(offers: Sequence[str], articles: Iterable[str], but: Iterable[str]) -> list[str]:
    """Commands where they stand among the `offers`, in the other places the best `articles`.

    What is in `but` has been turned down, and is not offered again.
    """
    left = iter([one for one in articles if one not in {*but}])
    mixed = [one if one.startswith(COMMAND) else next(left, "") for one in offers]
    mixed = [one for one in (*mixed, *left) if one and one not in {*but}]
    return mixed[:MOST]


def title_of(offered: str, library: CurrentLibrary, *, english: bool = False) -> str:
    """What is read on its line; "" when there is no such thing any more."""
    if offered.startswith(COMMAND):
        return act_of(offered.removeprefix(COMMAND))
    if offered.startswith(ASKED):
        return offered.removeprefix(ASKED)
    article, term = library.article(offered), library.term(offered)
    if article:
        return article.title_en if english else article.title
    return term.name if term else ""


def choice_of(offered: str, said: str, library: CurrentLibrary, *, english: bool = False) -> Choice:
    """Its line to tap. `said` is the message that it is offered for."""
    title = title_of(offered, library, english=english)
    if offered.startswith(COMMAND):
        return Choice(title, "wish", {"command": offered.removeprefix(COMMAND), "said": said})
    if offered.startswith(ASKED):
        return Choice(title, "ask", {"question": title})
    return Choice(title, "article", {"id": offered, **({"english": "yes"} if english else {})})


def handed_on(offered: str, said: str) -> Instead | None:
    """What is heard when it was chosen; None when it is an answer to show."""
    if offered.startswith(COMMAND):
        return Instead(said, offered.removeprefix(COMMAND))
    if offered in DONE_INSTEAD:
        return Instead(said, DONE_INSTEAD[offered])
    return Instead(offered.removeprefix(ASKED)) if offered.startswith(ASKED) else None


def turned_down(about: Mapping[str, Any]) -> dict[str, list[str]]:
    """What was offered or shown for the last question was not what was meant."""
    rejected = [*about.get("rejected", ()), *about.get("offered", ())]
    return {"rejected": list(dict.fromkeys(rejected)), "offered": []}
