"""POST /api/messages: what Teams sends is let in or refused here, and becomes a turn.

The SDK's adapter is not used. Measured: its adapter and TurnContext cost 0.3 ms CPU for a reply of
text and 2.0 ms for a card of 4 KB, which they copy and then walk through node by node. What is
used of the SDK is the Activity.
"""

import asyncio
import secrets
import time
from collections import Counter
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import hdrs, web
from botbuilder.schema import Activity

from bot.teams.auth import Gate, Refused
from bot.teams.bodies import ENCODINGS, Garbled, TooLarge, read_limited
from bot.teams.floods import Floods, Heed
from bot.teams.mapping import tenant_of, turn_from
from bot.teams.messenger import Exchange, PersonalAddress, Shown, TeamsMessenger, Undelivered
from bot.teams.reading import NotAnActivity, read_activity
from dialogs.conversation.talk import Reply, Speak, Turn
from knowledge.checksums import checksum
from knowledge.spans import span
from knowledge.storage.meter import bucket

PATH = "/api/messages"
LARGEST_BODY = 256 * 1024

OnTurn = Callable[[Turn, Speak], Awaitable[None]]

log = structlog.get_logger()


class Endpoint:
    """Lets in what the gate admits, runs the turn and answers Teams when it is over.

    `personal_address` finds a speaker's own chat. `undelivered` takes over a reply that can still
    be sent later, `shown` hears of cards that must go on telling the truth. `apology` makes the
    reply that names a reference, when a turn fails; `too_fast` is said once to who is answered no
    more by `floods`. `stranger` hears of organisations that are turned away, `count` what happens,
    for the metrics. `patience` is how many seconds a body may take to arrive.
    """

    def __init__(
        self,
        *,
        gate: Gate,
        messenger: TeamsMessenger,
        on_turn: OnTurn,
        personal_address: PersonalAddress,
        undelivered: Undelivered,
        shown: Shown,
        apology: Callable[[str], Reply],
        later: Reply,
        too_fast: Reply,
        stranger: Callable[[str], None] = lambda _tenant_id: None,
        count: Callable[[str], None] = lambda _: None,
        floods: Floods | None = None,
        patience: float = 10.0,
        tap_seconds: float = 1.0,
    ) -> None:
        self._gate = gate
        self._messenger = messenger
        self._on_turn = on_turn
        self._personal_address = personal_address
        self._undelivered = undelivered
        self._shown = shown
        self._apology = apology
        self._later = later
        self._too_fast = too_fast
        self._stranger = stranger
        self._count = count
        self._floods = floods or Floods()
        self._patience = patience
        self._tap_seconds = tap_seconds
        self._at_work: set[asyncio.Task[None]] = set()
        self.refused: Counter[str] = Counter()

    def routes(self) -> list[web.RouteDef]:
        # POST only; the router answers 405 to the rest. The SDK's WebSocket stays unrouted.
        return [web.post(PATH, self.receive, expect_handler=_not_yet)]

    async def receive(self, request: web.Request) -> web.StreamResponse:
        tenant = ""
        try:
            # Whoever is not known is refused before a byte of the body has been looked at.
            caller = await self._gate.recognise(request.headers.getall(hdrs.AUTHORIZATION, []))
            activity = read_activity(await _body(request, self._patience))
            tenant = tenant_of(activity)
            self._gate.admit(caller, activity, tenant)
        except NotAnActivity as error:
            return self._refuse(Refused(400, str(error)))
        except Refused as refused:
            return self._refuse(refused, tenant)
        self._count("requests:accepted")
        turn = turn_from(activity)
        if turn is None:
            return web.Response(status=501 if activity.type == "invoke" else 201)
        return await self._run(activity, turn)

    def _refuse(self, refused: Refused, tenant: str = "") -> web.Response:
        """`tenant` is whose activity it was, where Teams itself has said so."""
        self.refused[refused.reason] += 1
        self._count(f"requests:{refused.reason}")
        whose = {"tenant": checksum(tenant.lower())} if tenant else {}
        log.warning("refused", status=refused.status, reason=refused.reason, **whose)
        if refused.reason == "tenant":
            self._stranger(tenant.lower())
        response = web.Response(status=refused.status)
        if refused.status == 401:
            response.headers[hdrs.WWW_AUTHENTICATE] = "Bearer"
        return response

    async def finish(self) -> None:
        """Wait for the turns that still run. Call when the server has stopped listening."""
        if self._at_work:
            await asyncio.wait(self._at_work)

    async def _run(self, activity: Activity, turn: Turn) -> web.Response:
        """Answer when the turn is over, or when Teams would lose patience with it.

        The turn goes on by itself then, and says what it has to say as a message of its own.
        """
        exchange = Exchange(
            activity,
            turn,
            self._messenger,
            self._personal_address,
            self._undelivered,
            self._shown,
        )
        work = asyncio.create_task(self._take(turn, exchange))
        self._at_work.add(work)
        work.add_done_callback(self._at_work.discard)
        limit = self._tap_seconds if turn.awaits_card else self._patience
        over, _ = await asyncio.wait({work}, timeout=limit)
        if not over:
            exchange.postpone(self._later)
        answer = exchange.answer()
        return web.Response(status=201) if answer is None else web.json_response(answer)

    async def _take(self, turn: Turn, exchange: Exchange) -> None:
        started = time.perf_counter()
        with span("turn", kind=turn.kind.value, scope=turn.place.scope.value):
            try:
                await self._heed(turn, exchange)
            except Exception as error:
                await self._apologise(error, exchange)
            finally:
                exchange.close()
        seconds = time.perf_counter() - started
        self._count(f"turns:{turn.kind.value}:{exchange.outcome}")
        self._count(f"turn_seconds:{bucket(seconds)}")
        if exchange.unsent:
            self._count(f"unsent:{exchange.unsent}")
        log.info(
            "turn",
            kind=turn.kind.value,
            scope=turn.place.scope.value,
            outcome=exchange.outcome,
            ms=round(seconds * 1000, 1),
            tenant=checksum(turn.place.tenant_id),
        )

    async def _heed(self, turn: Turn, exchange: Exchange) -> None:
        match self._floods.heed(turn):
            case Heed.ANSWER:
                await self._on_turn(turn, exchange.say)
            case Heed.WARNING:
                await exchange.say(self._too_fast)

    async def _apologise(self, error: Exception, exchange: Exchange) -> None:
        reference = secrets.token_hex(4)
        log.error("turn_failed", reference=reference, exc_info=error)
        try:
            await exchange.say(self._apology(reference))
        except Exception as second:  # nothing is left to try; Teams still gets its answer
            log.error("apology_failed", reference=reference, exc_info=second)
        exchange.outcome = "failed"


async def _body(request: web.Request, patience: float) -> bytes:
    encoding = request.headers.get(hdrs.CONTENT_ENCODING, "").lower()
    if request.content_type != "application/json":
        raise Refused(415, "content_type")
    if encoding not in ENCODINGS:
        raise Refused(415, "encoding")
    if (request.content_length or 0) > LARGEST_BODY:
        raise Refused(413, "too_big")
    if hdrs.EXPECT in request.headers:
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    try:
        async with asyncio.timeout(patience):
            return await read_limited(request.content, encoding, LARGEST_BODY)
    except TooLarge:
        raise Refused(413, "too_big") from None
    except TimeoutError:
        raise Refused(408, "slow") from None
    except (Garbled, web.RequestPayloadError):
        raise Refused(400, "encoding") from None


async def _not_yet(_request: web.Request) -> None:
    """Whoever asks before sending the body is answered when the header has been proved."""
