"""Trainings that coordinators write themselves, and what became of them and their sign-ups."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

_TEXTS = ("organizer", "for_whom", "bring", "join_link", "owners", "reason")
_MOMENTS = ("sign_up_until", "withdraw_until")


def upgrade() -> None:
    """A training from before belongs to its county; what it costs is not known, nor its history."""
    for name in _TEXTS:
        column = sa.Column(name, sa.Text(), nullable=False, server_default="")
        op.add_column("trainings", column)
    for name in _MOMENTS:
        op.add_column("trainings", sa.Column(name, sa.DateTime(timezone=True)))
    op.add_column("trainings", sa.Column("price", sa.Integer()))
    op.add_column(
        "trainings",
        sa.Column("online", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column(
        "trainings", sa.Column("version", sa.Integer(), nullable=False, server_default="0")
    )
    op.execute("UPDATE trainings SET owners = ',' || county || ','")
    op.add_column("announcements", sa.Column("training_shown", sa.Integer()))
    op.create_table(
        "training_history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("signup_id", sa.Integer()),
        sa.Column("by_person_id", sa.Integer()),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("became", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["training_id"], ["trainings.id"]),
        sa.ForeignKeyConstraint(["signup_id"], ["signups.id"]),
        sa.ForeignKeyConstraint(["by_person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("training_history_by_training", "training_history", ["training_id"])
    op.create_index("training_history_by_signup", "training_history", ["signup_id"])


def downgrade() -> None:
    """Drafts are not shown to anybody: they go."""
    op.drop_table("training_history")
    op.drop_column("announcements", "training_shown")
    op.execute("DELETE FROM trainings WHERE status IN ('draft', 'deleted')")
    for name in (*_TEXTS, *_MOMENTS, "price", "online", "version"):
        op.drop_column("trainings", name)
