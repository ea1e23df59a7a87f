"""Messages to the citizen do not arrive, and their contact is put right.

Both also happen to dossiers that have ended: their papers may still have to be fetched.
"""

from engine.errors.contacts import ContactReached
from engine.life.alerting import latest_alert, raise_alert
from engine.life.setting import Setting
from engine.life.turn import Turn
from engine.model.alert import WHOLE, Level, Subject
from engine.model.contact import Means, Party, Unreached
from engine.model.dossier import Dossier
from engine.model.event import Act


def miss(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """Somebody is not reached: the counter is to find out how they are.

    Raises `ContactReached` where that is known already.
    """
    party, means = Party(act.data["party"]), Means(act.data["means"])
    if any((each.party, each.means) == (party, means) for each in dossier.unreached):
        raise ContactReached(code=dossier.code)
    turn = Turn.of(dossier, act, setting)
    missed = Unreached(party, means, act.data["channel"], act.data["why"], turn.at)
    dossier.unreached.append(missed)
    key = Subject.CONTACT, WHOLE
    if latest_alert(dossier, key, turn.at) is None:
        raise_alert(turn, key, Level.NOTICE, turn.at)
    return turn


def correct(dossier: Dossier, act: Act, setting: Setting) -> Turn:
    """How somebody is reached from now on is what this act says, be it that they have nothing."""
    party = Party(act.data["party"])
    turn = Turn.of(dossier, act, setting)
    dossier.contacts[party] = turn.cause
    dossier.unreached = [each for each in dossier.unreached if each.party is not party]
    return turn
