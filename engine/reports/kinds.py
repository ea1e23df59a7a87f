"""Every kind of report with how it is counted.

A new kind is a member of `engine.model.report.Kind`, a module here that offers a `Counting`, and a
line in this table; REST, the command line, freezing and the pages then know it.
"""

from collections.abc import Mapping

from engine.model.report import Kind
from engine.reports.asked import Counting

COUNTINGS: Mapping[Kind, Counting] = {}
