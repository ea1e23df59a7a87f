"""Mail as it really goes out: by the scheduler, and by a process of its own."""

import os
import signal
import subprocess
import sys
import time

import pytest

from engine.store.database import Database
from engine.wallclock import wall_clock
from tests.integration.messages.outbox import fill
from tests.integration.messages.people import rows
from tests.smtp import HOST, Mailroom

PATIENCE_SECONDS = 60.0


@pytest.mark.parametrize("words", [["dispatch", "--interval", "0.1"], ["scheduler"]], ids=" ".join)
def test_it_sends_until_it_is_told_to_end(
    database: Database, mailroom: Mailroom, port: int, words: list[str]
) -> None:
    fill(database, 30, wall_clock())
    environment = {
        **os.environ,
        "MOTCUA_DATABASE_URL": database.engine.url.render_as_string(hide_password=False),
        "MOTCUA_SMTP_URL": f"smtp://{HOST}:{port}?tls=none",
        "MOTCUA_MAIL_FROM": "motcua@mailam.example.vn",
        "MOTCUA_DIGEST_AT": "00:00",
    }
    command = [sys.executable, "-m", "cli", *words]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        end = time.monotonic() + PATIENCE_SECONDS
        while any(row["sent_at"] is None for row in rows(database)):
            assert time.monotonic() < end, "nothing is sent"
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        _, logged = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0
    assert len(mailroom.mails) == 30
    assert '"dispatched"' in logged
    assert "@xa.example.vn" not in logged
    assert "Nguyễn Văn Ân" not in logged
