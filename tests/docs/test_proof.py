"""The page for auditors: its script, its table of events, its table of reasons."""

import ast
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.life.acts import RULES
from engine.model.event import EventType
from tests.docs.demonstration import Demonstration
from tests.docs.pages import ROOT, Page, codes, plain

PAGE = Page("docs/auditors.md")
BOTH = {
    EventType.DOSSIER_PAUSED, EventType.DOSSIER_RESUMED, EventType.OVERDUE_CAUSE_RECORDED,
    EventType.OBLIGATION_SET, EventType.OBLIGATION_CORRECTED, EventType.OBLIGATION_FULFILLED,
}  # fmt: skip
"""Acts of a person, or consequences: of where a token rests, of a form that says why it is late."""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """The script that the page gives."""
    (code,) = PAGE.blocks("python")
    path = tmp_path / "chain.py"
    path.write_text(code, encoding="utf-8")
    return path


def recomputed(script: Path, database: Path, code: str) -> list[list[str]]:
    """What the script prints of a dossier: number, event, verdict and hash of each event."""
    command = [sys.executable, str(script), str(database), code]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return [line.split() for line in result.stdout.splitlines()]


def test_the_script_finds_the_stored_hashes(script: Path, demo: Demonstration) -> None:
    heads = demo.heads()
    assert heads
    for code, head in heads.items():
        lines = recomputed(script, demo.path, code)
        assert {verdict for _, _, verdict, _ in lines} == {"ok"}
        assert lines[-1][3] == head


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ("UPDATE event SET actor = '1' || actor WHERE seq = 3", 3),
        ("UPDATE event_payload SET body = json_remove(body, '$.owner') WHERE seq = 1", 1),
    ],
)
def test_the_script_finds_a_change(
    script: Path, demo: Demonstration, tmp_path: Path, change: str, number: int
) -> None:
    code, copy = next(iter(demo.heads())), tmp_path / "changed.db"
    demo.copy_to(copy)
    connection = sqlite3.connect(copy)
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in triggers.fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(change)
    connection.commit()
    connection.close()
    verdicts = {int(line[0]): line[2] for line in recomputed(script, copy, code)}
    assert verdicts[number] == "CHANGED"
    assert all(verdict == "ok" for seq, verdict in verdicts.items() if seq < number)


def test_every_event_is_explained() -> None:
    said = {codes(row[0])[0]: row[1] for row in PAGE.table("Event", "Act")}
    acts = {EventType.DOSSIER_SUBMITTED, *RULES}
    expected = {
        event.value: "both" if event in BOTH else "yes" if event in acts else "no"
        for event in EventType
    }
    assert said == expected


def test_every_reason_of_verify_is_explained() -> None:
    said = {plain(row[0]) for row in PAGE.table("Verify says")}
    files = [ROOT / "engine/replay.py", *(ROOT / "engine/verification").glob("*.py")]
    assert said == {sentence for file in files for sentence in sentences(file)}


def sentences(file: Path) -> Iterator[str]:
    """The Vietnamese sentences of a module, `…` standing for what is filled in."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    whole = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    parts = {id(part) for text in whole for part in text.values}
    texts = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in parts]
    for text in map(as_written, [*whole, *texts]):
        if text[:1].isupper() and not text.isascii():
            yield text.rstrip(".")


def as_written(text: ast.expr) -> str:
    """A text with `…` for what is filled in."""
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    return "".join(str(p.value) if isinstance(p, ast.Constant) else "…" for p in parts)
