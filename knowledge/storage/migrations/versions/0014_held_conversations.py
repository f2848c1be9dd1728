"""Conversations whose line Teams has asked us to hold."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """A line that is held at this moment is let go: Teams says so again if it must."""
    column = sa.Column("held_until", sa.Float(), nullable=False, server_default="0")
    op.add_column("conversation_paces", column)


def downgrade() -> None:
    """A hold is in the line's next place, as before."""
    with op.batch_alter_table("conversation_paces") as table:
        table.drop_column("held_until")
