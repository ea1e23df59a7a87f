"""Where the files of an installation are, read from its settings."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from sqlalchemy.engine import make_url

from engine.settings import Settings, SettingsError

_OPTIONS = frozenset({"endpoint", "region"})


@dataclass(frozen=True)
class Address:
    """A folder of this machine; or, where it has a bucket, that of S3 and what reaches it."""

    folder: Path = field(default_factory=Path)
    bucket: str = ""
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    key_id: str = ""
    secret: str = field(default="", repr=False)

    @classmethod
    def of(cls, settings: Settings) -> "Address":
        """What `MOTCUA_STORAGE_URL` says, else a folder beside the database.

        Raises `SettingsError`.
        """
        if not settings.storage_url:
            return cls(folder=_beside(settings.database_url))
        key = settings.storage_key_id, settings.storage_secret
        return cls._read("STORAGE", settings.storage_url, *key)

    @classmethod
    def of_anchors(cls, settings: Settings) -> "Address | None":
        """What `MOTCUA_ANCHORS_URL` says, None where it says nothing; raises `SettingsError`."""
        if not settings.anchors_url:
            return None
        key = settings.anchors_key_id, settings.anchors_secret
        return cls._read("ANCHORS", settings.anchors_url, *key)

    @classmethod
    def _read(cls, name: str, url: str, key_id: str, secret: str) -> "Address":
        parts = urlsplit(url)
        if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
            return cls(folder=Path(unquote(parts.path)))
        options = dict(parse_qsl(parts.query))
        bucket = parts.netloc if parts.scheme == "s3" and "@" not in parts.netloc else ""
        if not bucket or options.keys() - _OPTIONS:
            raise SettingsError(
                f"MOTCUA_{name}_URL phải có dạng file:///thu-muc hoặc"
                " s3://bucket/thu-muc?endpoint=https://…&region=…; khóa đặt riêng ở"
                f" MOTCUA_{name}_KEY_ID và MOTCUA_{name}_SECRET."
            )
        return cls(
            bucket=bucket,
            prefix=parts.path.strip("/"),
            endpoint=options.get("endpoint", ""),
            region=options.get("region", ""),
            key_id=key_id,
            secret=secret,
        )


def _beside(database_url: str) -> Path:
    """`motcua.files` for `motcua.db`; in the working directory where the database is no file."""
    database = make_url(database_url)
    file = database.database if database.get_backend_name() == "sqlite" else None
    return Path(file or "motcua").with_suffix(".files")
