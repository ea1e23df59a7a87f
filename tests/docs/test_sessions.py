"""Lines that a reader pastes into a terminal do what the page says."""

import json
import re
from pathlib import Path

from tests.docs.demonstration import Demonstration, run_bash
from tests.docs.pages import ROOT, Page

FIRST_DOSSIER = Page("docs/first-dossier-over-rest.md")


def test_the_first_dossier_is_delivered_and_proven(demo: Demonstration) -> None:
    said = demo.run("\n".join(FIRST_DOSSIER.blocks("bash")))
    statuses = said.split("Đã kiểm chứng")[0].splitlines()
    assert statuses[-1] == "Đã trả kết quả"
    assert "Đã kiểm chứng 1 hồ sơ: tất cả nguyên vẹn." in said
    assert_shown(FIRST_DOSSIER.blocks("text")[0], said)


def assert_shown(excerpt: str, whole: str) -> None:
    """Every line of the excerpt is in the whole, numbers aside; `…` stands for lines left out."""
    lines = {_without_numbers(line) for line in whole.splitlines()}
    shown = [line for line in excerpt.splitlines() if line.strip("… ")]
    assert [line for line in shown if _without_numbers(line) not in lines] == []


def _without_numbers(line: str) -> str:
    return re.sub(r"\d+", "0", line).strip()


def test_the_session_of_the_integrators_runs(demo: Demonstration) -> None:
    said = demo.run("\n".join(Page("docs/integrators.md").blocks("bash")))
    assert "\nnothing_awaited\n" in said
    assert said.endswith("204\n")
    assert "urn:motcua:problem" not in said
    verified = json.loads(run_bash("motcua verify --json || true", demo.path, demo.path.parent))
    assert verified["broken"] == []


def test_the_example_problem_is_what_the_server_answers(demo: Demonstration) -> None:
    page = Page("docs/integrators.md")
    shown = json.loads(next(block for block in page.blocks("json") if "urn:motcua" in block))
    lines = "\n".join(page.blocks("bash"))
    setting_up = lines[: lines.index("python3 - <<'END'")]
    demo.run(lines[: lines.index('curl -sS -H "$RECEPTION" "$API/procedures/9.000002"')])
    submitting = lines[lines.index("KEY=") : lines.index("CODE=")]
    shorter = "LETTER=${LETTER/Xác nhận đang cư trú tại thôn Đông Mai./Ngắn}"
    said = json.loads(demo.run(f"{setting_up}\n{submitting}\n{shorter}\nsubmit short"))
    assert said == shown


def test_the_example_is_checked_and_deployed(demo: Demonstration, tmp_path: Path) -> None:
    blocks = Page("docs/procedure-authors.md").blocks("bash")
    (trying,) = (each for each in blocks if each.startswith("motcua lint docs/examples/9_000002\n"))
    demo.copy_to(tmp_path / "motcua.db")
    said = run_bash(trying, tmp_path / "motcua.db", ROOT)
    assert "9.000002: không có lỗi." in said
    assert "9.000002: " in said.splitlines()[-1]
