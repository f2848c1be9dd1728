"""Seats that are kept for people of some places until a given time."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

RESERVED = "reserved INTEGER NOT NULL DEFAULT 0"
NEVER_KEPT_TWICE = "CONSTRAINT never_kept_twice CHECK (reserved >= 0 AND taken + reserved <= seats)"


def upgrade() -> None:
    op.add_column("trainings", sa.Column("quotas", sa.Text(), nullable=False, server_default=""))
    op.add_column("trainings", sa.Column("quotas_until", sa.DateTime(timezone=True)))
    op.execute(f"ALTER TABLE trainings ADD COLUMN {RESERVED} {NEVER_KEPT_TWICE}")
    column = sa.Column("municipality", sa.Text(), nullable=False, server_default="")
    op.add_column("signups", column)


def downgrade() -> None:
    """Nothing is kept any more."""
    op.execute("DELETE FROM timers WHERE kind = 'quotas'")
    op.drop_column("signups", "municipality")
    for name in ("reserved", "quotas_until", "quotas"):  # the check goes with its column
        op.drop_column("trainings", name)
