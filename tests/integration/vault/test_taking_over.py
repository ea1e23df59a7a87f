"""One act takes a paper of the vault over into the next dossier."""

from pathlib import Path

import pytest

from engine.commands.historic import TakeIn, Taken, take_in
from engine.commands.signatures import House
from engine.errors import NotPermitted
from engine.errors.documents import NotDigitised
from engine.errors.vault import (
    VaultItemBroken,
    VaultItemNotFitting,
    VaultItemTaken,
    VaultItemUnclear,
    VaultItemUnknown,
    VaultItemUnusable,
)
from engine.model.document import Origin
from engine.model.event import EventType
from tests.signing import draft
from tests.tampering import edited, turned
from tests.vaulted import BINH, HOA, RESULT, Papers, facts_of, signed_file


def test_a_component_of_before_spares_the_paper(here: Papers, there: Papers) -> None:
    first = here.finished()
    code = there.submit(components=("PROOF",))
    with pytest.raises(NotDigitised):
        there.complete(code, "reception")
    result, proof = there.shelf(code)
    dossier = there.take(code, proof, "PROOF")
    document = dossier.documents[1]
    assert (document.origin, document.component) == (Origin.VAULT, "PROOF")
    assert document.file == proof.file
    assert document.source == {
        "item": proof.item,
        "dossier": first,
        "document": proof.document,
        "type": proof.type,
        "number": None,
        "confirmed": True,
    }
    there.take(code, result, "EARLIER")
    there.complete(code, "reception")
    row = there.row(code)
    assert (row.components_due, row.components_digitised, row.components_reused) == (2, 2, 2)
    assert there.verified(code) is None


def test_what_was_taken_over_is_not_kept_a_second_time(here: Papers, there: Papers) -> None:
    here.finished()
    code = there.submit(components=("PROOF",))
    there.take(code, there.shelf(code)[1], "PROOF")
    third = there.submit()
    assert len(there.shelf(third)) == 2


def test_it_must_fit_and_be_the_owners(here: Papers, there: Papers) -> None:
    here.finished()
    code, other = there.submit(), there.submit(HOA)
    result, proof = there.shelf(code)
    with pytest.raises(VaultItemNotFitting):
        there.take(code, result, "PROOF")
    with pytest.raises(VaultItemNotFitting):
        there.take(code, proof, "EARLIER")
    with pytest.raises(VaultItemUnknown):
        there.take(other, proof, "PROOF")
    assert there.dossier(code).documents == {}


def test_it_must_still_be_good(here: Papers, there: Papers) -> None:
    first = here.finished()
    code = there.submit()
    result, proof = there.shelf(code)
    here.withdraw(first, result.document or 0)
    with pytest.raises(VaultItemUnusable, match="đã thu hồi"):
        there.take(code, result, "EARLIER")
    here.clock.advance(days=31)
    with pytest.raises(VaultItemUnusable, match="hết hiệu lực"):
        there.take(code, proof, "PROOF")


def test_it_is_taken_once_and_may_be_taken_out_again(here: Papers, there: Papers) -> None:
    here.finished()
    code = there.submit()
    result = there.shelf(code)[0]
    assert result.type == RESULT
    there.take(code, result, "EARLIER")
    assert there.shelf(code)[0].taken
    with pytest.raises(VaultItemTaken):
        there.take(code, result, "EARLIER")
    there.change(code, EventType.DOCUMENT_REMOVED, 1, "reception")
    there.take(code, result, "EARLIER")


def test_its_signature_must_still_hold(here: Papers, house: House) -> None:
    here.file = facts_of(house.files, edited(signed_file(), turned))
    here.finished()
    code = here.submit()
    with pytest.raises(VaultItemBroken, match="tệp đã bị sửa"):
        here.take(code, here.shelf(code)[0], "EARLIER")
    assert here.dossier(code).documents == {}


def test_one_that_nobody_can_judge_wants_to_be_confirmed(here: Papers) -> None:
    here.finished()
    code = here.submit()
    paper = here.shelf(code)[0]
    with pytest.raises(VaultItemUnclear, match="Hãy đối chiếu"):
        here.take(code, paper, "EARLIER", confirmed=False)
    taken = here.take(code, paper, "EARLIER").documents[1]
    assert taken.source
    assert taken.source["confirmed"] is True


@pytest.mark.parametrize("content", [draft(), b"\x89PNG"], ids=["unsigned", "no PDF"])
def test_what_is_not_signed_is_refused(here: Papers, house: House, content: bytes) -> None:
    here.file = facts_of(house.files, content)
    here.finished()
    code = here.submit()
    with pytest.raises(VaultItemBroken, match="không còn chữ ký"):
        here.take(code, here.shelf(code)[0], "EARLIER")


def test_a_file_that_is_gone_or_altered_is_refused(here: Papers, tmp_path: Path) -> None:
    here.finished()
    code = here.submit()
    paper = here.shelf(code)[0]
    (stored,) = (each for each in (tmp_path / "tep").rglob(paper.file.digest))
    stored.chmod(0o600)
    stored.write_bytes(b"khac")
    with pytest.raises(VaultItemBroken):
        here.take(code, paper, "EARLIER")
    stored.unlink()
    with pytest.raises(VaultItemBroken):
        here.take(code, paper, "EARLIER")


def test_others_may_not_take_it(here: Papers) -> None:
    here.finished()
    code = here.submit()
    paper = here.shelf(code)[0]
    for person in ("leader1", "clerk1", "auditor1"):
        with pytest.raises(NotPermitted):
            here.take(code, paper, "EARLIER", by=person)


def test_the_dossier_at_hand_keeps_what_was_withdrawn_later(here: Papers, there: Papers) -> None:
    first = here.finished()
    code = there.submit(components=("PROOF",))
    proof = there.shelf(code)[1]
    there.take(code, proof, "PROOF")
    here.withdraw(first, proof.document or 0)
    there.complete(code, "reception")
    assert there.verified(code) is None


def test_a_result_of_before_serves_too(here: Papers, house: House, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(draft())
    line = {"owner_name": "Nguyễn Văn Bình", "personal_id": BINH, "type": RESULT, "name": "Kết quả",
            "number": "12/1998", "issued_on": "05/03/1998", "issued_by": "UBND huyện cũ",
            "file": "a.pdf"}  # fmt: skip
    administrator = here.office.actor("administrator1")
    command = TakeIn(here.agency, tmp_path)
    (done,) = take_in(house, command, [(2, line)], administrator)
    assert done.taken is Taken.TAKEN
    code = here.submit()
    (paper,) = here.shelf(code)
    assert (paper.issued_by, paper.number, paper.dossier) == ("UBND huyện cũ", "12/1998", None)
    assert paper.owner_name == "Nguyễn Văn Bình"
    here.take(code, paper, "EARLIER")
    assert here.verified(code) is None
    with pytest.raises(NotPermitted):
        list(take_in(house, command, [(2, line)], here.office.actor("leader1")))
