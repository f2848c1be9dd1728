"""Cards that follow a send, and the key that links are signed with."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Nothing that is there changes."""
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
