"""Audiences, what recipients decide, and questions to the author."""

import json

import sqlalchemy as sa
from alembic import op

from knowledge.storage.database import Moment

revision = "0005"
down_revision = "0004"

_BEFORE = ("municipalities", "to_channels", "to_people")


def upgrade() -> None:
    """Whom announcements go to becomes one column; people get choices."""
    _upgrade_announcements()
    op.add_column("trainings", sa.Column("added_at", Moment()))
    op.add_column("people", sa.Column("position", sa.Text(), nullable=False, server_default=""))
    for name in ("position_asked", "muted", "weekly", "blocked"):
        op.add_column(
            "people", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.add_column("people", sa.Column("weekly_told_at", Moment()))
    _create_follows()
    _create_gathered()
    _create_enquiries()


def downgrade() -> None:
    """As before; what recipients decided is lost."""
    for table in ("enquiries", "gathered_announcements", "follows"):
        op.drop_table(table)
    for name in ("position", "position_asked", "muted", "weekly", "blocked", "weekly_told_at"):
        op.drop_column("people", name)
    op.drop_column("trainings", "added_at")
    _downgrade_announcements()


def _upgrade_announcements() -> None:
    op.add_column(
        "announcements", sa.Column("audience", sa.Text(), nullable=False, server_default="{}")
    )
    table = _announcements(*_BEFORE)
    for row in op.get_bind().execute(sa.select(table)).mappings().all():
        municipalities = row["municipalities"].split()
        kept = {
            "counties": [] if municipalities else [row["county"]],
            "municipalities": municipalities,
            "to_channels": bool(row["to_channels"]),
            "to_people": bool(row["to_people"]),
        }
        this = table.update().where(table.c.id == row["id"])
        op.get_bind().execute(this.values(audience=json.dumps(kept)))
    for name in _BEFORE:
        op.drop_column("announcements", name)


def _downgrade_announcements() -> None:
    old = sa.Column("municipalities", sa.Text(), nullable=False, server_default="")
    op.add_column("announcements", old)
    for name, default in (("to_channels", sa.true()), ("to_people", sa.false())):
        op.add_column(
            "announcements", sa.Column(name, sa.Boolean(), nullable=False, server_default=default)
        )
    table = _announcements(*_BEFORE)
    for row in op.get_bind().execute(sa.select(table)).mappings().all():
        kept = json.loads(row["audience"])
        this = table.update().where(table.c.id == row["id"])
        op.get_bind().execute(
            this.values(
                municipalities=" ".join(kept.get("municipalities", [])),
                to_channels=kept.get("to_channels", True),
                to_people=kept.get("to_people", False),
            )
        )
    op.drop_column("announcements", "audience")


def _announcements(*names: str) -> sa.TableClause:
    return sa.table("announcements", *map(sa.column, ("id", "county", "audience", *names)))


def _create_follows() -> None:
    op.create_table(
        "follows",
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("person_id", "theme"),
    )
    op.create_index("follows_by_theme", "follows", ["theme"])


def _create_gathered() -> None:
    op.create_table(
        "gathered_announcements",
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("told_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.ForeignKeyConstraint(["announcement_id"], ["announcements.id"]),
        sa.PrimaryKeyConstraint("person_id", "announcement_id"),
    )


def _create_enquiries() -> None:
    op.create_table(
        "enquiries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("responder_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False, server_default=""),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["asker_id"], ["people.id"]),
        sa.ForeignKeyConstraint(["responder_id"], ["people.id"]),
        sa.ForeignKeyConstraint(["announcement_id"], ["announcements.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("act"),
    )
    op.create_index("enquiries_by_announcement", "enquiries", ["announcement_id"])
    op.create_index("enquiries_by_responder", "enquiries", ["responder_id"])
