"""Documents signed here: read, signed outside any transaction, handed to the gate.

Many documents take one entry of the passphrase, PIN or code: all signatures with one certificate
are asked of its key at once. What fails for one document leaves the others done.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from engine.commands.signatures import (
    House,
    Signable,
    SignedFile,
    Wanted,
    record_signature,
    signable,
)
from engine.errors import EngineError
from engine.errors.signatures import (
    KeyNotOfCertificate,
    ProviderUnavailable,
    SignedElsewhere,
)
from engine.model.actor import Actor
from engine.model.certificate import PROVIDER_NAMES, KeptCertificate, Provider
from engine.model.document import Capacity
from engine.model.dossier import Dossier
from engine.printing.press import FONTS
from engine.settings import Settings
from engine.signatures.certificates import certificate_of
from engine.signatures.keys import Sign, pkcs12
from engine.signatures.marks import Appearance
from engine.signatures.means import Means, checked
from engine.signatures.remote import RemoteKey, Service
from engine.signatures.signing import Begun, Signing, begin, finish
from engine.signatures.tokens import token
from engine.signatures.trust import trusted
from engine.store import agencies, dossiers

T = TypeVar("T")


@dataclass(frozen=True)
class Secret:
    """What the owner of a key types now and nobody keeps: passphrase or PIN, and a one-time code
    where a remote service wants one."""

    passphrase: str = field(default="", repr=False)
    code: str = field(default="", repr=False)


@dataclass(frozen=True)
class Outcome:
    """What became of one wanted signature: the dossier with it, or why not."""

    wanted: Wanted
    dossier: Dossier | None = None
    refused: EngineError | None = None


@dataclass(frozen=True)
class Ready:
    """A file that may be signed, and how its signature is shown."""

    signable: Signable
    pdf: bytes = field(repr=False)
    shown: Appearance = field(repr=False)

    def begun(self, signing: Signing) -> Begun:
        """The file with room for the signature."""
        return begin(self.pdf, self.signable.wanted.capacity, self.shown, signing)


def sign_document(house: House, wanted: Wanted, secret: Secret, actor: Actor) -> Dossier:
    """Sign one document; raises what stands in the way of it."""
    (outcome,) = sign_documents(house, [wanted], secret, actor)
    if outcome.dossier is None:
        raise outcome.refused or AssertionError
    return outcome.dossier


def sign_documents(
    house: House, wanted: Sequence[Wanted], secret: Secret, actor: Actor
) -> list[Outcome]:
    """Sign many documents with one entry of the secret; says of each what became of it."""
    found = {each.wanted: each for each in sign_each(house, wanted, secret, actor)}
    return [found[each] for each in wanted]


def sign_each(
    house: House, wanted: Sequence[Wanted], secret: Secret, actor: Actor
) -> Iterator[Outcome]:
    """The same, told of one after the other.

    The certificate is checked and its key asked once for all; then the signed files are recorded
    one by one.
    """
    found, refused = _each(list(dict.fromkeys(wanted)), lambda each: ready(house, each, actor))
    yield from _told(refused)
    for group in _by_certificate(found):
        yield from _sign(house, group, secret, actor)


def ready(house: House, wanted: Wanted, actor: Actor) -> Ready:
    """Read what is to be signed; raises what `signable` raises."""
    with house.database.reading() as tx:
        found = signable(tx, wanted, actor, house.clock())
        dossier = dossiers.read(tx, wanted.code).dossier
        names = {
            Capacity.LEADER: actor.full_name,
            Capacity.AGENCY: agencies.name_of(tx, dossier.competent_agency),
            Capacity.RECEPTION: agencies.name_of(tx, dossier.receiving_agency),
        }
    shown = Appearance(names[wanted.capacity], found.kept.image)
    return Ready(found, house.files.read(found.before), shown)


def signing_with(house: House, kept: KeptCertificate) -> Signing:
    """A registered certificate, checked now (authorities are asked)."""
    means = Means(
        trusted(house.settings.trust_roots), FONTS / "Tinos-Regular.ttf", house.settings.tsa_url
    )
    others = [certificate_of(each) for each in kept.chain]
    now = house.clock()
    return Signing(checked(certificate_of(kept.der), others, means, now), means, now)


def _sign(
    house: House, group: dict[Wanted, Ready], secret: Secret, actor: Actor
) -> Iterator[Outcome]:
    """Sign with one certificate; what fails for its key fails for all."""
    kept = next(iter(group.values())).signable.kept
    try:
        signing = signing_with(house, kept)
        begun, refused = _each(group, lambda each: group[each].begun(signing))
        with key_of(kept, secret, house.settings) as key:
            values = key([each.attributes for each in begun.values()]) if begun else []
    except EngineError as error:
        yield from _told(dict.fromkeys(group, error))
        return
    yield from _told(refused)
    for (wanted, file), value in zip(begun.items(), values, strict=True):
        try:
            made = SignedFile(wanted, finish(file, value, signing.credential))
            yield Outcome(wanted, record_signature(house, made, actor, signing.means.trust))
        except EngineError as error:
            yield Outcome(wanted, refused=error)


def _told(refused: Mapping[Wanted, EngineError]) -> Iterator[Outcome]:
    return (Outcome(wanted, refused=error) for wanted, error in refused.items())


@contextmanager
def key_of(kept: KeptCertificate, secret: Secret, settings: Settings) -> Iterator[Sign]:
    """The key of a certificate, open as long as one signs.

    Raises what its kind of key raises, `ProviderUnavailable`, and `SignedElsewhere` where it is at
    another computer.
    """
    certificate = certificate_of(kept.der)
    if kept.provider is Provider.PKCS12:
        sign, certificates = pkcs12(kept.key_file or b"", secret.passphrase)
        if certificates[0].sha256.hex() != kept.fingerprint:
            raise KeyNotOfCertificate(subject=kept.subject)
        yield sign
    elif kept.provider is Provider.PKCS11:
        _require(kept.provider, settings.pkcs11_module)
        label, key = kept.access["token"], kept.access["key"]
        with token(settings.pkcs11_module, label, key, secret.passphrase, certificate) as sign:
            yield sign
    elif kept.provider is Provider.CSC:
        _require(kept.provider, settings.csc_url)
        service = Service(settings.csc_url, settings.csc_token)
        remote = RemoteKey(service, kept.access["credential"], secret.passphrase, secret.code)
        yield lambda texts: remote.sign(texts, certificate)
    else:
        raise SignedElsewhere(subject=kept.subject)


def _require(provider: Provider, setting: str) -> None:
    if not setting:
        raise ProviderUnavailable(provider=PROVIDER_NAMES[provider])


def _by_certificate(found: Mapping[Wanted, Ready]) -> Iterable[dict[Wanted, Ready]]:
    groups: dict[int, dict[Wanted, Ready]] = {}
    for wanted, each in found.items():
        groups.setdefault(each.signable.kept.id, {})[wanted] = each
    return groups.values()


def _each(
    wanted: Iterable[Wanted], do: Callable[[Wanted], T]
) -> tuple[dict[Wanted, T], dict[Wanted, EngineError]]:
    """Do something for each; what is refused for one does not stop the others."""
    done, refused = {}, {}
    for each in wanted:
        try:
            done[each] = do(each)
        except EngineError as error:
            refused[each] = error
    return done, refused
