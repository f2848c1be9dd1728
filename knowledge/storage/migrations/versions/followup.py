"""Pausing, progress, acknowledgements, and the key that links are signed with."""

import sqlalchemy as sa
from alembic import op

from knowledge.storage.database import Moment

revision = "followup"
down_revision = "0001"


def upgrade() -> None:
    """Nothing that is there changes."""
    op.add_column(
        "deliveries", sa.Column("held", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("announcements", sa.Column("training_id", sa.Integer(), nullable=True))
    op.add_column(
        "announcements",
        sa.Column("acknowledge", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_table(
        "acknowledgements",
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["announcement_id"], ["announcements.id"]),
        sa.PrimaryKeyConstraint("announcement_id", "tenant_id", "object_id"),
    )
    op.create_table(
        "progress_cards",
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.Float(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["announcement_id"], ["announcements.id"]),
        sa.PrimaryKeyConstraint("announcement_id"),
    )
    op.create_table(
        "link_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    """What only the new version understands is gone."""
    op.drop_table("link_keys")
    op.drop_table("progress_cards")
    op.drop_table("acknowledgements")
    op.drop_column("announcements", "acknowledge")
    op.drop_column("announcements", "training_id")
    op.drop_column("deliveries", "held")
