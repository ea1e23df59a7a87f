"""The measurements, each beside its floor in the same run."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from bpmn.roles import Role
from cli.bench.copies import PREFIX
from cli.bench.floor import Floor
from cli.bench.http import Client
from cli.bench.result import Result, result
from cli.bench.subjects import Bench, grow_mass
from engine.model.dossier import Dossier
from engine.verification import all_codes, verify_dossier
from notifications.tick import tick

MOST_BYTES = 100_000
"""A page of the web, without what it refers to."""


def completion(bench: Bench, client: Client, lives: int) -> Iterator[Result]:
    """Completing a task through HTTP, turn by turn with the floor."""
    floor = Floor(bench.database, bench.procedure.diagram, bench.answers, time.perf_counter)
    bare = floor.completions()
    ours, whole, strict = [], [], []
    for _ in range(lives):
        dossier = bench.submit()
        while dossier.tasks:
            dossier = _complete(bench, client, dossier)
            ours.append(client.elapsed)
            time_of_floor = next(bare)
            whole.append(time_of_floor.whole)
            strict.append(time_of_floor.step_and_commit)
    name = "complete a task through HTTP"
    yield result(name, ours, "SpiffWorkflow restore, step, dump + commit", whole)
    yield result(name, ours, "SpiffWorkflow step in memory + commit", strict)


def history(bench: Bench, client: Client, pairs: int) -> Iterator[Result]:
    """The same completion where the log is short and where it is long, in turn."""
    young = [bench.aged(5) for _ in range(pairs)]
    old = [bench.aged(100) for _ in range(pairs)]
    client.rest()
    times: dict[int, list[float]] = {5: [], 100: []}
    for short, long in zip(young, old, strict=True):
        for events, dossier in ((5, short), (100, long)):
            _complete(bench, client, dossier)
            times[events].append(client.elapsed)
    yield result("complete at a history of 100", times[100], "at a history of 5", times[5])


def inbox(bench: Bench, client: Client, sizes: tuple[int, int], rounds: int) -> Iterator[Result]:
    """First pages of inbox and search, with few and with many open tasks lying there."""
    looks: dict[str, Callable[[], object]] = {
        "inbox page": lambda: client.get("/api/v1/tasks?view=unit", Role.SPECIALIST),
        "inbox as a web page": lambda: _light(client.page("/viec?view=unit", Role.SPECIALIST)),
        "search found everywhere": lambda: client.get("/api/v1/search?q=nguyen", Role.SPECIALIST),
        "search found nowhere": lambda: client.get("/api/v1/search?q=0999", Role.SPECIALIST),
    }
    times: dict[str, list[list[float]]] = {name: [] for name in looks}
    for size in sizes:
        client.rest()
        grow_mass(bench, size)
        for name, look in looks.items():
            times[name].append(list(_timed(client, look, rounds)))
    few, many = sizes
    for name, (with_few, with_many) in times.items():
        yield result(f"{name} at {many:,} open tasks", with_many, f"at {few:,}", with_few)


def _timed(client: Client, look: Callable[[], object], rounds: int) -> Iterator[float]:
    for _ in range(rounds):
        look()
        yield client.elapsed


def _light(page: bytes) -> None:
    if len(page) > MOST_BYTES:
        raise RuntimeError(f"a page of {len(page):,} bytes")


def firing(bench: Bench, count: int) -> Iterator[Result]:
    """A tick in which timers are due, per timer, beside a completion without HTTP."""
    dossiers = [bench.advance_to(bench.submit(), "appraise") for _ in range(count)]
    later = bench.now + timedelta(days=2)
    began = time.perf_counter()
    report = tick(bench.database, lambda: later)
    each = (time.perf_counter() - began) / max(1, report.fired)
    completions = []
    for dossier in dossiers:
        began = time.perf_counter()
        bench.advance(dossier)
        completions.append(time.perf_counter() - began)
    yield result(f"fire a timer ({report.fired} due)", [each], "a completion", completions)


def verification(bench: Bench) -> Iterator[Result]:
    """Checking and re-executing a whole dossier, beside one completion."""
    times = []
    for code in (code for code in all_codes(bench.database) if not code.startswith(PREFIX)):
        began = time.perf_counter()
        with bench.database.reading() as tx:
            broken = verify_dossier(tx, code)
        times.append(time.perf_counter() - began)
        if broken:
            raise RuntimeError(str(broken))
    dossier = bench.submit()
    completions = []
    while dossier.tasks:
        began = time.perf_counter()
        dossier = bench.advance(dossier)
        completions.append(time.perf_counter() - began)
    yield result(f"verify a dossier (of {len(times)})", times, "a completion", completions)


def _complete(bench: Bench, client: Client, dossier: Dossier) -> Dossier:
    opened = next(iter(dossier.tasks.values()))
    path = f"/api/v1/dossiers/{dossier.code}/tasks/{opened.place}/complete"
    client.post(path, opened.role, {"form": bench.answers[opened.step]})
    return bench.reload(dossier.code)
