"""A letter that needs it is signed by the leader, then sealed, with the number that it has."""

import pytest

from engine.commands.acting import Target
from engine.commands.letter_documents import FileLetter, file_letter, signable_file
from engine.commands.signatures import Wanted
from engine.commands.signing import sign_document
from engine.errors.documents import SignedOutOfOrder
from engine.model.document import Capacity
from engine.model.dossier import Dossier
from engine.model.status import Channel
from engine.printing.press import Press
from engine.queries.dossiers import find
from engine.queries.letter_values import Links
from engine.queries.letters import letters_of, sheet_of
from engine.verification import verify_dossier
from tests.processes.walker import Walker
from tests.samples import shipped
from tests.signing import pdfsig
from tests.signing_office import CLERK, LEADER, RECEPTION, SECRET, SigningOffice

LINKS = Links("https://motcua.example.vn/tra-cuu/x", "https://motcua.example.vn/tra-cuu")


def filed(desk: SigningOffice) -> Dossier:
    """A refusal at the counter, whose notice lies ready to be signed."""
    walker = Walker(desk.office, desk.clock, shipped("1_001193"))
    walker.walk(Channel.DIRECT, {}, "check_papers=refuse")
    actor, code = desk.office.actor(RECEPTION), walker.dossier.code
    with desk.office.database.reading() as tx:
        found = find(tx, code, actor)
        (letter,) = letters_of(tx, found)
        sheet = sheet_of(tx, found, letter.seq, LINKS)
    press = Press(at_once=1)
    file = signable_file(press.draw(sheet.source, sheet.values), desk.house.files)
    press.close()
    command = FileLetter(Target(code), sheet.issued, sheet.details, file)
    with desk.office.database.transaction() as tx:
        return file_letter(tx, command, actor, desk.clock())


def signed(desk: SigningOffice, code: str, capacity: Capacity, by: str) -> Dossier:
    """The letter signed in a capacity."""
    wanted = Wanted(code, 1, capacity)
    return sign_document(desk.house, wanted, SECRET, desk.office.actor(by))


def test_leader_first_then_the_seal(desk: SigningOffice) -> None:
    desk.enrol_all()
    code = filed(desk).code
    with pytest.raises(SignedOutOfOrder):
        signed(desk, code, Capacity.AGENCY, CLERK)
    signed(desk, code, Capacity.LEADER, LEADER)
    dossier = signed(desk, code, Capacity.AGENCY, CLERK)
    paper = dossier.documents[1]
    assert [each.capacity for each in paper.signatures] == [Capacity.LEADER, Capacity.AGENCY]
    assert paper.registered
    assert paper.registered.in_words == "01/TCHS"
    with desk.office.database.reading() as tx:
        found = find(tx, code, desk.office.actor(RECEPTION))
        (letter,) = letters_of(tx, found)
        sheet = sheet_of(tx, found, letter.seq, LINKS)
        assert verify_dossier(tx, code) is None
    assert letter.signed
    assert sheet.signed == paper.file.digest
    assert pdfsig(desk.pdf(dossier, 1), desk.folder).count("Signature is Valid") == 2
