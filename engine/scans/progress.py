"""Tells how far OCR is: a plug-in of ocrmypdf in the place of its bar on a terminal."""

from typing import Any

from ocrmypdf import hookimpl

from engine.scans.assembly import Tell

_tell: list[Tell] = []


def told_to(tell: Tell) -> None:
    """From now on `tell` hears how many pages are done."""
    _tell[:] = [tell]


@hookimpl
def get_progressbar_class() -> type["_Progress"]:
    """What ocrmypdf asks for."""
    return _Progress


class _Progress:
    def __init__(self, *, desc: str | None = None, **more: Any) -> None:
        self._counts = desc == "OCR"
        self._done = 0.0

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *error: object) -> None:
        return None

    def update(self, n: float = 1, *, completed: float | None = None) -> None:
        """So much more is done, or so much altogether."""
        self._done = self._done + n if completed is None else completed
        if self._counts and self._done == int(self._done):
            for tell in _tell:
                tell(int(self._done))
