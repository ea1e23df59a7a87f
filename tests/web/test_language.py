"""Everything that pages say is said in English too."""

from datetime import date

from babel.messages.extract import extract_from_dir

from api.problems import KNOWN
from api.web.language import LOCALE, _english
from api.web.pages.admin.procedures import LIMIT_UNITS
from bpmn.catalogue.entry import LEVEL_NAMES as PROCEDURE_LEVELS
from bpmn.catalogue.entry import STANDING_NAMES as STANDINGS_OF_PROCEDURES
from bpmn.comparing import CHANGE_NAMES
from bpmn.roles import ROLE_NAMES
from bpmn.steps import STAGE_NAMES
from engine.errors.petitions import PetitionNotTracked
from engine.errors.tracking import NothingTracked, RatingSettled, ResultNotElectronic
from engine.gateways.vnpay.codes import Codes, known, meaning
from engine.letters.notice_rules import rules_on
from engine.model.certificate import PROVIDER_NAMES
from engine.model.channel import CHANNEL_NAMES
from engine.model.circuit import CIRCUIT_NAMES
from engine.model.connector import REPLIES_NAMES
from engine.model.contact import MEANS_NAMES, PARTY_NAMES
from engine.model.document import CAPACITY_NAMES, DOCUMENT_KIND_NAMES
from engine.model.letter_forms import titles
from engine.model.migration import STATE_NAMES as MIGRATION_STATES
from engine.model.migration import VERDICT_NAMES as MIGRATION_VERDICTS
from engine.model.obligation import OBLIGATION_KIND_NAMES, OBLIGATION_STATUS_NAMES
from engine.model.office_event import OFFICE_EVENT_NAMES
from engine.model.payment import MEANS_NAMES as PAYMENT_MEANS
from engine.model.petition import (
    PETITION_EVENT_NAMES,
    PETITION_KIND_NAMES,
    PETITION_SOURCE_NAMES,
    PETITION_STATE_NAMES,
)
from engine.model.portal import DIFFERENCE_NAMES, SYNC_NAMES
from engine.model.procedure_draft import DRAFT_STATE_NAMES
from engine.model.reading import LOOKED_NAMES
from engine.model.request import REQUEST_STATE_NAMES
from engine.model.standing import STANDING_NAMES
from engine.model.status import STATUS_NAMES
from engine.model.vault import VALIDITY_NAMES
from engine.portal.statuses import standard_statuses
from engine.queries.certificates import STANDING_NAMES as CERTIFICATE_STANDINGS
from engine.queries.paper_counts import PAPER_FIGURE_NAMES
from engine.queries.procedure_list import LISTED_NAMES
from engine.queries.procedure_versions import FORCE_NAMES, REPLACED
from engine.queries.progress_asks import ASK_NAMES, WAY_NAMES
from engine.queries.progress_past import MILESTONES, MOVES
from engine.queries.progress_words import (
    DISCONTINUING,
    EFFECTS,
    ENDINGS,
    HEADLINES,
    PAUSES,
    PHASE_NAMES,
)
from engine.queries.subscriptions import WEBHOOK_STATE_NAMES
from engine.reports.scene import LEVEL_NAMES
from engine.signatures.verdict import SENTENCES, VERDICT_NAMES
from engine.store.anchor_troubles import HINDERED_NAMES

WEB = LOCALE.parent
TO_CITIZENS = (
    *(ASK_NAMES, WAY_NAMES, MILESTONES, MOVES),
    *(EFFECTS, ENDINGS, HEADLINES, PAUSES, PHASE_NAMES),
)
TO_PAYERS = (Codes.NOTICE, Codes.STATUS)
_REFUSED = (NothingTracked, PetitionNotTracked, RatingSettled, ResultNotElectronic)
_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
_OPTIONS = {"templates/**.html": {"newstyle_gettext": "true", "trimmed": "true"}}


def _said() -> set[str]:
    """What templates and modules of the pages pass to `_`."""
    found = extract_from_dir(str(WEB), _METHODS, _OPTIONS)
    return {str(message) for _file, _line, message, _comments, _context in found if message}


def test_every_text_has_its_english() -> None:
    assert sorted(_said() - set(_english())) == []


def test_names_of_the_engine_have_their_english() -> None:
    assert sorted(_named() - set(_english())) == []


def test_no_english_is_left_over() -> None:
    assert sorted(set(_english()) - _said() - _named()) == []


def _named() -> set[str]:
    """What the engine and the refusals call things, which pages pass on to `_`."""
    names = (
        *(OFFICE_EVENT_NAMES, ROLE_NAMES, STATUS_NAMES, STANDING_NAMES, STAGE_NAMES),
        LOOKED_NAMES,
        HINDERED_NAMES,
        *(DOCUMENT_KIND_NAMES, CAPACITY_NAMES, PROVIDER_NAMES, CERTIFICATE_STANDINGS),
        VERDICT_NAMES,
        *(MIGRATION_STATES, MIGRATION_VERDICTS),
        PAPER_FIGURE_NAMES,
        LEVEL_NAMES,
        VALIDITY_NAMES,
        *(CHANGE_NAMES, DRAFT_STATE_NAMES, FORCE_NAMES, LISTED_NAMES, STANDINGS_OF_PROCEDURES),
        *(LIMIT_UNITS, {REPLACED: REPLACED}, {name: name for name in PROCEDURE_LEVELS}),
        *(CHANNEL_NAMES, CIRCUIT_NAMES, WEBHOOK_STATE_NAMES),
        *(REPLIES_NAMES, REQUEST_STATE_NAMES),
        *(PAYMENT_MEANS, OBLIGATION_KIND_NAMES, OBLIGATION_STATUS_NAMES),
        *(SYNC_NAMES, DIFFERENCE_NAMES, standard_statuses().names),
        *(CHANNEL_NAMES, MEANS_NAMES, PARTY_NAMES),
        *(PETITION_EVENT_NAMES, PETITION_KIND_NAMES, PETITION_SOURCE_NAMES, PETITION_STATE_NAMES),
    )
    problems = {text for _code, *texts in KNOWN.values() for text in texts}
    named = {name for part in (*names, *TO_CITIZENS) for name in part.values()}
    return (
        problems
        | named
        | SENTENCES
        | {meaning(codes, code) for codes in TO_PAYERS for code in known(codes)}
        | titles()
        | {rule.name for rule in rules_on(date.max).notices.values()}
        | {DISCONTINUING}
        | {told().message for told in _REFUSED}
    )
