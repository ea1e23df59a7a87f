"""Which period of reports is meant."""

from datetime import datetime

import click

from engine.deadlines.calendar import local
from engine.model.report import Period
from engine.model.report_period import last_month, period_named


def period_meant(
    first: datetime | None, last: datetime | None, named: str | None, now: datetime
) -> Period:
    """Two days, a period by its name, or with neither the month that ended last.

    Raises `click.UsageError`, `ReportPeriodInvalid`.
    """
    if named and (first or last):
        raise click.UsageError("Hãy nêu --period, hoặc --from với --to.")
    if named:
        return period_named(named)
    if first and last:
        return Period(first.date(), last.date())
    if first or last:
        raise click.UsageError("Hãy nêu cả --from và --to.")
    return last_month(local(now).date())
