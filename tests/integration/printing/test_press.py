"""The press: real PDF/A in the product's own type, whatever a template tries."""

import io
import os
import re
import signal
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from time import monotonic

import pikepdf
import pytest

from engine.errors.letters import TemplateFaulty
from engine.printing.press import Press
from engine.printing.templates import source_of
from tests.reading import text_of
from tests.unit.printing.test_type import vietnamese

FORM = {
    "form": {"title": "Thử", "paper": "A5", "number": "01", "circular": "Thông tư"},
    "code": "H40.30.01-260706-0001",
}
PAGE = "{% extends 'khung' %}{% block body %}\n%s\n{% endblock %}"


def drawn(press: Press, body: str, **values: object) -> bytes:
    """A page with this in it."""
    return press.draw(source_of(PAGE.replace("%s", body)), {**FORM, **values})


def refused(press: Press, body: str, seconds: float = 10.0) -> str:
    """What is said of a template that cannot be drawn."""
    with pytest.raises(TemplateFaulty) as error:
        press.draw(source_of(PAGE.replace("%s", body)), FORM, seconds)
    return error.value.message


def test_what_it_draws_is_archival_pdf(press: Press) -> None:
    with pikepdf.open(io.BytesIO(drawn(press, "<p>Giấy tờ</p>"))) as pdf:
        findings = pikepdf.pdfa.check(pdf, "3b").findings
    assert [str(finding) for finding in findings if finding.kind == "violation"] == []


def test_every_vietnamese_letter_is_drawn_in_the_products_own_type(press: Press) -> None:
    letters = vietnamese()
    styles = ("font-weight: bold", "font-style: italic", "font: bold italic 10pt serif")
    said = "".join(f"<p style='{style}'>{{{{ letters }}}}</p>" for style in ("", *styles))
    pdf = drawn(press, said, letters=letters)
    read = text_of(pdf)
    assert {letter for letter in letters if letter.strip() and letter not in read} == set()
    assert fonts(pdf) <= {f"Tinos{style}" for style in ("", "-Bold", "-Italic", "-Bold-Italic")}
    assert not without_outline(pdf)


def fonts(pdf: bytes) -> set[str]:
    """Which type is in a PDF, without the marks of subsets."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        named = (str(o.BaseFont) for o in opened.objects
                 if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o)  # fmt: skip
        return {re.sub(r"^/(\w{6}\+)?", "", name) for name in named}


def without_outline(pdf: bytes) -> bool:
    """Whether any page shows the sign for a missing letter (glyph 0)."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            for step in pikepdf.parse_content_stream(page):
                if str(step.operator) in ("Tj", "TJ"):
                    texts = step.operands[0] if str(step.operator) == "TJ" else step.operands
                    for text in texts:
                        raw = bytes(text) if isinstance(text, pikepdf.String) else b""
                        if any(raw[n : n + 2] == b"\0\0" for n in range(0, len(raw), 2)):
                            return True
    return False


def test_a_system_font_is_never_used(press: Press) -> None:
    pdf = drawn(press, "<p style='font-family: \"DejaVu Sans\"'>Chữ</p>")
    assert fonts(pdf) == {"Tinos"}


def test_the_same_letter_is_the_same_to_the_byte(press: Press) -> None:
    assert drawn(press, "<p>Một</p>") == drawn(press, "<p>Một</p>")


def test_what_people_said_is_text_and_nothing_else(press: Press) -> None:
    hostile = "<img src='file:///etc/passwd'><script>1</script>{{ 7 * 7 }}"
    assert "{{ 7 * 7 }}" in text_of(drawn(press, "<p>{{ said }}</p>", said=hostile))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>{{ khong_co }}</p>", "ở dòng 2: dùng tên không có"),
        ("<p>{{ code </p>", "ở dòng 2: viết sai cú pháp"),
        ("\n<p>{{ code.__class__.__mro__ }}</p>", "ở dòng 3: dùng điều không được phép"),
        ("{{ ''.__class__.__base__.__subclasses__() }}", "ở dòng 2: dùng điều không được phép"),
        ("{{ code.format.__globals__ }}", "ở dòng 2: dùng điều không được phép"),
        ("{{ '{0.__class__}'.format(code) }}", "ở dòng 2: dùng điều không được phép"),
        ("{{ form.update({'title': 'x'}) }}", "ở dòng 2: dùng điều không được phép"),
        ("{% include '/etc/passwd' %}", "ở dòng 2: gọi mẫu khác"),
        ("{% import 'appointment' as x %}", "ở dòng 2: gọi mẫu khác"),
        ("\n\n<img src='file:///etc/passwd'>", "ở dòng 4: trỏ ra ngoài"),
        ("<link rel='attachment' href='file:///etc/passwd'>", "ở dòng 2: trỏ ra ngoài"),
        ("<p style='background: url(ftp://127.0.0.1/x)'>x</p>", "ở dòng 2: trỏ ra ngoài"),
        ("{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}",
         "ở dòng 2: cho ra quá nhiều"),
        ("{{ 'x' * 9999999999 }}", "ở dòng 2: cho ra quá nhiều"),
        ("{% for i in range(999999999) %}{% endfor %}", "ở dòng 2"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "ở dòng 2: cho ra quá nhiều"),
    ],
)  # fmt: skip
def test_a_faulty_or_hostile_template_is_refused_by_its_line(
    press: Press, body: str, said: str
) -> None:
    assert said in refused(press, body)
    assert drawn(press, "<p>Vẫn in được</p>")


def test_an_endless_loop_is_cut_off_and_named(press: Press) -> None:
    endless = (
        "\n{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}"
        "{% endfor %}{% endfor %}{% endfor %}"
    )
    before = monotonic()
    assert "ở dòng 3: vẽ quá lâu" in refused(press, endless, seconds=1.0)
    assert monotonic() - before < 5
    assert drawn(press, "<p>Vẫn in được</p>")


def test_a_page_that_is_endless_to_lay_out_is_cut_off(press: Press) -> None:
    rows = "{% for i in range(90000) %}<table><tr><td>{{ i }}</td></tr></table>{% endfor %}"
    assert "vẽ quá lâu" in refused(press, rows, seconds=1.5)
    assert drawn(press, "<p>Vẫn in được</p>")


def test_nothing_is_asked_of_the_network(press: Press) -> None:
    asked: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

    with HTTPServer(("127.0.0.1", 0), Listening) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/x.png"
        picture = (
            '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
            f'<image href="{url}" width="9" height="9"/></svg>'
        )
        for body in (
            f"<img src='{url}'>",
            f"<style>@import '{url}';</style>",
            f"<object data='{url}'></object>",
            f"<img src='data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}'>",
        ):
            assert "trỏ ra ngoài" in refused(press, body)
        server.shutdown()
    assert asked == []


def test_a_process_that_died_is_replaced(press: Press) -> None:
    assert drawn(press, "<p>Một</p>")
    os.kill(_process_of(press), signal.SIGKILL)
    assert drawn(press, "<p>Hai</p>")


def test_a_closed_press_leaves_no_process_and_can_be_used_again(press: Press) -> None:
    drawn(press, "<p>Một</p>")
    process = _process_of(press)
    press.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert drawn(press, "<p>Hai</p>")


def _process_of(press: Press) -> int:
    """The number of the process that waits for work."""
    child = press._free.queue[0]
    assert child
    return child._process.pid
