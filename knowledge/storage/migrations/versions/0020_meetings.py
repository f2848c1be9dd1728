"""Trainings of several meetings, with a seat at all of them or at one by one."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """A training from before is a single meeting."""
    column = sa.Column("meetings", sa.Text(), nullable=False, server_default="")
    op.add_column("trainings", column)
    op.add_column("trainings", sa.Column("series", sa.Integer()))
    op.create_index("trainings_by_series", "trainings", ["series"])


def downgrade() -> None:
    """A series becomes one long training, from its first meeting to its last."""
    op.drop_index("trainings_by_series", "trainings")
    op.drop_column("trainings", "series")
    op.drop_column("trainings", "meetings")
