"""Who is in the log stays who it was, nothing takes its place, and a question keeps its number."""

from alembic import op

revision = "0032"
down_revision = "0031"

_REFUSES = "the audit is append-only"

_SQLITE = {
    "audit_people_refuses_update": "UPDATE ON audit_people",
    # REPLACE deletes without asking a trigger that refuses to delete.
    "audit_refuses_replace": "INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)",
    "audit_people_refuses_replace": (
        "INSERT ON audit_people WHEN EXISTS (SELECT 1 FROM audit_people WHERE id = NEW.id)"
    ),
}
_POSTGRESQL = (
    "CREATE TRIGGER audit_people_refuses_change BEFORE UPDATE ON audit_people "
    "FOR EACH ROW EXECUTE FUNCTION audit_refuses()"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRESQL)
        return
    for name, when in _SQLITE.items():
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{_REFUSES}'); END"
        )
    _number_questions(autoincrement=True)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_people_refuses_change ON audit_people")
        return
    for name in _SQLITE:
        op.execute(f"DROP TRIGGER {name}")
    _number_questions(autoincrement=False)


def _number_questions(*, autoincrement: bool) -> None:
    """SQLite gives the number of the latest row again once that is gone, unless told not to."""
    with op.batch_alter_table(
        "enquiries",
        recreate="always",
        table_kwargs={"sqlite_autoincrement": autoincrement},
    ):
        pass
