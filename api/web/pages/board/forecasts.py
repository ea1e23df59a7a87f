"""What will be late unless somebody does something, in words."""

from typing import Any

from api.edge import Call
from api.paging import answer, wanted
from api.v1.schemas.supervision import ForecastIn
from api.web.edge import reads
from api.web.language import gettext as _
from api.web.pages.board.asking import address, asked, routes, show
from engine.queries.forecast import ForecastItem, forecast
from engine.queries.likelihood import Confidence

WITHIN = (2, 5, 10, 20)
_CERTAIN, _LIKELY, _POSSIBLE = 0.85, 0.5, 0.2


@routes.get("/du-bao")
@reads
def forecasts(call: Call) -> str:
    """Which dossiers will be late."""
    query = asked(ForecastIn)
    part, agency, within = wanted(query), query.get("agency"), query["within"]
    listed = answer(forecast(call.tx, part, agency, within, call.actor, call.now))
    return show(
        "board/forecast.html",
        call.tx,
        call.actor,
        agency,
        within=within,
        horizons=[(n, address("/du-bao", within=n, agency=agency)) for n in WITHIN],
        items=[_said(item) for item in listed["items"]],
        next=listed["next"]
        and address("/du-bao", within=within, agency=agency, cursor=listed["next"]),
    )


def _said(item: ForecastItem) -> dict[str, Any]:
    tone, words = _how_likely(item.probability)
    return {"of": item, "tone": tone, "words": words, "sure": _how_sure(item)}


def _how_likely(probability: float) -> tuple[str, str]:
    if probability >= _CERTAIN:
        return "late", _("Rất dễ trễ")
    if probability >= _LIKELY:
        return "late", _("Dễ trễ")
    if probability >= _POSSIBLE:
        return "near", _("Có thể trễ")
    return "ok", _("Ít khả năng trễ")


def _how_sure(item: ForecastItem) -> str:
    """On what it rests; percentages only where experience gives them."""
    if item.confidence is Confidence.FEW_DATA:
        return _("Ít dữ liệu: suy từ hạn của các bước còn lại.")
    said = {
        Confidence.HIGH: _("Khá chắc: %(late)s %% trong %(samples)s hồ sơ như vậy đã trễ."),
        Confidence.MEDIUM: _("Tương đối: %(late)s %% trong %(samples)s hồ sơ như vậy đã trễ."),
        Confidence.LOW: _("Chưa chắc: %(late)s %% trong %(samples)s hồ sơ như vậy đã trễ."),
    }[item.confidence]
    return said % {"late": round(item.probability * 100), "samples": item.samples}
