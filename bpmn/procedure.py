"""A procedure in one version: its files, what they say, and the hash that names the version."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from bpmn.choices import offering
from bpmn.drawings import Drawing, read_drawings
from bpmn.facts import FILE as FACTS_FILE
from bpmn.facts import Facts, parse_facts
from bpmn.findings import ProcedureError, refuse
from bpmn.forms import Form
from bpmn.locating import located
from bpmn.parse import MAIN_FILE, Diagram, parse
from bpmn.steps import Paper, Places, Step

ROOT = Path(__file__).parent
PROCESSES = ROOT / "processes"
SHARED = ROOT / "shared"
DIAGRAM_FILE = MAIN_FILE
APPLICATION_FORM = "application.json"
TEMPLATE_SUFFIX = ".html"
SUFFIXES = {".bpmn", ".dmn", ".html", ".json", ".toml"}
"""Of the files that a procedure is made of."""
_SAMPLES = "samples.json"
_FORMS_KEPT = 500


@dataclass(frozen=True)
class Procedure:
    """One version of a procedure, parsed. `sources` maps file names to texts.

    `templates` are texts by name, without `.html`: those called like a `Paper` draw it up, others
    are parts that they are built of.
    """

    sources: Mapping[str, str]
    facts: Facts
    diagram: Diagram
    forms: Mapping[str, Form]
    templates: Mapping[str, str]

    @cached_property
    def digest(self) -> str:
        """What names this version."""
        return digest_of(self.sources)

    @cached_property
    def drawings(self) -> tuple[Drawing, ...]:
        """Its own drawing, then those of the stages it calls."""
        return read_drawings(self.sources, DIAGRAM_FILE)

    @property
    def places(self) -> Places:
        """Where a token of this procedure can rest."""
        return self.diagram.places

    def form_of(self, step: Step) -> Form:
        """The form a step asks for."""
        return self.forms[step.form]

    def draws_up(self, paper: Paper) -> bool:
        """Whether the procedure has a template of a paper."""
        return paper in self.templates

    @property
    def application_form(self) -> Form:
        """The declaration that the citizen hands in."""
        return self.forms[APPLICATION_FORM]


def procedure_from_sources(sources: Mapping[str, str]) -> Procedure:
    """Parse a procedure from its files; raises `ProcedureError` with what is wrong where."""
    try:
        return _parsed(sources)
    except ProcedureError as error:
        raise ProcedureError(located(error.findings, sources)) from error


def _parsed(sources: Mapping[str, str]) -> Procedure:
    for needed in (FACTS_FILE, DIAGRAM_FILE):
        if needed not in sources:
            raise refuse(needed, "tệp", "Thiếu tệp này trong quy trình.")
    facts = parse_facts(sources[FACTS_FILE])
    shared_first = sorted(sources.items(), key=lambda source: not source[0].startswith("shared/"))
    forms = {
        Path(name).name: offering(_form(name, text), facts.components)
        for name, text in shared_first
        if name.endswith(".json")
    }
    templates = {
        Path(name).stem: text for name, text in shared_first if name.endswith(TEMPLATE_SUFFIX)
    }
    diagram = parse(sources, process_id(facts.code))
    procedure = Procedure(sources, facts, diagram, forms, templates)
    _require_forms(procedure)
    return procedure


def digest_of(sources: Mapping[str, str]) -> str:
    """SHA-256 over all files: the same files give the same version."""
    canonical = json.dumps(dict(sorted(sources.items())), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def process_id(code: str) -> str:
    """Id of the BPMN process of a procedure: 1.001193 → p_1_001193."""
    return f"p_{code.replace('.', '_')}"


def stage_names() -> frozenset[str]:
    """Ids of the shared stages, which every procedure may call."""
    return frozenset(path.stem for path in SHARED.glob("*.bpmn"))


def read_folder(folder: Path) -> dict[str, str]:
    """The files of one procedure together with all shared stages, by name."""
    return {**read_texts(SHARED, prefix="shared/"), **read_texts(folder)}


def procedure_folders() -> list[Path]:
    """Folders of the procedures that the product ships."""
    return sorted(path.parent for path in PROCESSES.glob(f"*/{DIAGRAM_FILE}"))


def read_texts(folder: Path, prefix: str = "") -> dict[str, str]:
    """The files below a folder that belong to a procedure, by name with a prefix."""
    return {
        f"{prefix}{path.relative_to(folder).as_posix()}": path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.suffix in SUFFIXES and path.name != _SAMPLES
    }


@lru_cache(maxsize=_FORMS_KEPT)
def _form(name: str, text: str) -> Form:
    """Checking a form costs more than all else, and thousands of procedures share the same."""
    try:
        schema = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise refuse(name, "json", f"Biểu mẫu không phải JSON hợp lệ: {error}") from error
    if not isinstance(schema, dict):
        raise refuse(name, "json", "Biểu mẫu phải là một đối tượng JSON Schema.")
    return Form(name, schema)


def _require_forms(procedure: Procedure) -> None:
    if APPLICATION_FORM not in procedure.forms:
        raise refuse(f"forms/{APPLICATION_FORM}", "tệp", "Thiếu biểu mẫu tờ khai của công dân.")
    for step in procedure.places.steps.values():
        if step.form not in procedure.forms:
            raise refuse(DIAGRAM_FILE, step.id, f"Không tìm thấy biểu mẫu {step.form}.")
    for service in procedure.places.services.values():
        if service.answer and service.answer not in procedure.forms:
            raise refuse(DIAGRAM_FILE, service.id, f"Không tìm thấy biểu mẫu {service.answer}.")
