"""Groups of people of the office, as the table of routes names them: those of commune 1 and of the
province."""

from tests.office import usernames

EVERYONE = frozenset(usernames())
STAFF = frozenset(
    f"{name}1"
    for name in (
        "reception", "second_reception", "culture", "economy", "office", "second_office",
        "centre", "leader", "second_leader", "clerk", "cashier", "culture_head", "director",
        "control", "auditor",
    )
)  # fmt: skip
READERS = STAFF | {"control", "auditor", "portal"}
"""Those who may read the dossier: the rest does not even learn that it exists."""
RECEPTION = frozenset({"reception1", "second_reception1"})
LEADERS = frozenset({"leader1", "second_leader1"})
SPECIALISTS = frozenset({"culture1", "economy1", "office1", "second_office1", "centre1"})
OFFICE = frozenset({"office1", "second_office1"})
ADMINISTRATORS = frozenset({"administrator", "administrator1", "administrator2"})
SUPERVISORS = LEADERS | {"culture_head1", "director1", "control1", "control"}
OVERSEERS = SUPERVISORS | {
    "auditor1", "auditor", "leader2", "second_leader2", "culture_head2", "director2", "control2",
    "auditor2",
}  # fmt: skip
"""Those who supervise dossiers anywhere."""
REGISTER = (
    RECEPTION
    | LEADERS
    | frozenset({"clerk1", "director1", "control1", "control", "auditor1", "auditor"})
)
"""Those who read the register of commune 1."""
AUDITORS = frozenset({"auditor", "auditor1", "auditor2"})
RECORDERS = SUPERVISORS | RECEPTION | SPECIALISTS
"""Those who record why something was late."""
OF_COMMUNE_1 = frozenset({"administrator", "administrator1"})
"""Those who administer commune 1."""
REGISTRARS = RECORDERS | OF_COMMUNE_1
"""Those who record outages."""
APPROVERS = LEADERS | {"director1"}
PAUSERS = SPECIALISTS | APPROVERS | {"culture_head1"}
