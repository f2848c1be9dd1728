"""A colleague may propose a training: the same question as a coordinator's, from somebody else."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Those from before are coordinators'."""
    op.add_column(
        "training_invitations",
        sa.Column("by_colleague", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index("training_invitations_by_asker", "training_invitations", ["by_person_id"])


def downgrade() -> None:
    """Colleagues' questions would read as coordinators' ones: they go."""
    op.execute(sa.text("DELETE FROM training_invitations WHERE by_colleague"))
    op.drop_index("training_invitations_by_asker", "training_invitations")
    op.drop_column("training_invitations", "by_colleague")
