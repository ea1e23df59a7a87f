"""What people told the example office: petitions in every state, some of them late."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from cli.demo.office import COMMUNE, Office
from engine.commands import petitions as acts
from engine.commands.petition_box import (
    EnterPetition,
    RateAnswer,
    Sender,
    SubmitPetition,
    enter_petition,
    rate_answer,
    submit_petition,
)
from engine.commands.petitions import OnPetition, Public
from engine.deadlines.calendar import local
from engine.deadlines.edition import read_calendar, standard_document
from engine.model.petition import PetitionKind, PetitionSource
from engine.model.slip_link import slip_key
from engine.store.petition_people import PetitionClaim

_K = PetitionKind


@dataclass(frozen=True)
class Told:
    """What was told so many working days ago; `answered` after how many (None: not yet)."""

    days: int
    kind: PetitionKind
    text: str
    name: str = ""
    answered: int | None = None
    answer: str = ""
    public: str = ""
    stars: int = 0


TOLD = (
    Told(120, _K.PROCESSING, "Hồ sơ khai sinh của con tôi hẹn ngày thứ Hai, đến thứ Năm mới có.",
         "Nguyễn Thị Hòa", 6, "Hồ sơ trễ do lỗi đường truyền với cơ sở dữ liệu hộ tịch. UBND xã đã"
         " xin lỗi và sẽ báo trước khi trễ hẹn.", "Hồ sơ khai sinh trả chậm ba ngày.", 4),
    Told(95, _K.CONDUCT, "Cán bộ ở quầy số 2 nói trống không với người già.", "Lê Văn Tám", 12,
         "Đã nhắc nhở cán bộ, phân công người hướng dẫn riêng cho người cao tuổi.",
         "Thái độ của cán bộ ở quầy tiếp nhận.", 5),
    Told(70, _K.REGULATION, "Thông tin cư trú đã có ở cơ sở dữ liệu dân cư, vì sao còn đòi giấy?",
         "Trần Quốc Bảo", 19, "Từ nay Bộ phận Một cửa tự tra cứu, không yêu cầu nộp giấy.",
         "Yêu cầu giấy tờ đã có trong cơ sở dữ liệu.", 2),
    Told(40, _K.PROPOSAL, "Nên có ghế và nước uống cho người chờ buổi chiều.", "", 9,
         "Đã bổ sung ghế và bình nước."),
    Told(16, _K.PRAISE, "Chị ở quầy tiếp nhận hướng dẫn rất tận tình.", "Phạm Thị Mai", 3,
         "Cảm ơn ông/bà.", "Khen cán bộ tiếp nhận.", 5),
    Told(9, _K.PROCESSING, "Nộp hồ sơ trực tuyến đã bốn ngày chưa ai trả lời.", "Đỗ Minh Khôi"),
    Told(4, _K.CONDUCT, "Bị hẹn đi hẹn lại ba lần vì thiếu một tờ đơn.", "Vũ Thị Lan"),
    Told(1, _K.REGULATION, "Mẫu tờ khai trên mạng khác mẫu phát ở quầy."),
)  # fmt: skip


def tell(tx: Connection, office: Office, secret: str, now: datetime) -> None:
    """Let all of it be told and dealt with, up to `now`. Who gave a name comes over the national
    portal, so that nobody is written to."""
    for number, told in enumerate(TOLD, start=1):
        day = _CALENDAR.plus_working_days(local(now).date(), -told.days)
        at = _CALENDAR.closing(day) - timedelta(hours=7)
        _Telling(tx, office, secret, at).all_of(told, number)


_CALENDAR = read_calendar(standard_document())


@dataclass(frozen=True)
class _Telling:
    """One petition that came at a moment."""

    tx: Connection
    office: Office
    secret: str
    at: datetime

    def all_of(self, told: Told, number: int) -> None:
        """It comes, and is taken up, answered, published and rated as far as it came."""
        code, handler = self._come(told, number), self.office.actors["giamdoc"]
        if told.days > 1:
            acts.accept(self.tx, OnPetition(code), handler.id, handler, self._after(1))
        if told.answered is None:
            return
        answered = self._after(told.answered)
        acts.answer(self.tx, OnPetition(code, text=told.answer), handler, answered)
        if told.public:
            public = Public(told.public, told.answer.replace("ông/bà", "người dân"))
            acts.publish(self.tx, OnPetition(code), public, handler, self._after(told.answered + 1))
        if told.stars:
            claim = PetitionClaim(code, key=slip_key(self.secret, code))
            said = RateAnswer(claim, told.stars)
            rate_answer(self.tx, said, self.secret, self._after(told.answered + 2))

    def _come(self, told: Told, number: int) -> str:
        said = SubmitPetition(told.kind, COMMUNE, told.text, Sender(told.name))
        if not told.name:
            return submit_petition(self.tx, said, self.secret, self.at).code
        brought = EnterPetition(said, PetitionSource.PORTAL, f"PAKN-{self.at:%y%m}-{number:04}")
        return enter_petition(self.tx, brought, self.office.actors["tiepnhan1"], self.at).code

    def _after(self, days: int) -> datetime:
        return _CALENDAR.add_working_time(self.at, timedelta(hours=8 * days))
