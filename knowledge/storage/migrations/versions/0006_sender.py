"""Deliveries are claimed tenant by tenant, and conversations have a pace of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

PENDING = sa.text("status = 'pending'")


def upgrade() -> None:
    """The index that claims use now, and a table."""
    op.create_table(
        "conversation_paces",
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("next_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "conversation"),
    )
    _index_by("tenant_id", "due", "id")
    # Nobody claims for a tenant without a line.
    op.execute(
        "INSERT INTO paces (tenant_id, next_at) SELECT DISTINCT tenant_id, 0.0 FROM deliveries "
        "WHERE tenant_id NOT IN (SELECT tenant_id FROM paces)"
    )


def downgrade() -> None:
    """As it was."""
    _index_by("due", "id", "tenant_id")
    op.drop_table("conversation_paces")


def _index_by(*columns: str) -> None:
    op.drop_index("deliveries_to_claim", "deliveries")
    op.create_index(
        "deliveries_to_claim",
        "deliveries",
        list(columns),
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    )
