"""What the statutes say today, for the answers that rest on them."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Empty until an act has been read."""
    op.create_table(
        "law_acts",
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True)),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("act"),
    )
    op.create_table(
        "law_sections",
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("act", "place"),
    )
    op.create_table(
        "law_wordings",
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint"),
    )


def downgrade() -> None:
    """What was read can be read again."""
    for name in ("law_wordings", "law_sections", "law_acts"):
        op.drop_table(name)
