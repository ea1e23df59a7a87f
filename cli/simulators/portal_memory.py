"""What a simulated portal knows: dossiers, the log of their processes, and its own journal.

It lies in SQLite, so that the simulator may be killed and started again like a real service.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

import orjson

ENDED = frozenset({"3", "7", "8", "10"})

_TABLES = """
CREATE TABLE IF NOT EXISTS dossier (
    code TEXT PRIMARY KEY, number INTEGER, status TEXT, part TEXT, steps INTEGER, before TEXT);
CREATE TABLE IF NOT EXISTS step (code TEXT, number INTEGER, body TEXT, PRIMARY KEY (code, number));
CREATE TABLE IF NOT EXISTS taken (key TEXT PRIMARY KEY, digest TEXT);
CREATE TABLE IF NOT EXISTS journal (
    id INTEGER PRIMARY KEY, code TEXT, number INTEGER, verdict TEXT, status TEXT);
CREATE TABLE IF NOT EXISTS mood (name TEXT PRIMARY KEY, value TEXT);
"""


class Verdict(StrEnum):
    """What the portal makes of a message; FORGOTTEN is acknowledged, and lost."""

    TAKEN = "DA_NHAN"
    KNOWN = "DA_CO"
    STALE = "CU_HON"
    OTHER = "KHAC_NOI_DUNG"
    FORGOTTEN = "QUEN"


class Memory:
    """One portal's database; safe between threads."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;{_TABLES}")
        self._lock = Lock()

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def take(self, key: str, message: dict[str, Any], forget: bool) -> Verdict:
        """Process a message that is sound; what it comes to is in the journal."""
        code, number = message["MaHoSo"], message["SoThuTu"]
        digest = sha256(orjson.dumps(message, option=orjson.OPT_SORT_KEYS)).hexdigest()
        with self._changing() as tx:
            verdict = _verdict(tx, key, digest, code, number)
            if verdict is Verdict.TAKEN and forget:
                verdict = Verdict.FORGOTTEN
            elif verdict is Verdict.TAKEN:
                tx.execute("INSERT INTO taken VALUES (?, ?)", (key, digest))
                _keep(tx, code, number, message)
            row = (code, number, verdict, message["HoSo"]["TrangThaiHoSo"])
            tx.execute("INSERT INTO journal (code, number, verdict, status) VALUES (?,?,?,?)", row)
        return verdict

    def begin_anew(self) -> None:
        """Know nothing and nobody, as on the first day."""
        with self._changing() as tx:
            for table in ("dossier", "step", "taken", "journal", "mood"):
                tx.execute(f"DELETE FROM {table}")  # noqa: S608

    def forget(self, codes: Iterable[str]) -> None:
        """Lose all that is known of dossiers, as after a restored backup."""
        with self._changing() as tx:
            for code in codes:
                tx.execute("DELETE FROM dossier WHERE code = ?", (code,))
                tx.execute("DELETE FROM step WHERE code = ?", (code,))
                tx.execute("DELETE FROM taken WHERE key LIKE ? || ':%'", (code,))

    def advance(self, code: str, number: int) -> None:
        """Pretend to have been told more of a dossier than anyone remembers."""
        with self._changing() as tx:
            tx.execute("UPDATE dossier SET number = ? WHERE code = ?", (number, code))

    def listing(self, after: str, limit: int, stale: bool) -> list[dict[str, Any]]:
        """Dossiers that have not ended, in the order of their codes."""
        query = (
            f"SELECT * FROM dossier WHERE code > ? AND status NOT IN ({_marks(ENDED)})"  # noqa: S608
            " ORDER BY code LIMIT ?"
        )
        return [_line(row, stale) for row in self._read(query, (after, *ENDED, limit))]

    def look_up(self, codes: list[str], stale: bool) -> list[dict[str, Any]]:
        """What is known of these dossiers; unknown ones are left out."""
        query = f"SELECT * FROM dossier WHERE code IN ({_marks(codes)}) ORDER BY code"  # noqa: S608
        return [_line(row, stale) for row in self._read(query, codes)]

    def whole(self, code: str) -> dict[str, Any] | None:
        """Everything that is known of a dossier."""
        found = self._read("SELECT * FROM dossier WHERE code = ?", (code,))
        if not found:
            return None
        steps = self._read("SELECT body FROM step WHERE code = ? ORDER BY number", (code,))
        return {
            **_line(found[0], False),
            "HoSo": orjson.loads(found[0]["part"]),
            "TienTrinh": [orjson.loads(row["body"]) for row in steps],
        }

    def journal(self, after: int, limit: int) -> list[dict[str, Any]]:
        """What came, in the order in which it was processed."""
        query = "SELECT * FROM journal WHERE id > ? ORDER BY id LIMIT ?"
        return [dict(row) for row in self._read(query, (after, limit))]

    def mood(self) -> dict[str, Any]:
        """How the portal is to behave, as it was last told."""
        return {r["name"]: orjson.loads(r["value"]) for r in self._read("SELECT * FROM mood", ())}

    def set_mood(self, mood: dict[str, Any]) -> None:
        """Behave like this from now on."""
        with self._changing() as tx:
            tx.execute("DELETE FROM mood")
            rows = [(name, orjson.dumps(value).decode()) for name, value in mood.items()]
            tx.executemany("INSERT INTO mood VALUES (?, ?)", rows)

    def _read(self, query: str, values: Iterable[Any]) -> list[sqlite3.Row]:
        with self._lock:
            return self._connection.execute(query, tuple(values)).fetchall()


def _verdict(tx: sqlite3.Connection, key: str, digest: str, code: str, number: int) -> Verdict:
    known = tx.execute("SELECT digest FROM taken WHERE key = ?", (key,)).fetchone()
    if known:
        return Verdict.KNOWN if known["digest"] == digest else Verdict.OTHER
    last = tx.execute("SELECT number FROM dossier WHERE code = ?", (code,)).fetchone()
    return Verdict.STALE if last and last["number"] >= number else Verdict.TAKEN


def _keep(tx: sqlite3.Connection, code: str, number: int, message: dict[str, Any]) -> None:
    if message["ToanBo"]:
        tx.execute("DELETE FROM step WHERE code = ?", (code,))
    steps = [(code, s["MaBuoc"], orjson.dumps(s).decode()) for s in message["TienTrinh"]]
    tx.executemany("INSERT OR REPLACE INTO step VALUES (?, ?, ?)", steps)
    count = tx.execute("SELECT count(*) FROM step WHERE code = ?", (code,)).fetchone()[0]
    before = tx.execute("SELECT * FROM dossier WHERE code = ?", (code,)).fetchone()
    status, part = message["HoSo"]["TrangThaiHoSo"], orjson.dumps(message["HoSo"]).decode()
    then = orjson.dumps(_line(before, False)).decode() if before else None
    row = (code, number, status, part, count, then)
    tx.execute("INSERT OR REPLACE INTO dossier VALUES (?, ?, ?, ?, ?, ?)", row)


def _line(row: sqlite3.Row, stale: bool) -> dict[str, Any]:
    """A dossier in a list; a stale answer is how it was one message earlier."""
    if stale and row["before"]:
        earlier: dict[str, Any] = orjson.loads(row["before"])
        return earlier
    return {
        "MaHoSo": row["code"],
        "SoThuTu": row["number"],
        "TrangThaiHoSo": row["status"],
        "SoBuoc": row["steps"],
    }


def _marks(values: Iterable[Any]) -> str:
    return ",".join("?" for _ in values)
