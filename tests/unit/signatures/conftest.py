"""One authority and one signed result for all tests."""

import pytest

from engine.signatures.means import Means
from engine.signatures.trust import Trust, trusted
from tests import signing
from tests.pki import Authority
from tests.signing import FONT, Signers, Stages


@pytest.fixture(scope="package")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="package")
def trust(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Trust:
    return trusted(str(authority.publish(tmp_path_factory.mktemp("goc"))))


@pytest.fixture(scope="package")
def signers(authority: Authority, trust: Trust) -> Signers:
    return signing.signers(authority, Means(trust, FONT))


@pytest.fixture(scope="package")
def result(signers: Signers) -> Stages:
    return signing.stages(signers)
