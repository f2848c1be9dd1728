"""An installation that is no demo: only organisations on its list come in. Nothing is signed."""

from typing import Any

from botbuilder.schema import Activity
from pydantic import SecretStr

from bot.app import Tryggve
from bot.settings import Settings
from bot.teams.auth import Caller, DemoGate, HostAllowList, Refused

APP_ID = "99999999-2222-4333-8444-555555555555"


class ListedGate(DemoGate):
    """Lets in who is on the list of `tryggve`, as it is at this moment."""

    tryggve: Tryggve

    def admit(self, caller: Caller, activity: Activity, tenant_id: str) -> None:
        super().admit(caller, activity, tenant_id)
        if tenant_id.lower() not in self.tryggve.access.let_in:
            raise Refused(403, "tenant")


def listed(settings: Settings, **parts: Any) -> Tryggve:
    """For `town(…, build=listed)`. It asks nobody for tokens or keys."""
    gate = ListedGate()
    secret = {"app_id": APP_ID, "app_tenant_id": APP_ID, "app_password": SecretStr("never used")}
    real = settings.model_copy(update={"demo": False, **secret})
    hosts = HostAllowList((), allow_loopback=True)
    gate.tryggve = tryggve = Tryggve(real, gate=gate, hosts=hosts, **parts)
    tryggve.token = tryggve.connector._token = None
    for name in ("token", "keys"):
        del tryggve.background.chores[name]
    return tryggve
