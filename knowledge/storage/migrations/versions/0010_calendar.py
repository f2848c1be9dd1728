"""What a calendar knows a sign-up by: the same for a person and a training, and nowhere else."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_signups = sa.table(
    "signups",
    sa.column("id", sa.Integer),
    sa.column("training_id", sa.Integer),
    sa.column("person_id", sa.Integer),
    sa.column("calendar_uid", sa.Text),
    sa.column("calendar_sequence", sa.Integer),
)


def upgrade() -> None:
    """Who has signed up anew comes after what was withdrawn, in the calendar too."""
    op.add_column(
        "signups", sa.Column("calendar_uid", sa.Text(), nullable=False, server_default="")
    )
    op.add_column(
        "signups",
        sa.Column("calendar_sequence", sa.Integer(), nullable=False, server_default="0"),
    )
    uids: dict[tuple[int, int], str] = {}
    steps: dict[tuple[int, int], int] = {}
    connection = op.get_bind()
    query = sa.select(_signups.c.id, _signups.c.training_id, _signups.c.person_id)
    for id_, *its in connection.execute(query.order_by(_signups.c.id)).all():
        key = (its[0], its[1])
        uid, step = uids.setdefault(key, str(uuid.uuid4())), steps.get(key, -2) + 2
        steps[key] = step
        row = sa.update(_signups).where(_signups.c.id == id_)
        connection.execute(row.values(calendar_uid=uid, calendar_sequence=step))
    op.create_index("signups_by_training_and_person", "signups", ["training_id", "person_id"])


def downgrade() -> None:
    """Calendars know them by the rows' numbers again."""
    op.drop_index("signups_by_training_and_person", "signups")
    op.drop_column("signups", "calendar_sequence")
    op.drop_column("signups", "calendar_uid")
