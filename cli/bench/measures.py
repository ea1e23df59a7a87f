"""The measurements, each beside its floor in the same run."""

import time
from collections.abc import Iterator
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
    """First page of an inbox, with few and with many open tasks lying in it."""
    pages: list[list[float]] = []
    for size in sizes:
        client.rest()
        grow_mass(bench, size)
        pages.append(list(_inbox(client, rounds)))
    few, many = sizes
    yield result(f"inbox page at {many:,} open tasks", pages[1], f"at {few:,}", pages[0])


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


def _inbox(client: Client, rounds: int) -> Iterator[float]:
    for _ in range(rounds):
        client.get("/api/v1/tasks?view=unit", Role.SPECIALIST)
        yield client.elapsed
