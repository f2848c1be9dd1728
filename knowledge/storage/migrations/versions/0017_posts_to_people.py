"""What was posted to a person is found by the person."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    people = sa.text("is_person")
    op.create_index(
        "deliveries_to_people",
        "deliveries",
        ["target"],
        sqlite_where=people,
        postgresql_where=people,
    )


def downgrade() -> None:
    op.drop_index("deliveries_to_people", "deliveries")
