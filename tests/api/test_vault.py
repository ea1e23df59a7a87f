"""The vault over HTTP: looked at, opened, taken over, taken back; results and figures."""

from io import BytesIO

import pikepdf
import pytest
from sqlalchemy import select

from engine.model.reading import Looked
from engine.store.audit_tables import access
from engine.store.database import Database
from engine.store.tables import dossier
from tests.api.client import Caller, json_of, problem_of
from tests.api.lives import Lives
from tests.api.vault_routes import papers_of
from tests.office import COMMUNE_2
from tests.vaulted import HOA, RESULT, Papers, signed_file


@pytest.fixture
def here(lives: Lives) -> Papers:
    return papers_of(lives, 1)


@pytest.fixture
def there(lives: Lives) -> Papers:
    return papers_of(lives, 2)


def looks(database: Database) -> set[tuple[str, str]]:
    query = select(dossier.c.code, access.c.looked).join(
        access, access.c.dossier_id == dossier.c.id
    )
    with database.reading() as tx:
        return {(row.code, row.looked) for row in tx.execute(query)}


def test_papers_are_seen_opened_and_taken(
    here: Papers, there: Papers, call: Caller, database: Database
) -> None:
    first = here.finished()
    code = there.submit(components=("PROOF",))
    path = f"/dossiers/{code}/vault"
    result, proof = json_of(call.get("reception2", path))["items"]
    assert (result["type"], result["components"]) == (RESULT, ["EARLIER"])
    assert (result["validity_name"], result["valid_until"]) == ("Còn hiệu lực", "2027-01-06")
    assert (proof["dossier"], proof["taken"], proof["number"]) == (first, False, None)
    assert looks(database) == {(code, Looked.VAULT)}

    opened = call.get("reception2", f"{path}/{proof['item']}/file")
    assert opened.data == signed_file()
    assert pikepdf.open(BytesIO(opened.data)).pages
    assert looks(database) == {(code, Looked.VAULT), (first, Looked.VAULT)}

    take = f"{path}/{proof['item']}/take"
    answer = call.post("reception2", take, {"component": "PROOF", "confirmed": True})
    document = json_of(answer, 201)
    assert (document["origin"], document["component"]) == ("vault", "PROOF")
    assert answer.headers["ETag"]
    problem_of(
        call.post("reception2", take, {"component": "PROOF", "confirmed": True}),
        409,
        "vault_item_taken",
    )
    own = call.get("clerk2", f"/dossiers/{code}/documents/{document['number']}/file")
    assert own.data == signed_file()
    assert json_of(call.get("leader2", f"/dossiers/{code}/verification"))["intact"]


def test_refusals_say_what_to_do(here: Papers, there: Papers, call: Caller) -> None:
    here.finished()
    code, other = there.submit(), there.submit(HOA)
    result, proof = there.shelf(code)
    on = f"/dossiers/{code}/vault/{result.item}"
    problem_of(call.post("reception2", f"{on}/take", {}), 422, "request_invalid")
    wrong = call.post("reception2", f"{on}/take", {"component": "PROOF", "confirmed": True})
    problem_of(wrong, 422, "vault_item_not_fitting")
    strange = f"/dossiers/{other}/vault/{proof.item}"
    problem_of(call.get("reception2", f"{strange}/file"), 404, "vault_item_unknown")
    taken = call.post("reception2", f"{strange}/take", {"component": "PROOF", "confirmed": True})
    problem_of(taken, 404, "vault_item_unknown")
    there.clock.advance(days=31)
    old = f"/dossiers/{code}/vault/{proof.item}/take"
    late = call.post("reception2", old, {"component": "PROOF", "confirmed": True})
    assert "hết hiệu lực" in problem_of(late, 409, "vault_item_unusable")["detail"]


def test_a_leader_takes_a_result_back(here: Papers, call: Caller) -> None:
    code = here.finished()
    number = here.shelf(here.submit())[0].document
    path = f"/dossiers/{code}/documents/{number}/withdraw"
    body = {"reason": "Cấp không đúng thẩm quyền"}
    problem_of(call.post("leader1", path, {"reason": "sai"}), 422)
    stale = call.post("leader1", path, body, If_Match='"1"')
    problem_of(stale, 412, "revision_stale")
    assert json_of(call.post("leader1", path, body))["status"] == "delivered"
    problem_of(call.post("leader1", path, body), 409, "withdrawn_already")
    (paper, _) = json_of(call.get("reception1", f"/dossiers/{here.submit()}/vault"))["items"]
    assert paper["validity"] == "withdrawn"


def test_a_portal_lists_the_results_of_its_dossiers(here: Papers, call: Caller) -> None:
    own = [here.finished(by="portal") for _ in range(3)]
    here.finished()
    first = json_of(call.get("portal", "/results?limit=2"))
    second = json_of(call.get("portal", f"/results?limit=2&cursor={first['next']}"))
    items = [*first["items"], *second["items"]]
    assert [item["dossier"] for item in items] == [*reversed(own)]
    assert {item["type"] for item in items} == {RESULT}
    file = f"/dossiers/{items[0]['dossier']}/documents/{items[0]['document']}/file"
    assert call.get("portal", file).data == signed_file()
    assert json_of(call.get("portal", "/results?limit=200"))["next"] is None
    assert json_of(call.get("office1", "/results"))["items"] == []


def test_figures_and_the_dossiers_behind_them(here: Papers, there: Papers, call: Caller) -> None:
    here.finished()
    code = there.submit(components=("PROOF",))
    there.take(code, there.shelf(code)[1], "PROOF")
    counts = json_of(call.get("control", "/supervision/papers?by=agency"))
    assert counts["total"]["figures"] == {
        "received": 2, "reusing": 1, "with_papers": 2, "digitised": 2, "not_digitised": 0,
        "results": 1, "signed": 1, "unsigned": 0,
    }  # fmt: skip
    assert counts["total"]["reused"] == 1
    assert counts["names"]["reusing"].startswith("Hồ sơ có tái sử dụng")
    assert [group["key"] for group in counts["groups"]] == ["H40", "H40.30.01", COMMUNE_2]
    listed = "/supervision/papers/dossiers?figure=reusing"
    assert [i["code"] for i in json_of(call.get("control", listed))["items"]] == [code]
    assert json_of(call.get("leader1", listed))["items"] == []
    for query in ("by=officer", "since=hom-nay", "agency=/"):
        problem_of(call.get("control", f"/supervision/papers?{query}"), 422, "request_invalid")
    problem_of(call.get("control", "/supervision/papers/dossiers"), 422, "request_invalid")
