"""The pieces all cards are built from. Adaptive Cards 1.5, as Teams shows them.

Two kinds of button: `navigate` posts a new message (Action.Submit), `act` changes something and
is replaced by the result (Action.Execute, with Action.Submit for clients that lack it).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dialogs.conversation import swedish
from dialogs.conversation.talk import Card, Reply
from dialogs.conversation.texts import text

Element = dict[str, Any]

MAX_SUMMARY = 120


def card(body: Sequence[Element], actions: Sequence[Element] = ()) -> Card:
    """A whole card. `speak` is left to the client: everything is text."""
    whole: Card = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "lang": "sv",
        "body": list(body),
    }
    if actions:
        whole["actions"] = list(actions)
    return whole


def heading(words: str) -> Element:
    return {
        "type": "TextBlock",
        "text": words,
        "wrap": True,
        "weight": "bolder",
        "size": "medium",
        "style": "heading",
    }


def paragraph(words: str, **style: Any) -> Element:
    """A text that wraps, though never between a number and its paragraph sign."""
    return {"type": "TextBlock", "text": words.replace(" §", "\u00a0§"), "wrap": True, **style}


def paragraphs(words: str) -> list[Element]:
    """One block for each paragraph of a Markdown text."""
    return [paragraph(part) for part in words.split("\n\n") if part.strip()]


def small(words: str) -> Element:
    return paragraph(words, size="small", isSubtle=True, spacing="small")


def bold(words: str) -> Element:
    return paragraph(words, weight="bolder")


def notice(words: str, style: str) -> Element:
    """A line that must be seen. The box carries the colour: coloured text is too pale to read."""
    return group([paragraph(words)], style=style)


def group(items: Sequence[Element], **style: Any) -> Element:
    return {"type": "Container", "items": list(items), **style}


def image(url: str, description: str) -> Element:
    """A picture as wide as the card. The description says all that the picture does."""
    return {"type": "Image", "url": url, "altText": description, "size": "stretch"}


def rows(*actions: Element) -> list[Element]:
    """Buttons one to a row, for titles that would not fit beside each other."""
    return [{"type": "ActionSet", "actions": [action], "spacing": "small"} for action in actions]


def unfold(title: str, id_: str, items: Sequence[Element], *, is_open: bool) -> list[Element]:
    """A button that shows and hides these; what is filled in is sent, shown or not."""
    return [*rows(_toggle(title, id_)), group(items, id=id_, isVisible=is_open)]


def option(words: str, verb: str, **data: Any) -> Element:
    """A line to tap, for whole questions: a button would cut them on a phone, text wraps."""
    return _line(words, navigate(words, verb, **data))


def unfold_line(words: str, id_: str) -> Element:
    """A line to tap that shows what is called `id_`, and hides it again."""
    return _line(words, _toggle(words, id_))


def _toggle(title: str, id_: str) -> Element:
    return {"type": "Action.ToggleVisibility", "title": title, "targetElements": [id_]}


def _line(words: str, action: Element) -> Element:
    return group(
        [paragraph(words, color="accent")], style="emphasis", spacing="small", selectAction=action
    )


def choice_set(
    id_: str,
    label: str,
    choices: Mapping[str, str],
    chosen: Sequence[str],
    *,
    unread: Sequence[str] = (),
    **more: Any,
) -> Element:
    """A field of choices, titles by their values.

    What was written there and not understood stays, as a choice that says so: whoever sends the
    form again without a look at it is told again. So does what was chosen and is no choice any
    more: clients leave out what is not among the choices, and say nothing.
    """
    listed = [{"title": title, "value": value} for value, title in choices.items()]
    gone = [value for value in chosen if value not in choices]
    marked = [{"title": text("conversation.gone_choice"), "value": value} for value in gone] + [
        {"title": text("conversation.unread_choice", typed=swedish.bare(typed)), "value": typed}
        for typed in unread
    ]
    alone = not more.get("isMultiSelect") and unread
    value = ",".join(unread if alone else [*chosen, *unread])
    field = {"type": "Input.ChoiceSet", "id": id_, "label": label}
    return {**field, "wrap": True, **more, "value": value, "choices": marked + listed}


def navigate(title: str, verb: str, **data: Any) -> Element:
    """A button that posts a new message."""
    return {"type": "Action.Submit", "title": title, "data": {"verb": verb, **data}}


def act(title: str, verb: str, **data: Any) -> Element:
    """A button that does something; the card is replaced by the result."""
    fallback = {"type": "Action.Submit", "title": title, "data": {"verb": verb, **data}}
    return {
        "type": "Action.Execute",
        "title": title,
        "verb": verb,
        "data": dict(data),
        "fallback": fallback,
    }


def link(title: str, url: str) -> Element:
    return {"type": "Action.OpenUrl", "title": title, "url": url}


def summary(words: str) -> str:
    """The line a notification shows."""
    flat = " ".join(swedish.unescaped(words.replace("**", "")).split())
    return flat if len(flat) <= MAX_SUMMARY else flat[: MAX_SUMMARY - 1].rstrip() + "…"


def with_first_line(reply: Reply, line: str) -> Reply:
    """The same reply with one more line at the top."""
    if reply.card is None:
        return replace(reply, text=f"{line}\n\n{reply.text}")
    return replace(reply, card={**reply.card, "body": [small(line), *reply.card["body"]]})
