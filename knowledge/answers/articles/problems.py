"""What is wrong with the content, said to the person who can mend it."""

from dataclasses import dataclass

from knowledge.answers.data import read


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: in which file, at which field or line, and what to do about it, in Swedish."""

    file: str
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.field}: {self.message}"


class FileProblems:
    """Collects the problems of one file into a list shared by all files."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self._file = file
        self._problems = problems

    def add(self, field: str, key: str, **values: object) -> None:
        """Note a problem; `key` is its message in `check.toml`."""
        message: str = read("articles/check")["messages"][key]
        self._problems.append(Problem(self._file, field, message.format(**values)))
