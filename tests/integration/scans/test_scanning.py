"""Jobs become documents once, whatever happens to whoever works on them."""

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest

from engine.errors import EngineError
from engine.model.document import Origin
from engine.scans import archive
from engine.scans.limits import Limits
from engine.store import uploads
from engine.store.scans import LEASE, MAX_ATTEMPTS, ScanState
from engine.verification import verify_dossier
from notifications.scanning import Outcome, claim, make
from notifications.uploads import sweep
from tests.api.lives import Lives
from tests.papers import jpeg, paper, pdf
from tests.scanned import COMPONENT, OFFICER, Scanner


@pytest.fixture(autouse=True)
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the extra is not installed: OCR takes seconds a page and is tested with files."""
    monkeypatch.setenv("PATH", "/nowhere")
    assert not archive.can_read()


def test_what_was_made_is_a_document_of_the_dossier(lives: Lives, scanner: Scanner) -> None:
    dossier = lives.accepted()
    scanner.scan(dossier)
    assert scanner.jobs(dossier)[0].state is ScanState.QUEUED
    assert scanner.work() == [Outcome.MADE]
    (job,) = scanner.jobs(dossier)
    (document,) = lives.now(dossier).documents.values()
    assert (job.state, job.document, job.text_layer) == (ScanState.DONE, document.number, False)
    assert (document.component, document.origin) == (COMPONENT, Origin.SCANNED)
    assert document.added_by == lives.office.actor(OFFICER).key
    assert scanner.files.read(document.file.digest).startswith(b"%PDF-")
    assert document.file.pages == 1
    assert scanner.work() == []


def test_a_document_is_scanned_anew(lives: Lives, scanner: Scanner) -> None:
    dossier = lives.accepted()
    scanner.scan(dossier)
    scanner.work()
    (before,) = lives.now(dossier).documents.values()
    page = {"upload": scanner.bring(dossier), "page": 0, "rotation": 90}
    scanner.order(dossier, [page], replaces=before.number)
    assert scanner.work() == [Outcome.MADE]
    (after,) = lives.now(dossier).documents.values()
    assert after.number == before.number
    assert after.file.digest != before.file.digest


def test_whoever_is_killed_loses_nothing(lives: Lives, scanner: Scanner) -> None:
    dossier = lives.accepted()
    scanner.scan(dossier)
    assert claim(scanner.shop), "and then the process is killed"
    assert scanner.jobs(dossier)[0].state is ScanState.RUNNING
    assert scanner.work() == [], "the lease still runs"
    lives.clock.advance(LEASE + timedelta(seconds=1))
    assert scanner.work() == [Outcome.MADE]
    assert len(lives.now(dossier).documents) == 1


def test_of_two_who_hold_a_job_one_makes_the_document(lives: Lives, scanner: Scanner) -> None:
    dossier = lives.accepted()
    scanner.scan(dossier)
    slow = claim(scanner.shop)
    assert slow
    lives.clock.advance(LEASE + timedelta(seconds=1))
    assert scanner.work() == [Outcome.MADE]
    assert make(scanner.shop, slow, lambda: True) is Outcome.LOST
    assert len(lives.now(dossier).documents) == 1


def test_a_broken_file_fails_at_once_with_a_reason_and_blocks_nobody(
    lives: Lives, scanner: Scanner
) -> None:
    dossier = lives.accepted()
    scanner.scan(dossier, b"\xff\xd8\xff and nothing more")
    scanner.scan(dossier)
    assert scanner.work() == [Outcome.FAILED, Outcome.MADE]
    failed, made = scanner.jobs(dossier)
    assert (failed.state, made.state) == (ScanState.FAILED, ScanState.DONE)
    assert "tệp ảnh bị hỏng" in str(failed.reason)


def test_what_needs_too_much_is_tried_a_few_times_and_given_up(
    lives: Lives, scanner: Scanner
) -> None:
    dossier, greedy = lives.accepted(), Scanner(lives, scanner.files, Limits(megabytes=100))
    greedy.scan(dossier, jpeg(paper(resolution=100)))
    outcomes = []
    for _attempt in range(MAX_ATTEMPTS):
        outcomes += greedy.work()
        lives.clock.advance(timedelta(minutes=5))
    assert outcomes == [Outcome.POSTPONED] * (MAX_ATTEMPTS - 1) + [Outcome.FAILED]
    assert "thiếu bộ nhớ" in str(greedy.jobs(dossier)[0].reason)


def test_what_kills_whoever_opens_it_is_given_up(lives: Lives, scanner: Scanner) -> None:
    dossier = lives.accepted()
    scanner.scan(dossier)
    for _attempt in range(MAX_ATTEMPTS):
        assert claim(scanner.shop), "and then the whole machine is gone"
        lives.clock.advance(LEASE + timedelta(seconds=1))
    assert scanner.work() == [Outcome.FAILED]


def test_whoever_has_to_end_gives_the_job_back(lives: Lives, scanner: Scanner) -> None:
    dossier = lives.accepted()
    scanner.scan(dossier)
    job = claim(scanner.shop)
    assert job
    assert make(scanner.shop, job, lambda: False) is Outcome.RETURNED
    assert scanner.work() == [Outcome.MADE], "at once, and as the first attempt"


def test_a_document_that_was_signed_meanwhile_is_not_replaced(
    lives: Lives, scanner: Scanner
) -> None:
    dossier = lives.accepted()
    scanner.scan(dossier)
    scanner.work()
    scanner.order(dossier, [{"upload": scanner.bring(dossier), "page": 0}], replaces=1)
    scanner.order(dossier, [{"upload": scanner.bring(dossier), "page": 0, "rotation": 180}], 1)
    assert scanner.work() == [Outcome.MADE, Outcome.FAILED]
    assert "vừa được thay bằng tệp khác" in str(scanner.jobs(dossier)[-1].reason)


def test_uploads_are_taken_when_every_page_is_in_a_document(lives: Lives, scanner: Scanner) -> None:
    dossier, sheets = lives.accepted(), [paper(resolution=40)] * 2
    upload = scanner.bring(dossier, pdf(*sheets), "application/pdf", pages=2)
    scanner.order(dossier, [{"upload": upload, "page": 0}])
    scanner.work()
    assert not _taken(scanner, upload)
    scanner.order(dossier, [{"upload": upload, "page": 1}])
    scanner.work()
    assert _taken(scanner, upload)


def _taken(scanner: Scanner, upload: str) -> bool:
    actor, now = scanner.lives.office.actor(OFFICER), scanner.lives.clock()
    with scanner.lives.office.database.reading() as tx:
        return uploads.get(tx, upload, actor.id, now).taken


@pytest.mark.parametrize(
    ("pages", "code"),
    [
        ([], "scan_empty"),
        ([{"upload": "f" * 32, "page": 0}], "upload_unknown"),
        ([{"upload": "mine", "page": 1}], "scan_page_missing"),
    ],
)
def test_nonsense_is_refused_before_it_waits(
    lives: Lives, scanner: Scanner, pages: list[dict[str, object]], code: str
) -> None:
    dossier = lives.accepted()
    mine = scanner.bring(dossier)
    wanted = [each | ({"upload": mine} if each["upload"] == "mine" else {}) for each in pages]
    with pytest.raises(EngineError) as refused:
        scanner.order(dossier, wanted)
    assert refused.value.code == code
    assert scanner.jobs(dossier) == []


def test_the_record_proves_what_was_made(lives: Lives, scanner: Scanner) -> None:
    dossier = lives.accepted()
    scanner.scan(dossier)
    scanner.work()
    with lives.office.database.reading() as tx:
        assert verify_dossier(tx, dossier.code) is None


def test_a_worker_that_is_killed_leaves_nothing_running(
    tmp_path: Path,
) -> None:
    """A real process with a real SIGKILL; its child must not outlive it."""
    child = (
        "import time; from engine.scans.limits import end_with_parent as end; end(); time.sleep(60)"
    )
    script = tmp_path / "parent.py"
    script.write_text(
        "import subprocess, sys, time\n"
        f"child = [sys.executable, '-c', {child!r}]\n"
        "started = subprocess.Popen(child, stdin=subprocess.PIPE, start_new_session=True)\n"
        "print(started.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE)
    assert parent.stdout
    pid = int(parent.stdout.readline())
    sleep(0.5)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    end = monotonic() + 10
    while monotonic() < end and _runs(pid):
        sleep(0.05)
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2]
    except FileNotFoundError:
        return False
    return state.split()[0] != "Z"


def test_what_waits_long_keeps_what_it_is_made_of(lives: Lives, scanner: Scanner) -> None:
    dossier = lives.accepted()
    scanner.scan(dossier)
    scanner.bring(dossier)
    lives.clock.advance(days=3)
    assert sweep(lives.office.database, scanner.files, lives.clock) == 1
    assert scanner.work() == [Outcome.MADE]
    assert len(lives.now(dossier).documents) == 1
