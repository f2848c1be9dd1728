"""A word is a change of the law, and how it is printed is not."""

import pytest

from knowledge.laws.fingerprint import REPEALED, of

LAW = (
    "Kommuner ska minst vartannat år räkna fåglar, enligt 21–40 kap.\n1. i parker, och\n2. i skog."
)


@pytest.mark.parametrize(
    "printed",
    [
        LAW.replace("\n", "\n\n  ").replace(" ", "\u00a0"),
        LAW.replace("–", "-"),
        LAW.replace("vartannat", "vart-\nannat"),
        LAW.replace("vartannat", "vart\u00adannat"),
        LAW.replace("å", "a\u030a"),
        LAW.replace("1. i", "1 i"),
        f"{LAW} Lag (2025:223).",
        f"{LAW}\nFörordning (2025:223)",
        LAW.replace("kap.\n", "kap. Lag (2019:1).\n"),
    ],
)
def test_the_same_law_in_another_printing(printed: str) -> None:
    assert of(printed) == of(LAW)


@pytest.mark.parametrize(
    "changed",
    [
        LAW.replace("ska", "får"),
        LAW.replace("minst ", ""),
        LAW.replace("21–40", "21–41"),
        LAW.replace("vartannat", "varje"),
        LAW + " Det gäller inte sjöar.",
        LAW + " Lag (2025:223) gäller också.",
    ],
)
def test_another_law(changed: str) -> None:
    assert of(changed) != of(LAW)


def test_what_is_repealed_has_no_words() -> None:
    assert of("") == of(" \n") == REPEALED
