"""A certificate of attendance as a PDF: one page, in Swedish, with its text in reading order."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from knowledge import letters
from knowledge.trainings.certificates.models import Certificate
from knowledge.trainings.certificates.service import shown

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_PLAIN, _BOLD = "SourceSansPro-Regular", "SourceSansPro-Semibold"
_LEFT, _TOP, _WIDTH = 72.0, 720.0, 451.0  # an A4 page is 595 by 842 points
_LAST = 150.0
_MOST_ROWS = 30
"""More meetings than this are told by their number only."""


@dataclass(frozen=True)
class Line:
    """Some words, how large, and how much room is above them."""

    words: str
    size: float = 12.0
    font: str = _PLAIN
    above: float = 6.0


def paper(certificate: Certificate, organiser: str, check_url: str) -> bytes:
    """The file. `organiser` holds the training; at `check_url` the code can be checked."""
    from reportlab.pdfgen.canvas import Canvas  # 9 MB, for a file that is asked for now and then

    _know_fonts()
    file = BytesIO()
    canvas = Canvas(file, pagesize=(595.28, 841.89), lang="sv-SE")
    title = seen(certificate.training.title)
    canvas.setTitle(text("trainings_certificates.paper.page_title", title=title))
    canvas.setAuthor(seen(organiser))
    canvas.setCreator(text("trainings_certificates.paper.producer"))
    canvas.setSubject(text("trainings_certificates.paper.heading"))
    _write(canvas, [*_lines(certificate, organiser, check_url)])
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def seen(words: str) -> str:
    """What is seen of a name or a title, on one line: nothing in it does anything here."""
    return " ".join(letters.seen(words).split())


def days(certificate: Certificate) -> list[str]:
    """The meetings that the person was at, each with its day and times."""
    return [
        f"{swedish.moment(one.starts_at)}–{swedish.clock_time(one.ends_at)}"
        for one in certificate.attended
    ]


def _lines(certificate: Certificate, organiser: str, check_url: str) -> list[Line]:
    attended, total = days(certificate), len(certificate.training.each_meeting)
    name = seen(certificate.name) or text("trainings_participants.unnamed")
    key = "dates_one" if len(attended) == 1 else "dates_many"
    lines = [
        Line(_said("heading"), 34, _BOLD),
        Line(name, 22, _BOLD, 36),
        Line(_said("was_there"), above=10),
        Line(seen(certificate.training.title), 18, _BOLD, 10),
        Line(_said(key), 11, _BOLD, 28),
    ]
    lines += [Line(one) for one in attended[:_MOST_ROWS]]
    if total > 1:
        lines.append(Line(_said("of_all", count=len(attended), total=total)))
    issued = swedish.day(certificate.issued_at.astimezone(swedish.SWEDEN).date())
    for key, words in (("held_by", seen(organiser)), ("issued", issued)):
        lines += [Line(_said(key), 11, _BOLD, 18), Line(words)]
    lines += [Line(_said("code"), 11, _BOLD, 18), Line(shown(certificate.code), 14)]
    return [*lines, Line(_said("verify", url=check_url), 10)]


def _said(key: str, **told: object) -> str:
    return text(f"trainings_certificates.paper.{key}", **told)


def _write(canvas: "Canvas", lines: list[Line]) -> None:
    """From top to bottom, with what is long on several rows and smaller letters if it must be."""
    from reportlab.lib.utils import simpleSplit

    scale = 1.0
    while True:
        rows, height = [], 0.0
        for line in lines:
            size = line.size * scale
            split = simpleSplit(_whole_words(line, size), line.font, size, _WIDTH)
            height += line.above * scale
            for row in split or [""]:
                height += size * 1.3
                rows.append((row, line.font, size, height))
        if height <= _TOP - _LAST + 80 or scale < 0.5:
            break
        scale *= 0.9
    for row, font, size, below in rows:
        canvas.setFont(font, size)
        canvas.drawString(_LEFT, _TOP + 40 - below, row)


def _whole_words(line: Line, size: float) -> str:
    """Words that are wider than the page are cut where they must be."""
    most = max(int(_WIDTH / (size * 0.7)), 10)
    cut = (
        " ".join(word[n : n + most] for n in range(0, len(word), most))
        for word in line.words.split()
    )
    return " ".join(cut)


def _know_fonts() -> None:
    import font_source_sans_pro
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(font_source_sans_pro.__file__).parent / "files"
    for name in (_PLAIN, _BOLD):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))
