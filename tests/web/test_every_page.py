"""Every page is reached by someone's links, none of which is dead, and none is too large."""

import pytest

from api.site import Site
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.office import Office, usernames
from tests.web.crawl import Walk, walk
from tests.web.furnishing import furnish
from tests.web.visitor import Visitor

PEOPLE = (
    *("reception1", "office1", "leader1", "clerk1", "cashier1", "culture_head1", "director1"),
    *("control", "auditor", "administrator1", "administrator", "portal"),
)
_NUMBER = "int(min=1, max=2147483647)"
UNLINKED = {
    f"/ho-so/<code:code>/phi/bien-lai/<{_NUMBER}:payment>": "only where cash was taken",
    f"/ho-so/<code:code>/phi/<act>/<{_NUMBER}:first>/<{_NUMBER}:second>": "only of refunds",
    "/dossiers/<code:code>": "letters of old lead to it",
    "/static/<digest>/<path:name>": "files",
    "/chuong/moi": "the bell asks for it",
    "/dang-nhap/noi-khac": "only where another house signs people in",
    "/dang-nhap/tro-ve": "that house leads back to it",
    "/ho-so/<code:code>/dien-bien/<int:number>": "a script steps through it",
    "/ho-so/<code:code>/so-hoa/anh/<code:upload>/<number:page>": "a picture on the desk",
    "/ho-so/<code:code>/so-hoa/tinh-trang": "asked for while documents are being made",
    "/ho-so/<code:code>/tai-lieu/<number:number>/trang/<number:page>": "a picture in the reader",
    "/ho-so/<code:code>/tai-lieu/<number:document>/ky-ngoai/<code:token>": "comes after a form",
    "/ho-so/<code:code>/tai-lieu/<number:document>/ky-ngoai/<code:token>/thuoc-tinh": "from there",
    "/viec/ky-hang-loat/<number:number>": "only where something was signed in bulk",
    "/viec/ky-hang-loat/<number:number>/tinh-trang": "asked for while signing",
    "/ho-so/<code:code>/kho/<number:item>/tep": "only of dossiers whose owners have papers",
    "/quan-tri/chuyen-phien-ban/moi": "only where dossiers run on an old version",
    "/quan-tri/chuyen-phien-ban/<number:migration>": "only where one was planned",
    "/quan-tri/chuyen-phien-ban/ban-ve/<code:version>/<code:name>": "a script draws it",
    "/quan-tri/nguoi/<int(min=1, max=2147483647):user>/vai-tro/<int(min=1, max=2147483647):grant>":
        "only of people with several roles",
    "/kiem-tra/khi-ay/ho-so/<code:code>": "comes after a form",
    "/phan-anh/tra-cuu/<code:code>": "leads only from the letter to its sender",
    "/phieu-hen/<code:code>/<number:seq>/trang/<number:page>": "a picture of the page of a letter",
    "/quan-tri/ban-thao/<number:draft>/nguon/<file:name>": "what a drawing or a table is made of",
    "/quan-tri/ban-thao/<number:draft>/thu/so-do/<code:name>": "a drawing on the page of a trial",
    "/tep/<code:upload>": "a script that sends a file asks how much of it has arrived",
    "/thanh-toan/ket-qua": "the payment gateway leads back to it",
    "/tiep-nhan/goi-y": "asked for while one types",
    "/tiep-nhan/<number:number>/<path>": "comes after a form was sent",
}  # fmt: skip
"""Routes that no page leads to, and why."""


def walked(site: Site, office: Office, username: str | None, *starts: str) -> Walk:
    """What someone finds from the first page, the page of a colleague and `starts` on."""
    visitor, colleague = Visitor(site), office.actor("office1").id
    if username is not None:
        visitor.sign_in(username)
    if username in ("administrator", "administrator1"):
        starts = (f"/quan-tri/nguoi/{colleague}", "/quan-tri/thu-tuc/1.001612", *starts)
    return walk(visitor, site.web.url_map, *starts, "/")


@pytest.fixture
def slip(office: Office, clock: FakeClock, lives: Lives) -> str:
    """An office at work, and the link on a slip."""
    return furnish(office, clock, lives)


def test_no_link_is_dead_and_no_page_too_large(site: Site, office: Office, slip: str) -> None:
    walks = [walked(site, office, username, slip) for username in (*PEOPLE, None)]
    assert [complaint for walk in walks for complaint in walk.complaints] == []
    reached = {rule for walk in walks for rule in walk.rules}
    served = {rule.rule for rule in site.web.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert served - reached == set(UNLINKED)


def test_the_people_are_those_of_the_office() -> None:
    assert set(PEOPLE) <= set(usernames())
