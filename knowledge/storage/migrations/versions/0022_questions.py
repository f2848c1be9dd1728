"""Meetings that were taken away, questions to who signs up, and their answers."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Trainings from before ask nothing."""
    for name in ("dropped", "questions"):
        column = sa.Column(name, sa.Text(), nullable=False, server_default="")
        op.add_column("trainings", column)
    op.create_table(
        "signup_answers",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("training_id", sa.Integer(), sa.ForeignKey("trainings.id"), nullable=False),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erase_at", sa.DateTime(timezone=True), nullable=False),
    )
    columns = ["training_id", "person_id"]
    op.create_index("one_answer_per_person", "signup_answers", columns, unique=True)
    op.create_index("signup_answers_by_end", "signup_answers", ["erase_at"])


def downgrade() -> None:
    op.drop_table("signup_answers")
    for name in ("questions", "dropped"):
        op.drop_column("trainings", name)
