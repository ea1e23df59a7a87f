"""What staff enter into the forms of their steps: the samples, made to fit the dossier."""

import re
from datetime import date, timedelta
from random import Random

from bpmn.forms import Form as FormSchema
from cli.demo.applications import child_id
from cli.demo.civil_status import Form
from cli.demo.people import PROVINCE, Person
from engine.model.status import Channel

POSTING = timedelta(days=15)

_POSITIVE = frozenset({"accept", "approve"})
_REASONS = {
    "supplement": "Giấy tờ còn thiếu hoặc bản chụp bị mờ, chưa đủ căn cứ giải quyết.",
    "refuse": "Hồ sơ không đủ điều kiện theo quy định của pháp luật.",
    "return": "Dự thảo còn sai sót, đề nghị kiểm tra và trình lại.",
}
_ITEMS = (
    "Bản sao có chứng thực văn bản ủy quyền.",
    "Bản chụp trang 2 bị mờ, đề nghị nộp lại.",
    "Bổ sung chữ ký của người đề nghị ở trang cuối tờ khai.",
)
_PLACES = re.compile(r"tỉnh (?:Hà Tĩnh|Nghệ An)")


class Answers:
    """Fills in the forms of one dossier."""

    def __init__(self, rng: Random, samples: Form, owner: Person, channel: Channel) -> None:
        self._rng = rng
        self._samples = samples
        self._owner = owner
        self.payer = owner.name
        self._channel = channel

    def form(
        self, step: str, schema: FormSchema, facts: Form, decision: str | None, on: date
    ) -> Form:
        """The form of a step on a day; without a decision, the one of the sample."""
        form = {key: _local(value) for key, value in self._samples.get(step, {}).items()}
        form |= {key: on.isoformat() for key in form if key.endswith("_on")}
        own = {**self._numbers(form), **self._known(facts), **self._handing_over()}
        form |= {key: value for key, value in own.items() if key in form}
        form |= self._period(form, on)
        if step == "deliver" and form.get("method") == "postal":
            form["postal_number"] = f"RM{self._rng.randrange(10**9):09}VN"
        if decision is not None and decision not in _POSITIVE:
            form |= self._decided(decision, schema)
        return form

    def _numbers(self, form: Form) -> Form:
        drawn: Form = {}
        for key in ("document_number", "register_number", "certification_number"):
            drawn[key] = self._rng.randrange(1, 900)
        for key in ("slip_number", "record_number", "extract_number"):
            drawn[key] = re.sub(
                r"\d+", str(self._rng.randrange(1, 90)), str(form.get(key)), count=1
            )
        box = self._rng.randrange(1, 60)
        drawn["paper_location"] = f"Tủ {1 + box // 10:02}, hộp {box}"
        return drawn

    def _known(self, facts: Form) -> Form:
        application = facts["application"]
        drawn = {
            "receiver_name": self._owner.name,
            "receiver_personal_id": self._owner.personal_id,
            "registration_number": self._owner.personal_id,
        }
        if "area" in application:
            drawn |= dict.fromkeys(("measured_area", "taxable_area"), application["area"])
        if "child_birth_date" in application:
            drawn["child_personal_id"] = child_id(self._rng, application)
        return drawn

    def _handing_over(self) -> Form:
        way = "postal" if self._channel is Channel.POSTAL else "counter"
        return {"method": way, "result_delivery": way}

    def _period(self, form: Form, on: date) -> Form:
        if "posted_to" not in form:
            return {}
        return {"posted_from": (on - POSTING).isoformat(), "posted_to": on.isoformat()}

    def _decided(self, decision: str, schema: FormSchema) -> Form:
        said: Form = {
            "decision": decision,
            "reason": _REASONS[decision],
            "supplement_items": self._rng.choice(_ITEMS),
            "legal_ground": "Khoản 2 Điều 19 Nghị định 61/2018/NĐ-CP",
            "papers_sufficient": False,
            "objections": 1,
        }
        if "refusal_ground" in schema.fields:
            grounds = schema.schema["properties"]["refusal_ground"]["oneOf"]
            said["refusal_ground"] = self._rng.choice(grounds)["const"]
        return {key: value for key, value in said.items() if key in schema.fields}


def _local(value: object) -> object:
    return _PLACES.sub(PROVINCE, value) if isinstance(value, str) else value
