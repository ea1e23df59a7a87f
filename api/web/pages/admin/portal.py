"""The national portal: which dossiers are not in step, why, and telling it again."""

from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, request
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.paging import PageIn, answer, wanted
from api.services import services
from api.v1.schemas.portal import SyncsIn
from api.web.edge import acts, reads
from api.web.language import gettext as _
from api.web.pages.admin.scope import asked, show
from engine.commands.portal import ResendMany, resend_dossier, resend_many
from engine.model.portal import SYNC_NAMES, SyncState
from engine.queries.paging import Slice
from engine.queries.portal import figures, list_differences, list_rounds, list_syncs

routes = Blueprint("admin_portal", __name__)
HERE = "/quan-tri/cong"
LAST_ROUNDS = 7


@routes.get(HERE)
@reads
def index(call: Call) -> str:
    """The figures, the dossiers in the state that is asked for, and the last comparisons."""
    query = asked(SyncsIn)
    part, state = wanted(query), query.get("state")
    found = answer(list_syncs(call.tx, part, state, call.actor))
    known, hours = figures(call.tx, call.actor), services().settings.portal_waiting_hours
    return show(
        call,
        "portal.html",
        known=known,
        late=known.is_late(call.now, hours),
        hours=hours,
        syncs=found["items"],
        next=found["next"],
        state=state,
        states=SYNC_NAMES,
        rounds=list_rounds(call.tx, Slice(LAST_ROUNDS), call.actor).items,
    )


@routes.get(f"{HERE}/doi-chieu/<number:round>")
@reads
def compared(call: Call, round: int) -> str:  # noqa: A002
    """What one comparison found."""
    part = wanted(asked(PageIn))
    found = answer(list_differences(call.tx, part, round, call.actor))
    return show(call, "portal_round.html", differences=found["items"], next=found["next"])


@routes.post(f"{HERE}/ho-so/<code:code>")
@acts
def resend(call: Call, code: str) -> AnyResponse:
    """Tell the portal of one dossier again."""
    resend_dossier(call.tx, code, call.actor, call.now)
    return _done(_("Hiện trạng của hồ sơ {code} sẽ được gửi lại ngay.").format(code=code))


@routes.post(HERE)
@acts
def resend_all(call: Call) -> AnyResponse:
    """Have all dossiers in a state told again."""
    known = [state.value for state in SyncState]
    chosen = request.form.get("state", "")
    state = SyncState(chosen) if chosen in known else None
    count = resend_many(call.tx, ResendMany(state), call.actor)
    return _done(_("{count} hồ sơ sẽ được gửi lại trong ít phút.").format(count=count))


def _done(said: str) -> AnyResponse:
    flash(said, "ok")
    state = request.form.get("state", "")
    return redirect(f"{HERE}?{urlencode({'state': state})}" if state else HERE, 303)
