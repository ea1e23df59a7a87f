"""Files are kept once, whole and lastingly, or not at all."""

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from engine.errors.files import FileAltered, FileMissing, StorageUnavailable
from engine.files import IN_MEMORY, FileStore
from engine.files.address import Address
from engine.settings import Settings, SettingsError

PAPER = "Giấy khai sinh".encode()
DIGEST = hashlib.sha256(PAPER).hexdigest()


def test_what_is_kept_can_be_read(files: FileStore) -> None:
    stored = files.put(PAPER)
    assert (stored.digest, stored.size) == (DIGEST, len(PAPER))
    assert files.has(DIGEST)
    assert files.read(DIGEST) == PAPER
    with files.open(DIGEST) as file:
        assert file.seek(5) == 5
        assert file.read() == PAPER[5:]


def test_sources_of_all_kinds(files: FileStore) -> None:
    assert files.put(BytesIO(PAPER)) == files.put(iter([PAPER[:3], PAPER[3:]])) == files.put(PAPER)


def test_a_long_file_streams_through(files: FileStore) -> None:
    stored = files.put(bytes([number]) * 1_000_000 for number in range(IN_MEMORY // 1_000_000 + 2))
    assert stored.size == IN_MEMORY + 2_000_000
    with files.open(stored.digest) as file:
        assert file.seek(0, os.SEEK_END) == stored.size


def test_an_empty_file_is_a_file(files: FileStore) -> None:
    assert files.read(files.put(b"").digest) == b""


def test_twice_is_once(files: FileStore) -> None:
    files.put(PAPER)
    files.put(PAPER)
    (held,) = files.held()
    assert (held.digest, held.size) == (DIGEST, len(PAPER))


def test_what_was_never_kept(files: FileStore) -> None:
    assert not files.has(DIGEST)
    assert list(files.held()) == []
    with pytest.raises(FileMissing, match=DIGEST):
        files.read(DIGEST)


def test_removed(files: FileStore) -> None:
    files.put(PAPER)
    (held,) = files.held()
    files.remove(held)
    files.remove(held)
    assert not files.has(DIGEST)


def test_altered_bytes_are_not_given_out(in_folder: Settings) -> None:
    files = FileStore.of(in_folder)
    files.put(PAPER)
    _path(in_folder).write_bytes(PAPER.upper())
    with pytest.raises(FileAltered, match=DIGEST):
        files.open(DIGEST)


def _breaking_off() -> Iterator[bytes]:
    yield PAPER
    raise ConnectionError


def test_a_source_that_breaks_off_leaves_nothing(files: FileStore) -> None:
    with pytest.raises(ConnectionError):
        files.put(_breaking_off())
    assert list(files.held()) == []


def test_a_place_that_cannot_be_written(in_folder: Settings) -> None:
    root = _root(in_folder)
    root.parent.mkdir()
    root.write_text("a file where a folder should be")
    with pytest.raises(StorageUnavailable):
        FileStore.of(in_folder).put(PAPER)


def _in_bucket(bucket: str, endpoint: str) -> FileStore:
    url = f"s3://{bucket}?endpoint={endpoint}&region=x"
    return FileStore.of(Settings(storage_url=url, storage_key_id="motcua", storage_secret="bi-mat"))


def test_a_server_that_is_gone(caplog: pytest.LogCaptureFixture) -> None:
    gone = _in_bucket("hoso", "http://127.0.0.1:9")
    with pytest.raises(StorageUnavailable):
        gone.put(PAPER)
    with pytest.raises(StorageUnavailable):
        gone.has(DIGEST)
    with pytest.raises(StorageUnavailable):
        gone.read(DIGEST)
    assert "127.0.0.1:9" in caplog.text
    assert "bi-mat" not in caplog.text


def test_a_bucket_that_is_gone(s3: str) -> None:
    with pytest.raises(StorageUnavailable):
        _in_bucket("nowhere", s3).put(PAPER)


WRITER = """
import os, resource, signal, sys
from engine.files import FileStore
from engine.settings import Settings, SettingsError
{first}
FileStore.of(Settings(storage_url=sys.argv[1])).put(bytes(5_000_000))
"""


def _write_elsewhere(settings: Settings, first: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WRITER.format(first=first), settings.storage_url]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_write_that_the_disk_refuses_leaves_nothing(in_folder: Settings) -> None:
    limit = "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))"
    assert "StorageUnavailable" in _write_elsewhere(in_folder, limit).stderr
    assert [each for each in _root(in_folder).rglob("*") if each.is_file()] == []


def test_a_killed_write_leaves_nothing_that_looks_like_a_file(in_folder: Settings) -> None:
    """The last moment before a file gets its name is where it would hurt most."""
    kill = "os.replace = lambda *names: os.kill(os.getpid(), signal.SIGKILL)"
    assert _write_elsewhere(in_folder, kill).returncode == -signal.SIGKILL
    files = FileStore.of(in_folder)
    assert list(files.held()) == []
    assert len(files.read(files.put(bytes(5_000_000)).digest)) == 5_000_000


def _root(settings: Settings) -> Path:
    return Address.of(settings).folder


def _path(settings: Settings) -> Path:
    return _root(settings) / "sha256" / DIGEST[:2] / DIGEST[2:4] / DIGEST


def test_the_default_is_a_folder_beside_the_database() -> None:
    at = Address.of(Settings(database_url="sqlite:////srv/motcua/xa.db"))
    assert at.folder == Path("/srv/motcua/xa.files")
    assert Address.of(Settings()).folder == Path("motcua.files")
    elsewhere = Settings(database_url="postgresql://motcua@may-chu/motcua")
    assert Address.of(elsewhere).folder == Path("motcua.files")


@pytest.mark.parametrize(
    "url",
    ["motcua", "file://host/x", "s3://", "s3://id:key@hoso", "s3://hoso?secret=x", "http://x/y"],
)
def test_an_address_that_cannot_be_used(url: str) -> None:
    with pytest.raises(SettingsError, match="MOTCUA_STORAGE_URL"):
        Address.of(Settings(storage_url=url))


def test_keys_are_not_shown(in_s3: Settings) -> None:
    assert in_s3.storage_secret == "bi-mat"
    assert "bi-mat" not in f"{in_s3!r} {Address.of(in_s3)!r}"
