"""`motcua vault import`: results of before become papers of the vault."""

from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from engine.store.database import Database
from engine.store.tables import dossier
from engine.store.vault_tables import historic_owner, historic_result, vault_item
from tests.cli.conftest import Shell
from tests.integration.lives.tampering import drop_triggers
from tests.office import COMMUNE_1, Office
from tests.sent import EXECUTABLE, pdf
from tests.vaulted import BINH, RESULT

HEAD = "Họ tên;Số định danh;Mã kết quả;Tên kết quả;Số;Ngày cấp;Cơ quan cấp;Hết hiệu lực;Tệp"
GOOD = f"Nguyễn Văn Bình;{BINH};{RESULT};Kết quả;12/1998;05/03/1998;UBND huyện Đông Anh;;a.pdf"
OTHER = "Lê Thị Hoa;042 090 009 999;KQ.G15.000031;Giấy khai sinh;7;1990-02-01;UBND xã;;b.pdf"


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """A folder of files, good and bad."""
    folder = tmp_path / "ban-quet"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(pdf())
    (folder / "b.pdf").write_bytes(pdf(pages=2))
    (folder / "xau.pdf").write_bytes(EXECUTABLE)
    return folder


def listed(folder: Path, *lines: str, head: str = HEAD) -> str:
    file = folder.parent / "danh-sach.csv"
    file.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8-sig")
    return str(file)


def words(folder: Path, file: str, *more: str) -> tuple[str, ...]:
    return ("vault", "import", file, "--files", str(folder), "--agency", COMMUNE_1, *more)


def items(database: Database) -> list[tuple[str | None, str, str | None]]:
    with database.reading() as tx:
        query = select(vault_item.c.owner, vault_item.c.type, vault_item.c.number)
        return [(r.owner, r.type, r.number) for r in tx.execute(query.order_by(vault_item.c.id))]


def test_a_list_is_taken_in_once(
    office: Office, shell: Shell, database: Database, scans: Path
) -> None:
    file = listed(scans, GOOD, OTHER, GOOD)
    tried = shell(*words(scans, file, "--dry-run", "--json"))
    assert tried.json == {"dry_run": True, "taken": 2, "there": 1, "left": 0, "lines_left": []}
    assert items(database) == []
    done = shell(*words(scans, file, "--json"))
    assert (done.code, done.json["taken"], done.json["there"]) == (0, 2, 1)
    assert items(database) == [(BINH, RESULT, "12/1998"), ("042090009999", "KQ.G15.000031", "7")]
    again = shell(*words(scans, file))
    assert "Đã nhận 0 kết quả, 3 đã có trong kho, 0 dòng không nhận." in again.out
    with database.reading() as tx:
        assert tx.execute(select(dossier)).all() == []
    assert shell("verify").code == 0
    assert office


def test_what_is_left_is_told_with_the_reason(
    office: Office, shell: Shell, database: Database, scans: Path
) -> None:
    bad = {
        "số định danh": GOOD.replace(BINH, "123"),
        "ngày cấp «31/02/1998»": GOOD.replace("05/03/1998", "31/02/1998"),
        "ngày cấp ở tương lai": GOOD.replace("05/03/1998", "05/03/2998"),
        "không có tệp «c.pdf»": GOOD.replace("a.pdf", "c.pdf"),
        "không được có đường dẫn": GOOD.replace("a.pdf", "../a.pdf"),
        "không phải tệp PDF": GOOD.replace("a.pdf", "xau.pdf"),
        "«Số» phải có": GOOD.replace("12/1998", " "),
        "mã kết quả": GOOD.replace(RESULT, "<kq>"),
        "«Họ tên»": GOOD.replace("Nguyễn Văn Bình", "x" * 201),
    }
    done = shell(*words(scans, listed(scans, *bad.values(), OTHER)))
    assert done.code == 1
    for number, (reason, said) in enumerate(zip(bad, done.out.splitlines(), strict=False), 2):
        assert said.startswith(f"Dòng {number}: ")
        assert reason in said
    assert [item[1] for item in items(database)] == ["KQ.G15.000031"]
    assert office


def test_a_list_that_cannot_be_one(office: Office, shell: Shell, scans: Path) -> None:
    short = shell(*words(scans, listed(scans, "x", head="Họ tên;Tệp")))
    assert "thiếu cột Số định danh" in short.err
    (scans.parent / "la.csv").write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in shell(*words(scans, str(scans.parent / "la.csv"))).err
    nowhere = shell("vault", "import", listed(scans, GOOD), "--files", str(scans), "--agency", "H9")
    assert nowhere.code == 2
    assert office


def test_erasure_and_tampering(
    office: Office, shell: Shell, database: Database, scans: Path, tmp_path: Path
) -> None:
    shell(*words(scans, listed(scans, GOOD)))
    with database.transaction() as tx:
        tx.execute(delete(historic_owner))
    assert items(database) == [(None, RESULT, "12/1998")]
    assert shell("verify").code == 0
    for kept in (tmp_path / "files" / "sha256").rglob("*"):
        if kept.is_file():
            kept.write_bytes(b"another one")
    (lost,) = shell("verify", "--json").json["historic"]
    assert (lost["number"], "đã bị sửa" in lost["reason"]) == ("12/1998", True)
    with database.transaction() as tx:
        drop_triggers(tx, database)
        tx.execute(update(historic_result).values(number="13/1998"))
    found = shell("verify")
    assert found.code == 1
    assert "Kết quả cũ nhận vào kho ở mục số 1" in found.out
    assert office
