"""Reports that were sent: as they were, compared with a recount, and signed on paper."""

from flask import flash, redirect, request
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.paging import PageIn, answer, wanted
from api.report_files import Format, PaperFile, ReportFile, paper_file
from api.sending import Later
from api.services import services
from api.v1.schemas.report_pages import ReportPageIn
from api.web.dossier.issuing import certificate_outside, means
from api.web.edge import acts, acts_apart, reads
from api.web.entered import read
from api.web.frame import render
from api.web.language import gettext as _
from api.web.pages.board.asking import address, asked, routes
from api.web.pages.board.report_asking import PATH
from api.web.pages.board.report_charts import charts
from api.web.pages.board.report_words import differing, kind_names, no_link, table_of
from api.web.pages.board.reports import tabs
from engine.commands.report_papers import (
    SignedReport,
    WantedOnReport,
    record_report_signature,
    require_signer,
    sign_report,
)
from engine.commands.reports import send_report
from engine.errors import EngineError
from engine.model.document import CAPACITY_NAMES, Capacity
from engine.model.report import Period, from_json
from engine.queries.recount import recount
from engine.queries.report_papers import turn
from engine.queries.sent_reports import find_sent, list_sent
from engine.reports.asked import Asked

SENT = f"{PATH}/da-gui"
_ONE = f"{SENT}/<number:report>"


@routes.post(f"{PATH}/gui")
@acts
def send(call: Call) -> AnyResponse:
    """Count the report, number it and keep it as it is."""
    entered = read(ReportPageIn)
    if not entered.is_good:
        flash(_("Chưa gửi được: hãy chọn lại báo cáo, cơ quan và kỳ."), "error")
        return redirect(address(PATH), 303)
    data = entered.data
    days = Period(data["first"], data["last"])
    about = Asked(data["agency"], days, call.now, data.get("level"), data.get("field"))
    number = send_report(call.tx, data["kind"], about, call.actor)
    flash(_("Đã chốt số liệu và gửi báo cáo."), "ok")
    return redirect(address(f"{SENT}/{number}"), 303)


@routes.get(SENT)
@reads
def sent_reports(call: Call) -> str:
    """The reports that were sent, the latest first."""
    listed = answer(list_sent(call.tx, wanted(asked(PageIn)), None, call.actor))
    return render(
        "board/reports_sent.html",
        **tabs(call),
        items=listed["items"],
        kinds=kind_names(),
        next=listed["next"] and address(SENT, cursor=listed["next"]),
    )


@routes.get(_ONE)
@reads
def sent_report(call: Call, report: int) -> str:
    """A report as it was sent, and whose signature it waits for."""
    found = find_sent(call.tx, report, call.actor)
    counted = from_json(found.report)
    turn_ = turn(call.tx, report, found.sent.agency, call.actor)
    here = f"{SENT}/{report}"
    return render(
        "board/report_sent.html",
        **tabs(call),
        sent=found.sent,
        report=counted,
        turn=turn_,
        signatures=[
            (_(CAPACITY_NAMES[each]), turn_.paper and turn_.paper.signed_as(each))
            for each in (Capacity.LEADER, Capacity.AGENCY)
        ],
        capacity=turn_.capacity and _(CAPACITY_NAMES[turn_.capacity]),
        charts=charts(counted, no_link),
        table=table_of(counted, no_link),
        files=[(each, address(f"{here}/tep.{each}")) for each in Format],
        here=address(here),
    )


@routes.get(f"{_ONE}/so-sanh")
@reads
def compared(call: Call, report: int) -> str:
    """What a recount counts otherwise, and why."""
    found = find_sent(call.tx, report, call.actor)
    again = recount(call.tx, wanted(asked(PageIn)), found, call.actor, call.now)
    listed = answer(again.dossiers)
    here = f"{SENT}/{report}/so-sanh"
    return render(
        "board/report_compared.html",
        **tabs(call),
        sent=found.sent,
        report=from_json(found.report),
        different=again.different,
        figures=list(differing(from_json(found.report), again.figures)),
        items=listed["items"],
        back=address(f"{SENT}/{report}"),
        next=listed["next"] and address(here, cursor=listed["next"]),
    )


@routes.get(f"{_ONE}/tep.<any(csv, xlsx, pdf):ending>")
@reads
def sent_file(call: Call, report: int, ending: str) -> Later:
    """A sent report as a file: the PDF is the one that is signed."""
    counted = from_json(find_sent(call.tx, report, call.actor).report)
    if ending == Format.PDF:
        return PaperFile(report, counted, call.actor)
    return ReportFile(counted, Format(ending), call.actor.full_name)


@routes.post(f"{_ONE}/ky")
@acts_apart
def sign(call: Call, report: int) -> AnyResponse:
    """Sign with a key that the server reaches, or take what was signed at one's own computer."""
    back = redirect(address(f"{SENT}/{report}"), 303)
    try:
        _sign(call, report)
    except EngineError as refused:
        flash(refused.message, "error")
        return back
    flash(_("Đã ký số báo cáo; chữ ký hợp lệ."), "ok")
    return back


def _sign(call: Call, report: int) -> None:
    house = services().house
    with house.database.reading() as tx:
        counted = from_json(find_sent(tx, report, call.actor).report)
        capacity = turn(tx, report, counted.agency.code, call.actor).capacity or Capacity.AGENCY
    require_signer(call.actor, capacity, counted.agency.code)
    paper_file(report, counted, call.actor)
    sent = request.files.get("signed")
    if sent and (pdf := sent.read()):
        signed = SignedReport(WantedOnReport(report, capacity, certificate_outside()), pdf)
        record_report_signature(house, signed, call.actor)
    else:
        by = means()
        sign_report(house, WantedOnReport(report, capacity, by.certificate), by.secret, call.actor)
