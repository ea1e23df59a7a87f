"""Pages of the documentation, and what one finds in them."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_CELLS = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Page:
    """One Markdown file, by its path from the root."""

    path: str

    @cached_property
    def text(self) -> str:
        """All of it."""
        return (ROOT / self.path).read_text(encoding="utf-8")

    @cached_property
    def prose(self) -> str:
        """Without blocks of code."""
        return _BLOCK.sub("", self.text)

    def blocks(self, language: str) -> list[str]:
        """Blocks of code in a language, in order."""
        return [code for name, code in _BLOCK.findall(self.text) if name == language]

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Level and text of every heading."""
        return [(len(marks), text) for marks, text in _HEADING.findall(self.prose)]

    @property
    def anchors(self) -> set[str]:
        """What a link may name after `#`."""
        return {_slug(text) for _, text in self.headings}

    @property
    def links(self) -> list[str]:
        """Targets of links and pictures."""
        return [target for _, target in _LINK.findall(self.prose)]

    @property
    def pictures(self) -> list[str]:
        """Targets of pictures."""
        return [target for mark, target in _LINK.findall(self.prose) if mark]

    @property
    def code(self) -> list[str]:
        """Code within sentences."""
        return _CODE.findall(self.prose)

    def table(self, *header: str) -> list[list[str]]:
        """The rows of the table that begins with these column names, as written."""
        lines = iter(self.prose.splitlines())
        for line in lines:
            if _row(line)[: len(header)] == list(header):
                next(lines)
                return [_row(row) for row in takewhile(_row, lines)]
        raise LookupError(header)


def pages() -> list[Page]:
    """All pages, the two READMEs and the guide for contributors included."""
    files = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return [Page(file.relative_to(ROOT).as_posix()) for file in sorted(files)]


def plain(cell: str) -> str:
    """A cell without the marks of code."""
    return cell.replace("`", "")


def codes(cell: str) -> list[str]:
    """What a cell marks as code."""
    return _CODE.findall(cell)


def _row(line: str) -> list[str]:
    line = line.strip()
    return [cell.strip() for cell in _CELLS.split(line)[1:-1]] if line.startswith("|") else []


def _slug(heading: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return kept.replace(" ", "-")
