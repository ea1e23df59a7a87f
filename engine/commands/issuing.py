"""A paper's way from draft to sealed result, as one act for each person who has a part in it.

Whoever signs or seals completes their task with it. What can be known beforehand is looked at
beforehand, as though the paper were signed already; so a form that is refused leaves no signature
behind. Should something fail between signature and completion, the same act done again goes on
from there: a number once given is kept.
"""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from engine.commands.acting import Target
from engine.commands.foreseeing import rehearse_signed, unsigned
from engine.commands.numbering import NumberDocument, next_numbering, number_document
from engine.commands.signatures import House, Wanted
from engine.commands.signing import Secret, sign_document
from engine.commands.tasks import CompleteTask, complete_task, completing
from engine.errors.documents import NumberTaken
from engine.errors.signatures import NoCertificate
from engine.model.actor import Actor
from engine.model.document import Capacity
from engine.model.dossier import Dossier
from engine.model.event import Act
from engine.printing.press import FONTS
from engine.signatures.filling import fill
from engine.store import certificates, definitions, dossiers

_TRIES = 5
"""How often the next number is looked for while others take theirs."""


@dataclass(frozen=True)
class Means:
    """With what someone signs: a certificate where they have several, and what opens its key."""

    secret: Secret
    certificate: int | None = None


def sign_and_complete(house: House, command: CompleteTask, means: Means, actor: Actor) -> Dossier:
    """As the leader, sign the paper of a task and approve; another decision needs no signature.

    Raises what signing and completing raise; nothing was done then.
    """
    if wanted := _foreseen(house, command, means, actor):
        sign_document(house, wanted, means.secret, actor)
    return _complete(house, command, actor)


def seal_and_complete(
    house: House, command: CompleteTask, symbol: str | None, means: Means, actor: Actor
) -> Dossier:
    """As the registry clerk, give the paper of a task its number and date, and the agency's seal.

    Raises what numbering, signing and completing raise. Where sealing fails the number is kept.
    """
    if wanted := _foreseen(house, command, means, actor):
        give_number(house, command.target.code, command.place, symbol, actor)
        sign_document(house, wanted, means.secret, actor)
    return _complete(house, command, actor)


def _foreseen(house: House, command: CompleteTask, means: Means, actor: Actor) -> Wanted | None:
    """The signature that completing still wants; raises why it would be refused even with it."""
    with house.database.reading() as tx:
        target, act, check = completing(tx, command, actor, house.clock())
        rehearse_signed(tx, target, act, check)
        return wanted_of(tx, command.target.code, act, means)


def wanted_of(tx: Connection, code: str, act: Act, means: Means) -> Wanted | None:
    """The signature that an act of completing wants before it can happen."""
    dossier = dossiers.read(tx, code).dossier
    setting = definitions.setting_of(tx, dossier.version, dossier.rulebook)
    found = unsigned(dossier, setting, act)
    if found is None:
        return None
    document, capacity = found
    if capacity is Capacity.AGENCY and not certificates.of_agency(tx, dossier.competent_agency):
        raise NoCertificate(owner="Cơ quan")
    return Wanted(code, document.number, capacity, act.data["place"], means.certificate)


def _complete(house: House, command: CompleteTask, actor: Actor) -> Dossier:
    """That it was signed meanwhile is no reason to refuse the revision that was seen before."""
    seen = replace(command, target=Target(command.target.code))
    with house.database.transaction() as tx:
        return complete_task(tx, seen, actor, house.clock())


def give_number(house: House, code: str, place: int, symbol: str | None, actor: Actor) -> None:
    """Number and date into the paper of a task, unless it has them; raises `NumberTaken` where
    others were faster again and again."""
    for _ in range(_TRIES):
        with house.database.reading() as tx:
            numbering = next_numbering(tx, code, place, symbol, actor, house.clock())
        document, registered = numbering.document, numbering.registered
        if document.registered:
            return
        italic = FONTS / "Tinos-Italic.ttf"
        pdf = house.files.read(document.file.digest)
        filled = fill(
            pdf, registered.in_words, numbering.dated, FONTS / "Tinos-Regular.ttf", italic
        )
        kept = house.files.put(filled)
        command = NumberDocument(Target(code), place, numbering, kept.digest, kept.size)
        try:
            with house.database.transaction() as tx:
                number_document(tx, command, actor, house.clock())
        except NumberTaken as taken:
            missed = taken
        else:
            return
    raise missed
