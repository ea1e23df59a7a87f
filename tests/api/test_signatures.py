"""Signing over REST: with a key here, with one at another computer, many at once; and examining."""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from flask import Flask

from api.services import Services, provide
from engine.model.certificate import Provider
from engine.model.dossier import Dossier
from tests.api.client import Caller, json_of, problem_of
from tests.clock import FakeClock
from tests.databases import FURNISHED, SqliteSource
from tests.office import COMMUNE_1, Office
from tests.pki import PASSPHRASE, Authority, Holder
from tests.signing import picture
from tests.signing_office import CLERK, LEADER, SigningOffice

REQUESTS = "/signature-requests"
TYPED = {"passphrase": PASSPHRASE}


@pytest.fixture
def desk(sqlite_source: SqliteSource, clock: FakeClock, tmp_path: Path) -> Iterator[SigningOffice]:
    with sqlite_source.fresh(FURNISHED) as database:
        made = SigningOffice(Office(database), clock, tmp_path, Authority())
        made.deploy()
        yield made


@pytest.fixture
def ask(shared_app: Flask, desk: SigningOffice) -> Caller:
    """Sends requests to an application that knows the office's roots."""
    house = desk.house
    provide(shared_app, Services(house.settings, house.database, house.clock, house.files))
    return Caller(shared_app)


def _path(dossier: Dossier, act: str = "/signatures", document: int = 2) -> str:
    return f"/dossiers/{dossier.code}/documents/{document}{act}"


def _leader(dossier: Dossier, **more: Any) -> dict[str, Any]:
    return {"capacity": "leader", "place": next(iter(dossier.tasks)), **more}


def test_a_leader_signs_and_everyone_sees_it(ask: Caller, desk: SigningOffice) -> None:
    desk.enrol_all()
    dossier = desk.to_be_signed()
    assert json_of(ask.get("office1", _path(dossier)))["signatures"] == []
    signed = json_of(ask.post(LEADER, _path(dossier), _leader(dossier, **TYPED)))
    assert signed["capacities"] == ["leader"]
    report = json_of(ask.get("office1", _path(dossier)))
    assert report["file"] == signed["file"]
    (leader,) = report["signatures"]
    assert (leader["verdict"], leader["capacity_name"]) == ("VALID", "Người có thẩm quyền")
    assert leader["sentence"].startswith("Chữ ký hợp lệ")


def test_the_secret_must_be_right_and_is_kept_nowhere(
    ask: Caller, desk: SigningOffice, caplog: pytest.LogCaptureFixture
) -> None:
    desk.enrol_all()
    dossier = desk.to_be_signed()
    wrong = ask.post(LEADER, _path(dossier), _leader(dossier, passphrase="sai"))
    problem_of(wrong, 422, "key_file_unusable")
    json_of(ask.post(LEADER, _path(dossier), _leader(dossier, **TYPED)))
    database = Path(str(desk.house.database.engine.url.database))
    kept = database.read_bytes() + Path(f"{database}-wal").read_bytes()
    assert PASSPHRASE.encode() not in kept
    assert PASSPHRASE not in caplog.text


def test_a_seal_before_its_time_is_refused(ask: Caller, desk: SigningOffice) -> None:
    desk.enrol_all()
    dossier = desk.to_be_sealed(numbered=False)
    seal = {"capacity": "agency", "place": next(iter(dossier.tasks)), **TYPED}
    problem_of(ask.post(CLERK, _path(dossier), seal), 409, "signed_out_of_order")
    desk.number(dossier)
    assert json_of(ask.post(CLERK, _path(dossier), seal))["capacities"] == ["leader", "agency"]


@pytest.fixture
def token(desk: SigningOffice) -> Holder:
    """The leader's key is in a USB token at the desk."""
    holder = desk.authority.issue(LEADER)
    desk.enrol(holder, LEADER, Provider.OUTSIDE)
    desk.enrol(desk.authority.issue("reception1"), "reception1")
    return holder


def _value(holder: Holder, request: dict[str, Any]) -> dict[str, str]:
    digest = b64decode(request["digest"])
    value = holder.key.sign(digest, ECDSA(Prehashed(SHA256())))
    return {"value": b64encode(value).decode()}


def test_a_signature_made_outside_takes_two_requests(
    ask: Caller, desk: SigningOffice, token: Holder
) -> None:
    dossier = desk.to_be_signed()
    problem_of(ask.post(LEADER, _path(dossier), _leader(dossier)), 409, "signed_elsewhere")
    request = json_of(
        ask.post(LEADER, _path(dossier, "/signature-requests"), _leader(dossier)), 201
    )
    assert request["fingerprint"] == token.fingerprint
    completion = _path(dossier, f"/signature-requests/{request['id']}/completion")
    signed = json_of(ask.post(LEADER, completion, _value(token, request)))
    assert signed["capacities"] == ["leader"]
    problem_of(ask.post(LEADER, completion, _value(token, request)), 404)


def test_a_request_is_for_one_person_one_document_and_a_quarter_of_an_hour(
    ask: Caller, desk: SigningOffice, token: Holder
) -> None:
    dossier, other = desk.to_be_signed(), desk.to_be_signed()
    request = json_of(
        ask.post(LEADER, _path(dossier, "/signature-requests"), _leader(dossier)), 201
    )
    value, act = _value(token, request), f"/signature-requests/{request['id']}/completion"
    code = "signature_request_unknown"
    problem_of(ask.post("second_leader1", _path(dossier, act), value), 404, code)
    problem_of(ask.post(LEADER, _path(other, act), value), 404, code)
    problem_of(ask.post(LEADER, _path(dossier, act, document=1), value), 404, code)
    wrong = {"value": b64encode(b"0" * 70).decode()}
    problem_of(ask.post(LEADER, _path(dossier, act), wrong), 422, "signature_value_wrong")
    desk.clock.advance(minutes=16)
    problem_of(ask.post(LEADER, _path(dossier, act), value), 404, code)


def test_many_documents_with_one_passphrase(ask: Caller, desk: SigningOffice) -> None:
    desk.enrol_all()
    dossiers = [desk.to_be_signed() for _ in range(3)]
    documents = [
        {"dossier": each.code, "document": 2, "place": next(iter(each.tasks))} for each in dossiers
    ]
    documents[1]["document"] = 9
    body = {"capacity": "leader", "documents": documents, **TYPED}
    first, second, third = json_of(ask.post(LEADER, "/signatures", body))["items"]
    assert (first["done"], second["done"], third["done"]) == (True, False, True)
    assert second["problem"] == "document_unknown"
    assert desk.now(dossiers[2]).documents[2].signatures


def test_a_wrong_passphrase_signs_none_of_many(ask: Caller, desk: SigningOffice) -> None:
    desk.enrol_all()
    dossier = desk.to_be_signed()
    document = {"dossier": dossier.code, "document": 2, "place": next(iter(dossier.tasks))}
    body = {"capacity": "leader", "documents": [document, document], "passphrase": "sai"}
    items = json_of(ask.post(LEADER, "/signatures", body))["items"]
    assert [each["problem"] for each in items] == ["key_file_unusable"]


def _registration(holder: Holder, **more: Any) -> dict[str, Any]:
    key_file = b64encode(holder.pkcs12).decode()
    body = {"agency": COMMUNE_1, "provider": "pkcs12", "key_file": key_file, **TYPED}
    return {**body, **more}


def test_a_certificate_is_registered_seen_and_retired(ask: Caller, desk: SigningOffice) -> None:
    holder = desk.authority.issue("Nguyễn Thị Lãnh")
    desk.authority.publish(desk.folder / "goc")
    leader = desk.office.actor(LEADER).id
    image = b64encode(picture("blue", (300, 150))).decode()
    made = json_of(
        ask.post(
            "administrator1", "/certificates", _registration(holder, user=leader, image=image)
        ),
        201,
    )
    assert (made["subject"], made["has_image"]) == ("Nguyễn Thị Lãnh", True)
    assert made["standing"] == "good"
    assert [each["id"] for each in json_of(ask.get(LEADER, "/certificates/mine"))["items"]] == [
        made["id"]
    ]
    listed = json_of(ask.get("administrator1", f"/certificates?agency={COMMUNE_1}&in_use=true"))
    assert [each["id"] for each in listed["items"]] == [made["id"]]
    assert json_of(ask.get("administrator2", "/certificates"))["items"] == []
    again = _registration(holder, user=leader)
    problem_of(ask.post("administrator1", "/certificates", again), 409, "certificate_in_use")
    retire = f"/certificates/{made['id']}/retire"
    assert json_of(ask.post("administrator1", retire))["standing"] == "retired"
    problem_of(ask.post("administrator1", retire), 409, "certificate_retired")
    events = json_of(ask.get("administrator1", f"/office-events?subject=certificate:{made['id']}"))
    assert [each["type"] for each in events["items"]] == [
        "CERTIFICATE_RETIRED",
        "CERTIFICATE_REGISTERED",
    ]


REFUSED: list[tuple[dict[str, Any], int, str]] = [
    ({"passphrase": "sai"}, 422, "key_file_unusable"),
    ({"key_file": ""}, 422, "certificate_incomplete"),
    ({"provider": "outside"}, 422, "certificate_incomplete"),
    ({"provider": "outside", "certificate": "AAAA"}, 422, "certificate_unreadable"),
    ({"provider": "pkcs11", "certificate": "AAAA"}, 409, "provider_unavailable"),
    ({"provider": "csc", "credential": "x"}, 409, "provider_unavailable"),
    ({"image": "AAAA"}, 422, "mark_unusable"),
    ({"agency": "H99"}, 403, "not_permitted"),
]


@pytest.mark.parametrize(("more", "status", "code"), REFUSED)
def test_what_cannot_be_registered(
    ask: Caller, desk: SigningOffice, more: dict[str, Any], status: int, code: str
) -> None:
    holder = desk.authority.issue("Nguyễn Thị Lãnh")
    desk.authority.publish(desk.folder / "goc")
    body = _registration(holder, **more)
    problem_of(ask.post("administrator1", "/certificates", body), status, code)
    assert json_of(ask.get("administrator1", "/certificates"))["items"] == []


def test_certificates_of_strangers_and_of_people_elsewhere(
    ask: Caller, desk: SigningOffice
) -> None:
    desk.authority.publish(desk.folder / "goc")
    strange = _registration(Authority().issue("Ai đó"))
    problem_of(ask.post("administrator1", "/certificates", strange), 409, "certificate_untrusted")
    elsewhere = desk.office.actor("leader2").id
    body = _registration(desk.authority.issue("leader2"), user=elsewhere)
    problem_of(ask.post("administrator1", "/certificates", body), 422, "owner_elsewhere")


def test_outputs_without_a_seal_are_listed(ask: Caller, desk: SigningOffice) -> None:
    desk.enrol_all()
    drafted, numbered = desk.to_be_signed(), desk.to_be_sealed()
    path = "/reports/unsigned-documents"
    first = json_of(ask.get("clerk1", f"{path}?limit=1"))
    (latest,) = first["items"]
    assert (latest["dossier"], latest["signed"], latest["finished"]) == (numbered.code, True, False)
    (other,) = json_of(ask.get("clerk1", f"{path}?limit=1&cursor={first['next']}"))["items"]
    assert (other["dossier"], other["signed"]) == (drafted.code, False)
    assert json_of(ask.get("clerk1", f"{path}?finished=true"))["items"] == []
    assert json_of(ask.get("clerk2", path))["items"] == []
    seal = {"capacity": "agency", "place": next(iter(numbered.tasks)), **TYPED}
    json_of(ask.post(CLERK, _path(numbered), seal))
    left = json_of(ask.get("clerk1", path))["items"]
    assert [each["dossier"] for each in left] == [drafted.code]
