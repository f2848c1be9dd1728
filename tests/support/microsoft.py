"""What Microsoft's servers say, for a proxy of the tests' own to say in their place."""

import json
from typing import Any
from urllib.parse import parse_qs

from tests.support.issuer import Issuer

LOGIN = "login.microsoftonline.com"
KEYS = "login.botframework.com"
TEAMS = "smba.trafficmanager.net"
VAULT = "kommunens-valv.vault.azure.net"
LAWS = "data.riksdagen.se"


class Microsoft:
    """`refusal` is the AADSTS code of a refused secret; `secret` is the one that is taken."""

    def __init__(self) -> None:
        self.secret = "rätt"
        self.refusal = 7000215
        self.no_tenant = False
        self.vault_status = 200
        self.vault_secret = "rätt"
        self.vault_says: Any = None
        """What the vault answers instead of the secret."""
        self.given = 0
        self.shown: list[dict[str, str]] = []
        """What the bot has shown to get tokens."""
        self.issuer = Issuer()
        self.issuer.metadata_url = f"https://{KEYS}/v1/.well-known/openidconfiguration"

    def __call__(self, host: str, path: str, sent: str) -> tuple[int, Any]:
        if host == LOGIN:
            return self._token(sent) if path.endswith("/token") else self._about(path)
        if host == KEYS:
            return 200, self._keys(path)
        if host == VAULT:
            gives = {"value": self.vault_secret}
            return self.vault_status, gives if self.vault_says is None else self.vault_says
        if host == LAWS:
            return 200, "1 § Detta är lagen.\n" * 50
        return 200, {"id": "1"}

    def _about(self, path: str) -> tuple[int, Any]:
        tenant = path.strip("/").partition("/")[0]
        if self.no_tenant:
            said = f"AADSTS90002: Tenant '{tenant}' not found. Check to make sure."
            return 400, {"error": "invalid_tenant", "error_description": said}
        base = f"https://{LOGIN}/{tenant}"
        return 200, {
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "issuer": f"{base}/v2.0",
        }

    def _token(self, sent: str) -> tuple[int, Any]:
        form = {name: values[0] for name, values in parse_qs(sent).items()}
        self.shown.append(form)
        if "client_assertion" not in form and form.get("client_secret") != self.secret:
            said = f"AADSTS{self.refusal}: Invalid client secret for app 'hemligt namn'."
            codes = [self.refusal]
            return 401, {
                "error": "invalid_client", "error_description": said, "error_codes": codes,
            }  # fmt: skip
        self.given += 1
        return 200, {
            "token_type": "Bearer", "expires_in": 3600, "access_token": f"token {self.given}",
        }  # fmt: skip

    def _keys(self, path: str) -> Any:
        if path.endswith("/keys"):
            return {"keys": [self.issuer._jwk("first")]}
        metadata = {"issuer": "x", "jwks_uri": f"https://{KEYS}/v1/.well-known/keys"}
        return json.loads(json.dumps(metadata))
