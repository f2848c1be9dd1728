"""What changes a delivery is found without reading all of them: purging many took hours."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

_CHANGES = sa.text("changes_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "deliveries_by_changed",
        "deliveries",
        ["changes_id"],
        sqlite_where=_CHANGES,
        postgresql_where=_CHANGES,
    )


def downgrade() -> None:
    op.drop_index("deliveries_by_changed", "deliveries")
