"""The certificate at Tryggve's address: would Microsoft trust it?"""

import asyncio
import errno
import re
import ssl
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from yarl import URL

from bot.commands.try_teams.steps import Found, Wrong, fine, note

RENEW_DAYS = 14
"""With fewer days left, a certificate ought to have been renewed."""

LISTENING_SECONDS = 2.0

_NOT_YET, _EXPIRED, _OWN, _OWN_IN_CHAIN, _NO_ISSUER = 9, 10, 18, 19, 20
_OTHER_NAME, _OTHER_ADDRESS, _WEAK = 62, 64, (66, 67, 68)
"""OpenSSL's verdicts on a chain."""

_BROKEN_OFF = ("UNEXPECTED_EOF_WHILE_READING", "EOF_OCCURRED")
_NO_CERTIFICATE = ("TLSV1_UNRECOGNIZED_NAME", "TLSV1_ALERT_INTERNAL_ERROR")
"""What nginx and Caddy say when they have none for the name."""
_TOO_OLD = ("TLSV1_ALERT_PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL", "SSLV3_ALERT_HANDSHAKE_FAILURE")

_FAULTS = {
    errno.ECONNREFUSED: "tls_refused",
    errno.EHOSTUNREACH: "tls_no_way",
    errno.ENETUNREACH: "tls_no_way",
}


async def prove_certificate(url: URL, roots: str | None) -> list[Found]:
    """The chain leads to an issuer that everybody trusts, and it goes on doing so for a while.

    `roots` is a file of such issuers. What this machine trusts beside them, Microsoft does not.
    """
    context = ssl.create_default_context(cafile=roots)
    try:
        certificate, version = await _shake_hands(url, context)
    except ssl.SSLCertVerificationError as error:
        raise await _flaw(url, error) from None
    except ssl.SSLError as error:
        raise _no_tls(url, error.reason or type(error).__name__) from None
    except OSError as error:
        raise _unreached(url, error) from None
    expires = datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate["notAfter"]), UTC)
    days = (expires - datetime.now(UTC)).days
    found = [fine("tls", version=version, day=expires.date().isoformat())]
    return [*found, note("tls_soon", count=days)] if days < RENEW_DAYS else found


async def _shake_hands(url: URL, context: ssl.SSLContext) -> tuple[dict[str, Any], str]:
    _, writer = await asyncio.open_connection(url.raw_host, url.port, ssl=context)
    try:
        secured = writer.get_extra_info("ssl_object")
        return secured.getpeercert(), secured.version()
    finally:
        writer.transport.abort()


def _no_tls(url: URL, reason: str) -> Wrong:
    where = {"host": url.raw_host, "port": url.port, "error": reason}
    if reason in _BROKEN_OFF:
        return Wrong("tls_cut", **where)
    if reason in _NO_CERTIFICATE:
        return Wrong("tls_no_certificate", **where)
    return Wrong("tls_old" if reason in _TOO_OLD else "tls_none", **where)


def _unreached(url: URL, error: OSError) -> Wrong:
    """Where a name has several addresses, asyncio puts what became of each into one sentence."""
    told = re.search(r"Errno (\d+)", str(error))
    number = error.errno or (int(told[1]) if told else 0)
    name = errno.errorcode.get(number, type(error).__name__)
    cut = isinstance(error, (ConnectionResetError, ConnectionAbortedError))
    key = "tls_cut" if cut else _FAULTS.get(number, "tls_broken")
    return Wrong(key, host=url.raw_host, port=url.port, error=name)


async def _flaw(url: URL, error: ssl.SSLCertVerificationError) -> Wrong:
    host = url.raw_host
    match error.verify_code:
        case code if code == _EXPIRED:
            own = await _shown_is_good(url)
            return Wrong("tls_middle_expired" if own else "tls_expired", host=host)
        case code if code == _NOT_YET:
            return Wrong("tls_not_yet", host=host)
        case code if code in (_OTHER_NAME, _OTHER_ADDRESS):
            return Wrong("tls_other_name", host=host)
        case code if code == _OWN:
            return Wrong("tls_self_signed", host=host)
        case code if code in (_OWN_IN_CHAIN, _NO_ISSUER):
            private = code == _OWN_IN_CHAIN or await _is_trusted_here(url)
            return Wrong("tls_private" if private else "tls_incomplete", host=host)
        case code if code in _WEAK:
            return Wrong("tls_weak", host=host)
    return Wrong("tls_untrusted", host=host, error=error.verify_message)


async def wants_certificate(url: URL, context: ssl.SSLContext) -> bool:
    """Whether the host wants one of us too. In TLS 1.3 it says so after the handshake, and whoever
    has asked something by then may not hear it: so nothing is asked."""
    try:
        reader, writer = await asyncio.open_connection(url.raw_host, url.port, ssl=context)
        try:
            await asyncio.wait_for(reader.read(1), LISTENING_SECONDS)
        finally:
            writer.transport.abort()
    except ssl.SSLError as error:
        return "CERTIFICATE_REQUIRED" in str(error)
    except (OSError, TimeoutError):
        return False
    return False


async def _is_trusted_here(url: URL) -> bool:
    """By this machine, which may know the organisation's own issuer."""
    try:
        await _shake_hands(url, ssl.create_default_context())
    except OSError:
        return False
    return True


async def _shown_is_good(url: URL) -> bool:
    """Whether the host's own certificate is still good: then it is an issuer's that is not."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        _, writer = await asyncio.open_connection(url.raw_host, url.port, ssl=context)
    except OSError:
        return False
    shown = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    writer.transport.abort()
    return x509.load_der_x509_certificate(shown).not_valid_after_utc > datetime.now(UTC)
