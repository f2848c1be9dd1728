"""How many faults somebody has reported today."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Nothing that is there changes."""
    op.create_table(
        "report_days",
        sa.Column("reporter", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("reporter", "day"),
    )


def downgrade() -> None:
    """What only the new version understands is gone."""
    op.drop_table("report_days")
