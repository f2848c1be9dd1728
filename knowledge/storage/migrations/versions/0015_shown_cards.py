"""Cards about announcements that lie in coordinators' chats."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Cards from before are not known, and stay as they are."""
    op.create_table(
        "shown_cards",
        sa.Column("group_key", sa.Text(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("shown_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("group_key"),
    )
    op.create_index("shown_cards_by_announcement", "shown_cards", ["announcement_id"])


def downgrade() -> None:
    """As it was."""
    op.drop_table("shown_cards")
