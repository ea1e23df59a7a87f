"""Tables of files on their way in."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from engine.store.schema import Code, Digest, Id, Moment, metadata

upload = Table(
    "upload",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("user_id", Id, ForeignKey("user_account.id"), nullable=False),
    Column("dossier", Code),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("received", Integer, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("file", Digest),
    Column("pages", Integer),
    Column("media_type", String(64)),
    Column("taken", Boolean, nullable=False),
    Index("ix_upload_user_id", "user_id"),
    Index("ix_upload_expires_at", "expires_at"),
    Index("ix_upload_file", "file"),
)
"""A file that someone sends, until a document takes it; `file` once it is whole and was let in."""

upload_piece = Table(
    "upload_piece",
    metadata,
    Column("upload_id", String(32), ForeignKey("upload.id"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("digest", Digest, nullable=False),
    PrimaryKeyConstraint("upload_id", "start"),
)

file_signatures = Table(
    "file_signatures",
    metadata,
    Column("digest", Digest, primary_key=True),
    Column("verdict", String(8), nullable=False),
    Column("sentence", Text, nullable=False),
    Column("examined_at", Moment, nullable=False),
    CheckConstraint("verdict IN ('VALID', 'INVALID', 'UNKNOWN')", name="verdict"),
)
"""What is to be thought of the signatures in a file that somebody sent, as of when it came in: the
worst of them. Files without signatures are not in here. It names files and keeps none."""
