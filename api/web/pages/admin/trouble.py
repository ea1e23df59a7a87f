"""Timers that machines gave up, for those who mended what was wrong."""

from flask import Blueprint, flash, redirect
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.paging import MOST
from api.web.edge import acts, reads
from api.web.language import gettext as _
from api.web.pages.admin.scope import show
from engine.commands import timers as clock
from engine.life.timers import TimerKind
from engine.queries.paging import Slice
from engine.queries.timers import list_failed_timers

routes = Blueprint("admin_trouble", __name__)
HERE = "/quan-tri/su-co"


@routes.get(HERE)
@reads
def index(call: Call) -> str:
    """What failed; the first page is enough to begin with."""
    timers = list_failed_timers(call.tx, Slice(MOST), None, call.actor)
    return show(call, "trouble.html", timers=timers.items, more=timers.next, kinds=_kinds())


@routes.post(f"{HERE}/hen-gio/<code:code>/<code:kind>/<int(min=0, max=2147483647):place>")
@acts
def rerun(call: Call, code: str, kind: str, place: int) -> AnyResponse:
    """Try one timer again."""
    clock.rerun_timer(call.tx, clock.RerunTimer(code, kind, place), call.actor, call.now)
    return _done(_("Hẹn giờ sẽ được chạy lại trong ít giây."))


@routes.post(f"{HERE}/hen-gio")
@acts
def rerun_all(call: Call) -> AnyResponse:
    """Try all of them again."""
    count = clock.rerun_all_timers(call.tx, call.actor, call.now)
    return _done(_("{count} hẹn giờ sẽ được chạy lại trong ít giây.").format(count=count))


def _kinds() -> dict[TimerKind, str]:
    """What a timer is set for."""
    return {
        TimerKind.LAPSE: _("hết thời gian chờ"),
        TimerKind.DOSSIER: _("hạn của hồ sơ"),
        TimerKind.STEP: _("hạn của việc"),
        TimerKind.PAUSE: _("hạn của lần tạm dừng"),
        TimerKind.UNASSIGNED: _("việc chưa ai nhận"),
        TimerKind.INTAKE: _("hồ sơ chờ tiếp nhận"),
    }


def _done(said: str) -> AnyResponse:
    flash(said, "ok")
    return redirect(HERE, 303)
