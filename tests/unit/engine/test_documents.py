"""Documents in a dossier's life: who may change them when, and what steps need them."""

from dataclasses import asdict
from typing import Any

import pytest

from bpmn.procedure import procedure_from_sources
from engine.errors import EngineError, TaskTaken, UnknownComponent
from engine.errors.documents import (
    ComponentMissing,
    DocumentChanged,
    DocumentNotRemovable,
    DocumentSigned,
    DocumentUnknown,
    DraftExists,
    DraftMissing,
    NotDigitised,
    NotDraftedHere,
    NotSignedHere,
    SealMissing,
    SignatureMissing,
    SignedAlready,
    SignedOutOfOrder,
)
from engine.model.document import FileFacts
from engine.model.event import EventType
from tests.diagrams import START, diagram, end, sources, task, way
from tests.unit.engine.living import Life

SPECIALIST, LEADER, CLERK = 3, 4, 5
REGISTERED = {"book": "GKS", "year": 2026, "number": 7, "symbol": "GKS", "issued_on": "2026-07-06"}
PAPERS = procedure_from_sources(
    sources(
        diagram(
            "p_9_000001",
            {
                "Bộ phận Một cửa": ["start", "check_papers", "digitise", "done"],
                "Chuyên viên": ["appraise"],
                "Lãnh đạo": ["sign"],
                "Văn thư": ["seal"],
            },
            START,
            task("check_papers", "receipt"),
            task("digitise", "digitisation", digitises="true"),
            task("appraise", drafts="result,refusal"),
            task("sign", "signing", signs="result", four_eyes="appraise"),
            task("seal", "signing", seals="result"),
            end("done"),
            way("start", "check_papers", "digitise", "appraise", "sign", "seal", "done"),
        )
    )
)


def file_of(letter: str) -> dict[str, Any]:
    return asdict(FileFacts(letter * 64, 1000, 1, "application/pdf"))


class PaperLife(Life):
    """A life with documents: acts on the file that a document has just now."""

    def bring(self, kind: str, letter: str, actor: int = 2, **data: Any) -> None:
        number = self.dossier.documents_added + 1
        said: dict[str, Any] = {
            "origin": "scanned",
            "file": file_of(letter),
            "document": number,
        } | data
        self.act(EventType.DOCUMENT_ADDED, actor, kind=kind, **said)

    def change(self, type_: EventType, document: int, actor: int, **data: Any) -> None:
        current = self.dossier.documents.get(document)
        on: dict[str, Any] = {"document": document, "before": current and current.file.digest}
        self.act(type_, actor, **on | data)

    def signed(self, capacity: str, actor: int, letter: str, **more: Any) -> None:
        after = {"digest": letter * 64, "size": 2000}
        data = {"capacity": capacity, "certificate": "c" * 64, "after": after} | more
        self.change(EventType.DOCUMENT_SIGNED, 1, actor, **data)

    def numbered(self, letter: str, actor: int = CLERK, **more: Any) -> None:
        data = {"registered": REGISTERED, "after": {"digest": letter * 64, "size": 2100}} | more
        self.change(EventType.DOCUMENT_NUMBERED, 1, actor, **data)

    @property
    def place(self) -> int:
        return self.task().place

    def drafting(self) -> "PaperLife":
        self.complete("check_papers", decision="accept")
        self.complete("digitise")
        return self

    def drafted(self) -> "PaperLife":
        self.drafting().bring("result", "a", SPECIALIST, place=self.place)
        self.complete("appraise", SPECIALIST, decision="approve")
        return self

    def approved(self) -> "PaperLife":
        self.drafted().signed("leader", LEADER, "b", place=self.place)
        self.complete("sign", LEADER, decision="approve")
        return self


@pytest.fixture
def life() -> PaperLife:
    return PaperLife(PAPERS)


def refused(error: type[EngineError], life: PaperLife, *args: Any, **data: Any) -> None:
    """Whatever is refused leaves the dossier as it was."""
    before = life.dossier
    with pytest.raises(error):
        life.act(*args, **data)
    assert life.dossier == before


def test_a_result_is_drafted_signed_numbered_and_sealed(life: PaperLife) -> None:
    life.approved()
    life.numbered("d", place=life.place)
    life.signed("agency", CLERK, "e", place=life.place)
    life.complete("seal", CLERK)
    result = life.dossier.document_of("result")
    assert result is not None
    assert [signature.capacity for signature in result.signatures] == ["leader", "agency"]
    assert result.registered is not None
    assert result.registered.in_words == "07/GKS"
    assert result.file.digest == "e" * 64


def test_what_a_step_needs_cannot_be_left_out(life: PaperLife) -> None:
    life.drafting()
    with pytest.raises(DraftMissing):
        life.complete("appraise", SPECIALIST, decision="approve")
    life.bring("result", "a", SPECIALIST, place=life.place)
    life.complete("appraise", SPECIALIST, decision="approve")
    with pytest.raises(SignatureMissing):
        life.complete("sign", LEADER, decision="approve")
    life.signed("leader", LEADER, "b", place=life.place)
    with pytest.raises(SignatureMissing):
        life.complete("sign", LEADER + 10, decision="approve")
    life.complete("sign", LEADER, decision="approve")
    with pytest.raises(SealMissing):
        life.complete("seal", CLERK)
    life.numbered("d", place=life.place)
    with pytest.raises(SealMissing):
        life.complete("seal", CLERK)


def test_a_refusal_is_another_paper_than_a_result(life: PaperLife) -> None:
    life.drafting().bring("result", "a", SPECIALIST, place=life.place)
    with pytest.raises(DraftMissing):
        life.complete("appraise", SPECIALIST, decision="refuse")
    life.bring("refusal", "b", SPECIALIST, place=life.place)
    life.complete("appraise", SPECIALIST, decision="refuse")


def test_components_handed_in_are_digitised_and_signed() -> None:
    life = PaperLife(PAPERS, components=[{"code": "A", "originals": 1, "copies": 0}])
    life.complete("check_papers", decision="accept")
    with pytest.raises(NotDigitised, match="Tờ khai"):
        life.complete("digitise")
    life.bring("component", "a", component="A")
    with pytest.raises(NotDigitised):
        life.complete("digitise")
    life.signed("reception", 2, "b")
    life.complete("digitise")


@pytest.mark.parametrize("origin", ["uploaded", "vault"])
def test_what_came_as_a_file_needs_no_signature_of_the_counter(origin: str) -> None:
    life = PaperLife(PAPERS, components=[{"code": "A", "originals": 1, "copies": 0}])
    life.complete("check_papers", decision="accept")
    life.bring("component", "a", component="A", origin=origin)
    life.complete("digitise")


def test_nobody_seals_what_is_not_signed_and_numbered(life: PaperLife) -> None:
    life.drafted()
    with pytest.raises(SignedOutOfOrder):
        life.signed("agency", CLERK, "b", place=life.place)
    with pytest.raises(SignedOutOfOrder):
        life.numbered("b", LEADER, place=life.place)
    life.signed("leader", LEADER, "b", place=life.place)
    with pytest.raises(SignedAlready):
        life.signed("leader", LEADER, "c", place=life.place)
    with pytest.raises(NotSignedHere):
        life.numbered("d", LEADER, place=life.place)
    life.complete("sign", LEADER, decision="approve")
    with pytest.raises(SignedOutOfOrder):
        life.signed("agency", CLERK, "b", place=life.place)
    life.numbered("d", place=life.place)
    with pytest.raises(SignedAlready):
        life.numbered("f", place=life.place)


def test_a_result_is_signed_at_its_step_only(life: PaperLife) -> None:
    life.drafting().bring("result", "a", SPECIALIST, place=life.place)
    with pytest.raises(NotSignedHere):
        life.signed("leader", LEADER, "b", place=life.place)
    with pytest.raises(NotSignedHere):
        life.signed("leader", LEADER, "b")


def test_drafts_belong_to_whoever_has_the_task(life: PaperLife) -> None:
    life.drafting()
    life.on_task(EventType.TASK_CLAIMED, SPECIALIST, "appraise")
    with pytest.raises(TaskTaken):
        life.bring("result", "a", SPECIALIST + 10, place=life.place)
    life.bring("result", "a", SPECIALIST, place=life.place)
    with pytest.raises(DraftExists):
        life.bring("result", "b", SPECIALIST, place=life.place)


def test_drafts_are_drawn_up_where_the_diagram_says(life: PaperLife) -> None:
    with pytest.raises(NotDraftedHere):
        life.bring("result", "a", place=life.place)
    with pytest.raises(NotDraftedHere):
        life.bring("result", "a")


def test_a_draft_may_be_replaced_until_it_is_handed_on(life: PaperLife) -> None:
    life.drafting().bring("result", "a", SPECIALIST, place=life.place)
    change = {"file": file_of("b"), "origin": "uploaded", "place": life.place}
    life.change(EventType.DOCUMENT_REPLACED, 1, SPECIALIST, **change)
    assert life.dossier.documents[1].file.digest == "b" * 64
    life.complete("appraise", SPECIALIST, decision="approve")
    with pytest.raises(NotDraftedHere):
        life.change(EventType.DOCUMENT_REPLACED, 1, LEADER, **change | {"place": life.place})


def test_a_stale_file_is_told(life: PaperLife) -> None:
    life.bring("component", "a", component="A")
    after = {"digest": "b" * 64, "size": 1}
    signing = {"document": 1, "before": "0" * 64, "capacity": "reception", "after": after}
    refused(DocumentChanged, life, EventType.DOCUMENT_SIGNED, 2, certificate="c" * 64, **signing)
    with pytest.raises(DocumentChanged):
        life.bring("component", "c", component="A", document=7)
    with pytest.raises(DocumentUnknown):
        life.change(EventType.DOCUMENT_REMOVED, 9, 2)


def test_a_component_signed_is_taken_out_rather_than_replaced(life: PaperLife) -> None:
    life.bring("component", "a", component="A")
    life.signed("reception", 2, "b")
    change = {"file": file_of("c"), "origin": "scanned"}
    with pytest.raises(DocumentSigned):
        life.change(EventType.DOCUMENT_REPLACED, 1, 2, **change)
    life.change(EventType.DOCUMENT_REMOVED, 1, 2)
    life.bring("component", "c", component="A")
    assert list(life.dossier.documents) == [2]


def test_results_stay(life: PaperLife) -> None:
    life.drafting().bring("result", "a", SPECIALIST, place=life.place)
    with pytest.raises(DocumentNotRemovable):
        life.change(EventType.DOCUMENT_REMOVED, 1, SPECIALIST)


def test_components_are_those_of_the_procedure(life: PaperLife) -> None:
    with pytest.raises(ComponentMissing):
        life.bring("component", "a")
    with pytest.raises(UnknownComponent):
        life.bring("component", "a", component="?")
