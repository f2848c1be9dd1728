"""What teams are told about where announcements come."""

from dialogs.channels import cards
from dialogs.conversation.swedish import plain
from dialogs.conversation.texts import text
from knowledge.channels.wording import ChannelNews
from knowledge.delivery.messenger import Message
from knowledge.directory.places import Places


class ChannelWording:
    """Implements the port `knowledge.channels.wording`."""

    def __init__(self, places: Places) -> None:
        self.places = places

    def news(self, news: ChannelNews) -> Message:
        who = plain(news.by, 80) or text("channels.choose.somebody")
        if news.county:
            board = self.places.counties[news.county].board
            who = text("channels.choose.who_board", name=who, board=board)
        channel = cards.channel_name(news.team.name)
        return Message(text(f"channels.choose.news_{news.notice.value}", who=who, channel=channel))
