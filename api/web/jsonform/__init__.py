"""Forms of diagrams as pages show them: a JSON Schema in, fields out; what was typed in, a
document out.

`read` makes the fields of a schema, `enter` a document of what a browser sent, `texts_of` the
texts that show a document again, and `show` what a template draws.
"""

from api.web.jsonform.entering import Entry, enter
from api.web.jsonform.fields import Field, FormUnshowable, Kind
from api.web.jsonform.filling import texts_of
from api.web.jsonform.rows import asks_for_rows, with_rows
from api.web.jsonform.schema import read
from api.web.jsonform.showing import Shown, ShownForm, show

__all__ = [
    "Entry",
    "Field",
    "FormUnshowable",
    "Kind",
    "Shown",
    "ShownForm",
    "asks_for_rows",
    "enter",
    "read",
    "show",
    "texts_of",
    "with_rows",
]
