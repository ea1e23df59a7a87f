"""Signing with a token in the server: SoftHSM2 plays it."""

from collections.abc import Iterator

import pytest

from cli.bench.soft_token import MODULE, SoftToken, soft_token
from engine.commands.signatures import House
from engine.commands.signing import Secret, sign_document, sign_documents
from engine.errors.signatures import ProviderUnavailable, SignatureValueWrong, TokenUnusable
from engine.model.certificate import Provider
from tests.pki import Authority, Holder
from tests.signing import pdfsig
from tests.signing_office import LEADER, SigningOffice

PIN, LABEL, KEY = "246810", "dau-co-quan", "khoa-ky"


@pytest.fixture(scope="module")
def holder(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Holder]:
    """Whose key the token holds."""
    holder = authority.issue(LEADER)
    folder = tmp_path_factory.mktemp("softhsm")
    with soft_token(folder, SoftToken(LABEL, KEY, PIN), holder.key):
        yield holder


@pytest.fixture
def house(desk: SigningOffice, holder: Holder) -> House:
    """The leader signs with the token."""
    desk.enrol(desk.authority.issue("reception1"), "reception1")
    house = desk.with_settings(pkcs11_module=MODULE)
    desk.enrol(holder, LEADER, Provider.PKCS11, house, token=LABEL, key=KEY)
    return house


def test_a_leader_signs_with_a_token(desk: SigningOffice, house: House) -> None:
    dossier = desk.to_be_signed()
    sign_document(house, desk.wanted(dossier), Secret(PIN), desk.office.actor(LEADER))
    assert "Signature is Valid" in pdfsig(desk.pdf(dossier), desk.folder)


def test_many_with_one_entry_of_the_pin(desk: SigningOffice, house: House) -> None:
    wanted = [desk.wanted(desk.to_be_signed()) for _ in range(3)]
    outcomes = sign_documents(house, wanted, Secret(PIN), desk.office.actor(LEADER))
    assert [each.refused for each in outcomes] == [None] * 3


def test_a_wrong_pin_signs_nothing(desk: SigningOffice, house: House) -> None:
    dossier = desk.to_be_signed()
    for pin in ("000000", "", "x" * 300):
        with pytest.raises(TokenUnusable, match=r"PIN|không tìm thấy"):
            sign_document(house, desk.wanted(dossier), Secret(pin), desk.office.actor(LEADER))
    assert not desk.now(dossier).documents[2].signatures


@pytest.mark.parametrize(
    ("access", "reason"),
    [
        ({"token": "khac", "key": KEY}, "không tìm thấy"),
        ({"token": LABEL, "key": "khac"}, "nhãn"),
    ],
)
def test_what_is_not_there_is_said(
    desk: SigningOffice, house: House, access: dict[str, str], reason: str
) -> None:
    desk.enrol(desk.authority.issue("khac"), LEADER, Provider.PKCS11, house, **access)
    wanted = desk.wanted(desk.to_be_signed())
    with pytest.raises(TokenUnusable, match=reason):
        sign_document(house, wanted, Secret(PIN), desk.office.actor(LEADER))


def test_the_key_must_be_that_of_the_certificate(desk: SigningOffice, house: House) -> None:
    desk.enrol(desk.authority.issue("x"), LEADER, Provider.PKCS11, house, token=LABEL, key=KEY)
    wanted = desk.wanted(desk.to_be_signed())
    with pytest.raises(SignatureValueWrong):
        sign_document(house, wanted, Secret(PIN), desk.office.actor(LEADER))


def test_without_the_library_it_is_said(desk: SigningOffice, house: House) -> None:
    wanted = desk.wanted(desk.to_be_signed())
    with pytest.raises(ProviderUnavailable):
        sign_document(desk.house, wanted, Secret(PIN), desk.office.actor(LEADER))
