"""Who did what, when a role was given, which organisations are let in, and who was moved back."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

_REFUSES = "the audit is append-only"

_SQLITE = [
    f"CREATE TRIGGER audit_refuses_{what.lower()} BEFORE {what} ON audit "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSES}'); END"
    for what in ("UPDATE", "DELETE")
]

_POSTGRESQL = [
    "CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSES}'; END $$",
    "CREATE TRIGGER audit_refuses_change BEFORE UPDATE OR DELETE ON audit "
    "FOR EACH ROW EXECUTE FUNCTION audit_refuses()",
    "CREATE TRIGGER audit_refuses_truncate BEFORE TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()",
]


def upgrade() -> None:
    """Before this nobody wrote down who gave a role, and the list was the settings'."""
    _add_log()
    op.add_column("roles", sa.Column("granted_at", sa.DateTime(timezone=True)))
    op.add_column("roles", sa.Column("granted_by", sa.Text(), nullable=False, server_default=""))
    op.add_column("people", sa.Column("moved_from", sa.Text(), nullable=False, server_default=""))
    op.add_column("tenants", sa.Column("state", sa.Text(), nullable=False, server_default="in"))
    _add_flag("by_command", sa.false())
    op.execute("UPDATE tenants SET state = 'removed' WHERE NOT let_in")
    op.drop_column("tenants", "let_in")
    op.create_table(
        "refused_tenants",
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id"),
    )


def downgrade() -> None:
    """The log is lost, and whoever is suspended or removed stays shut out."""
    op.drop_table("refused_tenants")
    _add_flag("let_in", sa.true())
    op.execute("UPDATE tenants SET let_in = (state = 'in')")
    op.drop_column("tenants", "by_command")
    op.drop_column("tenants", "state")
    op.drop_column("people", "moved_from")
    op.drop_column("roles", "granted_by")
    op.drop_column("roles", "granted_at")
    op.drop_table("audit")
    op.drop_table("audit_people")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_refuses()")


def _add_flag(name: str, default: sa.ColumnElement[bool]) -> None:
    column = sa.Column(name, sa.Boolean(), nullable=False, server_default=default)  # type: ignore[var-annotated]
    op.add_column("tenants", column)


def _add_log() -> None:
    op.create_table(
        "audit_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("tenant_id", "object_id", name="one_in_audit"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by_number", sa.Integer()),
        sa.Column("whom_number", sa.Integer()),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("counties", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("audit_by_time", "audit", ["at"])
    for statement in _POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _SQLITE:
        op.execute(statement)
