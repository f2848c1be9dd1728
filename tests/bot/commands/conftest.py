"""Commands run in this process."""

from tests.bot.commands.installation import kept, office
from tests.bot.commands.running import tryggve

__all__ = ["kept", "office", "tryggve"]
