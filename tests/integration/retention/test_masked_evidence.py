"""What is left of a masked dossier is still proven offline."""

import json
from io import BytesIO
from zipfile import ZipFile

from engine.evidence import evidence_of
from engine.evidence.verify_bundle import check_chain, verify
from engine.files import FileStore
from engine.signatures.trust import Trust
from tests.clock import FakeClock
from tests.integration.retention.test_masking import led, mask
from tests.office import Office


def test_a_masked_dossier_is_proven_offline(
    office: Office, clock: FakeClock, files: FileStore
) -> None:
    walker = led(office, clock)
    mask(walker)
    with office.database.reading() as tx:
        evidence = evidence_of(tx, walker.dossier.code)
    with ZipFile(BytesIO(evidence.bundled(files, Trust(())))) as bundle:
        found = {name: bundle.read(name) for name in bundle.namelist()}
    assert not any("Nguyễn Văn Bình".encode() in content for content in found.values())
    assert verify(found) == []
    log = json.loads(found["events.json"])
    log["events"][0]["payload"]["owner"]["name"] = "Trần Thị Khác"
    altered = found | {"events.json": json.dumps(log).encode()}
    ((where, _what),) = check_chain(altered)
    assert where == "events.json, sự kiện số 1"
