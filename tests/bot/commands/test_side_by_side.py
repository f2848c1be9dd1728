"""Two wordings are read beside each other, in a hundred columns."""

from bot.commands.side_by_side import side_by_side

BEFORE = "Kommunen ska räkna sina fåglar vartannat år.\nDet får göras i parker.\nDet sparas."
AFTER = "Kommunen ska räkna sina fåglar varje år.\nDet sparas."


def columns(before: str, after: str) -> tuple[str, str]:
    """What is said in each column, without the line ends."""
    lines = [line.split(" | ") for line in side_by_side(before, after)]
    assert all(len(line) == 2 and len(" | ".join(line)) <= 100 for line in lines)
    left, right = zip(*lines, strict=True)
    return " ".join(" ".join(left).split()), " ".join(" ".join(right).split())


def test_what_differs_is_in_brackets() -> None:
    left, right = columns(BEFORE, AFTER)
    assert "fåglar [vartannat] år. [Det får göras i parker.] Det sparas." in left
    assert "fåglar [varje] år. Det sparas." in right


def test_paragraphs_that_are_alike_stand_at_the_same_height() -> None:
    lines = list(side_by_side(BEFORE, AFTER))
    same = next(line for line in lines if line.startswith("Det sparas."))
    assert same.endswith("| Det sparas.")


def test_long_paragraphs_are_broken_and_nothing_is_lost() -> None:
    words = " ".join(f"ord{number}" for number in range(200))
    left, right = columns(words, f"{words} till")
    assert left == words
    assert right == f"{words} [till]"


def test_what_is_repealed_has_nothing_beside_it() -> None:
    left, right = columns(AFTER, "(upphävd)")
    assert left.startswith("[Kommunen ska")
    assert right == "[(upphävd)]"
