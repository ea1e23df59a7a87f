"""Figures of papers: digitised, used again, signed."""

from typing import Any

from api.documenting import Blueprint
from api.edge import Call, reads
from api.paging import answer, wanted
from api.v1.schemas.supervision import SupervisedPage
from api.v1.schemas.vault import PaperCountsIn, PaperCountsOut, PaperListIn
from engine.queries.paper_counts import (
    PAPER_FIGURE_NAMES,
    PaperFilter,
    count_papers,
    list_papers,
)

routes = Blueprint(
    "paper_counts",
    __name__,
    url_prefix="/supervision/papers",
    description="Số hóa, tái sử dụng, ký số.",
)


@routes.get("")
@reads(403, 422)
@routes.arguments(PaperCountsIn, location="query")
@routes.response(200, PaperCountsOut)
def show_papers(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """Count digitised, reused and signed papers.

    Thành phần tính theo cơ quan tiếp nhận và ngày tiếp nhận, kết quả theo cơ quan giải quyết và
    ngày có kết quả. Mẫu số của tỷ lệ số hóa là `with_papers`, tái sử dụng là `received`, ký số là
    `results`.
    """
    by = query.pop("by", None)
    counts = count_papers(call.tx, PaperFilter(**query), by, call.actor, call.now)
    return {**vars(counts), "names": PAPER_FIGURE_NAMES}


@routes.get("/dossiers")
@reads(403, 422)
@routes.arguments(PaperListIn, location="query")
@routes.response(200, SupervisedPage)
def list_of_papers(call: Call, query: dict[str, Any]) -> dict[str, Any]:
    """List the dossiers behind a figure.

    Hồ sơ đứng sau một con số, nộp gần nhất trước.
    """
    part, figure = wanted(query), query.pop("figure")
    viewer = (call.actor, call.now)
    return answer(list_papers(call.tx, part, figure, PaperFilter(**query), viewer))
