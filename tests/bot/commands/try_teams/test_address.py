"""What a technician reads when the address, its certificate or the proxy is wrong."""

import asyncio
import socket
import ssl
from collections.abc import Callable
from functools import partial

import pytest
from aiohttp import web
from yarl import URL

from bot.commands.try_teams import chain
from bot.commands.try_teams.steps import take
from dialogs.conversation.texts import text
from tests.bot.commands.try_teams.conftest import Technician, alive, tryggve
from tests.support.tls_site import Certificate, Issuers, https_site, plain_spoken, root, self_signed

Chain = Callable[[Issuers], tuple[Certificate, ...]]


async def test_a_good_address_is_fine_in_every_step(technician: Technician) -> None:
    async with technician.site():
        await technician.tries()

    technician.reads("ok   Namnet: localhost leder till")
    technician.reads("ok   Certifikatet: TLSv1.3, gäller till")
    technician.reads("ok   Adressen: Tryggve svarar på https://localhost:")
    technician.reads("obs  Namnet: härifrån leder localhost till en adress som bara finns på")


async def test_a_certificate_that_soon_runs_out_is_noted(technician: Technician) -> None:
    leaf = technician.issuers.middle.issues("localhost", days=3)
    async with technician.site(leaf, technician.issuers.middle):
        await technician.tries()

    technician.reads("obs  Certifikatet: går ut om 3 dagar")


@pytest.mark.parametrize(
    ("chain", "told"),
    [
        (lambda by: (by.middle.issues("localhost"),), "skickar localhost inte hela kedjan"),
        (lambda by: (by.middle.issues("localhost", days=-1), by.middle), "har gått ut. Förnya"),
        (lambda by: (lambda old: (old.issues("localhost"), old))(
            by.top.issues("Testets mellanled", days=-1, issuer=True)),
         "mellancertifikat i kedjan från localhost har gått ut"),
        (lambda by: (by.middle.issues("localhost", since=-2), by.middle), "gäller inte än"),
        (lambda by: (by.middle.issues("kommun.example"), by.middle), "gäller inte för localhost"),
        (lambda _by: (self_signed("localhost"),), "gett sitt certifikat till sig självt"),
        (lambda _by: (lambda own: (own.issues("localhost"), own))(root("Kommunens egen")),
         "kommer från en egen utgivare"),
    ],
)  # fmt: skip
async def test_a_bad_certificate_is_told_with_its_cure(
    technician: Technician, chain: Chain, told: str
) -> None:
    async with technician.site(*chain(technician.issuers)):
        assert await technician.tries() == 1

    technician.reads("FEL  Certifikatet: ")
    technician.reads(told)
    technician.reads("–    Adressen: prövas när steget före är rätt")
    technician.reads("ok   Botens bevis")


def names_nobody(alert: ssl.AlertDescription) -> Callable[[ssl.SSLContext], None]:
    """As a proxy that has no certificate for the name."""

    def change(context: ssl.SSLContext) -> None:
        context.sni_callback = lambda *_: alert

    return change


def too_old(context: ssl.SSLContext) -> None:
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.set_ciphers("ALL:@SECLEVEL=0")


def wants_to_be_shown(context: ssl.SSLContext) -> None:
    context.verify_mode = ssl.CERT_REQUIRED


def wants_it_in_old_tls(context: ssl.SSLContext) -> None:
    context.verify_mode = ssl.CERT_REQUIRED
    context.maximum_version = ssl.TLSVersion.TLSv1_2


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (names_nobody(ssl.AlertDescription.ALERT_DESCRIPTION_UNRECOGNIZED_NAME),
         "Certifikatet: proxyn har inget certifikat för localhost"),
        (names_nobody(ssl.AlertDescription.ALERT_DESCRIPTION_INTERNAL_ERROR),
         "Certifikatet: proxyn har inget certifikat för localhost"),
        (too_old, "Certifikatet: localhost och den här datorn har ingen krypteringsmetod"),
        (wants_to_be_shown, "Adressen: proxyn kräver ett klientcertifikat"),
        (wants_it_in_old_tls, "kräv inget klientcertifikat"),
    ],
)  # fmt: skip
async def test_a_proxy_that_speaks_tls_in_another_way_is_told(
    technician: Technician, change: Callable[[ssl.SSLContext], None], told: str
) -> None:
    middle = technician.issuers.middle
    context = technician.issuers.serving(middle.issues("localhost"), middle)
    change(context)
    with plain_spoken(context) as port:
        technician.public_url = f"https://localhost:{port}"
        assert await technician.tries() == 1

    technician.reads(told)


async def test_a_line_that_is_cut_in_the_middle_is_told(technician: Technician) -> None:
    async def cuts(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()

    server = await asyncio.start_server(cuts, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        technician.public_url = f"https://localhost:{port}"
        await technician.tries()

    technician.reads(f"FEL  Certifikatet: någon bröt förbindelsen med localhost, port {port}")


@pytest.mark.parametrize(
    ("errors", "told"),
    [
        (["[Errno 111] Connect call failed"] * 2, "ingen lyssnar på tryggve.example, port 443"),
        (["[Errno 101] Connect call failed"] * 2, "ingen väg härifrån till tryggve.example"),
    ],
)
async def test_a_name_with_several_addresses_is_no_riddle(
    technician: Technician, monkeypatch: pytest.MonkeyPatch, errors: list[str], told: str
) -> None:
    """asyncio puts what became of each address into one sentence, without a number."""

    async def fails(*_: object, **__: object) -> None:
        raise OSError("Multiple exceptions: " + ", ".join(errors))

    monkeypatch.setattr(chain.asyncio, "open_connection", fails)
    found = await take(
        "tls", partial(chain.prove_certificate, URL("https://tryggve.example"), None), 5
    )

    assert told in text(f"try_teams.found.{found[0].key}", **found[0].values)


async def test_a_name_service_that_does_not_answer_is_no_unknown_name(
    technician: Technician, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    technician.public_url = "https://tryggve.kommunen.example"
    monkeypatch.setattr(socket, "getaddrinfo", away)
    await technician.tries()

    technician.reads("FEL  Namnet: namntjänsten svarar inte just nu")


async def test_the_way_to_messages_is_not_part_of_the_address(technician: Technician) -> None:
    async with technician.site():
        technician.public_url += "/api/messages/"
        await technician.tries()

    technician.reads("FEL  Adressen: TRYGGVE_PUBLIC_URL slutar på /api/messages")


async def test_a_proxy_on_the_way_out_is_not_asked_about_our_own_address(
    technician: Technician, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    async with technician.site():
        await technician.tries()

    technician.reads("ok   Adressen: Tryggve svarar")


async def test_a_port_without_tls_is_told(technician: Technician) -> None:
    async with https_site(tryggve(), None) as port:
        technician.public_url = f"https://localhost:{port}"
        await technician.tries()

    technician.reads("FEL  Certifikatet: localhost talar inte TLS")


async def test_a_port_where_nobody_listens_is_told(technician: Technician) -> None:
    async with https_site([], None) as port:
        pass
    technician.public_url = f"https://localhost:{port}"
    await technician.tries()

    technician.reads(f"FEL  Certifikatet: ingen lyssnar på localhost, port {port}")


async def test_a_name_that_nobody_knows_is_told(technician: Technician) -> None:
    technician.public_url = "https://tryggve.invalid"
    await technician.tries()

    technician.reads("FEL  Namnet: tryggve.invalid finns inte i namntjänsten")
    technician.reads("–    Certifikatet: prövas när steget före är rätt")


def says(status: int, text: str = "", **headers: str) -> Callable[..., object]:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status, text=text, headers=headers)

    return answer


@pytest.mark.parametrize(
    ("health", "messages", "told"),
    [
        (says(302, Location="https://login.example/"), None, "skickar vidare till https://login"),
        (says(401), None, "kräver egen inloggning (svar 401)"),
        (says(403), None, "kräver egen inloggning (svar 403)"),
        (says(502), None, "når inte Tryggve (svar 502)"),
        (says(504), None, "når inte Tryggve (svar 504)"),
        (says(200, "<html>Välkommen till nginx</html>"), None, "det är inte Tryggve som svarar"),
        (says(404), None, "det är inte Tryggve som svarar"),
        (alive, says(404), "svarade 404 på ett meddelande utan bevis"),
        (alive, says(403, "Blockerat"), "svarade 403 på ett meddelande utan bevis"),
        (alive, says(401), "svarade 401 på ett meddelande utan bevis"),
        (alive, says(200), "svarade 200 på ett meddelande utan bevis"),
    ],
)
async def test_whoever_else_answers_is_told_apart(
    technician: Technician, health: object, messages: object, told: str
) -> None:
    routes = tryggve(*[one for one in (health, messages) if one])  # type: ignore[arg-type]
    async with technician.site(routes=routes):
        assert await technician.tries() == 1

    technician.reads("FEL  Adressen: ")
    technician.reads(told)


async def test_a_certificate_for_a_name_does_not_do_for_a_number(technician: Technician) -> None:
    async with technician.site(host="127.0.0.1"):
        await technician.tries()

    technician.reads("FEL  Certifikatet: certifikatet gäller inte för 127.0.0.1")


@pytest.mark.parametrize("host", ["a" * 70 + ".se", "..", "tryggve.ånge.invalid"])
async def test_a_name_that_cannot_be_one_is_told(technician: Technician, host: str) -> None:
    technician.public_url = f"https://{host}"
    assert await technician.tries() == 1

    technician.reads("finns inte i namntjänsten")


async def test_no_step_waits_for_ever(technician: Technician) -> None:
    async def never(*_: object) -> web.Response:
        await asyncio.Event().wait()
        raise AssertionError

    technician.seconds = 0.3
    technician.issuer.delay = 1.0
    async with technician.site(routes=tryggve(never)):
        assert await technician.tries(ask=never) == 1  # type: ignore[arg-type]

    technician.reads("FEL  Adressen: det tog mer än 0 sekunder att få svar")
    technician.reads("FEL  Botens bevis: login.microsoftonline.com svarade inte på")
    technician.reads("FEL  Microsofts nycklar: login.botframework.com svarade inte på")
