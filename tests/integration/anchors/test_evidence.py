"""A bundle proves a dossier to somebody who has nothing of ours, and shows every change of it."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest

from engine.evidence import VERIFIER, evidence_of
from engine.evidence.verify_bundle import canonical, event_hash
from engine.signatures.trust import trusted
from engine.store.chain import canonical as ours
from tests.anchoring import AnchoredHouse
from tests.authorities import Authorities
from tests.databases import FURNISHED, SqliteSource
from tests.pki import Authority

Files = dict[str, bytes]


@dataclass(frozen=True)
class Given:
    """A bundle, and what makes it again."""

    files: Files
    again: Callable[[], bytes]
    whole: bytes
    folder: Path


@pytest.fixture(scope="module")
def given(
    sqlite_source: SqliteSource,
    tmp_path_factory: pytest.TempPathFactory,
    answering: Authorities,
) -> Iterator[Given]:
    """Of a dossier whose result was signed and sealed, and then anchored."""
    with sqlite_source.fresh(FURNISHED) as database:
        folder = tmp_path_factory.mktemp("bundle")
        home = AnchoredHouse.furnished(database, folder, Authority(), answering)
        home.signing.deploy()
        home.signing.enrol(home.signing.authority.issue("leader1"), "leader1")
        home.signing.enrol(home.signing.authority.issue("reception1"), "reception1")
        code = home.signing.to_be_sealed().code
        home.evening("2026-07-06 22:00")
        trust = trusted(home.house.settings.trust_roots)

        def made() -> bytes:
            with database.reading() as tx:
                found = evidence_of(tx, code)
            return found.bundled(home.house.files, trust)

        whole = made()
        with ZipFile(BytesIO(whole)) as bundle:
            files = {name: bundle.read(name) for name in bundle.namelist()}
        yield Given(files, made, whole, folder)


def checked(given: Given, files: Files, *, honest: bool = True) -> tuple[int, str]:
    """What the verifier of the true bundle says, run where nothing of ours can be imported.

    `honest`: the manifest is left as it was; else it is made to fit what was done.
    """
    if not honest:
        own = {name: sha256(files[name]).hexdigest() for name in files if name != "manifest.json"}
        files = files | {"manifest.json": json.dumps({"files": own}).encode()}
    verifier, bundle = given.folder / VERIFIER, given.folder / "goi.zip"
    verifier.write_bytes(given.files[VERIFIER])
    with ZipFile(bundle, "w", ZIP_STORED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    command = [sys.executable, "-I", "-S", str(verifier), str(bundle)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    assert ran.stderr == ""
    return ran.returncode, ran.stdout


def test_it_holds_and_comes_out_the_same_again(given: Given) -> None:
    code, said = checked(given, given.files)
    assert (code, "Gói nguyên vẹn." in said) == (0, True)
    assert "Mốc neo số 1" in said
    assert "(đủ dấu)" in said
    assert given.again() == given.whole
    kinds = {name.partition("/")[0] for name in given.files}
    assert kinds >= {"procedures", "editions", "files", "anchors", "certificates", "templates"}
    page = given.files["index.html"].decode()
    assert "<script" not in page
    assert "Ký số tài liệu" in page or "ký" in page.lower()


def log_changed(change: Callable[[list[dict[str, Any]]], object]) -> Callable[[Files], Files]:
    """The log with something done to its events, and all hashes made anew."""

    def done(files: Files) -> Files:
        log = json.loads(files["events.json"])
        change(log["events"])
        head = "0" * 64
        for seq, event in enumerate(log["events"], 1):
            event["seq"] = seq
            said = bytes.fromhex(event["salt"] or "") + canonical(event["payload"]).encode()
            if event["salt"]:
                event["payload_digest"] = sha256(said).hexdigest()
            head = event["hash"] = event_hash(head, log["dossier"], event)
        log |= {"head": head, "length": len(log["events"])}
        return files | {"events.json": json.dumps(log, ensure_ascii=False).encode()}

    return done


def edited(name: str, old: bytes, new: bytes) -> Callable[[Files], Files]:
    """A file whose name begins so with other bytes in it."""

    def done(files: Files) -> Files:
        found = next(each for each in sorted(files) if each.startswith(name) and old in files[each])
        return files | {found: files[found].replace(old, new, 1)}

    return done


def gone(name: str) -> Callable[[Files], Files]:
    """A file whose name begins so taken out."""
    return lambda files: {n: c for n, c in files.items() if n != first(files, name)}


def first(files: Files, name: str) -> str:
    return next(each for each in sorted(files) if each.startswith(name))


@pytest.mark.parametrize(
    ("tampering", "where"),
    [
        (edited("events.json", b'"actor": "', b'"actor": "9'), "events.json, sự kiện số 1"),
        (edited("events.json", b'"name": "Nguy', b'"name": "Huy'), "events.json, sự kiện số 1"),
        (log_changed(lambda events: events[2].update(actor="99")), "anchors/00000001/leaf.json"),
        (log_changed(lambda events: events.pop(3)), "anchors/00000001/leaf.json"),
        (log_changed(lambda events: events.reverse()), "anchors/00000001/leaf.json"),
        (log_changed(lambda events: events.append(dict(events[0]))), "anchors/00000001/leaf.json"),
        (edited("procedures/", b"<", b" <"), "procedures/"),
        (edited("editions/", b"2026", b"2027"), "editions/"),
        (edited("files/", b"%PDF-1", b"%PDF-2"), "files/"),
        (edited("anchors/00000001/leaf.json", b'"length": ', b'"length": 1'), "leaf.json"),
        (edited("anchors/00000001/statement", b'"root":"', b'"root":"0'), "anchors/00000001/"),
        (edited("anchors/00000001/statement", b"2026-07-06", b"2026-07-05"), "signature.p7s"),
        (edited("anchors/00000001/stamp", b"\x30", b"\x31"), "stamp.tst"),
        (gone("files/"), "events.json"),
        (gone("editions/"), "events.json"),
        (gone("events.json"), "gói"),
    ],
)
def test_whatever_is_changed_is_found_where_it_is(
    given: Given, tampering: Callable[[Files], Files], where: str
) -> None:
    code, said = checked(given, tampering(given.files), honest=False)
    assert code == 1
    assert any(line.strip().startswith(where) or where in line for line in said.splitlines())


def test_files_added_or_changed_are_not_those_of_the_manifest(given: Given) -> None:
    for files in (
        given.files | {"thêm.txt": b"x"},
        edited("index.html", b"<h1>", b"<h2>")(given.files),
    ):
        assert checked(given, files)[0] == 1


@pytest.mark.parametrize(
    "value",
    [
        0.1,
        1.0,
        -0.0,
        1e21,
        1e20,
        123456789.125,
        1e-6,
        1e-7,
        5e-324,
        -1.5e300,
        100,
        '\u2028\x01"é\\',
    ],
)
def test_its_canonical_form_is_ours(value: object) -> None:
    assert canonical({"b": [value], "a": None, "€": True}).encode() == ours(
        {"b": [value], "a": None, "€": True}
    )
