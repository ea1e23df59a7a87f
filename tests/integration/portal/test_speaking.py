"""What the portal's answers mean for a message."""

from datetime import UTC, datetime

import orjson
import pytest

from engine.letters.letter import Letter
from engine.model.channel import Channel
from engine.store.sending import Claimed
from notifications.channels.carrier import Postponed, Refused, Unreachable
from notifications.channels.portal import Account
from tests.portal import CLIENT, SimulatedPortal

NOW = datetime(2026, 7, 6, tzinfo=UTC)
PART: dict[str, object] = {
    "MaHoSo": "H-1", "MaTTHC": "1.001193", "TenTTHC": "Khai sinh", "MaLinhVuc": None,
    "KenhThucHien": "1", "ChuHoSo": "Nguyễn Văn Bình", "LoaiDoiTuong": "1", "MaDoiTuong": None,
    "DinhDanhCHS": [], "TrichYeuHoSo": "Khai sinh", "TrangThaiHoSo": "4", "HinhThuc": "0",
    "DonViXuLy": "Xã", "NoiNopHoSo": "2", "TaiKhoanDuocXacThucVoiVNeID": "0",
    "DuocThanhToanTrucTuyen": "0", "NgayNopHoSo": "20260706080000", "NgayTiepNhan": None,
    "NgayHenTra": None, "NgayKetThucXuLy": None, "NgayTra": None, "NgayTuChoi": None,
    "HoSoCoThanhPhanSoHoa": "0", "TaiLieuNop": [], "DanhSachLePhi": [], "DanhSachHoSoBoSung": [],
    "DanhSachGiayToKetQua": [], "DSKetNoiCSDL": [],
}  # fmt: skip


def message(number: int, **changes: object) -> Claimed:
    """One of a dossier."""
    body = {"MaHoSo": "H-1", "SoThuTu": number, "ToanBo": True, "HoSo": PART, "TienTrinh": []}
    letter = Letter("ho-so", orjson.dumps(body | changes).decode(), "/")
    key = f"portal:H-1:{number}"
    return Claimed(1, key, Channel.PORTAL, "H-1", None, None, "", "", letter, 1, 0, NOW)


def test_a_repeat_is_known_and_what_is_older_is_refused(portal: SimulatedPortal) -> None:
    with portal.account.session() as session:
        assert "DA_NHAN" in session.send(message(2), NOW)
        assert "DA_CO" in session.send(message(2), NOW)
        with pytest.raises(Refused, match="CU_HON"):
            session.send(message(1), NOW)
        with pytest.raises(Refused, match="SAI_DU_LIEU"):
            session.send(message(3, HoSo={**PART, "TrangThaiHoSo": "11"}), NOW)


def test_a_token_that_runs_out_is_asked_for_again(portal: SimulatedPortal) -> None:
    portal.behave(token_seconds=31)
    account = portal.account
    with account.session() as session:
        session.send(message(1), NOW)
        account.granted.token = "hết hạn".encode().hex()
        assert "DA_NHAN" in session.send(message(2), NOW)


@pytest.mark.parametrize(
    ("mood", "means"),
    [({"fail": 1}, Postponed), ({"cut_after": 1}, Postponed), ({"down": True}, Postponed)],
)
def test_trouble_on_the_way_is_no_refusal(
    portal: SimulatedPortal, mood: dict[str, object], means: type[Exception]
) -> None:
    with portal.account.session() as session:
        session.send(message(1), NOW)
        portal.behave(**mood)
        with pytest.raises(means):
            session.send(message(2), NOW)


def test_not_let_in_and_nobody_there(portal: SimulatedPortal) -> None:
    strangers = Account(portal.url, CLIENT[0], "sai khóa")
    with strangers.session() as session, pytest.raises(Unreachable, match="không cho đăng nhập"):
        session.send(message(1), NOW)
    nowhere = Account("http://127.0.0.1:9", *CLIENT)
    with nowhere.session() as session, pytest.raises(Unreachable):
        session.send(message(1), NOW)
