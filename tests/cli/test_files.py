"""`motcua verify` reads files: those gone or altered are named, and those that nothing names."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from engine.files import FileStore
from engine.model.document import Document
from engine.model.dossier import Dossier
from engine.wallclock import wall_clock
from tests.api.lives import Lives
from tests.cli.conftest import Shell
from tests.clock import FakeClock
from tests.office import Office
from tests.sent import pdf
from tests.uploading import filed, uploaded


@pytest.fixture
def lives(office: Office, clock: FakeClock, files: FileStore) -> Lives:
    """Makes dossiers."""
    return Lives(office, clock, files)


@pytest.fixture
def dossier(lives: Lives) -> Dossier:
    """A dossier with a document."""
    return lives.accepted()


@pytest.fixture
def document(lives: Lives, dossier: Dossier) -> Document:
    """Its document."""
    return filed(lives, dossier, pdf())


def path_of(tmp_path: Path, digest: str) -> Path:
    """Where the store has a file."""
    return tmp_path / "files" / "sha256" / digest[:2] / digest[2:4] / digest


def age(path: Path, by: timedelta) -> None:
    """Let a file have lain there for so long."""
    moment = (wall_clock() - by).timestamp()
    os.utime(path, (moment, moment))


def test_all_files_are_there(shell: Shell, document: Document) -> None:
    ran = shell("verify", "--json")
    assert ran.code == 0
    assert ran.json["broken"] == ran.json["orphans"] == []


def test_a_missing_and_an_altered_file_are_named(
    shell: Shell, lives: Lives, dossier: Dossier, document: Document, tmp_path: Path
) -> None:
    other = lives.accepted()
    altered = filed(lives, other, pdf(pages=2)).file.digest
    path_of(tmp_path, document.file.digest).unlink()
    path_of(tmp_path, altered).write_bytes(pdf(pages=2).replace(b"612", b"613"))
    ran = shell("verify", "--json")
    assert ran.code == 1
    assert {each["dossier"]: each["reason"] for each in ran.json["broken"]} == {
        dossier.code: f"Kho tệp thiếu tệp {document.file.digest}.",
        other.code: f"Tệp {altered} trong kho đã bị sửa.",
    }
    assert shell("verify", other.code).code == 1
    assert shell("verify", lives.accepted().code).code == 0, "only its own files are read"


def test_what_nothing_names_is_found_and_removed(
    shell: Shell, lives: Lives, document: Document, files: FileStore, tmp_path: Path
) -> None:
    waiting = uploaded(lives, "reception1", pdf(pages=3))
    orphan, young = files.put(b"nobody's").digest, files.put(b"new").digest
    strange = tmp_path / "files" / "sha256" / "00" / "leftover"
    strange.parent.mkdir(exist_ok=True)
    strange.write_bytes(b"")
    for each in (tmp_path / "files" / "sha256").rglob("*"):
        if each.is_file() and each.name != young:
            age(each, timedelta(days=2))
    found = shell("verify", "--json")
    keys = {Path(each["key"]).name for each in found.json["orphans"]}
    assert (found.code, keys) == (0, {orphan, "leftover"})
    assert "2 tệp thừa trong kho" in shell("verify").out
    assert shell("verify", "--remove-orphans", "--json").json["orphans"] == []
    kept = {each.digest for each in files.held()}
    assert orphan not in kept
    assert {young, document.file.digest} < kept
    assert waiting
    assert shell("verify", "H40-1", "--remove-orphans").code == 2


def test_what_comes_again_is_no_orphan(files: FileStore, tmp_path: Path) -> None:
    digest = files.put(b"again").digest
    age(path_of(tmp_path, digest), timedelta(days=2))
    files.put(b"again")
    held = files.find(digest)
    assert held
    assert held.since > wall_clock() - timedelta(hours=1)
