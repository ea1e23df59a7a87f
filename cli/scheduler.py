"""`motcua scheduler`."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import time
from functools import partial

import click

from cli.failures import Refusal
from cli.logs import set_up_logs
from cli.opening import opened
from engine.commands.notices import Posting
from engine.commands.signatures import House
from engine.files import FileStore
from engine.gateways.vnpay.merchant import Merchant
from engine.settings import Settings
from engine.store.database import Database
from engine.wallclock import wall_clock
from notifications import (
    anchoring,
    bounces,
    digest,
    dispatcher,
    gateway,
    migrating,
    notices,
    petitions,
    polling,
    portal_upkeep,
    scanning,
    uploads,
)
from notifications.anchoring import keep_anchoring
from notifications.bounces import Bounces, take_bounces
from notifications.channels.configured import carriers
from notifications.channels.portal import Account
from notifications.digest import send_digests
from notifications.dispatcher import dispatch
from notifications.gateway import Inquiry, ask_what_is_due
from notifications.metrics import SchedulerMetrics
from notifications.migrating import carry_on
from notifications.notices import post_ready
from notifications.petitions import watch_petitions
from notifications.polling import Lookout, look_for_answers
from notifications.portal_upkeep import keep_up, reconcile_once_a_night
from notifications.scanning import Workshop, make_waiting
from notifications.scheduler import INTERVAL_SECONDS, Scheduler, run
from notifications.steady import Every
from notifications.tick import BATCH
from notifications.uploads import sweep


@click.command()
@click.option(
    "--interval",
    type=click.FloatRange(0.05, 60),
    default=INTERVAL_SECONDS,
    show_default=True,
    help="Số giây giữa hai lần xem hẹn giờ (seconds between ticks).",
)
@click.option(
    "--metrics-port",
    type=click.IntRange(1, 65535),
    help="Cổng cho Prometheus; mặc định theo MOTCUA_METRICS_PORT (port for Prometheus).",
)
@click.option(
    "--batch",
    type=click.IntRange(1, 1000),
    default=BATCH,
    show_default=True,
    help="Số hẹn giờ nhận mỗi lần (timers claimed at once).",
)
def scheduler(interval: float, batch: int, metrics_port: int | None) -> None:
    """Chạy bộ hẹn giờ: quá hạn, hết thời gian chờ (fire timers until told to end).

    Trên PostgreSQL có thể chạy nhiều tiến trình cùng lúc (any number on PostgreSQL).
    """
    settings = Settings.from_environment()
    set_up_logs(settings.log_level)
    metrics, port = SchedulerMetrics(), metrics_port or settings.metrics_port
    shown = _shown(metrics, settings.metrics_host, port) if port else None
    with opened(settings) as database:
        ticking = Scheduler(database, wall_clock, interval, batch, metrics)
        for job in message_jobs(settings, database, ticking):
            ticking.also(job)
        look = partial(sweep, database, FileStore.of(settings), wall_clock)
        ticking.also(Every("uploads", look, uploads.INTERVAL_SECONDS))
        for job in portal_jobs(settings, database, ticking):
            ticking.also(job)
        watch = partial(watch_petitions, database, wall_clock, lambda: not ticking.stopping())
        ticking.also(Every("petitions", watch, petitions.INTERVAL_SECONDS))
        over = partial(carry_on, database, wall_clock, lambda: not ticking.stopping())
        ticking.also(Every("migrations", over, migrating.INTERVAL_SECONDS))
        for job in scan_jobs(settings, database, ticking):
            ticking.also(job)
        for job in gateway_jobs(settings, database, ticking):
            ticking.also(job)
        house = House(database, FileStore.of(settings), settings, wall_clock)
        anchor = partial(keep_anchoring, house)
        ticking.also(Every("anchors", anchor, anchoring.INTERVAL_SECONDS))
        run(ticking, shown)


def message_jobs(settings: Settings, database: Database, ticking: Scheduler) -> Iterator[Every]:
    """What a scheduler does besides: the digest, where mail is used, notices, sending, and looking
    for answers of other software."""

    def go_on() -> bool:
        return not ticking.stopping()

    if settings.mail_from:
        at = time.fromisoformat(settings.digest_at)
        look = partial(send_digests, database, wall_clock, at, go_on)
        yield Every("digest", look, digest.INTERVAL_SECONDS)
    found = carriers(settings, database)
    posting = Posting(
        frozenset(carrier.channel for carrier in found), settings.base_url.rstrip("/")
    )
    post = partial(post_ready, database, wall_clock, posting, go_on)
    yield Every("notices", post, notices.INTERVAL_SECONDS)
    if returned := Bounces.of(settings):
        take = partial(take_bounces, database, wall_clock, returned, go_on)
        yield Every("bounces", take, bounces.INTERVAL_SECONDS)
    for carrier in found:
        send = partial(dispatch, database, wall_clock, carrier, go_on=go_on)
        yield Every(f"dispatch {carrier.channel.value}", send, dispatcher.INTERVAL_SECONDS)
    lookout = Lookout(database, wall_clock, settings.secret_key)
    yield Every("answers", partial(look_for_answers, lookout, go_on), polling.INTERVAL_SECONDS)


def portal_jobs(settings: Settings, database: Database, ticking: Scheduler) -> Iterator[Every]:
    """Where the national portal is used: telling it of more dossiers, and comparing at night."""

    def go_on() -> bool:
        return not ticking.stopping()

    if account := Account.of(settings):
        look = partial(keep_up, database, wall_clock, settings.portal_waiting_hours, go_on)
        yield Every("portal", look, portal_upkeep.INTERVAL_SECONDS)
        compare = partial(reconcile_once_a_night, database, wall_clock, account, go_on)
        yield Every("portal compared", compare, portal_upkeep.NIGHTLY_SECONDS)


def scan_jobs(settings: Settings, database: Database, ticking: Scheduler) -> Iterator[Every]:
    """Making documents from scans, so many at a time as the settings say."""
    shop = Workshop.of(settings, database, wall_clock)
    work = partial(make_waiting, shop, lambda: not ticking.stopping())
    for number in range(1, settings.scans_at_once + 1):
        yield Every(f"scans {number}", work, scanning.INTERVAL_SECONDS)


def gateway_jobs(settings: Settings, database: Database, ticking: Scheduler) -> Iterator[Every]:
    """Asking the payment gateway about what it did not tell, where one is used."""
    if merchant := Merchant.of(settings):
        inquiry = Inquiry(database, merchant, wall_clock)
        ask = partial(ask_what_is_due, inquiry, lambda: not ticking.stopping())
        yield Every("gateway", ask, gateway.INTERVAL_SECONDS)


@contextmanager
def _shown(metrics: SchedulerMetrics, host: str, port: int) -> Iterator[None]:
    try:
        shown = metrics.shown(host, port)
    except OSError as error:
        raise Refusal(
            f"Không dùng được cổng {port} tại {host} cho số đo: {error.strerror}."
        ) from error
    with closing(shown):
        yield
