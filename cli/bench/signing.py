"""Documents signed in one act, beside the same documents signed one by one."""

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pikepdf
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

from bpmn.roles import Role
from cli.bench.result import Result, result
from cli.bench.soft_token import MODULE, SoftToken, soft_token, soft_tokens_installed
from cli.bench.subjects import Bench
from cli.demo.authority import Authority
from cli.demo.office import COMMUNE
from engine.commands.acting import Target
from engine.commands.certificates import (
    Handed,
    RegisterCertificate,
    read_material,
    register_certificate,
)
from engine.commands.documents import AddDocument, add_document
from engine.commands.signatures import House, Wanted
from engine.commands.signing import Secret, sign_document, sign_documents
from engine.files import FileStore
from engine.model.actor import Actor
from engine.model.certificate import Provider
from engine.model.document import Capacity, DocumentKind, FileFacts, Origin
from engine.settings import Settings
from engine.signatures.preparing import DIGITISING, prepare
from engine.wallclock import wall_clock

PASSPHRASE = "mật khẩu để đo"  # noqa: S105
PIN = "246810"
_TOKEN = SoftToken("do", "khoa", PIN)


@dataclass(frozen=True)
class Desk:
    """Whose documents are signed, and with what."""

    bench: Bench
    house: House
    actor: Actor
    key_file: bytes

    def register(self, handed: Handed) -> None:
        """Let the actor sign with this from now on."""
        material = read_material(handed, self.house.settings, wall_clock())
        command = RegisterCertificate(COMMUNE, self.actor.id, material)
        administrator = self.bench.office.in_role(Role.ADMINISTRATOR)[0]
        with self.bench.database.transaction() as tx:
            register_certificate(tx, command, administrator, wall_clock())

    def documents(self, count: int) -> list[Wanted]:
        """So many digitised pages, each of its own dossier."""
        stored = self.house.files.put(prepare(_page(), DIGITISING))
        file = FileFacts(stored.digest, stored.size, 1, "application/pdf")
        found = []
        for _ in range(count):
            code = self.bench.submit().code
            command = AddDocument(Target(code), DocumentKind.EVIDENCE, file, Origin.SCANNED)
            with self.bench.database.transaction() as tx:
                _, document = add_document(tx, command, self.actor, wall_clock())
            found.append(Wanted(code, document.number, Capacity.RECEPTION))
        return found


def signing(bench: Bench, count: int) -> Iterator[Result]:
    """With a key file, and with a token where SoftHSM is installed."""
    with tempfile.TemporaryDirectory() as folder:
        desk = _desk(bench, Path(folder))
        desk.register(Handed(Provider.PKCS12, key_file=desk.key_file, passphrase=PASSPHRASE))
        yield _compared(desk, count, Secret(PASSPHRASE), "key file")
        if soft_tokens_installed():
            key = load_pkcs12(desk.key_file, PASSPHRASE.encode()).key
            assert isinstance(key, EllipticCurvePrivateKey)
            with soft_token(Path(folder), _TOKEN, key):
                yield _compared(_with_token(desk), count, Secret(PIN), "token")


def _desk(bench: Bench, folder: Path) -> Desk:
    authority = Authority.founded(bench.now)
    authority.publish(folder / "goc")
    settings = Settings(
        trust_roots=str(folder / "goc"),
        storage_url=f"file://{folder}/tep",
        pkcs11_module=MODULE,
    )
    house = House(bench.database, FileStore.of(settings), settings, wall_clock)
    actor = bench.office.in_role(Role.RECEPTION_OFFICER)[0]
    return Desk(bench, house, actor, authority.key_file(actor.full_name, PASSPHRASE))


def _compared(desk: Desk, count: int, secret: Secret, kind: str) -> Result:
    first, together, single = (desk.documents(each) for each in (1, count, count))
    sign_documents(desk.house, first, secret, desk.actor)
    started = time.perf_counter()
    outcomes = sign_documents(desk.house, together, secret, desk.actor)
    whole = time.perf_counter() - started
    if refused := next((each.refused for each in outcomes if each.refused), None):
        raise refused
    name = f"sign a document, {count} in one act, {kind}"
    alone = [_timed(desk, each, secret) for each in single]
    return result(name, [whole / count], "one by one", alone)


def _timed(desk: Desk, wanted: Wanted, secret: Secret) -> float:
    started = time.perf_counter()
    sign_document(desk.house, wanted, secret, desk.actor)
    return time.perf_counter() - started


def _page() -> bytes:
    output = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(output)
    return output.getvalue()


def _with_token(desk: Desk) -> Desk:
    """The same officer, with a certificate whose key is in the token."""
    opened = load_pkcs12(desk.key_file, PASSPHRASE.encode())
    assert opened.cert
    certificate = opened.cert.certificate.public_bytes(Encoding.PEM)
    other = desk.bench.office.in_role(Role.RECEPTION_OFFICER)[-1]
    moved = replace(desk, actor=other)
    moved.register(
        Handed(Provider.PKCS11, certificate=certificate, token=_TOKEN.label, key=_TOKEN.key)
    )
    return moved
