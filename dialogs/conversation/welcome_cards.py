"""The first thing people see."""

from dialogs.conversation.card_parts import card, heading, navigate, paragraph, rows, summary
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Reply, Speaker
from dialogs.conversation.texts import text, texts


def personal() -> Reply:
    """What Tryggve can, what it cannot, and three questions that answer at once."""
    body = [
        heading(text("conversation.welcome_heading")),
        paragraph(text("conversation.welcome")),
        *_examples(),
    ]
    actions = [
        navigate(text("conversation.welcome_trainings"), "trainings"),
        navigate(text("conversation.welcome_coordinator"), "coordinator"),
        navigate(text("conversation.welcome_help"), "help"),
    ]
    return Reply(card=card(body, actions), summary=summary(text("conversation.welcome_summary")))


def shared(added_by: Speaker) -> Reply:
    """The same in a channel or group, with a mention of whoever added the bot."""
    name = plain(added_by.name) or text("conversation.welcome_somebody")
    mention = f"<at>{name}</at>" if added_by.teams_id and added_by.name else name
    body = [
        heading(text("conversation.welcome_channel_heading")),
        paragraph(text("conversation.welcome_channel", who=mention)),
        *_examples(),
    ]
    actions = [
        navigate(text("conversation.welcome_trainings"), "trainings"),
        navigate(text("conversation.welcome_help"), "help"),
    ]
    whole = card(body, actions)
    if mention != name:
        entity = {
            "type": "mention",
            "text": mention,
            "mentioned": {"id": added_by.teams_id, "name": added_by.name},
        }
        whole["msteams"] = {"entities": [entity]}
    return Reply(card=whole, summary=summary(text("conversation.welcome_summary")))


def _examples() -> list[dict[str, object]]:
    questions = texts("conversation.examples")
    return rows(*(navigate(question, "ask", question=question) for question in questions))
