"""What is said of a missing token: what is wrong, and what to do. One set of words for all."""

from bot.login.faults import Kind, LoginFault
from bot.terminal import Refusal
from dialogs.conversation.texts import text

KNOWN = (
    "AADSTS7000215",  # the secret is not the app's
    "AADSTS7000222",  # the secret has expired
    "AADSTS7000218",  # nothing was shown
    "AADSTS700016",  # there is no such app in this tenant
    "AADSTS700024",  # what the certificate signed is not good now: the clock
    "AADSTS700027",  # the certificate is not the app's
    "AADSTS700038",  # the app id is a placeholder
    "AADSTS7000112",  # the app is disabled
    "AADSTS7000229",  # the app has no service principal in this tenant
    "AADSTS500011",  # nor has the Bot Framework
    "AADSTS53003",  # a rule for who may sign in
    "AADSTS90002",  # there is no such tenant
    "AADSTS900023",  # what stands for the tenant is no id
    "AADSTS900021",  # the tenant's id is all zeros
)


def as_refusal(why: LoginFault) -> Refusal:
    """Why there is no token, with Entra's own code where it gave one, and what cures it."""
    if why.kind is not Kind.REFUSED:
        return Refusal(f"login.unreached.{why.kind.value}", host=why.host, code=why.code)
    cure = text(f"login.cure.{why.code if why.code in KNOWN else 'other'}")
    return Refusal("login.token_refused", code=why.code or "?", cure=cure)
