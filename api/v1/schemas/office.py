"""Agencies and their units."""

from marshmallow import fields

from api.fields import Out
from api.paging import page_of


class UnitOut(Out):
    """Một đơn vị của cơ quan."""

    code = fields.String()
    name = fields.String()


class AgencyOut(Out):
    """Một cơ quan với các đơn vị."""

    code = fields.String()
    name = fields.String()
    level = fields.String()
    parent = fields.String(allow_none=True)
    units = fields.List(fields.Nested(UnitOut))


AgencyPage = page_of(AgencyOut)
