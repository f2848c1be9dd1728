"""Which training a message is about, so that a question right after it is about that one."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.add_column("messages", sa.Column("training_id", sa.Integer()))


def downgrade() -> None:
    op.drop_column("messages", "training_id")
