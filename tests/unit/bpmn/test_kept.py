"""What is worked out per version is kept for so many versions, and no more."""

from bpmn.kept import Kept
from bpmn.procedure import Procedure
from tests.samples import shipped


def test_what_came_first_goes_first() -> None:
    made: list[str] = []

    def make(procedure: Procedure) -> str:
        made.append(procedure.facts.code)
        return procedure.digest

    kept = Kept(make, most=2)
    first, second, third = (shipped(code) for code in ("1_001193", "1_001612", "1_013978"))
    for procedure in (first, first, second, third, third, first):
        assert kept.of(procedure) == procedure.digest
    assert made == ["1.001193", "1.001612", "1.013978", "1.001193"]
