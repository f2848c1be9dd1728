"""Who wants a large announcement sent, and what is to be done with it when a colleague agrees."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_ASKER = ("asker_tenant_id", "asker_object_id")
_WORDS = ("heading", "text", "link", "link_title", "picture", "picture_alt")
_TEXTS = ("act", *_WORDS, *_ASKER, "asker_name", "status")


def upgrade() -> None:
    """Nothing that is there changes: what was sent off before was sent off by its author."""
    for name in _ASKER:
        op.add_column(
            "announcements", sa.Column(name, sa.Text(), nullable=False, server_default="")
        )
    op.create_table(
        "announcement_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TEXTS),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decider_tenant_id", sa.Text(), nullable=False, server_default=""),
        sa.Column("decider_object_id", sa.Text(), nullable=False, server_default=""),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["announcement_id"], ["announcements.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("proposals_by_announcement", "announcement_proposals", ["announcement_id"])
    op.create_index(
        "one_waiting_proposal",
        "announcement_proposals",
        ["announcement_id"],
        unique=True,
        sqlite_where=sa.text("status = 'waiting'"),
        postgresql_where=sa.text("status = 'waiting'"),
    )


def downgrade() -> None:
    """What waits for a colleague is forgotten, and nothing of it is done."""
    op.drop_table("announcement_proposals")
    for name in reversed(_ASKER):
        op.drop_column("announcements", name)
