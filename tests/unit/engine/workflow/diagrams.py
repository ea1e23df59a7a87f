"""Diagrams that several tests of the token game use."""

from bpmn.procedure import procedure_from_sources
from tests.diagrams import (
    START,
    call,
    end,
    gateway,
    simple,
    start,
    task,
    way,
)
from tests.unit.bpmn.asking import stage
from tests.unit.engine.game import drawn

ENDED = end("ended")
SIMPLE = procedure_from_sources(simple()).diagram
THREE = drawn(
    *(START, task("first"), gateway("split", "parallel"), gateway("join", "parallel")),
    *(task("a"), task("b"), task("c"), task("after"), ENDED),
    *(way("start", "first", "split", "a", "join", "after", "ended")),
    *(way("split", "b", "join"), way("split", "c", "join")),
    steps="first a b c after",
)


BLOCK = (
    *(gateway("in"), gateway("split", "parallel"), gateway("join", "parallel")),
    *(task("a"), task("b"), way("in", "split", "a", "join"), way("split", "b", "join")),
)
NESTED = {
    "outer": stage(
        "outer",
        *(start("s1"), task("before"), call("deeper", "inner"), task("behind"), end("e1", None)),
        way("s1", "before", "deeper", "behind", "e1"),
        steps="before behind",
    ),
    "inner": stage(
        "inner",
        *(start("s2"), task("one"), task("two"), end("e2", None), way("s2", "one", "two", "e2")),
        steps="one two",
    ),
}
