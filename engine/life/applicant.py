"""Whom a dossier's fees are for: the category of the applicant, on evidence."""

from bpmn.applicants import applicant_categories
from bpmn.fees import is_fee_table
from engine.deadlines.calendar import local
from engine.errors.money import CategoryNeedsEvidence, CategoryUnknown
from engine.life.dues import arise
from engine.life.guards import require_unfinished
from engine.life.setting import Setting
from engine.life.turn import Turn
from engine.model.dossier import Dossier
from engine.model.event import Act


def record_category(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """The counter says of which category the applicant is, or of none; what tables had decided
    before is decided anew."""
    require_unfinished(dossier)
    code = act.data["category"]
    category = applicant_categories().get(code or "")
    if code and (category is None or not category.counts_on(local(act.at).date())):
        raise CategoryUnknown(category=code)
    if code and not act.payload.get("evidence"):
        raise CategoryNeedsEvidence()
    turn = Turn.of(dossier, act, setting)
    dossier.facts["applicant"] = {"category": code}
    tables = setting.procedure.diagram.decisions
    arise(turn, [name for name in tables if is_fee_table(tables[name]) and name in dossier.facts])
    return turn
