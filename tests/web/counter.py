"""Receives at the counter over the pages, as a browser would send it."""

import re
from typing import Any

from werkzeug.test import TestResponse

from api.web.jsonform import read, texts_of
from bpmn.procedure import Procedure
from tests.office import COMMUNE_1
from tests.samples import application
from tests.web.visitor import Visitor

CARD = "042190001234||Trần Thị Hà|08031990|Nữ|Thôn 3, Xã Hương Sơn, Tỉnh Hà Tĩnh|15062021"
PAPERS = {"paper.birth_notice.taken": "on", "paper.birth_notice.originals": "1"}
ACCEPTANCE = {
    "form.papers_sufficient": "true",
    "form.identity_verified": "true",
    "form.result_delivery": "counter",
    "form.decision": "accept",
}
_NUMBER = re.compile(r"/tiep-nhan/(\d+)/")


class Counter:
    """An officer with one application in the making."""

    def __init__(self, visitor: Visitor, procedure: str, agency: str = COMMUNE_1) -> None:
        self.visitor = visitor
        visitor.get("/tiep-nhan?tim=a")
        begun = visitor.post("/tiep-nhan", procedure=procedure, counter=agency)
        assert begun.status_code == 303, begun.text
        found = _NUMBER.search(begun.headers["Location"])
        assert found, begun.headers["Location"]
        self.number = found[1]

    def path(self, step: str) -> str:
        return f"/tiep-nhan/{self.number}/{step}"

    def send(self, step: str, to: str = "next", **fields: Any) -> TestResponse:
        """Send a step's form; names have two underscores for a dot."""
        named = {name.replace("__", "."): value for name, value in fields.items()}
        return self.visitor.post(self.path(step), {"to": to, **named})

    def send_all(self, step: str, fields: dict[str, str]) -> TestResponse:
        return self.visitor.post(self.path(step), {"to": "next", **fields})

    def text(self, step: str, query: str = "") -> str:
        answer = self.visitor.get(self.path(step) + query)
        assert answer.status_code == 200, answer.text
        return answer.text


def declared(procedure: Procedure, **changes: Any) -> dict[str, str]:
    """The sample declaration as texts of the form."""
    document = application(procedure, **changes)
    return texts_of(read(procedure.application_form.schema), document)
