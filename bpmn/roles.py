"""Who works in a procedure: lanes of a diagram are roles of people."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may be in an agency; the first five have lanes in diagrams."""

    RECEPTION_OFFICER = "reception_officer"
    SPECIALIST = "specialist"
    LEADER = "leader"
    REGISTRY_CLERK = "registry_clerk"
    CASHIER = "cashier"
    UNIT_HEAD = "unit_head"
    CENTRE_DIRECTOR = "centre_director"
    PROCEDURE_CONTROL_OFFICER = "procedure_control_officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    PORTAL = "portal"


ROLE_NAMES = {
    Role.RECEPTION_OFFICER: "Bộ phận Một cửa",
    Role.SPECIALIST: "Chuyên viên",
    Role.LEADER: "Lãnh đạo",
    Role.REGISTRY_CLERK: "Văn thư",
    Role.CASHIER: "Thu ngân",
    Role.UNIT_HEAD: "Trưởng bộ phận chuyên môn",
    Role.CENTRE_DIRECTOR: "Giám đốc Trung tâm",
    Role.PROCEDURE_CONTROL_OFFICER: "Cán bộ kiểm soát thủ tục hành chính",
    Role.AUDITOR: "Kiểm tra viên",
    Role.ADMINISTRATOR: "Quản trị hệ thống",
    Role.PORTAL: "Cổng Dịch vụ công",
}

LANES = {
    ROLE_NAMES[role]: role
    for role in (
        Role.RECEPTION_OFFICER,
        Role.SPECIALIST,
        Role.LEADER,
        Role.REGISTRY_CLERK,
        Role.CASHIER,
    )
}
"""Lane name in a diagram → role."""

COUNTER_ROLES = frozenset({Role.RECEPTION_OFFICER, Role.CASHIER})
"""Roles that serve where the dossier was received; all others serve the competent agency."""
