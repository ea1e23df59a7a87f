"""Where bytes can lie: a folder of this machine, or a bucket of S3."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from errno import EDQUOT, ENOSPC
from logging import getLogger
from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile
from typing import IO, TYPE_CHECKING, Protocol

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

if TYPE_CHECKING:
    from obstore import ObjectMeta
    from obstore.store import ClientConfig, S3Config

from engine.errors.files import StorageFull, StorageUnavailable
from engine.files.address import Address

Listed = tuple[str, int, datetime]
"""A key, how many bytes lie there, and since when."""

INCOMING = "incoming"
"""The part of a folder where files lie until they are written whole."""

_log = getLogger(__name__)


class Place(Protocol):
    """Holds bytes by their keys. Raises `StorageUnavailable` and `StorageFull`."""

    def keep(self, key: str, file: IO[bytes]) -> None:
        """Write a file, unless there is one; afterwards it is safe from a power cut."""

    def stream(self, key: str) -> Iterator[bytes]:
        """What lies there; raises `FileNotFoundError`."""

    def at(self, key: str) -> Listed | None:
        """What lies there, if anything does."""

    def below(self, prefix: str) -> Iterator[Listed]:
        """All that lies below a prefix, which ends with `/`."""

    def delete(self, keys: Sequence[str]) -> None:
        """Take away what lies there, if anything does."""


class _Objects:
    """What a folder and a bucket do alike."""

    @property
    def _store(self) -> ObjectStore:
        raise NotImplementedError

    def stream(self, key: str) -> Iterator[bytes]:
        with _telling():
            yield from map(bytes, obstore.get(self._store, key).stream())

    def at(self, key: str) -> Listed | None:
        with _telling(), suppress(FileNotFoundError):
            return _listed(obstore.head(self._store, key))
        return None

    def below(self, prefix: str) -> Iterator[Listed]:
        with _telling():
            for some in obstore.list(self._store, prefix):
                yield from map(_listed, some)

    def delete(self, keys: Sequence[str]) -> None:
        with _telling(), suppress(FileNotFoundError):
            obstore.delete(self._store, keys)


class S3(_Objects):
    """A bucket. A write is whole and lasting when S3 says so."""

    def __init__(self, address: Address) -> None:
        config: S3Config = {}
        if address.endpoint:
            config["endpoint"] = address.endpoint
        if address.region:
            config["region"] = address.region
        if address.key_id:
            config["access_key_id"] = address.key_id
            config["secret_access_key"] = address.secret
        self._bucket = S3Store(
            address.bucket,
            prefix=address.prefix or None,
            config=config,
            client_options=_patience(address.endpoint.startswith("http://")),
            retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=10)},
        )

    @property
    def _store(self) -> ObjectStore:
        return self._bucket

    def keep(self, key: str, file: IO[bytes]) -> None:
        """In one request, for which the file is held in memory."""
        with _telling():
            try:
                obstore.put(self._bucket, key, file, mode="create", use_multipart=False)
            except AlreadyExistsError:
                # The same bytes again, which makes them young: `Held.since`.
                file.seek(0)
                obstore.put(self._bucket, key, file, use_multipart=False)
            except FileNotFoundError as error:
                raise OSError("no such bucket") from error


class Folder(_Objects):
    """A folder, made when the first file comes."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def _store(self) -> ObjectStore:
        if not self._root.is_dir():
            raise FileNotFoundError(self._root)
        return LocalStore(self._root)

    def below(self, prefix: str) -> Iterator[Listed]:
        """Nothing, where there is no folder yet."""
        with suppress(FileNotFoundError):
            yield from super().below(prefix)

    def keep(self, key: str, file: IO[bytes]) -> None:
        """Written and synchronised in a corner, and only then put where it belongs."""
        target, corner = self._root / key, self._root / INCOMING
        with _telling():
            if target.exists():
                os.utime(target)
                return
            _make(corner)
            _make(target.parent)
            _write(file, target, corner)


def place_at(address: Address) -> Place:
    """Where an address leads; nothing is opened."""
    return S3(address) if address.bucket else Folder(address.folder)


def _listed(meta: "ObjectMeta") -> Listed:
    return meta["path"], meta["size"], meta["last_modified"]


def _patience(plain: bool) -> "ClientConfig":
    connect, whole = timedelta(seconds=5), timedelta(seconds=60)
    return {"connect_timeout": connect, "timeout": whole, "allow_http": plain}


def _write(file: IO[bytes], target: Path, corner: Path) -> None:
    with NamedTemporaryFile(dir=corner, delete=False) as incoming:
        try:
            copyfileobj(file, incoming)
            incoming.flush()
            os.fsync(incoming.fileno())
            Path(incoming.name).replace(target)
        except BaseException:
            Path(incoming.name).unlink(missing_ok=True)
            raise
    _synchronise(target.parent)


def _make(folder: Path) -> None:
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _synchronise(folder.parent)


def _synchronise(folder: Path) -> None:
    """Until then, a power cut may take what was written into a folder."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _telling() -> Iterator[None]:
    """Failures as people are told of them; what the place said is for the log."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (BaseError, OSError) as error:
        _log.error("the file store fails: %s", str(error).partition("\n")[0])
        full = isinstance(error, OSError) and error.errno in {ENOSPC, EDQUOT}
        raise (StorageFull if full else StorageUnavailable)() from error
