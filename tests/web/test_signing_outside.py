"""A USB token at the desk: two steps on pages, for leader, seal and reception officer."""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import keys, x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore
from werkzeug.test import TestResponse

from api.services import Services, provide
from api.site import Site
from engine.model.certificate import Provider
from engine.model.document import Capacity
from engine.signatures.means import Means
from engine.signatures.running import result_of
from engine.signatures.trust import trusted
from tests.clock import FakeClock
from tests.databases import FURNISHED, SqliteSource
from tests.office import Office
from tests.pki import Authority, Holder
from tests.signing import FONT, Signers
from tests.signing_office import CLERK, LEADER, RECEPTION, SigningOffice
from tests.web.visitor import Visitor


@pytest.fixture
def desk(
    sqlite_source: SqliteSource, shared_site: Site, clock: FakeClock, tmp_path: Path
) -> Iterator[SigningOffice]:
    with sqlite_source.fresh(FURNISHED) as database:
        made = SigningOffice(Office(database), clock, tmp_path, Authority())
        made.deploy()
        made.enrol_all()
        for app in (shared_site.rest, shared_site.web):
            provide(app, Services(made.house.settings, database, clock, made.house.files))
        yield made


def _someone(site: Site, username: str, path: str) -> tuple[Visitor, str]:
    """They stand before a page; and the number of their token's certificate."""
    visitor = Visitor(site)
    visitor.sign_in(username)
    found = re.search(r'name="signing.outside" value="(\d+)"', visitor.get(path).text)
    assert found
    return visitor, found[1]


def _token(desk: SigningOffice, username: str | None) -> Holder:
    holder = desk.authority.issue(username or "UBND xã")
    desk.enrol(holder, username, Provider.OUTSIDE)
    return holder


def _at(answer: TestResponse) -> str:
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def test_a_leader_signs_the_digest_and_finds_what_was_typed(
    desk: SigningOffice, shared_site: Site
) -> None:
    dossier, token = desk.to_be_signed(), _token(desk, LEADER)
    (place,) = dossier.tasks
    task = f"/ho-so/{dossier.code}/viec/{place}"
    leader, number = _someone(shared_site, LEADER, task)
    form = {"form.decision": "approve", "signing.outside": number}
    page = _at(leader.post(f"{task}/ky-ngoai", form))
    shown = leader.get(page)
    assert "NguoiCoThamQuyen" in shown.text
    found = re.search(r"\(base64\)</dt><dd[^>]*>([^<]+)<", shown.text)
    assert found
    digest = b64decode(found[1])
    assert digest.hex() in shown.text
    assert 'id="e-file"' in leader.post(page, value="").text
    for wrong in ("đây không phải chữ ký", b64encode(b"0" * 70).decode()):
        reply = leader.post(page, value=wrong)
        assert reply.status_code == 422
        assert 'id="e-value"' in reply.text
        assert wrong in reply.text
    value = token.key.sign(digest, ECDSA(Prehashed(SHA256())))
    back = leader.said(leader.post(page, value=value.hex()))
    assert "đã được ký số lúc trước" in back.text
    assert re.search(r'value="approve"[^>]*checked', back.text)
    assert desk.now(dossier).documents[2].signed_as(Capacity.LEADER)
    assert leader.said(leader.post(page, value=value.hex())).status_code == 200
    assert len(desk.now(dossier).documents[2].signatures) == 1
    assert leader.post(task, {"form.decision": "approve"}).status_code == 303
    assert place not in desk.now(dossier).tasks


def test_the_clerk_sends_back_the_file_that_was_sealed(
    desk: SigningOffice, shared_site: Site
) -> None:
    dossier, token = desk.to_be_sealed(numbered=False), _token(desk, None)
    (place,) = dossier.tasks
    task = f"/ho-so/{dossier.code}/viec/{place}"
    clerk, number = _someone(shared_site, CLERK, task)
    form = {"signing.outside": number, "signing.symbol": "GKS"}
    page = _at(clerk.post(f"{task}/ky-ngoai", form))
    registered = desk.now(dossier).documents[2].registered
    assert registered
    assert registered.in_words == "01/GKS"
    unsealed = clerk.get(f"/ho-so/{dossier.code}/tai-lieu/2/tep").data
    means = Means(trusted(desk.house.settings.trust_roots), FONT)
    sealed = Signers(token, token, means).signed(unsealed, Capacity.AGENCY)
    refused = clerk.post(page, {"file": (BytesIO(unsealed), "da-ky.pdf")})
    assert refused.status_code == 409
    assert 'id="e-file"' in refused.text
    clerk.said(clerk.post(page, {"file": (BytesIO(sealed), "da-ky.pdf")}))
    assert desk.pdf(dossier) == sealed
    assert clerk.post(task, {}).status_code == 303


def test_a_reception_officer_sends_a_whole_signature_as_a_file(
    desk: SigningOffice, shared_site: Site
) -> None:
    dossier, token = desk.received(), _token(desk, RECEPTION)
    officer, number = _someone(shared_site, RECEPTION, f"/ho-so/{dossier.code}/so-hoa")
    begun = f"/ho-so/{dossier.code}/tai-lieu/1/ky-ngoai"
    page = _at(officer.post(begun, {"signing.outside": number}))
    shown = officer.get(page).text
    assert officer.get(f"{page}/thuoc-tinh").data.startswith(b"1")
    (content,) = re.findall(r"CMS[^<]*</dt><dd[^>]*>([0-9a-f]{64})<", shown)
    made = _whole(token, bytes.fromhex(content))
    officer.said(officer.post(page, {"file": (BytesIO(made), "chu-ky.p7s")}))
    assert desk.now(dossier).documents[1].signed_as(Capacity.RECEPTION)


def test_a_request_that_is_over_leads_back(desk: SigningOffice, shared_site: Site) -> None:
    dossier = desk.received()
    _token(desk, RECEPTION)
    officer, number = _someone(shared_site, RECEPTION, f"/ho-so/{dossier.code}/so-hoa")
    begun = f"/ho-so/{dossier.code}/tai-lieu/1/ky-ngoai"
    page = _at(officer.post(begun, {"signing.outside": number}))
    desk.clock.advance(minutes=16)
    assert "Yêu cầu ký không còn" in officer.said(officer.get(page)).text
    assert "Yêu cầu ký không còn" in officer.said(officer.post(page, value="AAAA")).text
    nobody = Visitor(shared_site)
    nobody.sign_in("office1")
    nobody.get(f"/ho-so/{dossier.code}/tai-lieu")
    assert nobody.post(begun, {"signing.outside": number}).status_code == 303
    assert not desk.now(dossier).documents[1].signatures


def _whole(holder: Holder, digest: bytes) -> bytes:
    """A detached CMS signature, as the software of a token makes it."""
    key = holder.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    certificate = holder.certificate.public_bytes(Encoding.DER)
    signer = SimpleSigner(
        x509.Certificate.load(certificate),
        keys.PrivateKeyInfo.load(key),
        SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
    made = result_of(signer.async_sign(digest, "sha256", use_pades=True))
    return bytes(made.dump())
