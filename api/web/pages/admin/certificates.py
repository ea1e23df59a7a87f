"""Certificates of an agency's people, and its own seal."""

from typing import Any

from flask import Blueprint, flash, redirect, request
from werkzeug import Response as AnyResponse

from api.edge import Call
from api.fields import In, Text, Whole
from api.paging import PageIn, answer, wanted
from api.services import services
from api.v1.schemas.substitutions import MOST_ID
from api.web.edge import acts, acts_apart, reads
from api.web.entered import Entered, nothing_yet, read
from api.web.language import gettext as _
from api.web.pages.admin.scope import Scope, asked, scope_of, show
from engine.commands.certificates import (
    Handed,
    RegisterCertificate,
    read_material,
    register_certificate,
    retire_certificate,
)
from engine.errors import EngineError
from engine.model.actor import Permission
from engine.model.certificate import PROVIDER_NAMES, Provider
from engine.queries import certificates, people
from engine.queries.certificates import CertificateFilter
from engine.queries.paging import Slice
from engine.settings import Settings

routes = Blueprint("admin_certificates", __name__)
HERE = "/quan-tri/chung-thu-so"
_FILES = ("certificate", "key_file", "image")
_MOST_PEOPLE = 200


class NewCertificateIn(In):
    """What is typed; files come beside it. No `user`: the agency's own seal."""

    user = Whole(1, MOST_ID, load_default=None)
    passphrase = Text(200, load_default="", load_only=True)
    token = Text(100, load_default="")
    key = Text(100, load_default="")
    credential = Text(200, load_default="")


@routes.get(HERE)
@reads
def index(call: Call) -> str:
    """The certificates, those that end first at the top, and the form for a new one."""
    return _page(call)


@routes.post(HERE)
@acts_apart
def register(call: Call) -> Any:
    """Register a certificate: opened and checked here, before any transaction."""
    entered, settings = read(NewCertificateIn), services().settings
    with services().database.reading() as tx:
        scope = scope_of(_on(call, tx), Permission.CERTIFICATE_MANAGE)
    if entered.is_good:
        user = entered.data.pop("user")
        files = {name: request.files[name].read() for name in _FILES if name in request.files}
        try:
            handed = Handed(_provider(settings), **entered.data, **files)
            material = read_material(handed, settings, call.now)
            with services().database.transaction() as tx:
                command = RegisterCertificate(scope.chosen, user, material)
                register_certificate(tx, command, call.actor, call.now)
        except EngineError as refused:
            entered.refuse(refused)
    if not entered.is_good:
        with services().database.reading() as tx:
            return _page(_on(call, tx), entered), 422
    flash(_("Đã đăng ký chứng thư số. Từ nay có thể dùng để ký."), "ok")
    return redirect(f"{HERE}?co-quan={scope.chosen}", 303)


@routes.post(f"{HERE}/<number:certificate>/ngung")
@acts
def retire(call: Call, certificate: int) -> AnyResponse:
    """Let nobody sign with it any more."""
    retire_certificate(call.tx, certificate, call.actor, call.now)
    flash(_("Đã ngừng dùng chứng thư số. Chữ ký đã ký bằng nó vẫn giữ giá trị."), "ok")
    return redirect(f"{HERE}?co-quan={request.form.get('co-quan', '')}".rstrip("="), 303)


def _on(call: Call, tx: Any) -> Call:
    return Call(tx, call.actor, call.now, call.token)


def _offered(settings: Settings) -> list[Provider]:
    """Kinds of keys that this installation can use."""
    installed = {Provider.PKCS11: settings.pkcs11_module, Provider.CSC: settings.csc_url}
    return [each for each in Provider if installed.get(each, True)]


def _provider(settings: Settings) -> Provider:
    wanted_name = request.values.get("loai", "")
    offered = {each.value: each for each in _offered(settings)}
    return offered.get(wanted_name, Provider.PKCS12)


def _page(call: Call, entered: Entered | None = None) -> str:
    scope = scope_of(call, Permission.CERTIFICATE_MANAGE)
    part, settings = wanted(asked(PageIn)), services().settings
    chosen = CertificateFilter(agency=scope.chosen, in_use=True)
    found = certificates.list_certificates(call.tx, part, chosen, call.actor, call.now)
    listed = answer(found)
    return show(
        call,
        "certificates.html",
        scope=scope,
        certificates=listed["items"],
        next=listed["next"],
        entered=entered or nothing_yet(),
        provider=_provider(settings),
        providers=[(each, PROVIDER_NAMES[each]) for each in _offered(settings)],
        owners=_owners(call, scope),
    )


def _owners(call: Call, scope: Scope) -> list[tuple[int, str]]:
    """People of the agency who may have a certificate of their own."""
    every = Slice(_MOST_PEOPLE)
    chosen = people.UserFilter(agency=scope.chosen, active=True)
    found = people.list_users(call.tx, every, call.actor, chosen)
    return [(each.id, each.full_name) for each in found.items]
