"""What two articles may not share. A base with such a clash is not answered from at all."""

from collections.abc import Mapping

from knowledge.answers.articles.problems import FileProblems, Problem
from knowledge.answers.models import Article
from knowledge.answers.search.text import same


def find_clashes(articles: Mapping[str, Article], problems: list[Problem]) -> None:
    """Note what stands twice in these articles, by file, at the later of the two."""
    _find_ids(articles, problems)
    _find_wordings(articles, problems)


def _find_ids(articles: Mapping[str, Article], problems: list[Problem]) -> None:
    taken: dict[str, str] = {}
    for file, article in articles.items():
        other = taken.setdefault(article.id, file)
        if other != file:
            FileProblems(file, problems).add("id", "id_taken", other=other)


def _find_wordings(articles: Mapping[str, Article], problems: list[Problem]) -> None:
    """No wording may stand in two articles: the engine could not tell which article was meant."""
    taken: dict[str, str] = {}
    for file, article in articles.items():
        wrong = FileProblems(file, problems)
        for field, ways in (
            ("title", (article.title,)),
            ("title_en", (article.title_en,)),
            ("wordings", article.wordings),
            ("colloquial", article.colloquial),
            ("english", article.english),
        ):
            for way in ways:
                other = taken.setdefault(same(way), file)
                if other != file:
                    wrong.add(field, "wording_taken", wording=way, other=other)
