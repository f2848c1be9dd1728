"""Who came to a meeting without having a seat."""

from alembic import op

revision = "0029"
down_revision = "0028"

WALK_IN = "walk_in BOOLEAN NOT NULL DEFAULT false"
CAME = "CONSTRAINT walk_in_came CHECK (NOT walk_in OR mark = 'present')"


def upgrade() -> None:
    op.execute(f"ALTER TABLE training_attendance ADD COLUMN {WALK_IN} {CAME}")


def downgrade() -> None:
    """Who came without a seat is not known any more."""
    op.execute("DELETE FROM training_attendance WHERE walk_in")
    op.drop_column("training_attendance", "walk_in")  # the check goes with its column
