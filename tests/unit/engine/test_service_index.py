"""The formulas of index 766 give what the table of the portal gives (docs: domain of the index)."""

from datetime import date

import pytest

from engine.model.service_index import Indicator, Share, edition_on

EDITION = edition_on(date(2026, 10, 1))
BY_KEY = {each.key: each for each in EDITION.indicators}


def test_five_groups_have_a_hundred_points() -> None:
    assert {group.key: group.most for group in EDITION.groups} == {
        "transparency": 1800, "progress": 2000, "online": 1200, "payment": 1000, "digital": 2200,
        "satisfaction": 1800,
    }  # fmt: skip
    assert len(BY_KEY) == len(EDITION.indicators)
    assert all(bool(each.figure) != bool(each.open) for each in EDITION.indicators)
    assert all(each.of and each.part for each in EDITION.indicators if each.figure)


@pytest.mark.parametrize(
    ("key", "part", "whole", "points"),
    [
        ("on_time", 516, 517, 1996),  # 20 × 516/517 = 19,9613
        ("on_time", 517, 517, 2000),
        ("online_offered", 1, 2, 125),  # min(2, 2A/0,8)
        ("online_offered", 9, 10, 200),
        ("online_used", 1, 3, 133),  # 4B
        ("procedures_paid_online", 1, 2, 125),  # min(2, 2,5B)
        ("digitised", 4, 5, 400),  # 80 %
        ("reused", 1, 8, 31),  # 2 × 0,15625 = 0,3125
        ("satisfied", 9, 10, 600),  # min(6, 6r/0,9)
        ("satisfied", 45, 100, 300),
        ("satisfied", 0, 0, 0),
        ("petitions_on_time", 0, 0, 600),
        ("petitions_satisfied", 0, 0, 600),
        ("petitions_satisfied", 1, 3, 200),
        ("on_time", 0, 0, None),
        ("electronic_result", 1, 800, 1),  # 0,0075: half up
    ],
)
def test_formulas(key: str, part: int, whole: int, points: int | None) -> None:
    assert BY_KEY[key].score(Share(part, whole)) == points


def test_online_dossiers_count_as_far_as_they_are_synced() -> None:
    online = BY_KEY["online_share"]
    assert online.score(Share(1, 4), Share(1, 1)) == 300  # min(6, 6C/0,5)
    assert online.score(Share(3, 4), Share(1, 2)) == 300
    assert online.score(Share(3, 4)) is None


def test_what_the_house_cannot_know_stays_open() -> None:
    unknown = [each.key for each in EDITION.indicators if each.figure is None]
    assert unknown == ["content_complete", "payment_other", "certified_copies"]
    assert Indicator("k", "g", "n", 2).score(None) is None
