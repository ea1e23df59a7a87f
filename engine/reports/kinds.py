"""Every kind of report with how it is counted.

A new kind is a member of `engine.model.report.Kind`, a module here that offers a `Counting`, and a
line in this table; REST, the command line, freezing and the pages then know it.
"""

from collections.abc import Mapping

from engine.model.report import Kind
from engine.reports import (
    non_territorial,
    online,
    overdue_causes,
    papers,
    pauses,
    payments,
    returns,
    service_index,
    workload,
)
from engine.reports.asked import Counting
from engine.reports.resolution import RESOLUTION

COUNTINGS: Mapping[Kind, Counting] = {
    **RESOLUTION,
    Kind.OVERDUE_CAUSES: overdue_causes.COUNTING,
    Kind.PAUSES: pauses.COUNTING,
    Kind.RETURNS: returns.COUNTING,
    Kind.DIGITISATION: papers.DIGITISATION,
    Kind.REUSE: papers.REUSE,
    Kind.SIGNATURES: papers.SIGNATURES,
    Kind.ONLINE: online.COUNTING,
    Kind.PAYMENTS: payments.COUNTING,
    Kind.NON_TERRITORIAL: non_territorial.COUNTING,
    Kind.WORKLOAD: workload.COUNTING,
    Kind.INDEX_766: service_index.COUNTING,
}
