"""How long things are kept: when somebody was last here, holds, erasures, and what was purged."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Everybody was here today, as far as anybody knows: nothing is purged too early."""
    op.add_column("people", sa.Column("seen_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE people SET seen_at = CURRENT_TIMESTAMP")
    used = sa.Column("used_at", sa.Float(), nullable=False, server_default="0")
    op.add_column("conversations", used)
    op.execute(f"UPDATE conversations SET used_at = {_now()}")  # noqa: S608
    op.create_index("deliveries_by_message", "deliveries", ["message_id"])
    op.create_table(
        "retention_holds",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True)),
    )
    op.create_index("holds_by_person", "retention_holds", ["tenant_id", "object_id"])
    op.create_table(
        "erasures",
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "retention_log",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
    )
    op.create_table(
        "kept_counts",
        sa.Column("about", sa.Text(), primary_key=True),
        sa.Column("municipality", sa.Text(), primary_key=True),
        sa.Column("position", sa.Text(), primary_key=True),
        sa.Column("status", sa.Text(), primary_key=True),
        sa.Column("times", sa.Integer(), nullable=False),
    )
    _remake_verdicts(None, "")


def downgrade() -> None:
    """Verdicts get keys that mean nothing: whose they were is not known any more."""
    act = sa.Column("act", sa.Text(), nullable=False, unique=True)
    _remake_verdicts(act, "'verdict:' || id")
    for table in ("kept_counts", "retention_log", "erasures", "retention_holds"):
        op.drop_table(table)
    op.drop_index("deliveries_by_message", "deliveries")
    op.drop_column("conversations", "used_at")
    op.drop_column("people", "seen_at")


def _remake_verdicts(act: sa.Column[str] | None, key: str) -> None:
    """SQLite cannot drop a column that is unique: the rows move to another table."""
    op.drop_index("verdicts_by_article", "verdicts")
    op.create_table(
        "verdicts_now",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("checked", sa.Date(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        *([] if act is None else [act]),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
    )
    names = "article, checked, verdict, given_at"
    into, read = (names, names) if act is None else (f"{names}, {act.name}", f"{names}, {key}")
    op.execute(f"INSERT INTO verdicts_now ({into}) SELECT {read} FROM verdicts")  # noqa: S608
    op.drop_table("verdicts")
    op.rename_table("verdicts_now", "verdicts")
    op.create_index("verdicts_by_article", "verdicts", ["article", "checked"])


def _now() -> str:
    if op.get_bind().dialect.name == "postgresql":
        return "extract(epoch from clock_timestamp())"
    return "((julianday('now') - 2440587.5) * 86400.0)"
