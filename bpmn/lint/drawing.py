"""The drawing itself: everything has a name and a shape, and no id stands for two things."""

from collections.abc import Iterator

from bpmn.findings import Finding
from bpmn.graph import Graph

_NEEDS_NO_NAME = frozenset({"parallelGateway", "inclusiveGateway"})


def drawing(drawn: list[Graph]) -> Iterator[Finding]:
    """Findings about names, shapes and ids."""
    seen: dict[str, str] = {}
    for graph in drawn:
        for node in graph.nodes.values():
            if node.id in seen:
                message = f"Mã phần tử này đã dùng trong {seen[node.id]}; hãy đặt mã khác."
                yield Finding(graph.file, node.id, message)
            seen[node.id] = graph.file
            if not node.name and not _may_be_nameless(graph, node.id, node.kind):
                yield Finding(graph.file, node.id, "Phần tử chưa có tên; hãy đặt tên tiếng Việt.")
            if node.id not in graph.shapes:
                yield Finding(graph.file, node.id, "Phần tử chưa được vẽ trên sơ đồ (thiếu hình).")


def _may_be_nameless(graph: Graph, node: str, kind: str) -> bool:
    joins = kind.endswith("Gateway") and len(graph.after(node)) <= 1
    return kind in _NEEDS_NO_NAME or joins
