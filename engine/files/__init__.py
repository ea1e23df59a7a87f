"""The file store: bytes by their SHA-256, written once, on a local disk or in S3."""
