"""What the tests of the answers share: a content folder to spoil in one place at a time."""

import re
import shutil
from collections.abc import Collection
from pathlib import Path

from knowledge.answers.articles.loader import shipped_content

WORDINGS = (
    "måste vi ha en {0}",
    "{0} krav",
    "behövs {0}",
    "är {0} obligatoriskt för kommunen",
    "chefen undrar om vi kan slippa {0}",
    "vi hinner inte med {0} i år",
    "vem har bestämt att vi ska ha {0}",
    "står {0} i lagen",
)
COLLOQUIAL = ("går det att låta bli {0}", "räcker det med {0} eller ska det vara mer")
RELATED = re.compile(r"^related = \[(.*)\]$", re.MULTILINE)
SUBJECTS = ("lägesbild", "trygghetsvandring", "medborgarlöfte")


def copy_topics(root: Path, *topics: str) -> Path:
    """Some of the shipped topics, without what they say of the others: checked in no time."""
    root.mkdir()
    for file in shipped_content().glob("*.toml"):
        shutil.copy(file, root)
    for topic in topics:
        shutil.copytree(shipped_content() / topic, root / topic)
    articles = {f'"{path.stem}"': path for path in root.glob("*/*.md")}
    for path in articles.values():
        text = path.read_text("utf-8")
        path.write_text(RELATED.sub(lambda line: _among(line[1], articles), text), "utf-8")
    return root


def _among(related: str, ids: Collection[str]) -> str:
    return f"related = [{', '.join(id_ for id_ in related.split(', ') if id_ in ids)}]"


class ContentFolder:
    """A small, faultless content folder on disk: three articles, two terms, one source."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("topics.toml", 'arbetet = "Arbetet"\n')
        self.write(
            "sources.toml",
            '[L1]\ntitle = "Lagen (2023:196)"\npublisher = "Riksdagen"\nurl = "https://lagen.nu/2023:196"\n'
            '[A1]\ntitle = "Ett samtal"\npublisher = "Sekundärkälla"\n',
        )
        self.write(
            "glossary.toml",
            '[[term]]\nname = "SSPF"\nvariants = ["sspf-arbete"]\nmeaning = "Skola och polis."\n'
            'sources = ["L1"]\n'
            '[[term]]\nname = "lägesbild"\nvariants = ["lägesbilden"]\nmeaning = "En bild."\n'
            "sources = []\n",
        )
        for subject in SUBJECTS:
            self.add(subject)

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def add(self, subject: str) -> Path:
        """An article about a subject, with ten ways of asking for it."""
        return self.write(f"arbetet/{self.id(subject)}.md", self.article(subject))

    def change(self, old: str, new: str, subject: str = SUBJECTS[0]) -> Path:
        """Put something else into one article; fails when there is nothing to change."""
        path = self.root / "arbetet" / f"{self.id(subject)}.md"
        text = path.read_text("utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new), "utf-8")
        return path

    @staticmethod
    def id(subject: str) -> str:
        return "maste-vi-ha-" + subject.translate(str.maketrans("åäö", "aao"))

    @classmethod
    def article(cls, subject: str) -> str:
        wordings, colloquial = (
            "".join(f'  "{way.format(subject)}",\n' for way in ways)
            for ways in (WORDINGS, COLLOQUIAL)
        )
        related = ", ".join(f'"{cls.id(other)}"' for other in SUBJECTS if other != subject)
        return (
            f'+++\nid = "{cls.id(subject)}"\ntitle = "Måste kommunen ha en {subject}?"\n'
            f'title_en = "Must the municipality have the thing called {cls.id(subject)}?"\n'
            f'topic = "arbetet"\nwordings = [\n{wordings}]\ncolloquial = [\n{colloquial}]\n'
            f'english = ["must we have {subject}", "is {subject} required"]\n'
            f'sources = ["L1 4 §"]\nrests_on = ["2023:196 4"]\n'
            f'checked = 2026-01-15\nowner = "Redaktionen"\n'
            f"related = [{related}]\n+++\n"
            f"Ja, kommunen ska ha en {subject}. Det står i lagen.\n\n## Läs mer\n"
            f"Läs mer om {subject} i [lagen](https://lagen.nu/2023:196).\n"
        )
