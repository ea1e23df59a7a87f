"""Certificates on pages of administration and of one's account; signatures of a document."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from api.services import Services, provide
from api.site import Site
from engine.commands.signing import sign_document
from tests.clock import FakeClock
from tests.databases import FURNISHED, SqliteSource
from tests.office import COMMUNE_1, COMMUNE_2, Office
from tests.pki import PASSPHRASE, Authority
from tests.signing import picture
from tests.signing_office import LEADER, SECRET, SigningOffice
from tests.web.visitor import Visitor

HERE = "/quan-tri/chung-thu-so"


@pytest.fixture
def desk(sqlite_source: SqliteSource, clock: FakeClock, tmp_path: Path) -> Iterator[SigningOffice]:
    with sqlite_source.fresh(FURNISHED) as database:
        made = SigningOffice(Office(database), clock, tmp_path, Authority())
        made.deploy()
        yield made


@pytest.fixture
def signing_site(shared_site: Site, desk: SigningOffice) -> Site:
    """The site of an office that knows its roots."""
    house = desk.house
    for app in (shared_site.rest, shared_site.web):
        provide(app, Services(house.settings, house.database, house.clock, house.files))
    return shared_site


def _visitor(site: Site, username: str) -> Visitor:
    visitor = Visitor(site)
    visitor.sign_in(username)
    return visitor


def _form(desk: SigningOffice, **more: object) -> dict[str, object]:
    key_file = desk.authority.issue("Nguyễn Thị Lãnh").pkcs12
    desk.authority.publish(desk.folder / "goc")
    return {
        "user": str(desk.office.actor(LEADER).id),
        "passphrase": PASSPHRASE,
        "key_file": (BytesIO(key_file), "khoa.p12"),
        "image": (BytesIO(picture("blue", (300, 150))), "chu-ky.png"),
        **more,
    }


def test_a_certificate_is_registered_and_retired(signing_site: Site, desk: SigningOffice) -> None:
    administrator = _visitor(signing_site, "administrator1")
    assert "Chưa đăng ký chứng thư số nào" in administrator.get(HERE).text
    answer = administrator.post(f"{HERE}?loai=pkcs12", _form(desk))
    shown = administrator.said(answer).text
    assert "Nguyễn Thị Lãnh" in shown
    assert "Người dùng leader1" in shown
    assert PASSPHRASE not in shown
    assert "Nguyễn Thị Lãnh" in _visitor(signing_site, LEADER).get("/tai-khoan").text
    retired = administrator.post(f"{HERE}/1/ngung", {"co-quan": COMMUNE_1})
    assert "Chưa đăng ký chứng thư số nào" in administrator.said(retired).text


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    signing_site: Site, desk: SigningOffice
) -> None:
    administrator = _visitor(signing_site, "administrator1")
    administrator.get(HERE)
    answer = administrator.post(f"{HERE}?loai=pkcs12", _form(desk, passphrase="sai bét"))
    assert answer.status_code == 422
    assert "Không mở được tệp khóa PKCS#12" in answer.text
    assert "sai bét" not in answer.text
    assert f'value="{desk.office.actor(LEADER).id}" selected' in answer.text


@pytest.mark.parametrize("kind", ["outside", "pkcs12", "khong-co"])
def test_only_installed_kinds_are_offered(signing_site: Site, kind: str) -> None:
    shown = _visitor(signing_site, "administrator1").get(f"{HERE}?loai={kind}").text
    assert "USB Token tại máy người ký" in shown
    assert "Ký số từ xa" not in shown


def test_where_one_does_not_administer(signing_site: Site) -> None:
    administrator = _visitor(signing_site, "administrator1")
    assert administrator.get(f"{HERE}?co-quan={COMMUNE_2}").status_code == 403
    assert _visitor(signing_site, LEADER).get(HERE).status_code == 403


def test_signatures_of_a_document_are_shown_with_their_sentence(
    signing_site: Site, desk: SigningOffice
) -> None:
    desk.enrol_all()
    dossier = desk.to_be_signed()
    path = f"/ho-so/{dossier.code}/tai-lieu/2/chu-ky"
    reader = _visitor(signing_site, "office1")
    assert "Tài liệu chưa có chữ ký số" in reader.get(path).text
    sign_document(desk.house, desk.wanted(dossier), SECRET, desk.office.actor(LEADER))
    shown = reader.get(path).text
    assert "Chữ ký hợp lệ: nội dung còn nguyên vẹn" in shown
    assert "Người có thẩm quyền" in shown
    assert _visitor(signing_site, "office2").get(path).status_code == 404
