"""Administration: what the people of an office change about the office itself."""

from api.web.pages.admin import (
    access,
    agencies,
    calendar,
    certificates,
    changes,
    home,
    leave,
    letter_templates,
    messages,
    outages,
    person,
    portal,
    rulebook,
    trouble,
    users,
    webhooks,
)

AREAS = (
    home,
    users,
    person,
    access,
    leave,
    agencies,
    certificates,
    calendar,
    rulebook,
    letter_templates,
    outages,
    portal,
    trouble,
    messages,
    webhooks,
    changes,
)
