"""Other readings of a figure's print, and what was read first where one of them was chosen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("figure", sa.Column("raw", sa.Text()))
    op.create_table(
        "other_reading",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "submission_id",
            sa.Integer(),
            sa.ForeignKey("submission.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.UniqueConstraint("submission_id", "path", "position"),
    )


def downgrade() -> None:
    op.drop_table("other_reading")
    op.drop_column("figure", "raw")
