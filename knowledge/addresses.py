"""Addresses on the web as people write them, and as a button or a picture needs them."""

import re
from ipaddress import ip_address

from yarl import URL

LONGEST = 1_000

_SCHEME = re.compile(r"(?:https:)?//", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+-]*:(?!\d)", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[^\W_](?:[\w-]*[^\W_])?|[\U0001f000-\U0001faff]+")
_FILE = re.compile(r"csv|docx?|eml|gif|heic|html?|ics|jpe?g|msg|pdf|png|pptx?|svg|txt|webp|xlsx?")
_NO_PICTURE = re.compile(
    r"ai|avif|bmp|docx?|eps|hei[cf]|html?|ico|mov|mp4|pdf|pptx?|psd|svgz?|tiff?|webp|xlsx?|zip"
)
_SIGNED_IN = ("sharepoint.com", "onedrive.live.com", "1drv.ms", "teams.microsoft.com")


def completed(typed: str) -> str:
    """What was written, with https:// before it where nothing but that is missing.

    A file's name and an e-mail address are left as they are: they are no addresses on the web.
    """
    address = typed.strip()
    if _SCHEME.match(address):
        return "https://" + _SCHEME.sub("", address, count=1)
    if not address or _OTHER_SCHEME.match(address):
        return address
    host, _, path = address.partition("/")
    ending = host.rpartition(".")[2].lower()
    is_word = not path and (not ending or _FILE.fullmatch(ending))
    return address if is_word or not encoded(f"https://{address}") else f"https://{address}"


def encoded(address: str) -> str:
    """The same over https as every client opens it: hosts in Punycode, the rest in percent.

    Empty when it is no address: without a host that can exist, or with a password, spaces or
    anything that is not seen.
    """
    if not address.isprintable() or " " in address or not _SCHEME.match(address):
        return ""
    try:
        url = URL(address)
        # A port out of range and broken Punycode are found only when they are read.
        host, _ = url.host or "", url.port
    except ValueError:
        return ""
    named = url.scheme == "https" and url.user is None and _is_host(host)
    return str(url) if named and len(str(url)) <= LONGEST else ""


def host_of(address: str) -> str:
    """Where it leads, as people read it; empty when it is no address."""
    shown = URL(address).host if encoded(address) else ""
    return (shown or "").removeprefix("www.")


def is_for_signed_in(address: str) -> bool:
    """Whether only those can see it who are signed in where it lies."""
    host = host_of(address)
    return any(host == one or host.endswith(f".{one}") for one in _SIGNED_IN)


def is_picture(address: str) -> bool:
    """Whether its name says nothing else: Teams shows PNG, JPEG and GIF."""
    name = URL(address).name if encoded(address) else ""
    return not _NO_PICTURE.fullmatch(name.rpartition(".")[2].lower())


def _is_host(host: str) -> bool:
    """A name of several parts, or an address in numbers."""
    try:
        ip_address(host)
    except ValueError:
        labels = host.removesuffix(".").split(".")
        good = all(_LABEL.fullmatch(label) and len(label) < 64 for label in labels)
        return len(labels) > 1 and good and not labels[-1].isdecimal()
    return True
