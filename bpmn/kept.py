"""What is worked out once per version of a procedure, and kept for the last versions only."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from bpmn.procedure import Procedure

VERSIONS_KEPT = 400
"""Of how many versions a process keeps what it worked out."""
T = TypeVar("T")


class Kept(Generic[T]):
    """Something of each version, worked out when it is first asked for; beyond `most`, what came
    first goes."""

    def __init__(self, make: Callable[[Procedure], T], most: int = VERSIONS_KEPT) -> None:
        self._make = make
        self._most = most
        self._found: dict[str, T] = {}
        self._changing = threading.Lock()

    def of(self, procedure: Procedure) -> T:
        """What belongs to this version."""
        found = self._found.get(procedure.digest)
        if found is None:
            found = self._make(procedure)
            with self._changing:
                while len(self._found) >= self._most:
                    del self._found[next(iter(self._found))]
                self._found[procedure.digest] = found
        return found
