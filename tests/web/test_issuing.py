"""From draft to sealed result on pages: each person does their part with one button."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from time import sleep

import pytest

from api.services import Services, provide
from api.site import Site
from api.web import jsonform
from engine.files import FileStore
from engine.model.document import Capacity, Origin
from engine.model.dossier import Dossier
from engine.model.slip_link import slip_key
from tests.api.conftest import SETTINGS
from tests.clock import FakeClock
from tests.databases import FURNISHED, SqliteSource
from tests.integration.tracking.people import SECRET, led
from tests.office import Office
from tests.pki import PASSPHRASE, Authority
from tests.processes.walker import Walker
from tests.samples import answer, shipped
from tests.signing_office import SigningOffice
from tests.web.visitor import Visitor, once_of

BIRTH = shipped("1_001193")
APPRAISED = "digitise appraise=approve"


class Pages:
    """A dossier before people who work on pages."""

    def __init__(self, site: Site, walker: Walker, signing: SigningOffice) -> None:
        self.site = site
        self.walker = walker
        self.signing = signing

    @property
    def dossier(self) -> Dossier:
        return self.signing.now(self.walker.dossier)

    def path(self, act: str = "") -> str:
        (place,) = self.dossier.tasks
        return f"/ho-so/{self.dossier.code}/viec/{place}{act}"

    def someone(self, username: str) -> Visitor:
        visitor = Visitor(self.site)
        visitor.sign_in(username)
        visitor.get(self.path())
        return visitor

    def form(self, step: str, **changes: str) -> dict[str, str]:
        schema = BIRTH.form_of(BIRTH.places.steps[step]).schema
        return dict(jsonform.texts_of(jsonform.read(schema), answer(BIRTH, step, **changes)))

    def done(self, by: str, step: str, more: dict[str, str] | None = None, **changes: str) -> None:
        reply = self.someone(by).post(self.path(), self.form(step, **changes) | (more or {}))
        assert reply.status_code == 303, reply.text


@pytest.fixture
def pages(
    sqlite_source: SqliteSource, shared_site: Site, clock: FakeClock, tmp_path: Path
) -> Iterator[Callable[[str], Pages]]:
    with sqlite_source.fresh(FURNISHED) as database:
        office = Office(database)
        signing = SigningOffice(office, clock, tmp_path, Authority())
        settings = replace(SETTINGS, trust_roots=signing.house.settings.trust_roots)
        files: FileStore = signing.house.files
        for app in (shared_site.rest, shared_site.web):
            provide(app, Services(settings, database, clock, files))
        signing.enrol_all()
        yield lambda way: Pages(
            shared_site, led(office, clock, way, late_registration=False), signing
        )


SIGN = {"signing.passphrase": PASSPHRASE}


def test_one_button_each_from_draft_to_result(pages: Callable[[str], Pages]) -> None:
    at = pages(APPRAISED)
    at.done("office1", "enter_register", {"draft.title": "Phó Chủ tịch"})
    (draft,) = at.dossier.documents.values()
    assert (draft.origin, draft.file.pages) == (Origin.DRAWN_UP, 1)
    leader = at.someone("leader1")
    assert "Ký số" in leader.get(at.path()).text
    at.done("leader1", "sign", SIGN, decision="approve")
    page = at.someone("clerk1").get(at.path()).text
    assert "Số trong sổ năm 2026" in page
    at.done("clerk1", "seal", SIGN | {"signing.symbol": "gks"})
    (sealed,) = at.dossier.documents.values()
    assert sealed.registered
    assert sealed.registered.in_words == "01/GKS"
    assert [each.capacity for each in sealed.signatures] == [Capacity.LEADER, Capacity.AGENCY]
    assert {task.step for task in at.dossier.tasks.values()} == {"deliver"}


def test_the_family_fetches_what_was_delivered_electronically(
    pages: Callable[[str], Pages],
) -> None:
    at = pages(APPRAISED)
    at.done("office1", "enter_register")
    at.done("leader1", "sign", SIGN, decision="approve")
    at.done("clerk1", "seal", SIGN)
    code, family = at.dossier.code, Visitor(at.site)
    claim = {"code": code, "factor": "0912345678"}
    family.get("/tra-cuu")
    assert family.post("/tra-cuu/ket-qua", claim).status_code == 404
    at.done("reception1", "deliver", method="electronic")
    assert "Tải kết quả" in family.post("/tra-cuu", claim).text
    file = family.post("/tra-cuu/ket-qua", claim)
    result = at.dossier.document_of("result")
    assert result
    assert sha256(file.data).hexdigest() == result.file.digest
    for wrong in ("0900000000", slip_key(SECRET, code)):
        assert family.post("/tra-cuu/ket-qua", code=code, factor=wrong).status_code == 404
    rest = at.site.rest.test_client()
    assert rest.post("/api/v1/tracking/result", json=claim, buffered=True).data == file.data
    told = rest.post("/api/v1/tracking", json=claim).get_json()
    assert told["result"] == {"number": "01/GKS", "size": len(file.data)}


def test_a_wrong_passphrase_keeps_what_was_typed(pages: Callable[[str], Pages]) -> None:
    at = pages(APPRAISED)
    at.done("office1", "enter_register")
    before, leader = at.dossier, at.someone("leader1")
    form = at.form("sign", decision="approve", note="Kính chuyển văn thư")
    reply = leader.post(at.path(), form | {"signing.passphrase": "mot-mat-khau-khac"})
    assert reply.status_code == 422
    assert "Kính chuyển văn thư" in reply.text
    assert "mot-mat-khau-khac" not in reply.text
    assert 'id="signing-error"' in reply.text
    assert at.dossier == before


def test_returning_needs_no_key(pages: Callable[[str], Pages]) -> None:
    at = pages(APPRAISED)
    at.done("office1", "enter_register")
    at.done("leader1", "sign", decision="return", reason="Ghi lại quê quán của trẻ")
    assert {task.step for task in at.dossier.tasks.values()} == {"appraise"}
    (first,) = at.dossier.documents.values()
    at.done("office1", "appraise", decision="approve")
    at.done("office1", "enter_register", {"draft.title": "Chủ tịch"}, register_volume="02/2026")
    (second,) = at.dossier.documents.values()
    assert (first.number, first.signatures) == (second.number, second.signatures)
    assert first.file != second.file


def test_the_leader_refuses_in_writing(pages: Callable[[str], Pages]) -> None:
    at = pages(APPRAISED)
    at.done("office1", "enter_register")
    at.done("leader1", "sign", decision="refuse", reason="Không đủ điều kiện đăng ký")
    kinds = {each.kind.value for each in at.dossier.documents.values()}
    assert kinds == {"result", "refusal"}
    at.done("leader1", "sign_refusal", SIGN, decision="approve")
    at.done("clerk1", "seal_refusal", SIGN)
    refusal = at.dossier.document_of("refusal")
    assert refusal
    assert refusal.registered
    assert refusal.registered.in_words == "01/TB-UBND"


def test_a_draft_is_looked_at_before_the_form_is_handed_in(pages: Callable[[str], Pages]) -> None:
    at = pages(APPRAISED)
    officer = at.someone("office1")
    reply = officer.post(at.path("/soan"), {"paper": "result", "form.register_volume": "Q1"})
    assert reply.status_code == 200
    assert 'value="Q1"' in reply.text
    assert "Đã soạn dự thảo" in reply.text
    (draft,) = at.dossier.documents.values()
    pdf = officer.get(f"/ho-so/{at.dossier.code}/tai-lieu/{draft.number}/tep")
    assert pdf.data.startswith(b"%PDF")
    assert officer.post(at.path("/soan"), {"paper": "khac"}).status_code == 404
    stranger = at.someone("cashier1")
    assert stranger.post(at.path("/soan"), {"paper": "result"}).status_code == 403


def test_nothing_is_brought_that_is_no_file(pages: Callable[[str], Pages]) -> None:
    at = pages(APPRAISED)
    officer = at.someone("office1")
    told = officer.said(officer.post(at.path("/tai-du-thao"), {"paper": "result", "upload": "x"}))
    assert "notice" in told.text or "flash" in told.text
    assert at.dossier.documents == {}


def test_many_are_signed_from_the_inbox(pages: Callable[[str], Pages]) -> None:
    at = pages(APPRAISED)
    at.done("office1", "enter_register")
    leader, dossier = at.someone("leader1"), at.dossier
    (place,) = dossier.tasks
    chosen = {"act": "decide", "task": f"{dossier.code}:{place}:{dossier.seq}"}
    planned = leader.post("/viec/hang-loat", chosen | {"decision": "approve"})
    assert 'name="signing.passphrase"' in planned.text
    assert f"/ho-so/{dossier.code}/tai-lieu/1/xem" in planned.text
    form = chosen | {"decision": "approve", "once": once_of(planned)}
    wrong = {"signing.passphrase": "mot-mat-khau-khac"}
    begun = leader.post("/viec/hang-loat/lam", form | wrong)
    told = _over(leader, begun.headers["Location"])
    assert "sai mật khẩu" in told
    assert "Ký tiếp 1 kết quả còn lại" in told
    again = leader.post("/viec/hang-loat/lam", form | SIGN)
    assert again.headers["Location"] == begun.headers["Location"]
    assert "Đã ký 1 trong 1 kết quả" in _over(leader, begun.headers["Location"])
    assert begun.headers["Location"] in leader.get("/viec?view=mine").text
    result = at.dossier.document_of("result")
    assert result
    assert result.signed_as(Capacity.LEADER)
    assert {task.step for task in at.dossier.tasks.values()} == {"seal"}
    stranger = at.someone("clerk1")
    inbox = stranger.said(stranger.get(begun.headers["Location"]))
    assert "Không có lần ký" in stranger.said(inbox).text


def _over(visitor: Visitor, address: str) -> str:
    """The page of an act of signing when nobody signs any more."""
    while "data-running" in visitor.get(f"{address}/tinh-trang").text:
        sleep(0.05)
    return visitor.get(address).text
