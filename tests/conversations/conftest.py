"""On which databases a conversation is held."""

import pytest

POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On SQLite; when it is marked `both_databases`, on PostgreSQL too.

    What the services ask of a database is tested in `tests/knowledge/`, on both. Marked are the
    stories in which something else is asked: by these or there, every statement that some
    conversation needs is carried out on PostgreSQL.
    """
    if "database_url" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("both_databases")
        kinds = ["sqlite", POSTGRES] if both else ["sqlite"]
        metafunc.parametrize("database_url", kinds, indirect=True)


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database of the kind that the conversation is held on."""
    return str(request.getfixturevalue(f"{request.param}_url"))
