"""Every page: links lead somewhere, commands exist, excerpts are from real files."""

import json
import re
import shlex
import struct
import tomllib
from collections.abc import Iterator
from itertools import pairwise

import click
import pytest

from bpmn.expressions import check
from bpmn.lint import lint
from bpmn.procedure import procedure_from_sources, read_folder
from cli.main import main
from tests.docs.pages import ROOT, Page, pages, plain

GUIDES = (
    "operators",
    "procedure-authors",
    "integrators",
    "auditors",
    "glossary",
    "first-dossier-over-rest",
)
AUTHORS = Page("docs/procedure-authors.md")
EXAMPLE = ROOT / "docs/examples/9_000002"
_PATH = re.compile(r"(?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|toml|md|yaml)")
_ROOMS = ("api/", "bpmn/", "cli/", "engine/", "notifications/", "tests/", "docs/", "scripts/")
every_page = pytest.mark.parametrize("page", pages(), ids=lambda page: page.path)


@every_page
def test_links_lead_somewhere(page: Page) -> None:
    assert [link for link in page.links if not _leads_somewhere(page, link)] == []


def _leads_somewhere(page: Page, link: str) -> bool:
    if link.startswith(("https://", "http://")):
        return True
    target, _, anchor = link.partition("#")
    path = (ROOT / page.path).parent / target if target else ROOT / page.path
    if not path.exists():
        return False
    return not anchor or anchor in Page(path.resolve().relative_to(ROOT).as_posix()).anchors


@every_page
def test_files_named_exist(page: Page) -> None:
    named = [code for code in page.code if code.startswith(_ROOMS) and _PATH.fullmatch(code)]
    assert [name for name in named if not (ROOT / name).exists()] == []


@every_page
def test_commands_exist(page: Page) -> None:
    assert [words for words in _commands(page) if not _exists(main, words)] == []


def _commands(page: Page) -> Iterator[tuple[str, ...]]:
    """Everything after the word `motcua`, in code."""
    code = "\n".join([*page.blocks("bash"), *page.code]).replace("\\\n", " ")
    for line in code.splitlines():
        for found in re.finditer(r"(?:^|/|\s)motcua ((?:[a-z-][\w-]* ?)[^|&<>#]*)", line):
            yield tuple(shlex.split(found[1]))


def _exists(command: click.Command, words: tuple[str, ...]) -> bool:
    with click.Context(command) as context:
        if isinstance(command, click.Group) and words and not words[0].startswith("-"):
            child = command.get_command(context, words[0])
            return child is not None and _exists(child, words[1:])
        known = {option for param in command.params for option in param.opts} | {"--help"}
    return all(word in known for word in words if word.startswith("--"))


@pytest.mark.parametrize("name", GUIDES)
def test_guides_begin_with_a_summary_in_vietnamese(name: str) -> None:
    lines = [line for line in Page(f"docs/{name}.md").text.splitlines() if line]
    assert lines[0].startswith("# ")
    assert lines[1].startswith("> **Tóm tắt.**")


def test_two_commands_do_everything() -> None:
    lines = Page("README.md").blocks("bash")[0].splitlines()
    scripts = [line.split()[0] for line in lines]
    assert scripts == ["scripts/demo", "scripts/test"]
    for script in scripts:
        assert (ROOT / script).stat().st_mode & 0o111
    assert "scripts/test" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_the_readmes_are_twins() -> None:
    english, vietnamese = Page("README.md"), Page("README.vi.md")
    assert [level for level, _ in english.headings] == [level for level, _ in vietnamese.headings]
    assert english.blocks("bash")[1:] == vietnamese.blocks("bash")[1:]
    commands = [page.blocks("bash")[0].split() for page in (english, vietnamese)]
    assert commands[0][0] == commands[1][0]
    assert "scripts/test" in commands[1]
    assert english.pictures == vietnamese.pictures
    assert _shape(english) == _shape(vietnamese)


def _shape(page: Page) -> list[int]:
    """How many cells each row of each table has."""
    return [line.count("|") for line in page.prose.splitlines() if line.startswith("|")]


def test_the_example_procedure_is_clean() -> None:
    assert lint(procedure_from_sources(read_folder(EXAMPLE))) == []


def test_diagrams_shown_are_from_real_files() -> None:
    files = [*ROOT.glob("bpmn/processes/*/*.bpmn"), *ROOT.glob("docs/examples/*/*.bpmn")]
    real = [_squeezed(file.read_text(encoding="utf-8")) for file in files]
    for block in AUTHORS.blocks("xml"):
        assert any(_squeezed(block) in text for text in real), block


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def test_forms_and_facts_shown_are_those_of_the_example() -> None:
    (facts,) = AUTHORS.blocks("toml")
    whole = tomllib.loads((EXAMPLE / "facts.toml").read_text(encoding="utf-8"))
    assert tomllib.loads(facts).items() <= whole.items()
    (form,) = AUTHORS.blocks("json")
    signing = json.loads((EXAMPLE / "forms/sign_letter.json").read_text(encoding="utf-8"))
    assert json.loads(f"{{{form.strip().rstrip(',')}}}").items() <= signing.items()


def test_conditions_shown_are_allowed() -> None:
    (conditions,) = (block for block in AUTHORS.blocks("text") if "==" in block)
    for condition in conditions.splitlines():
        check(condition)


def test_pictures_have_the_size_that_is_written() -> None:
    for row in Page("docs/images/README.md").table("Picture", "Diagram", "Size"):
        picture = (ROOT / "docs/images" / plain(row[0])).read_bytes()
        width, height = struct.unpack(">II", picture[16:24])
        assert f"{width} × {height}" == row[2]
        assert (ROOT / plain(row[1])).exists()


def test_headings_go_down_by_one() -> None:
    for page in pages():
        levels = [level for level, _ in page.headings]
        assert all(later <= before + 1 for before, later in pairwise(levels)), page.path
