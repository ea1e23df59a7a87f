"""The process that makes one document: `python -m engine.scans.make` (see `engine.scans.worker`).

The order comes as the first line of standard input. What is done is told on standard output, a
line of JSON each: `{"done": 2}`, at the end `{"made": …}` or `{"refused": …}`.
"""

import json
import shutil
import sys
from math import isfinite
from pathlib import Path
from typing import Any

from engine.errors import EngineError
from engine.errors.scans import ScanNotArchivable
from engine.scans.archive import archive, can_read
from engine.scans.arrangement import Arrangement, read_arrangement
from engine.scans.assembly import Assembly, Source, Tell, kept_whole
from engine.scans.limits import Limits, confine, end_with_parent


def main() -> None:
    """Take the order, do it, tell what came of it."""
    order = json.loads(sys.stdin.buffer.readline())
    confine(Limits(**order["limits"]))
    end_with_parent()
    sources = [Source(Path(path), media_type) for path, media_type in order["sources"]]
    try:
        arrangement = read_arrangement(order["pages"], len(sources))
        made = make(sources, arrangement, Path(order["target"]), _tell_done, order["reads"])
    except EngineError as error:
        _say(refused=error.message)
    else:
        _say(made=made)


def make(
    sources: list[Source], arrangement: Arrangement, target: Path, tell: Tell, reads: bool
) -> dict[str, Any]:
    """Write the document to `target`; raises an `EngineError` saying why that is not possible.

    Where the pages as they came cannot be archived, they are drawn as pictures, which can.
    """
    if signed := kept_whole(sources, arrangement):
        shutil.copyfile(signed.path, target)
        return {"signed": True, "text_layer": True, "resolution": None}
    reads = reads and can_read()
    for draw_all in (False, True):
        assembly = Assembly(sources, draw_all)
        together = target.with_suffix(".parts.pdf")
        assembly.write(arrangement, together, (lambda done: None) if reads else tell)
        if archive(together, target, tell, reads):
            coarsest = round(assembly.resolution) if isfinite(assembly.resolution) else None
            return {"signed": False, "text_layer": reads, "resolution": coarsest}
    raise ScanNotArchivable(reason="các trang không đổi được thành ảnh lưu trữ")


def _tell_done(done: int) -> None:
    _say(done=done)


def _say(**said: Any) -> None:
    print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
