"""Every setting, typed, read once from the environment (`TRYGGVE_*`) when the process starts."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, StrictInt, ValidationError, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict
from pydantic_settings import PydanticBaseSettingsSource as Source
from pydantic_settings.exceptions import SettingsError as Unreadable

from bot.terminal import Refusal
from knowledge.retention.periods import Periods
from knowledge.times import QuietHours, QuietUntil, never_quiet

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class SettingsError(Refusal):
    """A setting is wrong. `fault` is a text key under `settings.`, `name` the variable at fault."""

    def __init__(self, fault: str, name: str, **more: str) -> None:
        super().__init__(f"settings.{fault}", name=name, **more)
        self.fault = fault
        self.name = name
        self.others: list[SettingsError] = []
        """What else is wrong, where all of it is wanted."""


MEANT_EMPTY = {"quiet_hours", "database_url"}
"""Where nothing is not the default: no hour is quiet, and an address that was forgotten."""


class Environment(EnvSettingsSource):
    """The environment, where `NAME=` with nothing behind it leaves the default."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        value, key, is_complex = super().get_field_value(field, field_name)
        if isinstance(value, str) and not value.strip() and field_name not in MEANT_EMPTY:
            value = None
        return value, key, is_complex


class Settings(BaseSettings):
    """What an installation can choose. `deploy/env.example` explains each in Swedish."""

    model_config = SettingsConfigDict(env_prefix="TRYGGVE_", frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    port: int = Field(default=3978, ge=1, le=65535)
    public_url: str = ""
    database_url: str = "sqlite:///var/tryggve.db"
    database_url_file: str = ""
    cache_dir: str = "var/cache"
    demo: bool = False

    app_id: str = ""
    app_password: SecretStr = SecretStr("")
    app_password_file: str = ""
    app_certificate: str = ""
    app_certificate_key: str = ""
    key_vault_identity: str = ""
    app_type: Literal["SingleTenant", "MultiTenant", "UserAssignedMSI"] = "SingleTenant"
    app_tenant_id: str = ""

    tenants: dict[str, str] = Field(default_factory=dict)
    """Tenant id → the code of its municipality (four digits), county (two) or the nation ("00").

    What `tryggve tenants` has said counts before it. Empty: the list in the database is all."""
    service_hosts: list[str] = ["smba.trafficmanager.net"]
    other_channels: list[str] = Field(default_factory=list)
    """Channels of the Bot Framework that come in beside Teams, as guests."""

    confirm_from: int = Field(default=100, ge=1)
    """An announcement to so many is sent when their number has been written."""
    approval_from: int = Field(default=500, ge=1)
    """An announcement to so many is sent when a second coordinator has approved it."""

    organisation: str = ""
    contact_email: str = ""

    quiet_hours: str = "20:00-07:00"
    quiet_weekends: bool = False
    secret_expires: date | Literal[""] = ""
    metrics_token: SecretStr = SecretStr("")
    metrics_token_file: str = ""
    traces_url: str = ""
    """The OpenTelemetry collector that spans are sent to. Empty: none, and nothing is loaded."""
    ca_file: str = ""
    """Certificates to trust beside the usual: those of the organisation's own proxy."""
    backup_dir: str = ""
    """Where backups end up, so that `tryggve doctor` can tell how old the newest is."""

    retention_days: dict[str, StrictInt] = Field(default_factory=dict)
    """How many days a kind of data is kept, where that is not the default."""
    retention_decision: str = ""
    """The reference of the decision that allows purging. Empty: acts of the authority stay."""

    laws_url: str = ""
    """Where acts are read from, so that answers notice when the law changes. Empty: nowhere."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: Source,
        env_settings: Source,
        dotenv_settings: Source,
        file_secret_settings: Source,
    ) -> tuple[Source, ...]:
        return init_settings, Environment(settings_cls)

    @property
    def base_url(self) -> str:
        """The address that people reach this installation at, without a final slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def periods(self) -> Periods:
        """How long each kind of data is kept here."""
        return Periods(self.retention_days, self.retention_decision.strip())

    @property
    def quiet_until(self) -> QuietUntil:
        """When people are left in peace. In the demo only when it is asked for."""
        if self.demo and "quiet_hours" not in self.model_fields_set:
            return never_quiet
        quiet = QuietHours.parse(self.quiet_hours, weekends=self.quiet_weekends)
        return quiet.until if quiet else never_quiet

    @model_validator(mode="before")
    @classmethod
    def _secrets_from_files(cls, written: dict[str, Any]) -> dict[str, Any]:
        """As container platforms hand them out. The bot's own secret is read when it is needed."""
        read = {}
        for name in ("database_url", "metrics_token"):
            if path := written.get(f"{name}_file"):
                try:
                    read[name] = Path(path).read_text("utf-8-sig").strip()
                except (OSError, UnicodeDecodeError):
                    raise ValueError(f"no_secret_file:TRYGGVE_{name.upper()}_FILE:{path}") from None
        return written | read

    @field_validator("app_id", "app_tenant_id")
    @classmethod
    def _any_case(cls, written: str) -> str:
        return written.strip().lower()

    @field_validator("tenants")
    @classmethod
    def _any_case_of_tenants(cls, written: dict[str, str]) -> dict[str, str]:
        return {tenant.strip().lower(): code.strip() for tenant, code in written.items()}

    @field_validator("retention_days")
    @classmethod
    def _are_periods(cls, written: dict[str, int]) -> dict[str, int]:
        return dict(Periods(written).chosen)

    @field_validator("quiet_hours")
    @classmethod
    def _can_be_read(cls, written: str) -> str:
        QuietHours.parse(written)
        return written

    @model_validator(mode="after")
    def _no_open_door(self) -> Self:
        if self.demo and (self.app_id or not is_loopback(self.host)):
            raise ValueError("demo_exposed:TRYGGVE_DEMO")
        if not self.demo and not self.app_id:
            raise ValueError("no_app_id:TRYGGVE_APP_ID")
        if self.public_url and not self.demo and not self.public_url.startswith("https://"):
            raise ValueError("not_https:TRYGGVE_PUBLIC_URL")
        for name, url in (("LAWS", self.laws_url), ("TRACES", self.traces_url)):
            if url and not is_safe(url):
                raise ValueError(f"not_https:TRYGGVE_{name}_URL")
        return self


def is_safe(url: str) -> bool:
    """Whether nobody can listen on the way there: https, or this machine."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == "https" or is_loopback(parts.hostname or ""))


def is_loopback(host: str) -> bool:
    """True for localhost and loopback addresses only: any other name may resolve elsewhere."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def read_settings(**chosen: Any) -> Settings:
    """Settings from the environment, overridden by what the command line chose.

    Raises SettingsError with the first fault, never pydantic's English.
    """
    settings = _read(**chosen)
    for fault in [] if settings.demo else _in_tenants(settings.tenants):
        raise fault
    return settings


def faults_of(**chosen: Any) -> list[SettingsError]:
    """Everything that keeps the settings from being read."""
    try:
        settings = _read(**chosen)
    except SettingsError as first:
        # Of what may be written in two ways, both have failed: it is told once.
        return [*{(one.key, one.name): one for one in (first, *first.others)}.values()]
    return [] if settings.demo else [*_in_tenants(settings.tenants)]


def _read(**chosen: Any) -> Settings:
    try:
        return Settings(**{name: value for name, value in chosen.items() if value is not None})
    except Unreadable as error:  # not even JSON
        field = re.search(r'"(\w+)"', str(error))
        name = f"TRYGGVE_{field[1].upper()}" if field else "TRYGGVE_…"
        raise SettingsError("wrong_value", name) from None
    except ValidationError as error:
        first, *others = map(_fault, error.errors())
        first.others = others
        raise first from None


def _fault(error: ErrorDetails) -> SettingsError:
    message = str(error.get("ctx", {}).get("error", ""))
    if error["type"] == "value_error" and ":" in message:
        fault, name, *path = message.split(":", 2)
        return SettingsError(fault, name, path="".join(path))
    name = "TRYGGVE_" + "_".join(str(part) for part in error["loc"][:1]).upper()
    return SettingsError("wrong_value", name)


def _in_tenants(tenants: Mapping[str, str]) -> Iterator[SettingsError]:
    """Each is an id that Entra can have given, with a place that there is."""
    from knowledge.directory.places import load_places  # most commands never need them

    places = load_places()
    for tenant_id, code in tenants.items():
        if not GUID.fullmatch(tenant_id):
            yield SettingsError("no_tenant_id", "TRYGGVE_TENANTS", value=tenant_id)
        elif not places.name_of(code):
            yield SettingsError("no_place", "TRYGGVE_TENANTS", value=code, tenant=tenant_id)


def read_storage_settings() -> Settings:
    """Settings for work on the database alone, which needs no app id and opens no door."""
    try:
        return _read()
    except SettingsError as error:
        if error.fault != "no_app_id":
            raise
        return _read(demo=True, app_id="", host="127.0.0.1")
