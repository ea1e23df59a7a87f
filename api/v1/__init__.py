"""Version 1 of the interface: one module per resource."""

from api.documenting import Api
from api.v1 import (
    access,
    accesses,
    acts,
    agencies,
    alerts,
    bank_accounts,
    calendars,
    cashier,
    certificates,
    connectors,
    diagrams,
    differences,
    documents,
    dossiers,
    drafts,
    history,
    inbox,
    issuing,
    letter_templates,
    letters,
    messages,
    money,
    notices,
    office_events,
    outages,
    paper_counts,
    payments,
    portal,
    procedures,
    ratings,
    registers,
    reports,
    requests,
    rulebooks,
    saved_views,
    scans,
    search,
    sessions,
    signatures,
    signing,
    statements,
    substitutions,
    supervision,
    tasks,
    time_acts,
    timers,
    tracking,
    unreached,
    uploads,
    users,
    vault,
    vnpay,
    webhooks,
)

PREFIX = "/api/v1"


def register(api: Api) -> None:
    """Put every resource under the prefix."""
    for module in (
        sessions, users, agencies, procedures, dossiers, acts, time_acts, history, tasks, inbox,
        search, saved_views, calendars, rulebooks, outages, timers, messages, supervision, alerts,
        reports, accesses, tracking, ratings, drafts, diagrams, office_events, substitutions,
        access, uploads, documents, certificates, signatures, signing, vault, paper_counts, scans,
        letters, registers, letter_templates,
        issuing, money, cashier, portal, webhooks, connectors, requests, vnpay, payments,
        bank_accounts, statements, differences, notices, unreached,
    ):  # fmt: skip
        api.register_blueprint(module.routes, url_prefix=f"{PREFIX}{module.routes.url_prefix}")
