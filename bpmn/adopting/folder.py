"""An adopted diagram as a folder: its files, facts to be filled in, and what is open in words."""

import json
from collections.abc import Iterator, Mapping

from bpmn.adopting.adoption import KIND_NAMES, Adoption, Remark
from bpmn.facts import FILE as FACTS_FILE

TO_DO = "can-hoan-thien.md"
_FACTS = (
    ("field", "lĩnh vực"),
    ("level", "cấp quyết định: commune, province, ministry, other"),
    ("decision", "quyết định công bố"),
    ("time_limit", 'thời hạn giải quyết, ví dụ "5 working_days"'),
    ("result_name", "tên kết quả"),
)


def folder_of(adoption: Adoption, code: str, name: str) -> Mapping[str, str]:
    """Texts by file name. Facts that only an announcement decision says are left to be written."""
    return {
        **adoption.files,
        FACTS_FILE: "\n".join((*_facts(code, name), "")),
        TO_DO: "\n".join((*_to_do(adoption), "")),
    }


def in_words(remark: Remark) -> str:
    """A remark as one line."""
    where = f" (dòng {remark.line})" if remark.line else ""
    name = f" «{remark.name}»" if remark.name else ""
    return f"{remark.element}{name}{where}: {remark.message}"


def _facts(code: str, name: str) -> Iterator[str]:
    yield f"code = {json.dumps(code)}"
    yield f"{'' if name else '# '}name = {json.dumps(name, ensure_ascii=False)}  # tên thủ tục"
    for fact, meaning in _FACTS:
        yield f'# {fact} = ""  # {meaning}'


def _to_do(adoption: Adoption) -> Iterator[str]:
    yield "# Từ bản vẽ của công cụ khác"
    for kind, title in KIND_NAMES.items():
        found = adoption.of_kind(kind)
        if found:
            yield from ("", f"## {title}", "", *(f"- {in_words(remark)}" for remark in found))
    if adoption.left_out:
        yield from ("", f"Còn {adoption.left_out} nhận xét khác không liệt kê.")
    yield from ("", "## Thông tin thủ tục và biểu mẫu", "")
    yield f"- {FACTS_FILE}: ghi các mục còn bỏ trống."
    yield "- forms/application.json: tờ khai của công dân; forms/…: biểu mẫu của từng bước."
