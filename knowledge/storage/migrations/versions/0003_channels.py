"""Teams are remembered with all their channels, and with when Teams told it."""

import sqlalchemy as sa
from alembic import op

from knowledge.storage.database import Moment

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """New tables and columns; what is known of the teams so far is taken over."""
    op.add_column("people", sa.Column("changed_at", Moment()))
    op.add_column("channels", sa.Column("away", sa.Text(), server_default="", nullable=False))
    op.add_column("channels", sa.Column("changed_at", Moment()))
    op.add_column("channels", sa.Column("chosen_at", Moment()))
    op.create_table(
        "team_channels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("tenant_id", "team_id", "conversation_id", name="one_row_per_channel"),
    )
    op.create_table(
        "channel_readings",
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("service_url", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("due", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "team_id"),
    )
    _take_over()


def _take_over() -> None:
    """The known channels become the first of their teams; the others are read from Teams."""
    op.execute("UPDATE channels SET away = 'removed' WHERE NOT installed")
    op.execute(
        "INSERT INTO team_channels"
        " (tenant_id, team_id, conversation_id, name, kind, gone, changed_at)"
        " SELECT tenant_id, team_id, conversation_id, name, '', FALSE, CURRENT_TIMESTAMP"
        " FROM channels"
    )
    op.execute(
        "INSERT INTO channel_readings"
        " (tenant_id, team_id, service_url, token, attempts, started_at, due)"
        " SELECT tenant_id, team_id, service_url, '', 0, CURRENT_TIMESTAMP, 0"
        " FROM channels WHERE installed"
    )


def downgrade() -> None:
    """Back to one channel per team."""
    op.drop_table("channel_readings")
    op.drop_table("team_channels")
    op.drop_column("channels", "chosen_at")
    op.drop_column("channels", "changed_at")
    op.drop_column("channels", "away")
    op.drop_column("people", "changed_at")
