"""Where a dossier stands, marked in the diagrams of its procedure."""

from itertools import pairwise

from bpmn.procedure import DIAGRAM_FILE, procedure_folders
from bpmn.steps import Message
from engine.model.event import EventType
from engine.queries.drawing import Drawing, drawings, name_of, source
from engine.workflow.run import Run
from tests.samples import answer, application, shipped
from tests.unit.engine.living import Life

LAND = shipped("1_013978")
MAIN = "procedure"


def _life() -> Life:
    life = Life(LAND, application=application(LAND))
    life.complete("check_papers", **answer(LAND, "check_papers"))
    life.complete("digitise", **answer(LAND, "digitise"))
    return life


def _drawn(life: Life) -> dict[str, Drawing]:
    return {each.name: each for each in drawings(life.dossier, LAND)}


def test_a_step_inside_a_stage_marks_the_stage_in_the_main_diagram() -> None:
    drawn = _drawn(Life(LAND, application=application(LAND)))
    assert list(drawn) == [MAIN, "shared.receipt"]
    assert drawn[MAIN] == Drawing(MAIN, "", ("call_receipt",), (), ())
    stage = drawn["shared.receipt"]
    assert (stage.title, stage.current) == ("Tiếp nhận hồ sơ", ("check_papers",))


def test_what_was_done_is_marked_with_the_stages_it_was_done_in() -> None:
    main = _drawn(_life())[MAIN]
    assert main.current == ("appraise",)
    assert main.done == ("call_digitisation", "call_receipt")


def test_what_is_done_again_is_where_the_dossier_is() -> None:
    life = _life()
    form = answer(
        LAND, "appraise", decision="supplement", supplement_items="Bản sao", reason="Bản chụp mờ"
    )
    life.complete("appraise", 3, **form)
    life.complete("send_supplement_request", 3, **answer(LAND, "send_supplement_request"))
    drawn = _drawn(life)
    assert drawn[MAIN].waiting == ("call_supplement",)
    assert drawn["shared.supplement"].waiting == ("await_supplement",)
    assert drawn["shared.supplement"].done == ("send_supplement_request",)
    life.act(EventType.SUPPLEMENT_RECEIVED, 2)
    assert _drawn(life)[MAIN].current == ("appraise",)
    assert "appraise" not in _drawn(life)[MAIN].done


def test_a_way_out_is_marked_where_it_is_drawn() -> None:
    life = _life()
    life.act(EventType.WITHDRAWAL_REQUESTED, 2, {"reason": "Thôi"})
    (main,) = drawings(life.dossier, LAND)
    assert main.current == ("return_papers",)


def test_every_place_lies_within_elements_that_are_drawn() -> None:
    for folder in procedure_folders():
        procedure = shipped(folder.name)
        facts = {"application": application(procedure), "dossier": {}}
        run = Run.begin(procedure.diagram, facts)
        for message, subprocess in procedure.places.interruptions.items():
            assert message in Message
            run.interrupt(message, subprocess)
            for place in run.places:
                path = run.path(place.number)
                assert len(list(pairwise(path))) == 1
                assert all(f'id="{id_}"' in procedure.sources[DIAGRAM_FILE] for id_ in path)


def test_diagrams_are_found_by_name_and_nothing_else_is() -> None:
    assert source(LAND, MAIN) == LAND.sources[DIAGRAM_FILE]
    assert source(LAND, name_of("shared/receipt.bpmn")) == LAND.sources["shared/receipt.bpmn"]
    for name in ("facts.toml", "fee", "shared.forms.sign", "", "..", "procedure.bpmn"):
        assert source(LAND, name) is None
