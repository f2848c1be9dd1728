"""Answers that are written down and not yet spoken."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Everything that was answered until now was spoken."""
    column = sa.Column("unspoken", sa.Text(), nullable=False, server_default="{}")
    op.add_column("conversations", column)


def downgrade() -> None:
    """What was not spoken is forgotten, as before."""
    with op.batch_alter_table("conversations") as table:
        table.drop_column("unspoken")
