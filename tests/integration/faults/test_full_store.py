"""The disk under the file store is full: a clear answer, nothing half done, and on it goes."""

import json
import subprocess
import sys
from pathlib import Path

from api.app import create_app
from engine.settings import Settings
from engine.store.database import Database
from tests.api.client import Caller
from tests.clock import FakeClock
from tests.databases import FURNISHED, SqliteSource

PIECE = bytes(300_000)
_MOUNTED = 'mount -t tmpfs -o size=900k tmpfs "$1" && exec "$2" -c "$3" "$1" "$4"'
_INSIDE = "from tests.integration.faults.test_full_store import inside; inside()"


def inside() -> None:
    """Send a file to a store on the small disk; says each answer, and what lies there after it."""
    folder, url = Path(sys.argv[1]), sys.argv[2]
    settings = Settings(storage_url=f"file://{folder}/tep")
    call = Caller(create_app(settings, Database(url), FakeClock()))
    begun = call.post("reception1", "/uploads", {"name": "an.pdf", "size": 3 * len(PIECE)})
    said: list[object] = []

    def send(number: int) -> None:
        offset = {"Upload_Offset": str(number * len(PIECE))}
        media_type = "application/offset+octet-stream"
        answer = call(
            "reception1", "PATCH", begun.headers["Location"], PIECE,
            Content_Type=media_type, **offset,
        )  # fmt: skip
        kept = [each.stat().st_size for each in folder.rglob("*") if each.is_file()]
        said.append([answer.status_code, (answer.get_json(force=True) or {}).get("code"), kept])

    filler = folder / "khac"
    filler.write_bytes(bytes(500_000))
    send(0)
    send(1)
    filler.unlink()
    send(1)
    print(json.dumps(said))


def test_what_does_not_fit_is_refused_and_may_be_sent_again(
    sqlite_source: SqliteSource, tmp_path: Path
) -> None:
    with sqlite_source.fresh(FURNISHED) as database:
        url = database.engine.url.render_as_string(hide_password=False)
        command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", _MOUNTED]
        ran = subprocess.run(
            [*command, "sh", str(tmp_path), sys.executable, _INSIDE, url],
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        first, full, again = json.loads(ran.stdout.splitlines()[-1])
        assert first[:2] == [200, None]
        assert full == [503, "storage_full", [500_000, len(PIECE)]]
        assert again == [200, None, [len(PIECE)] * 2]
