"""Nothing personal stays of what people write; ordinary questions and numbers are left alone."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.commands.fit.likeness import corpus, fit
from knowledge import privacy
from knowledge.privacy.personal_numbers import checks
from knowledge.privacy.somebody import describes_somebody
from tests.support.town import library

FULL_WIDTH = str.maketrans("0123456789-+", "０１２３４５６７８９－＋")
BIRTHS = st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 11, 22))
SEPARATORS = st.sampled_from(
    ["", "-", "+", " ", " - ", "–", "\u00a0", "\u200b", ".", "\u2010", "\u2011", " \u2012 ",
     "\u2015", "\u2043", "\u2796", "~", "•", "*-*", ") (", "\\-"]
)  # fmt: skip


def control_digit(nine: str) -> str:
    return next(digit for digit in "0123456789" if checks(nine + digit))


@st.composite
def numbers(draw: st.DrawFn, *, sound: bool = True) -> tuple[str, str]:
    """A number with the date's part and the last four apart."""
    born, century = draw(BIRTHS), draw(st.booleans())
    day = born.day + draw(st.sampled_from([0, 60]))
    short = f"{born:%y%m}{day:02}"
    last = f"{draw(st.integers(1, 999)):03}"
    control = control_digit(short + last)
    if not sound:
        control = draw(st.sampled_from([one for one in "0123456789" if one != control]))
    return (f"{born:%Y}"[:2] if century else "") + short, last + control


@given(numbers(), SEPARATORS, st.booleans(), st.sampled_from(["{}", "pnr {}?", "är 9 § {}. 12 st"]))
@example(("850101", "1236"), "-", True, "{}")
def test_a_personal_number_is_masked_however_it_is_written(
    number: tuple[str, str], separator: str, wide: bool, sentence: str
) -> None:
    written = separator.join(number)
    typed = sentence.format(written.translate(FULL_WIDTH) if wide else written)

    assert privacy.mask(typed) == sentence.format("[personnummer]")
    assert number[1] not in privacy.bare(typed)
    assert privacy.mask_personal_numbers(typed) == privacy.mask(typed)


@given(numbers(), st.integers(1, 4))
def test_spaces_inside_do_not_hide_a_personal_number(number: tuple[str, str], size: int) -> None:
    digits = "".join(number)
    spaced = " ".join(digits[at : at + size] for at in range(0, len(digits), size))

    assert privacy.mask(f"vem är {spaced}") == "vem är [personnummer]"


@given(numbers(sound=False), st.sampled_from(["", "-"]))
def test_an_order_number_that_fails_the_check_is_left(
    number: tuple[str, str], separator: str
) -> None:
    typed = f"order {separator.join(number)} kom inte"
    # Without a separator it may be a phone number, which is masked as such.
    assume(separator or not number[0].startswith("0"))

    assert privacy.mask(typed) == typed


@pytest.mark.parametrize(
    "left",
    [
        "5560360793", "ärende 2026-1234567", "lagen (2023:196) 9 §", "ring 112 eller 114 14",
        "2023-07-01 till 2024-12-31", "14 § 1", "1234567890123456", "850101-1237", "550101-0000",
        "går bf@bra.se till rätt ställe", "", "@", "a@b", "§" * 500,
    ],
)  # fmt: skip
def test_what_is_not_personal_is_left(left: str) -> None:
    assert privacy.mask(left) == left


@pytest.mark.parametrize(
    "phone",
    [
        "070-123 45 67", "0701234567", "010-223 70 00", "08-12 34 56 78", "+46 70 123 45 67",
        "0046701234567", "+46(0)470-123456", "０７０－１２３４５６７", "0470/86000",
        "+45 12 34 56 78",
    ],
)  # fmt: skip
def test_a_phone_number_is_masked(phone: str) -> None:
    assert privacy.mask(f"ring {phone} idag") == "ring [telefonnummer] idag"


@pytest.mark.parametrize("address", ["anna.alm@exempel.se", "A_B+c@sub.kommun.se", "å@ä.nu"])
def test_an_address_is_masked(address: str) -> None:
    assert privacy.mask(f"mejla {address} idag") == "mejla [e-postadress] idag"


@pytest.mark.parametrize(
    "told",
    [
        "Kalle Svensson är misstänkt för stöld", "misstänkt kalle svensson, får vi veta mer",
        "vad gör vi med 850101-1236 som är brottsoffer", "Zlatko Petrovic hotar personalen",
        "kan vi polisanmäla, för Maria Ek slog en vakt i går",
    ],
)  # fmt: skip
def test_a_suspect_or_a_victim_is_noticed(told: str) -> None:
    assert describes_somebody(told)


@pytest.mark.parametrize(
    "asked",
    [
        "En elev misstänks för misshandel, är skolan skyldig att anmäla?",
        "Ska brottsoffer i Upplands Väsby finnas i lägesbilden?", "vem är Anna Alm",
        "Vilket stöd finns till brottsutsatta i Region Skåne", "misstänkt " + "och " * 20 + "Anna",
    ],
)  # fmt: skip
def test_questions_about_the_work_are_not_taken_for_a_case(asked: str) -> None:
    assert not describes_somebody(asked)


def test_no_question_of_ours_is_taken_for_a_case_or_loses_a_word() -> None:
    articles = library().base.articles
    asked = [way for one in articles for way in (one.title, *one.wordings, *one.english)]
    for path in (Path(__file__).parents[1] / "answers" / "regression").glob("*.toml"):
        for kinds in tomllib.loads(path.read_text("utf-8")).values():
            lists = kinds.values() if isinstance(kinds, dict) else [kinds]
            asked += [question for questions in lists for question in questions]

    assert [one for one in asked if describes_somebody(one)] == []
    assert [one for one in asked if privacy.bare(one) != one] == []


def sentences(file: str) -> Mapping[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / file).read_text("utf-8"))


CORPUS, OTHERS = sentences("corpus.toml"), sentences("others.toml")
UNSEEN = sentences("unseen.toml")


def test_what_is_about_somebody_is_hardly_ever_stored() -> None:
    """Of three writers whose sentences were not learnt from; among the others' are harder ones."""
    assert share_stored(CORPUS["about_somebody"]) <= 0.03
    assert share_stored(UNSEEN["about_somebody"]) <= 0.03
    assert share_stored(OTHERS["about_somebody"]) <= 0.05


def test_what_is_about_nobody_is_hardly_ever_lost() -> None:
    """Much of the others' was written to be taken for people: squares, firms, roles."""
    assert share_stored(CORPUS["about_nobody"]) >= 0.98
    assert share_stored(UNSEEN["about_nobody"]) >= 0.98
    assert share_stored(OTHERS["about_nobody"]) >= 0.95


def test_what_it_is_measured_by_was_not_learnt() -> None:
    learnt = corpus()
    seen = {one.casefold() for one in (*learnt.somebody, *learnt.nobody)}

    # Short ones that anybody writes ("trevlig helg") may stand in both.
    both = [one for kind in UNSEEN.values() for one in kind if one.casefold() in seen]
    assert [one for one in both if len(one.split()) > 3] == []


def test_the_weights_are_those_that_the_corpus_gives() -> None:
    fitted = fit(corpus())

    with (files("knowledge.privacy") / "likeness.npy").open("rb") as file:
        shipped = np.load(file)
    assert np.allclose(fitted, shipped, atol=0.1), "run python -m bot.commands.fit.likeness"


def share_stored(typed: Sequence[str]) -> float:
    return sum(map(is_nobodys, typed)) / len(typed)


@pytest.mark.parametrize(
    "told",
    [
        "samordnaren är ny", "vi har tagit hjälp av vår jurist", "den nyanställda på fritid är bra",
        "är gravid sedan i mars", "fick cellgifter i fredags", "jag orkar inte arbeta",
        "har haft panikattacker", "pojke 15 med vapen", "17-åring i rådet",
        "är rektorn astmatiker", "hur hanterar jag en medarbetare som muttrar",
    ],
)  # fmt: skip
def test_what_is_told_of_one_is_not_stored_however_harmless(told: str) -> None:
    assert not is_nobodys(told)


@pytest.mark.parametrize(
    "asked",
    [
        "samordnaren ska delta i rådet", "rektorn bör ansvara för trygghet i skolan",
        "jag vill anmäla min kollega till utbildningen", "jag behöver kontakt med vår kommunpolis",
        "är väktare tillåtna", "har klottret minskat", "har fått en ny lägesbild",
        "jag är ny som samordnare", "är rektorn ansvarig för skolan", "får en 15-åring dömas",
    ],
)  # fmt: skip
def test_what_is_asked_or_wished_of_a_role_is_stored(asked: str) -> None:
    assert is_nobodys(asked)


def test_a_time_a_date_and_an_authoritys_number_stay_as_they_are() -> None:
    changed = [one for one in CORPUS["about_nobody"] if privacy.mask(one) != one]

    assert changed == []


def test_our_own_questions_are_stored() -> None:
    articles = library().base.articles
    asked = [way for one in articles for way in (one.title, *one.wordings)]
    lost = [one for one in asked if not is_nobodys(one)]

    assert len(lost) <= 0.02 * len(asked), lost


def is_nobodys(typed: str) -> bool:
    return privacy.is_nobodys(typed, library().knows)


@given(st.text(max_size=300))
def test_any_text_at_all_is_read(typed: str) -> None:
    assert privacy.mask(privacy.mask(typed)) == privacy.mask(typed)
    is_nobodys(typed)
    describes_somebody(typed)
