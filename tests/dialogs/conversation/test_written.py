"""What people write at length: line by line as they wrote it, and nothing happens by it."""

import pytest

from dialogs.conversation.written import safe_markdown, written
from knowledge.addresses import completed, encoded, is_for_signed_in, is_picture


def lines(typed: str, *, as_markdown: bool = True) -> list[str]:
    """The blocks, with an empty one where a paragraph begins."""
    shown: list[str] = []
    for block in written(typed, as_markdown=as_markdown):
        shown += [*([""] if shown and "spacing" not in block else []), block["text"]]
    return shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("**fet** och [bra.se](https://bra.se)", "**fet** och [bra.se](https://bra.se)"),
        ("- ett", "- ett"),
        ("[logga in](http://evil.example)", "logga in (http://evil.example)"),
        ("[kör](javascript:alert(1))", "kör"),
        ("[kör](data:text/html,x)", "kör"),
        ("![bild](https://example.se/a.png)", "[bild](https://example.se/a.png)"),
        ("[Anna](mailto:anna@exempel.se?subject=Hej)", "Anna (anna@exempel.se)"),
        ("[anna@exempel.se](mailto:anna@exempel.se)", "anna@exempel.se"),
        ("[ring oss](tel:+46470123456)", "ring oss (+46470123456)"),
        ("[Brå](HTTPS://Bra.se/å)", "[Brå](https://bra.se/%C3%A5)"),
        ("[Brå](bra.se/a(1))", "[Brå](https://bra.se/a%281%29)"),
        ("# Rubrik", "Rubrik"),
        ("#tryggkommun är vi", r"\#tryggkommun är vi"),
        ("<at>Chef</at> {{DATE(x)}}", "‹at›Chef‹/at› { {DATE(x)}}"),
        (r"\\server\mapp", r"\\\\server\\mapp"),
        ("`kod` och ~~struken~~", r"\`kod\` och \~~struken\~~"),
        ("https://ex.se/~anna?a=1&b=2", "https://ex.se/~anna?a=1&b=2"),
        ("R&amp;D och AT&T", r"R\&amp;D och AT&T"),
        ("2*3*4", r"2\*3\*4"),
        ("---", r"\---"),
        ("* * *", r"\* * *"),
    ],
)
def test_a_coordinators_markdown_keeps_what_teams_shows(typed: str, shown: str) -> None:
    assert safe_markdown(typed) == shown


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\v", "\f", " \n"])
def test_a_line_is_a_line_whatever_ended_it(end: str) -> None:
    typed = end.join(["Tid: 10", "Plats: Växjö", "", "# Anmälan", "Skriv till oss", "#rådet"])

    assert lines(typed) == ["Tid: 10", "Plats: Växjö", "", "Anmälan", "Skriv till oss", r"\#rådet"]


def test_the_items_of_a_list_stay_together() -> None:
    assert lines("Vi tar:\n- kaffe\n- kaka\n1. först\n2. sedan\n\nHej") == [
        "Vi tar:", "- kaffe\n- kaka", "1. först\n2. sedan", "", "Hej",
    ]  # fmt: skip


def test_bold_goes_on_over_lines() -> None:
    assert lines("**Viktigt\nför alla** i rådet") == ["**Viktigt**", "**för alla** i rådet"]


def test_other_peoples_lines_are_shown_as_typed() -> None:
    assert lines("- ett\n**två**", as_markdown=False) == [r"\- ett", r"\*\*två\*\*"]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("bra.se", "https://bra.se"),
        ("www.bra.se/sök?q=å", "https://www.bra.se/s%C3%B6k?q=%C3%A5"),
        ("HTTPS://växjö.se/å", "https://xn--vxj-qla6g.se/%C3%A5"),
        ('https://bra.se/a|b"c{d}🙂', "https://bra.se/a%7Cb%22c%7Bd%7D%F0%9F%99%82"),
        ("https://bra.se/a%20b%2Fc", "https://bra.se/a%20b%2Fc"),
        ("https://😀.se", "https://xn--e28h.se"),
        ("//bra.se:8080/x", "https://bra.se:8080/x"),
        (" https://bra.se ", "https://bra.se"),
    ],
)
def test_an_address_is_written_as_every_client_opens_it(typed: str, address: str) -> None:
    assert encoded(completed(typed)) == address
    assert encoded(address) == address


@pytest.mark.parametrize(
    "typed",
    [
        "", "bra", "localhost", "http://bra.se", "ftp://bra.se", "javascript:alert(1)",
        "mailto:a@bra.se", "anna@bra.se", "https://anna:hemligt@bra.se", "https://",
        "https:// bra.se",
        "https://bra.se/a b", "https://a..b", "https://-a.se", "https://1.2.3", "https://bra.se:99999",
        "https://bra.se/\u202e", "https://xn--/", "https://xn--a-.se",
        "se handbok.pdf", "handbok.pdf", "kl.10.30", "t.ex. bra.se",
    ],
)  # fmt: skip
def test_what_is_no_address_is_none(typed: str) -> None:
    assert encoded(completed(typed)) == ""


@pytest.mark.parametrize(
    ("address", "shown", "private"),
    [
        ("https://bild.example/a.png", True, False),
        ("https://bild.example/a.JPG?bredd=10", True, False),
        ("https://bild.example/visa?id=7", True, False),
        ("https://bild.example/a.heic", False, False),
        ("https://bild.example/A.SVG", False, False),
        ("https://bild.example/sida.html", False, False),
        ("https://vaxjo.sharepoint.com/sites/x/a.png", True, True),
        ("https://vaxjo-my.sharepoint.com/:i:/g/abc", True, True),
        ("https://1drv.ms/i/abc", True, True),
        ("https://insharepoint.com/a.png", True, False),
    ],
)
def test_which_pictures_teams_shows_to_others(address: str, shown: bool, private: bool) -> None:
    assert (is_picture(address), is_for_signed_in(address)) == (shown, private)
