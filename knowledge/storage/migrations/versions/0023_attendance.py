"""Who came to trainings, what they thought of them, and what certifies it."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _attendance()
    _evaluations()
    _certificates()


def downgrade() -> None:
    for table in (
        "training_certificates",
        "evaluation_answers",
        "evaluation_answered",
        "training_evaluations",
        "wrong_check_in_codes",
        "training_attendance_history",
        "training_attendance",
    ):
        op.drop_table(table)


def _training(name: str = "training_id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], ["trainings.id"])


def _person(name: str = "person_id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], ["people.id"])


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _attendance() -> None:
    op.create_table(
        "training_attendance",
        _number("training_id"),
        _number("meeting"),
        _number("person_id"),
        _text("mark"),
        _training(),
        _person(),
        sa.PrimaryKeyConstraint("training_id", "meeting", "person_id"),
    )
    op.create_index("training_attendance_by_person", "training_attendance", ["person_id"])
    op.create_table(
        "training_attendance_history",
        _number("id"),
        sa.Column("at", MOMENT, nullable=False),
        _number("training_id"),
        _number("meeting"),
        _number("person_id"),
        _number("by_person_id"),
        _text("was"),
        _text("became"),
        _training(),
        _person(),
        _person("by_person_id"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "training_attendance_history_by_training",
        "training_attendance_history",
        ["training_id", "person_id"],
    )
    op.create_table(
        "wrong_check_in_codes",
        _number("id"),
        _number("person_id"),
        sa.Column("at", MOMENT, nullable=False),
        _person(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("wrong_check_in_codes_by_person", "wrong_check_in_codes", ["person_id"])


def _evaluations() -> None:
    op.create_table(
        "training_evaluations",
        _number("training_id"),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.Column("sent_at", MOMENT),
        _number("asked"),
        sa.Column("purged_at", MOMENT),
        _training(),
        sa.PrimaryKeyConstraint("training_id"),
    )
    op.create_table(
        "evaluation_answered",
        _number("training_id"),
        _number("person_id"),
        _training(),
        _person(),
        sa.PrimaryKeyConstraint("training_id", "person_id"),
    )
    op.create_table(
        "evaluation_answers",
        _text("id"),
        _number("training_id"),
        _number("useful"),
        _number("arranged"),
        _text("words"),
        _training(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("evaluation_answers_by_training", "evaluation_answers", ["training_id"])


def _certificates() -> None:
    op.create_table(
        "training_certificates",
        _text("code"),
        _number("training_id"),
        _number("person_id"),
        sa.Column("issued_at", MOMENT, nullable=False),
        _training(),
        _person(),
        sa.PrimaryKeyConstraint("code"),
        sa.UniqueConstraint("training_id", "person_id", name="one_certificate_for_each_training"),
    )
    op.create_index("training_certificates_by_person", "training_certificates", ["person_id"])
