"""Many dossiers verified by several processes at once.

Each has an executor of its own, so that one that is killed takes down nothing but the batch it was
at: those dossiers are told of as lost, and another process goes on with the rest.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from threading import Lock

from engine.files import FileStore
from engine.settings import Settings
from engine.signatures.trust import Trust, trusted
from engine.store.database import Database
from engine.verification import verify_all
from engine.verification.finding import Broken

BATCH = 20
"""So many dossiers a process is given at a time."""


@dataclass(frozen=True)
class Done:
    """What became of some dossiers: what is wrong with them; `lost`: their process died."""

    codes: Sequence[str]
    broken: tuple[Broken, ...] = ()
    lost: bool = False


@dataclass(frozen=True)
class _Opened:
    database: Database
    files: FileStore
    trust: Trust


def verify_here(
    database: Database, settings: Settings, codes: Iterable[str], done: Callable[[Done], None]
) -> None:
    """Check dossiers one by one in this process, telling `done` of each."""
    files, trust = FileStore.of(settings), trusted(settings.trust_roots)
    for code in codes:
        done(Done([code], _verified([code], _Opened(database, files, trust))))


def verify_in_parallel(
    settings: Settings,
    codes: Iterable[str],
    workers: int,
    done: Callable[[Done], None],
    batch: int = BATCH,
) -> None:
    """Check many dossiers, their files and signatures, telling `done` of some at a time, in any
    order but never two at once. Raises what a process raises."""
    batches, telling = _shared(codes, batch), Lock()

    def tell(some: Done) -> None:
        with telling:
            done(some)

    with ThreadPoolExecutor(workers) as drivers:
        driven = [drivers.submit(_drive, settings, batches, tell) for _ in range(workers)]
        for each in driven:
            each.result()


def _shared(codes: Iterable[str], size: int) -> Iterator[list[str]]:
    """Batches that several threads may take one after the other."""
    taking, rest = Lock(), iter(codes)

    def take() -> list[str]:
        with taking:
            return list(islice(rest, size))

    return iter(take, [])


def _forked_from_one() -> BaseContext:
    """Processes are copies of one that has read the modules: reading them takes seconds."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def _drive(settings: Settings, batches: Iterator[list[str]], tell: Callable[[Done], None]) -> None:
    """Have one process check batches, and another where it dies."""
    begin = partial(ProcessPoolExecutor, 1, _forked_from_one(), _begin, (settings,))
    process = begin()
    try:
        for codes in batches:
            try:
                tell(Done(codes, process.submit(_verified_apart, codes).result()))
            except BrokenProcessPool:
                tell(Done(codes, lost=True))
                process.shutdown()
                process = begin()
    finally:
        process.shutdown(cancel_futures=True)


_opened: list[_Opened] = []
"""What this process works on, opened once."""


def _begin(settings: Settings) -> None:
    database = Database(settings.database_url, 1)
    _opened.append(_Opened(database, FileStore.of(settings), trusted(settings.trust_roots)))


def _verified_apart(codes: Sequence[str]) -> tuple[Broken, ...]:
    return _verified(codes, _opened[0])


def _verified(codes: Sequence[str], here: _Opened) -> tuple[Broken, ...]:
    found: list[Broken] = []

    def done(broken: Broken | None) -> None:
        found.extend([broken] if broken else [])

    verify_all(here.database, here.files, here.trust, codes, done)
    return tuple(found)
