"""Service tasks: they name what is registered, send what is known, and never wait for ever."""

from collections.abc import Iterator, Mapping

from bpmn.connectors import Connector
from bpmn.expressions import ExpressionError, names_in
from bpmn.findings import Finding, Severity
from bpmn.graph import Graph
from bpmn.lint.references import file_of, known_facts, unknown_names
from bpmn.procedure import Procedure
from bpmn.steps import ANSWERED, Mode, Service


def services(
    drawn: list[Graph], procedure: Procedure, connectors: Mapping[str, Connector]
) -> Iterator[Finding]:
    """Findings about the service tasks of a procedure and of the stages it calls."""
    known, read = known_facts(procedure), set(_read(drawn))
    for service in procedure.places.services.values():
        file = file_of(service, drawn)
        for message in (*_connector(service, connectors), *_answer(service, procedure)):
            yield Finding(file, service.id, message)
        for expression in service.sends.values():
            yield from unknown_names(file, service.id, expression, known)
        for message in _waits(service, drawn):
            yield Finding(file, service.id, message)
        if service.mode is Mode.ASK and (service.id, "outcome") not in read:
            message = (
                f"Không nhánh nào đọc {service.id}.outcome: hệ thống bên kia từ chối (refused) thì"
                " hồ sơ đi tiếp như được chấp nhận."
            )
            yield Finding(file, service.id, message, Severity.WARNING)


def _connector(service: Service, connectors: Mapping[str, Connector]) -> Iterator[str]:
    connector = connectors.get(service.connector)
    if connector is None:
        yield (
            f"Chưa đăng ký bộ kết nối «{service.connector}». Hãy dùng một trong:"
            f" {', '.join(connectors)}, hoặc đăng ký bộ kết nối này trước."
        )
    elif service.operation not in connector.operations:
        yield (
            f"Bộ kết nối «{service.connector}» không có thao tác «{service.operation}»; chỉ có:"
            f" {', '.join(connector.operations)}."
        )


def _answer(service: Service, procedure: Procedure) -> Iterator[str]:
    if service.answer is None:
        return
    form = procedure.forms[service.answer]
    if form.schema.get("type") != "object" or form.schema.get("additionalProperties") is not False:
        yield (
            f'Biểu mẫu trả lời {service.answer} phải có "type": "object" và'
            ' "additionalProperties": false.'
        )
    for name in sorted(form.fields & ANSWERED):
        yield f"Biểu mẫu trả lời {service.answer} không được có trường «{name}»: tên dành riêng."


def _waits(service: Service, drawn: list[Graph]) -> Iterator[str]:
    """An answer that may never come needs a way to go on; what is only told needs none."""
    beside = any(node.attached_to == service.id for graph in drawn for node in graph.nodes.values())
    if service.mode is Mode.TELL and beside:
        yield "Tác vụ gửi rồi đi tiếp (tell) không chờ; hãy bỏ sự kiện trên cạnh."
    elif service.mode is Mode.ASK and service.limit is None:
        yield (
            "Tác vụ hỏi (ask) phải có sự kiện hẹn giờ trên cạnh (boundary timer): hết hạn mà chưa"
            " có trả lời thì làm gì, ví dụ chuyển sang làm thủ công."
        )


def _read(drawn: list[Graph]) -> Iterator[tuple[str, str | None]]:
    for graph in drawn:
        for flow in graph.flows:
            try:
                yield from names_in(flow.condition) if flow.condition else ()
            except ExpressionError:
                continue
