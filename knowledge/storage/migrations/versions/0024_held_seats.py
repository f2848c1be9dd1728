"""Seats that are kept for one person for a while, and people who want no reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("signups", sa.Column("held_until", sa.DateTime(timezone=True)))
    op.add_column("signups", sa.Column("passed_at", sa.DateTime(timezone=True)))
    op.create_table(
        "training_reminders_off",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("person_id"),
    )


def downgrade() -> None:
    """A seat that was kept for somebody is free."""
    op.execute(
        "UPDATE trainings SET taken = taken - (SELECT count(*) FROM signups WHERE"
        " signups.training_id = trainings.id AND signups.held_until IS NOT NULL)"
    )
    op.execute("DELETE FROM timers WHERE kind = 'held_seat'")
    op.drop_table("training_reminders_off")
    op.drop_column("signups", "passed_at")
    op.drop_column("signups", "held_until")
