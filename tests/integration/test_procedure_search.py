"""A procedure is found among thousands in a few keystrokes, and always those now in force."""

from collections.abc import Iterator
from time import process_time

import pytest
from sqlalchemy import Connection, insert, select

from bpmn.procedure import procedure_from_sources
from engine.errors import AgencyUnknown
from engine.queries.procedure_search import find_procedures
from engine.store import definitions
from engine.store.tables import procedure
from tests import diagrams
from tests.clock import START
from tests.office import COMMUNE_1, PROVINCE, Office

NAMES = {
    "1.000894": ("Thủ tục đăng ký kết hôn", "Hộ tịch", "commune"),
    "1.004884": ("Thủ tục đăng ký lại khai sinh", "Hộ tịch", "commune"),
    "1.000656": ("Thủ tục đăng ký khai tử", "Hộ tịch", "commune"),
    "2.000815": ("Chứng thực bản sao từ bản chính giấy tờ, văn bản", "Chứng thực", "commune"),
    "1.013831": ("Đăng ký biến động đất đai (chuyển nhượng)", "Đất đai", "province"),
    "1.012783": ("Cấp đổi Giấy chứng nhận đã cấp lần đầu", "Đất đai", "province"),
}


@pytest.fixture
def tx(office: Office) -> Iterator[Connection]:
    """A transaction in which the procedures of `NAMES` are in force as well."""
    with office.database.transaction() as tx:
        for code, (name, field, level) in NAMES.items():
            _put(tx, code, name, field, level)
        yield tx


def _put(tx: Connection, code: str, name: str, field: str, level: str) -> None:
    files = diagrams.simple()
    facts = diagrams.FACTS.replace(diagrams.CODE, code).replace("Thủ tục thử", name)
    facts = facts.replace('"Thử"', f'"{field}"').replace('"commune"', f'"{level}"')
    process = f"p_{diagrams.CODE.replace('.', '_')}", f"p_{code.replace('.', '_')}"
    drawn = files["procedure.bpmn"].replace(*process)
    sources = files | {"facts.toml": facts, "procedure.bpmn": drawn}
    definitions.put(tx, procedure_from_sources(sources), by=None, now=START)


def found(tx: Connection, office: Office, text: str, agency: str = COMMUNE_1) -> list[str]:
    return [m.code for m in find_procedures(tx, text, agency, office.actor("reception1"))]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("kết hôn", "1.000894"),
        ("ket hon", "1.000894"),
        ("HÔN   kết", "1.000894"),
        ("khai si", "1.001193"),
        ("sinh lai", "1.004884"),
        ("khai tu", "1.000656"),
        ("dkkt", "1.000656"),
        ("ban sao ban chinh", "2.000815"),
        ("2.000815", "2.000815"),
        ("1.0008", "1.000894"),
        ("ho tich hon", "1.000894"),
        ("dat dai", "1.013978"),
        ("biến động", "1.013831"),
    ],
)
def test_what_people_type(text: str, first: str, tx: Connection, office: Office) -> None:
    assert found(tx, office, text)[0] == first


@pytest.mark.parametrize(
    "text", ["xyzxyz", "khai sinh xyzxyz", "%", "'; DROP TABLE", "\ufffd" * 99]
)
def test_what_is_not_there(text: str, tx: Connection, office: Office) -> None:
    assert found(tx, office, text) == []


def test_those_that_the_counter_decides_on_come_first(tx: Connection, office: Office) -> None:
    codes = found(tx, office, "dang ky dat dai")
    assert codes.index("1.013978") < codes.index("1.013831")
    codes = found(tx, office, "dang ky dat dai", PROVINCE)
    assert codes.index("1.013831") < codes.index("1.013978")
    with pytest.raises(AgencyUnknown):
        found(tx, office, "khai sinh", "lạ")


def test_a_new_name_is_found_at_once(tx: Connection, office: Office) -> None:
    assert found(tx, office, "ket hon") == ["1.000894"]
    _put(tx, "1.000894", "Thủ tục đăng ký hôn nhân", "Hộ tịch", "commune")
    assert found(tx, office, "ket hon") == []
    assert found(tx, office, "dang ky hon nhan") == ["1.000894"]


def test_what_was_taken_back_is_not_found(office: Office) -> None:
    class Regretted(Exception):
        pass

    def regret() -> None:
        with office.database.transaction() as tx:
            _put(tx, "1.013831", *NAMES["1.013831"])
            assert found(tx, office, "bien dong") == ["1.013831"]
            raise Regretted

    with pytest.raises(Regretted):
        regret()
    with office.database.reading() as tx:
        assert found(tx, office, "bien dong") == []


def test_among_thousands(office: Office) -> None:
    with office.database.transaction() as tx:
        row = dict(tx.execute(select(procedure).limit(1)).one()._mapping)
        kinds = ("Cấp", "Cấp lại", "Điều chỉnh", "Gia hạn", "Thu hồi")
        rows = [
            {
                **row,
                "code": f"3.{number:06}",
                "plain_name": "",
                "name": f"{kinds[number % 5]} giấy phép hoạt động loại số {number} tại địa phương",
            }
            for number in range(3_000)
        ]
        tx.execute(insert(procedure), rows)
        _put(tx, "1.000894", *NAMES["1.000894"])
        actor = office.actor("reception1")
        assert len(find_procedures(tx, "giay phep", COMMUNE_1, actor)) == 10
        begun = process_time()
        assert find_procedures(tx, "hoat dong 1234", COMMUNE_1, actor)[0].code == "3.001234"
        assert process_time() - begun < 0.05
