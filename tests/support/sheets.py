"""Excel files, read without Excel: a zip of XML."""

import re
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

SPACE = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


class Sheet:
    """The first sheet of a file. `page` is its XML."""

    def __init__(self, file: bytes) -> None:
        with ZipFile(BytesIO(file)) as parts:
            self.page = _tree(parts, "worksheets/sheet1")
            self._styles = _tree(parts, "styles")
            strings = _tree(parts, "sharedStrings")
            self._strings = [_plain("".join(one.itertext())) for one in strings]

    def rows(self) -> list[dict[str, str]]:
        """What the cells say by column, "A" and so on. Raises unless every cell is a text."""
        return [
            {cell.attrib["r"].rstrip("0123456789"): self._text(cell) for cell in row}
            for row in self.page.iterfind(".//x:row", SPACE)
        ]

    def is_bold(self, cell: str) -> bool:
        found = self.page.find(f".//x:c[@r='{cell}']", SPACE)
        assert found is not None
        style = self._styles.findall(".//x:cellXfs/x:xf", SPACE)[int(found.get("s", "0"))]
        font = self._styles.findall(".//x:fonts/x:font", SPACE)[int(style.attrib["fontId"])]
        return font.find("x:b", SPACE) is not None

    def _text(self, cell: ElementTree.Element) -> str:
        assert cell.get("t") == "s", "a number or a formula"
        assert cell.find("x:f", SPACE) is None
        return self._strings[int(cell.findtext("x:v", "", SPACE))]


def _tree(parts: ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(parts.read(f"xl/{name}.xml"))  # noqa: S314 - we wrote it


def _plain(escaped: str) -> str:
    """Excel writes what XML does not allow, and what looks like it, as _x000D_."""
    return re.sub(r"_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), escaped)
