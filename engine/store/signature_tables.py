"""Tables of certificates, and of signatures that people give at another computer."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.store.schema import Code, Digest, Id, Moment, metadata

certificate = Table(
    "certificate",
    metadata,
    Column("id", Id, primary_key=True),
    Column("agency", Code, ForeignKey("agency.code"), nullable=False),
    Column("user_id", Id, ForeignKey("user_account.id")),
    Column("provider", String(16), nullable=False),
    Column("fingerprint", Digest, nullable=False),
    Column("subject", String(200), nullable=False),
    Column("issuer", String(200), nullable=False),
    Column("serial", String(64), nullable=False),
    Column("valid_from", Moment, nullable=False),
    Column("valid_until", Moment, nullable=False),
    Column("der", LargeBinary, nullable=False),
    Column("chain", JSON, nullable=False),
    Column("access", JSON, nullable=False),
    Column("key_file", LargeBinary),
    Column("image", LargeBinary),
    Column("registered_at", Moment, nullable=False),
    Column("registered_by", Id, nullable=False),
    Column("retired_at", Moment),
    Index("ix_certificate_agency", "agency", "valid_until", "id"),
    Index(
        "ix_certificate_user_id",
        "user_id",
        postgresql_where=text("retired_at IS NULL"),
        sqlite_where=text("retired_at IS NULL"),
    ),
)
"""Certificates of people (`user_id`) and of agencies. `access` says how the key is reached (labels
of a token, credential of a service); `chain` are further certificates, base64 of their DER."""

signature_request = Table(
    "signature_request",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("user_id", Id, ForeignKey("user_account.id"), nullable=False),
    Column("dossier", Code, nullable=False),
    Column("document", Integer, nullable=False),
    Column("capacity", String(16), nullable=False),
    Column("place", Integer),
    Column("certificate_id", Id, ForeignKey("certificate.id"), nullable=False),
    Column("before", Digest, nullable=False),
    Column("appended", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("attributes", LargeBinary, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("ix_signature_request_expires_at", "expires_at"),
)
"""Signatures begun here, whose value comes from a key elsewhere. `appended` is what goes after
the file `before`."""

signing_batch = Table(
    "signing_batch",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", Id, ForeignKey("user_account.id"), nullable=False),
    Column("key", String(64), nullable=False),
    Column("decision", String(64), nullable=False),
    Column("cause", String(64)),
    Column("certificate_id", Id, ForeignKey("certificate.id")),
    Column("started_at", Moment, nullable=False),
    Column("alive_until", Moment),
    UniqueConstraint("user_id", "key"),
)
"""Results that someone signs in one act. `alive_until`: somebody is at it, and heard of again by
then; `key`: the form that began it, which acts once."""

signing_line = Table(
    "signing_line",
    metadata,
    Column("batch_id", Id, ForeignKey("signing_batch.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("dossier", Code, nullable=False),
    Column("place", Integer, nullable=False),
    Column("revision", Integer),
    Column("state", String(16), nullable=False, server_default="waiting"),
    Column("detail", Text),
    PrimaryKeyConstraint("batch_id", "number"),
    CheckConstraint("state IN ('waiting', 'done', 'already', 'refused')", name="state"),
)
"""The tasks of such an act and what became of each; `detail` says why one was refused."""
