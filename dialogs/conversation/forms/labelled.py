"""What is written in lines with labels, "Rubrik: …", "Plats: …": the fields of a form, typed."""

import re
from collections.abc import Mapping

from knowledge.directory.places import fold

Labels = Mapping[str, str]
"""The field that each label stands for; labels as `fold` writes them."""

_WORDS = r"\w+(?: (?:\d|[a-zåäö]+))?"
_LABEL = re.compile(rf"(?:^|(?<=[.!?,;:])|(?<=\s)(?=[A-ZÅÄÖ]))\s*(?P<label>{_WORDS})\s*:")
_LINE = re.compile(rf"\s*({_WORDS})\s*:(.*)")


def in_lines(typed: str, labels: Labels, *, first: str, free: str) -> str:
    """Each label on a line of its own, also where all was written in one: "Rubrik: … Text: …".

    Only what has the field `first` is taken apart so: "Anmäl dig. Länk: …" may be a text of its
    own. The field `free` keeps the sign that it ends with.
    """
    known = [hit for hit in _LABEL.finditer(typed) if fold(hit["label"], strip=False) in labels]
    fields = [labels[fold(hit["label"], strip=False)] for hit in known]
    if "\n" in typed or first not in fields or len(known) < 2:
        return typed
    ends = [*(hit.start("label") for hit in known[1:]), len(typed)]
    parts = [typed[hit.start("label") : end] for hit, end in zip(known, ends, strict=True)]
    lines = [
        part.strip() if field == free else part.rstrip(" .,;")
        for field, part in zip(fields, parts, strict=True)
    ]
    return "\n".join([typed[: known[0].start("label")].strip(), *lines])


def lines(typed: str, labels: Labels) -> dict[str, str]:
    """What stands behind each label; lines without one continue the one before."""
    said: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in typed.splitlines():
        found = _LINE.match(line)
        field = labels.get(fold(found[1], strip=False)) if found else None
        if field and found:
            current = said.setdefault(field, [])
            current.append(found[2].strip())
        elif current is not None:
            current.append(line)
    return {field: "\n".join(lines).strip() for field, lines in said.items()}
