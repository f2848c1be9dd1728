"""The yardstick: botbuilder's echo bot, wired as in Microsoft's sample 02.echo-bot.

`python -m tests.bench.stock_bot METADATA_URL`, the address of the issuer's OpenID metadata.
"""

import asyncio
import sys
import traceback
from types import SimpleNamespace

from aiohttp import web
from botbuilder.core import ActivityHandler, MessageFactory, TurnContext
from botbuilder.core.integration import aiohttp_error_middleware
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botframework.connector.auth import ChannelValidation

from tests.bench.hosting import host, never_ask_entra
from tests.support.issuer import APP_ID


class EchoBot(ActivityHandler):
    """Says what was said."""

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await turn_context.send_activity(MessageFactory.text(f"Echo: {turn_context.activity.text}"))


async def _on_error(_context: TurnContext, error: Exception) -> None:
    # The sample also apologises in the chat; here a failed turn must not look like an answer.
    traceback.print_exception(error)


def web_app() -> web.Application:
    """The sample's application, with the token check on."""
    config = SimpleNamespace(
        APP_ID=APP_ID, APP_PASSWORD="not-used", APP_TYPE="MultiTenant", APP_TENANTID=""
    )
    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(config))
    adapter.on_turn_error = _on_error
    bot = EchoBot()

    async def messages(request: web.Request) -> web.StreamResponse:
        return await adapter.process(request, bot)

    app = web.Application(middlewares=[aiohttp_error_middleware])
    app.router.add_post("/api/messages", messages)
    return app


if __name__ == "__main__":
    ChannelValidation.open_id_metadata_endpoint = sys.argv[1]
    never_ask_entra()
    asyncio.run(host(web_app()))
