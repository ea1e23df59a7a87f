"""Signing with a key at a remote service (CSC v1)."""

from collections.abc import Iterator

import pytest

from engine.commands.signatures import House
from engine.commands.signing import Secret, sign_document, sign_documents
from engine.errors.signatures import RemoteSigningFailed
from engine.model.certificate import Provider
from tests.csc import CODE, CREDENTIAL, MOST, PIN, TOKEN, RemoteService, remote_service
from tests.pki import Authority
from tests.signing import pdfsig
from tests.signing_office import LEADER, SigningOffice

TYPED = Secret(PIN, CODE)


@pytest.fixture
def service(authority: Authority) -> Iterator[RemoteService]:
    with remote_service(authority.issue(LEADER)) as answering:
        yield answering


@pytest.fixture
def house(desk: SigningOffice, service: RemoteService) -> House:
    """The leader's key is at the service, which also says which certificate it is."""
    desk.enrol(desk.authority.issue("reception1"), "reception1")
    house = desk.with_settings(csc_url=service.url, csc_token=TOKEN)
    kept = desk.enrol(service.holder, LEADER, Provider.CSC, house, credential=CREDENTIAL)
    assert kept.fingerprint == service.holder.fingerprint
    return house


def test_a_leader_signs_remotely(desk: SigningOffice, house: House) -> None:
    dossier = desk.to_be_signed()
    sign_document(house, desk.wanted(dossier), TYPED, desk.office.actor(LEADER))
    assert "Signature is Valid" in pdfsig(desk.pdf(dossier), desk.folder)


def test_many_with_one_code(desk: SigningOffice, house: House, service: RemoteService) -> None:
    wanted = [desk.wanted(desk.to_be_signed()) for _ in range(3)]
    outcomes = sign_documents(house, wanted, TYPED, desk.office.actor(LEADER))
    assert [each.refused for each in outcomes] == [None] * 3
    assert service.authorised == 1


@pytest.mark.parametrize("typed", [Secret(PIN, "000000"), Secret("1", CODE), Secret()])
def test_a_wrong_code_signs_nothing(desk: SigningOffice, house: House, typed: Secret) -> None:
    dossier = desk.to_be_signed()
    with pytest.raises(RemoteSigningFailed, match="mã xác nhận"):
        sign_document(house, desk.wanted(dossier), typed, desk.office.actor(LEADER))
    assert not desk.now(dossier).documents[2].signatures


def test_a_service_that_is_away(desk: SigningOffice, house: House) -> None:
    away = desk.with_settings(csc_url="http://127.0.0.1:9", csc_token=TOKEN)
    wanted = desk.wanted(desk.to_be_signed())
    with pytest.raises(RemoteSigningFailed, match="không trả lời"):
        sign_document(away, wanted, TYPED, desk.office.actor(LEADER))


def test_another_offices_token(desk: SigningOffice, house: House, service: RemoteService) -> None:
    strange = desk.with_settings(csc_url=service.url, csc_token="khac")
    wanted = desk.wanted(desk.to_be_signed())
    with pytest.raises(RemoteSigningFailed):
        sign_document(strange, wanted, TYPED, desk.office.actor(LEADER))


def test_more_than_the_service_takes_at_once(
    desk: SigningOffice, house: House, service: RemoteService
) -> None:
    from engine.signatures.certificates import certificate_of
    from engine.signatures.remote import RemoteKey, Service

    key = RemoteKey(Service(service.url, TOKEN), CREDENTIAL, PIN, CODE)
    with pytest.raises(RemoteSigningFailed, match=f"tối đa {MOST}"):
        key.sign([b"x"] * (MOST + 1), certificate_of(service.holder.pem))
