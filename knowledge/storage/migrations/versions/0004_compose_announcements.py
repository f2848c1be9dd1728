"""Announcements with pictures and trainings, approved, scheduled and acknowledged; templates.

Revision ID: compose
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from knowledge.storage.database import Moment

revision = "0004"
down_revision = "0003"

WAITING = sa.text("status = 'waiting_approval'")
SCHEDULED = sa.text("status = 'scheduled'")


def upgrade() -> None:
    """What one form now holds, what waits, and two tables."""
    for column in _columns():
        op.add_column("announcements", column)
    op.create_index("announcements_by_training", "announcements", ["training_id"])
    op.create_index(
        "announcements_to_send",
        "announcements",
        ["send_at"],
        sqlite_where=SCHEDULED,
        postgresql_where=SCHEDULED,
    )
    op.create_index(
        "announcements_to_approve",
        "announcements",
        ["county"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_table(
        "acknowledgements",
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["announcement_id"], ["announcements.id"]),
        sa.PrimaryKeyConstraint("announcement_id", "tenant_id", "object_id"),
    )
    op.create_table(
        "announcement_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("link_title", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("picture_alt", sa.Text(), nullable=False),
        sa.Column("acknowledge", sa.Boolean(), nullable=False),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("county", "heading", name="one_template_per_heading"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Announcements are what they were."""
    op.drop_table("announcement_templates")
    op.drop_table("acknowledgements")
    for index in ("announcements_to_approve", "announcements_to_send", "announcements_by_training"):
        op.drop_index(index, table_name="announcements")
    for column in reversed(_columns()):
        op.drop_column("announcements", column.name)


def _columns() -> list[sa.Column[object]]:
    return [
        sa.Column("picture", sa.Text(), server_default="", nullable=False),
        sa.Column("picture_alt", sa.Text(), server_default="", nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=True),
        sa.Column("acknowledge", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("send_at", Moment(), nullable=True),
        sa.Column("corrected_at", Moment(), nullable=True),
        sa.Column("approver_tenant_id", sa.Text(), server_default="", nullable=False),
        sa.Column("approver_object_id", sa.Text(), server_default="", nullable=False),
        sa.Column("seats_shown", sa.Integer(), nullable=True),
        sa.Column("seats_shown_at", Moment(), nullable=True),
        sa.Column("deleted_at", Moment(), nullable=True),
    ]
