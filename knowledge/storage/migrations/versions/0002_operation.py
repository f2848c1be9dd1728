"""Timers, pauses, tallies and alarms."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_BADLY = sa.text(
    "status = 'failed' OR status = 'uncertain' OR status = 'blocked' OR status = 'not_installed'"
)


def upgrade() -> None:
    """New tables, and an index for what went wrong."""
    op.create_table(
        "timers",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("due", sa.Float(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lease", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), server_default="waiting", nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(
        "timers_to_claim",
        "timers",
        ["due"],
        unique=False,
        sqlite_where=sa.text("status = 'waiting'"),
        postgresql_where=sa.text("status = 'waiting'"),
    )
    op.create_table(
        "controls",
        sa.Column("group_key", sa.Text(), nullable=False),
        sa.Column("paused_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("group_key"),
    )
    op.create_table(
        "tallies",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "minute"),
    )
    op.create_table(
        "alarms",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("since", sa.Float(), nullable=False),
        sa.Column("ended", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_index(
        "deliveries_that_ended_badly",
        "deliveries",
        ["status", "reason"],
        unique=False,
        sqlite_where=_BADLY,
        postgresql_where=_BADLY,
    )


def downgrade() -> None:
    """What had been set to happen, and what was counted, is lost."""
    op.drop_index("deliveries_that_ended_badly", table_name="deliveries")
    op.drop_table("alarms")
    op.drop_table("tallies")
    op.drop_table("controls")
    op.drop_index("timers_to_claim", table_name="timers")
    op.drop_table("timers")
