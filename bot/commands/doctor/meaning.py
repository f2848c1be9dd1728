"""What the settings mean: values that can be read and are still not this installation's."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.commands.doctor.findings import Finding, fault, fine, note, refused
from bot.network import Network
from bot.settings import GUID, Settings, SettingsError, is_loopback
from bot.teams import credentials
from dialogs.conversation.texts import text

TEAMS = "smba.trafficmanager.net"
_PLACEHOLDERS = re.compile(r"byt-?mig|change-?me|xxx+|<.*>|hemlig(t|het)?|password|secret", re.I)
_SHORT = 16
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*", re.I)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def settings(settings: Settings) -> Iterator[Finding]:
    """Everything that can be seen without asking anybody."""
    yield fine("settings")
    if settings.demo:
        yield note("demo")
        return
    yield from _identity(settings)
    yield from _tenants(settings)
    yield from _address(settings)
    yield from _hosts(settings)
    yield from _operator(settings)


def certificates(settings: Settings) -> list[Finding]:
    """Without those that the settings name nobody can be asked anything."""
    try:
        Network(settings.ca_file).check()
    except SettingsError as error:
        return [refused(error)]
    return []


def _identity(settings: Settings) -> Iterator[Finding]:
    yield from _id("TRYGGVE_APP_ID", settings.app_id)
    if settings.app_tenant_id:
        yield from _id("TRYGGVE_APP_TENANT_ID", settings.app_tenant_id)
    try:
        credentials.check(settings)
    except SettingsError as error:
        yield refused(error)
        return
    secret = settings.app_password.get_secret_value()
    if not secret:
        yield fine(_proof(settings))
    elif GUID.fullmatch(secret.lower()):  # the portal shows both, side by side
        yield fault("secret_is_its_id")
    elif _PLACEHOLDERS.fullmatch(secret):
        yield fault("placeholder", name="TRYGGVE_APP_PASSWORD", value=text("doctor.unshown"))
    elif secret != secret.strip():
        yield fault("secret_has_spaces")
    else:
        yield fine("proof_vault" if secret.startswith("@") else "proof_secret")


def _proof(settings: Settings) -> str:
    if settings.app_type == "UserAssignedMSI":
        return "proof_identity"
    return "proof_certificate" if settings.app_certificate else "proof_file"


def _id(name: str, value: str) -> Iterator[Finding]:
    if not GUID.fullmatch(value):
        yield fault("no_id", name=name, value=value)
    elif _is_placeholder(value):
        yield fault("placeholder", name=name, value=value)


def _is_placeholder(id: str) -> bool:
    """As in the example: one digit, over and over."""
    return len(set(id.replace("-", ""))) == 1


def _tenants(settings: Settings) -> Iterator[Finding]:
    for tenant in settings.tenants:
        if _is_placeholder(tenant):
            yield fault("placeholder", name="TRYGGVE_TENANTS", value=tenant)


def _address(settings: Settings) -> Iterator[Finding]:
    if not settings.public_url:
        yield note("public_url")
        return
    parts = urlsplit(settings.public_url)
    host = parts.hostname or ""
    if not host or is_loopback(host):
        yield fault("url_of_nobody", url=settings.public_url)
    elif _is_example(host):
        yield fault("placeholder", name="TRYGGVE_PUBLIC_URL", value=settings.public_url)
    elif parts.path.strip("/") or parts.query or parts.fragment:
        yield fault("url_with_path", url=settings.public_url)


def _hosts(settings: Settings) -> Iterator[Finding]:
    for host in settings.service_hosts:
        if not _HOST.fullmatch(host):
            yield fault("no_host", value=host)
    if TEAMS not in settings.service_hosts:
        yield note("without_teams", host=TEAMS)


def _operator(settings: Settings) -> Iterator[Finding]:
    email = settings.contact_email
    if not settings.organisation or not email:
        yield note("contact")
    elif not _EMAIL.fullmatch(email):
        yield fault("no_email", value=email)
    elif _is_example(email):
        yield fault("placeholder", name="TRYGGVE_CONTACT_EMAIL", value=email)
    token = settings.metrics_token.get_secret_value()
    if token and len(token) < _SHORT:
        yield note("short_metrics_token", least=_SHORT)


def _is_example(name: str) -> bool:
    """Names that are kept for examples, and lead to nobody."""
    return name.lower().endswith((".example", ".invalid", ".test", "example.com", "example.org"))
