"""Commands run in this process."""

from tests.bot.commands.running import tryggve

__all__ = ["tryggve"]
