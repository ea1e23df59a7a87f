"""The pages of the auditors, asked without a browser and without scripts."""

from collections.abc import Callable

from sqlalchemy import delete, select, update

from engine.store.audit_tables import access
from engine.store.database import Database
from engine.store.tables import dossier_life, event, task
from tests.api.lives import Lives
from tests.clock import FakeClock
from tests.integration.lives.tampering import drop_triggers
from tests.web.visitor import Visitor

Visit = Callable[[str | None], Visitor]


def test_finding_dossiers(visit: Visit, lives: Lives) -> None:
    late, fresh = lives.late().code, lives.submitted().code
    auditor = visit("auditor")
    assert late in (whole := auditor.get("/kiem-tra").text)
    assert fresh in whole
    found = auditor.get("/kiem-tra?overdue=true&status=&agency=H40.30.01&field=")
    assert late in found.text
    assert fresh not in found.text
    assert f"/ho-so/{late}/dien-bien" in found.text
    assert fresh in auditor.get(f"/kiem-tra?code={fresh}").text
    assert "Không có hồ sơ nào" in auditor.get("/kiem-tra?field=Nông nghiệp").text


def test_a_search_that_makes_no_sense(visit: Visit, lives: Lives) -> None:
    answer = visit("auditor").get("/kiem-tra?submitted_from=hôm qua&code=H40")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert 'value="H40"' in answer.text


def test_lists_go_on(visit: Visit, lives: Lives) -> None:
    codes = [lives.submitted().code for _ in range(3)]
    auditor = visit("auditor")
    first = auditor.get("/kiem-tra?limit=2&status=submitted").text
    assert codes[0] not in first
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    second = auditor.get(following.replace("&amp;", "&")).text
    assert codes[0] in second
    assert codes[2] not in second


def test_a_moment_by_step_event_and_day(visit: Visit, lives: Lives, clock: FakeClock) -> None:
    dossier = lives.accepted()
    clock.advance(days=2)
    lives.complete(dossier, "office1", decision="approve")
    path = f"/ho-so/{dossier.code}/dien-bien"
    auditor = visit("auditor")
    assert "Bước 4 trên 4" in auditor.get(path).text
    page = auditor.get(f"{path}?buoc=2").text
    assert "Bước 2 trên 4" in page
    assert "Việc appraise" in page
    assert 'data-number="2" aria-current="step"' in page
    assert "Bước 2 trên 4" in auditor.get(f"{path}?su-kien=3").text
    assert "Bước 3 trên 4" in auditor.get(f"{path}?ngay=2026-07-07").text
    assert "Bước 1 trên 4" in auditor.get(f"{path}?ngay=2020-01-01").text
    assert "Bước 4 trên 4" in auditor.get(f"{path}?buoc=9999").text
    assert "Bước 4 trên 4" in auditor.get(f"{path}?buoc=xyz").text


def test_the_script_gets_moments_alone(visit: Visit, lives: Lives) -> None:
    path = f"/ho-so/{lives.accepted().code}/dien-bien"
    auditor = visit("auditor")
    part = auditor.get(f"{path}/2").text
    assert part.lstrip().startswith('<div id="moment"')
    assert "Quyết định" in part
    assert auditor.get(f"{path}/4").status_code == 404
    assert auditor.get(f"{path}/0").status_code == 404
    assert auditor.get(f"{path}/so-do/procedure").mimetype == "application/xml"
    assert auditor.get(f"{path}/so-do/khong-co").status_code == 404


def test_who_may_not(visit: Visit, lives: Lives) -> None:
    code = lives.accepted().code
    clerk = visit("clerk1")
    for path in ("dien-bien", "dien-bien/1", "kiem-chung", "luot-xem"):
        assert clerk.get(f"/ho-so/{code}/{path}").status_code == 403, path
    assert clerk.get("/kiem-tra/luot-xem").status_code == 403
    assert "Các lượt xem hồ sơ" not in clerk.get("/kiem-tra").text
    stranger = visit("clerk2")
    for path in ("dien-bien", "dien-bien/so-do/procedure", "kiem-chung", "luot-xem"):
        assert stranger.get(f"/ho-so/{code}/{path}").status_code == 404, path


def test_pages_write_down_who_looks(visit: Visit, lives: Lives, database: Database) -> None:
    code = lives.accepted().code
    auditor = visit("auditor")
    for path in ("dien-bien", "dien-bien?buoc=1", "dien-bien/2", "kiem-chung", "luot-xem"):
        assert auditor.get(f"/ho-so/{code}/{path}").status_code == 200
    with database.reading() as tx:
        seen = tx.execute(select(access.c.looked).order_by(access.c.id)).scalars().all()
    assert seen == ["replay", "verification", "accesses"]
    listed = auditor.get("/kiem-tra/luot-xem").text
    assert "Người dùng auditor" in listed
    assert "Kiểm chứng" in auditor.get(f"/ho-so/{code}/luot-xem").text


def test_an_intact_record(visit: Visit, lives: Lives) -> None:
    page = visit("leader1").get(f"/ho-so/{lives.signing().code}/kiem-chung").text
    assert "Sổ ghi nguyên vẹn." in page


def test_an_altered_event_is_led_to(visit: Visit, lives: Lives, database: Database) -> None:
    code = lives.signing().code
    with database.transaction() as tx:
        drop_triggers(tx, database)
        tx.execute(update(event).where(event.c.seq == 2).values(actor="1"))
    auditor = visit("auditor")
    page = auditor.get(f"/ho-so/{code}/kiem-chung").text
    assert "Sự kiện số 2 đã bị sửa hoặc đổi chỗ." in page
    assert f"/ho-so/{code}/dien-bien?su-kien=2" in page
    assert "Bước 1 trên 4" in auditor.get(f"/ho-so/{code}/dien-bien?su-kien=2").text


def test_an_altered_projection_is_told(visit: Visit, lives: Lives, database: Database) -> None:
    code = lives.signing().code
    with database.transaction() as tx:
        tx.execute(update(task).where(task.c.state == "open").values(name="Việc khác"))
        tx.execute(update(dossier_life).values(life={}))
    auditor = visit("auditor")
    page = auditor.get(f"/ho-so/{code}/kiem-chung").text
    assert "Sổ ghi không đúng." in page
    assert "Dữ liệu lưu" in page
    assert "Bước 4 trên 4" in auditor.get(f"/ho-so/{code}/dien-bien").text


def test_what_cannot_be_done_again_is_said_so(
    visit: Visit, lives: Lives, database: Database
) -> None:
    code = lives.signing().code
    with database.transaction() as tx:
        drop_triggers(tx, database)
        tx.execute(update(event).where(event.c.seq == 3).values(data={}))
    auditor = visit("auditor")
    page = auditor.get(f"/ho-so/{code}/dien-bien?buoc=3").text
    assert "Không chạy lại được đến bước này" in page
    assert "Bước 1 trên 4" in auditor.get(f"/ho-so/{code}/dien-bien?buoc=1").text
    with database.transaction() as tx:
        tx.execute(update(event).where(event.c.seq == 3).values(type="NONSENSE"))
    unreadable = auditor.get(f"/ho-so/{code}/dien-bien")
    assert unreadable.headers["Location"] == f"/ho-so/{code}/kiem-chung"
    assert "sự kiện 3" in auditor.said(unreadable).text


def test_a_log_that_is_gone(visit: Visit, lives: Lives, database: Database) -> None:
    code = lives.signing().code
    with database.transaction() as tx:
        drop_triggers(tx, database)
        for name in ("event_payload", "event"):
            tx.execute(delete(event.metadata.tables[name]))
    auditor = visit("auditor")
    assert "Hồ sơ không có sự kiện nào." in auditor.get(f"/ho-so/{code}/dien-bien").text
    assert "Sổ ghi không đúng." in auditor.get(f"/ho-so/{code}/kiem-chung").text
