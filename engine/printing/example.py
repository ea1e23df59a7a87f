"""An example dossier, for looking at a template before it is put in force: nobody's data."""

from typing import Any

from engine.model.letter_forms import ON_DEMAND, FormDetails, LetterForm

_PERSON = {
    "name": "Nguyễn Phước Công Tằng Tôn Nữ Thị Quỳnh Nga",
    "personal_id": "040190001234",
    "address": "Số 12, ngõ 34, thôn Đoài, xã Mai Lâm, tỉnh Sông Lam",
    "phone": "0912345678",
    "email": "quynhnga@example.vn",
}
_COMMON: dict[str, Any] = {
    "code": "H40.30.01-261106-0001",
    "link": "https://motcua.example.vn/tra-cuu/H40.30.01-261106-0001?k=abcdefghijklmnopqrstuv",
    "link_text": "https://motcua.example.vn/tra-cuu",
    "superior": "Ủy ban nhân dân xã Mai Lâm",
    "issuer": "Trung tâm Phục vụ hành chính công",
    "counter": "Trung tâm Phục vụ hành chính công",
    "receiving": "Ủy ban nhân dân xã Mai Lâm",
    "competent": "Ủy ban nhân dân xã Mai Lâm",
    "place": "Mai Lâm",
    "number": 7,
    "issued_at": "2026-11-06T09:32:00+07:00",
    "procedure": {
        "code": "1.013978",
        "name": "Đăng ký đất đai, tài sản gắn liền với đất, cấp Giấy chứng nhận quyền sử dụng đất,"
        " quyền sở hữu tài sản gắn liền với đất lần đầu",
        "field": "Đất đai",
    },
    "owner": _PERSON,
    "submitter": {**_PERSON, "name": "Trần Đặng Gia Khánh"},
    "officer": {"name": "Lê Thị Ngọc Ánh", "unit": "Trung tâm Phục vụ hành chính công"},
    "ticket": "A012",
    "submitted_at": "2026-11-06T08:50:00+07:00",
    "received_at": "2026-11-06T09:32:00+07:00",
    "due_at": "2026-12-01T17:00:00+07:00",
    "reason": "Bản sao giấy tờ về quyền sử dụng đất bị mờ, không đọc được số thửa và diện tích.",
    "legal_ground": "Khoản 2 Điều 137 Luật Đất đai năm 2024",
}
_SIGNER = {"title": "TM. Ủy ban nhân dân", "name": "Phạm Đức Thịnh"}
_APPOINTMENT: dict[str, Any] = {
    "components": [
        {"name": "Đơn đăng ký đất đai, tài sản gắn liền với đất (Mẫu số 15)",
         "originals": 1, "certified": 0, "copies": 0},
        {"name": "Giấy tờ về việc nhận thừa kế quyền sử dụng đất",
         "originals": 1, "certified": 1, "copies": 0},
        {"name": "Mảnh trích đo bản đồ địa chính thửa đất",
         "originals": 1, "certified": 0, "copies": 1},
    ],
    "sets": 1,
    "limit": "17 ngày làm việc",
    "second_stage": "5 ngày làm việc",
    "certification": None,
    "delivery": "Tại Bộ phận Một cửa",
    "fee": 1_255_000,
    "fee_ground": "Nghị quyết của Hội đồng nhân dân tỉnh",
    "book": {"volume": "01/2026", "number": 7},
}  # fmt: skip
_HANDOVERS = [
    {"giver": "Trung tâm Phục vụ hành chính công", "taker": "Phòng Kinh tế",
     "at": "2026-11-06T10:05:00+07:00", "until": "2026-11-12T15:40:00+07:00",
     "result": "Trước hạn", "note": "Thẩm tra hồ sơ, nguồn gốc đất"},
    {"giver": "Phòng Kinh tế", "taker": "Lãnh đạo",
     "at": "2026-11-12T15:40:00+07:00", "until": None, "result": "", "note": "Ký kết quả"},
]  # fmt: skip
_ROW = {
    "number": 7,
    "sets": 1,
    "code": _COMMON["code"],
    "procedure": _COMMON["procedure"]["name"],
    "owner": _PERSON["name"],
    "address": _PERSON["address"],
    "phone": _PERSON["phone"],
    "competent": _COMMON["competent"],
    "received_at": _COMMON["received_at"],
    "due_at": _COMMON["due_at"],
    "handed_on_at": "2026-11-06T10:05:00+07:00",
    "processed_at": "2026-11-30T15:00:00+07:00",
    "delivered_at": "2026-12-01T08:20:00+07:00",
    "method": "Trực tiếp",
    "receiver": _PERSON["name"],
    "note": None,
}
_PARTICULAR: dict[LetterForm, dict[str, Any]] = {
    LetterForm.APPOINTMENT: _APPOINTMENT,
    LetterForm.SUPPLEMENT_REQUEST: {
        "items": [
            "Bản sao rõ của giấy tờ về quyền sử dụng đất",
            "Văn bản xác định các thành viên có chung quyền sử dụng đất của hộ gia đình",
        ],
        "until": "2026-12-06T17:00:00+07:00",
        "within": "30 ngày",
    },
    LetterForm.REFUSAL: {},
    LetterForm.APOLOGY: {
        "signer": _SIGNER,
        "old_due_at": _COMMON["due_at"],
        "new_due_at": "2026-12-08T17:00:00+07:00",
        "cause": "Cơ quan phối hợp trả lời chậm",
        "lead_unit": "Phòng Kinh tế",
    },
    LetterForm.DISCONTINUATION: {
        "signer": _SIGNER,
        "asked_by_applicant": True,
        "asked_on": "2026-11-20",
        "stage": "Thẩm định, giải quyết",
        "settlement": "Chưa thu",
        "ended_at": "2026-11-23T14:00:00+07:00",
    },
    LetterForm.CONTROL_SLIP: {"handovers": _HANDOVERS, "cooperating": []},
    LetterForm.REGISTER: {
        "code": None,
        "link": None,
        "year": 2026,
        "volume": "01/2026",
        "since": "2026-11-01",
        "until": "2026-11-30",
        "rows": [_ROW, {**_ROW, "number": 8, "processed_at": None, "delivered_at": None,
                        "method": None, "receiver": None}],
    },
}  # fmt: skip


def sparse(details: FormDetails) -> dict[str, Any]:
    """The same of a dossier of which little is known: what may be missing is missing."""
    full = example(details)
    nobody = dict.fromkeys(_PERSON)
    missing = {name: _EMPTY[name] for name in full if name in _EMPTY}
    if details.form is LetterForm.REGISTER:
        del missing["until"]
    return {**full, **missing, "owner": nobody, "submitter": nobody}


_EMPTY: dict[str, Any] = {
    **dict.fromkeys(
        (
            "link", "link_text", "superior", "place", "ticket", "reason", "legal_ground", "fee",
            "fee_ground", "second_stage", "delivery", "until", "within", "cause", "lead_unit",
            "asked_on", "stage", "settlement",
        )
    ),
    "officer": {"name": "", "unit": None},
    "signer": {"title": "Thủ trưởng cơ quan", "name": ""},
    "components": [],
    "items": [],
    "handovers": [],
    "cooperating": [],
    "rows": [],
    "certification": {"pages": None, "copies": None},
}  # fmt: skip


def example(details: FormDetails) -> dict[str, Any]:
    """What a template of this form may speak of, filled in."""
    form = {**vars(details), "form": details.form.value}
    on_demand = {"number": None} if details.form in ON_DEMAND else {}
    particular = {**_PARTICULAR[details.form], **on_demand}
    return {**_COMMON, "form": form, "symbol": details.symbol, **particular}
