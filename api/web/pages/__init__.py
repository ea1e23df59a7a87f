"""The pages, one module per place."""

from flask import Flask

from api.web.pages import (
    account,
    admin,
    anchors,
    audit,
    bell,
    board,
    digitising,
    documents,
    dossier,
    home,
    inbox,
    inbox_acts,
    inbox_bulk,
    letters,
    money,
    notices,
    paying,
    petition_box,
    petition_entry,
    postings,
    public_procedures,
    reading,
    reception,
    reconciling,
    registers,
    replay,
    requests,
    search,
    sign_in,
    signatures,
    signing_batch,
    signing_outside,
    task,
    then,
    tracking,
    transfers,
    uploads,
    vault,
)

AREAS = (
    home, sign_in, account, tracking, petition_box, paying, public_procedures, postings, board,
    dossier, task, inbox, inbox_acts, inbox_bulk, search, bell, audit, anchors, then, replay,
    reception,
    letters, registers, documents, petition_entry, signatures, signing_outside, signing_batch,
    uploads, digitising, reading, vault, notices, requests, transfers, reconciling, money,
    *admin.AREAS,
)  # fmt: skip


def register(app: Flask) -> None:
    """Give every page its address."""
    for area in AREAS:
        app.register_blueprint(area.routes)
