"""A house with three anchors; made once, for what a test does to it is undone."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from engine.signatures.trust import trusted
from engine.verification.anchor_logs import AnchorFinding
from engine.verification.anchors import verify_anchors
from tests.anchoring import AnchoredHouse, undone
from tests.authorities import Authorities, authorities
from tests.conftest import Fresh
from tests.databases import FURNISHED
from tests.integration.lives.tampering import drop_triggers
from tests.pki import Authority


@dataclass(frozen=True)
class Proven:
    """The house, the codes of its dossiers, and what verification finds of anchors."""

    home: AnchoredHouse
    codes: list[str]

    def found(self) -> list[AnchorFinding]:
        trust = trusted(self.home.house.settings.trust_roots)
        return [*verify_anchors(self.home.house.database, trust).findings]


@pytest.fixture(scope="module")
def answering(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authorities]:
    with authorities(tmp_path_factory.mktemp("ca")) as found:
        yield found


@pytest.fixture(scope="module")
def house_of_module(
    fresh_database: Fresh, tmp_path_factory: pytest.TempPathFactory, answering: Authorities
) -> Iterator[Proven]:
    with fresh_database(FURNISHED) as database:
        folder = tmp_path_factory.mktemp("house")
        home = AnchoredHouse.furnished(database, folder, Authority(), answering)
        codes = home.live()
        with database.transaction() as tx:
            drop_triggers(tx, database)
        yield Proven(home, codes)


@pytest.fixture
def proven(house_of_module: Proven) -> Iterator[Proven]:
    """Nobody touched it yet."""
    with undone(house_of_module.home.house.database):
        yield house_of_module
