"""Settings of an installation, read once from `MOTCUA_*` environment variables."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

from environs import Env, EnvError

DEVELOPMENT_KEY = "chi-dung-khi-thu-nghiem"
"""Signs cursors where nobody set a key. It is public, so production refuses it."""

_BASE_URL = re.compile(r"https?://[!-~]+")
_GATEWAY_URL = re.compile(r"https?://[A-Za-z0-9.:-]+/[A-Za-z0-9/._~-]*")
_POSTAL_PAGE = re.compile(r"https?://[!-~]+\{number\}[!-~]*")
_CLAMD = re.compile(r"|/.+|[^/:]+:[0-9]{1,5}")
_TIME = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class SettingsError(Exception):
    """A setting that cannot be used; the message says in Vietnamese which and how to mend it."""


@dataclass(frozen=True)
class Settings:
    """Everything that may differ between installations; the defaults suit one office.

    - `production` (`MOTCUA_PRODUCTION`, default false): refuse to start without a secret key.
    - `database_url` (`MOTCUA_DATABASE_URL`, default `sqlite:///motcua.db`): an SQLAlchemy URL
      of SQLite or PostgreSQL (`postgresql://user:password@host/name`).
    - `storage_url` (`MOTCUA_STORAGE_URL`, default empty: the folder `motcua.files` beside the
      database `motcua.db`): where files are kept, a folder (`file:///srv/motcua/files`) or a
      bucket of S3 (`s3://bucket/folder?endpoint=https://…&region=…`) with `storage_key_id` and
      `storage_secret` (`MOTCUA_STORAGE_KEY_ID`, `MOTCUA_STORAGE_SECRET`).
    - `pool_size` (`MOTCUA_POOL_SIZE`, default 16): connections to PostgreSQL that a process
      keeps; under load it opens up to as many again.
    - `secret_key` (`MOTCUA_SECRET_KEY`, required in production, at least 32 characters): signs
      paging cursors, keys the digests of idempotent requests and makes the links of slips.
      The same in all processes.
    - `token_hours` (`MOTCUA_TOKEN_HOURS`, default 12): how long a log-in over REST lasts.
    - `session_hours` (`MOTCUA_SESSION_HOURS`, default 12): how long one stays signed in with a
      browser at most; `session_idle_minutes` (`MOTCUA_SESSION_IDLE_MINUTES`, default 120):
      without opening a page or sending anything.
    - `oidc_issuer`, `oidc_client_id`, `oidc_client_secret` (`MOTCUA_OIDC_ISSUER`, …, default
      none): a provider of OpenID Connect with which people may sign in; `oidc_name`
      (`MOTCUA_OIDC_NAME`, default VNeID) is how the log-in page calls it, `oidc_claim`
      (`MOTCUA_OIDC_CLAIM`, default sub) the claim by which accounts are found.
    - `host`, `port` (`MOTCUA_HOST`, `MOTCUA_PORT`, default 127.0.0.1 and 8000): where
      `motcua serve` listens.
    - `proxies` (`MOTCUA_PROXIES`, default 0, at most 5): how many reverse proxies requests pass
      through. What they say of whom a request comes from is believed, and nothing else.
    - `metrics_port`, `metrics_host` (`MOTCUA_METRICS_PORT`, `MOTCUA_METRICS_HOST`, default 0 and
      127.0.0.1): where `motcua scheduler` shows its figures to Prometheus; 0 is nowhere.
    - `log_level` (`MOTCUA_LOG_LEVEL`, default INFO): DEBUG, INFO, WARNING or ERROR.
    - `max_body_bytes` (`MOTCUA_MAX_BODY_BYTES`, default 5000000): the longest request body.
    - `max_file_bytes`, `max_file_pages`, `max_file_pixels` (`MOTCUA_MAX_FILE_BYTES`, …, defaults
      50000000, 500 and 100000000): the largest file that people may send, how many pages it may
      have, and of how many points a picture in it may be.
    - `max_waiting_bytes` (`MOTCUA_MAX_WAITING_BYTES`, default 2000000000): how much one person may
      have sent that no document has taken yet.
    - `clamd` (`MOTCUA_CLAMD`, default none): the antivirus daemon that looks at files, as
      `host:port` or the path of its socket (`/run/clamav/clamd.ctl`).
    - `trust_roots` (`MOTCUA_TRUST_ROOTS`, default none): the folder of certificates of authorities
      whose signatures are trusted, and of revocation lists. Without it nothing can be signed.
    - `tsa_url` (`MOTCUA_TSA_URL`, default none): the time-stamp authority whose time signatures
      carry.
    - `anchor_agency` (`MOTCUA_ANCHOR_AGENCY`, default none): the code of the agency whose seal the
      daily anchors carry, and `anchor_pin` (`MOTCUA_ANCHOR_PIN`): the passphrase or PIN of that
      seal's key. Without them anchors are taken but wait for `motcua anchor seal`.
    - `anchors_url` (`MOTCUA_ANCHORS_URL`, default none): where anchors are written as well, out of
      reach of those who administer the database: a folder (`file:///srv/neo`) or a bucket of S3 as
      for `storage_url`, with `anchors_key_id` and `anchors_secret` (`MOTCUA_ANCHORS_KEY_ID`,
      `MOTCUA_ANCHORS_SECRET`).
    - `pkcs11_module` (`MOTCUA_PKCS11_MODULE`, default none): the library of the tokens in this
      server, for example `/usr/lib/softhsm/libsofthsm2.so`.
    - `csc_url`, `csc_token` (`MOTCUA_CSC_URL`, `MOTCUA_CSC_TOKEN`, default none): a remote signing
      service that speaks CSC v1, and the token with which the office is known to it.
    - `page_size` (`MOTCUA_PAGE_SIZE`, default 50, at most 200): how many items a list gives
      when the client does not say.
    - `smtp_url` (`MOTCUA_SMTP_URL`, default none): the mail server, for example
      `smtp://user:password@host:587?tls=starttls` or `smtps://…`. Without it nothing is sent.
    - `mail_from` (`MOTCUA_MAIL_FROM`): the sender, an address with or without a name before it
      (`Một cửa xã Mai Lâm <motcua@mailam.gov.vn>`). Needed when there is a mail server.
    - `sms_url`, `sms_token`, `sms_brand` (`MOTCUA_SMS_URL`, …, default none): the gateway for SMS,
      the token with which the office is known to it, and the brand name that people see.
    - `zalo_token` (`MOTCUA_ZALO_TOKEN`, default none): that of the office's Official Account;
      without it nobody gets a Zalo message. `zalo_url` (`MOTCUA_ZALO_URL`, default
      https://business.openapi.zalo.me): where Zalo is. `zalo_templates`
      (`MOTCUA_ZALO_TEMPLATES`): under which numbers Zalo knows our templates, for example
      `tiep_nhan=203972,co_ket_qua=203973`.
    - `webhooks_inside` (`MOTCUA_WEBHOOKS_INSIDE`, default false): webhooks may go to addresses of
      the office's own network, and in the clear.
    - `base_url` (`MOTCUA_BASE_URL`, default none): where people open the office's site; letters
      then have a link.
    - `digest_at` (`MOTCUA_DIGEST_AT`, default 07:00): when the daily digest goes out, in
      Vietnamese time.
    - `portal_url` (`MOTCUA_PORTAL_URL`, default none): where the national portal takes what it is
      told of dossiers. Without it nothing is told.
    - `portal_client_id`, `portal_client_secret` (`MOTCUA_PORTAL_CLIENT_ID`,
      `MOTCUA_PORTAL_CLIENT_SECRET`): as whom the office is known to the portal. Needed with its
      address.
    - `portal_waiting_hours` (`MOTCUA_PORTAL_WAITING_HOURS`, default 4, at most 240): after how many
      hours without an answer of the portal administrators are warned.
    - `vnpay_url`, `vnpay_tmn_code`, `vnpay_secret`, `vnpay_api_url` (`MOTCUA_VNPAY_URL`, …,
      default none): VNPAY's page for payers, the merchant's code and secret there, and where
      VNPAY answers questions; all four, and `base_url`, or none. `vnpay_minutes`
      (`MOTCUA_VNPAY_MINUTES`, default 15): for how long an attempt to pay holds.
    - `statement_formats` (`MOTCUA_STATEMENT_FORMATS`, default none): a file in TOML that says how
      statements of more banks are written.
    - `postal_page` (`MOTCUA_POSTAL_PAGE`, default none): where a consignment of the public post is
      followed, with `{number}` in the place of its number.
    - `bounces_url` (`MOTCUA_BOUNCES_URL`, default none): the mailbox to which mail servers give
      back what they could not deliver, for example `maildir:///var/mail/tra-lai`.
    - `procedure_four_eyes` (`MOTCUA_PROCEDURE_FOUR_EYES`, default false): a version of a procedure
      is put in force only by somebody who has not written on it.
    - `scans_at_once` (`MOTCUA_SCANS_AT_ONCE`, default 2, at most 64): how many documents a
      scheduler makes from scans at a time; 0 leaves them to `motcua scans`.
    - `scan_seconds`, `scan_megabytes` (`MOTCUA_SCAN_SECONDS`, `MOTCUA_SCAN_MEGABYTES`, default 600
      and 2048): how long one document may take, and how much memory.
    """

    database_url: str = field(default="sqlite:///motcua.db", repr=False)
    production: bool = False
    storage_url: str = ""
    storage_key_id: str = ""
    storage_secret: str = field(default="", repr=False)
    pool_size: int = 16
    secret_key: str = field(default=DEVELOPMENT_KEY, repr=False)
    token_hours: int = 12
    session_hours: int = 12
    session_idle_minutes: int = 120
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_name: str = "VNeID"
    oidc_claim: str = "sub"
    host: str = "127.0.0.1"
    port: int = 8000
    proxies: int = 0
    metrics_host: str = "127.0.0.1"
    metrics_port: int = 0
    log_level: str = "INFO"
    max_body_bytes: int = 5_000_000
    max_file_bytes: int = 50_000_000
    max_file_pages: int = 500
    max_file_pixels: int = 100_000_000
    max_waiting_bytes: int = 2_000_000_000
    clamd: str = ""
    trust_roots: str = ""
    tsa_url: str = ""
    anchor_agency: str = ""
    anchor_pin: str = field(default="", repr=False)
    anchors_url: str = ""
    anchors_key_id: str = ""
    anchors_secret: str = field(default="", repr=False)
    pkcs11_module: str = ""
    csc_url: str = ""
    csc_token: str = field(default="", repr=False)
    page_size: int = 50
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    sms_url: str = ""
    sms_token: str = field(default="", repr=False)
    sms_brand: str = ""
    zalo_url: str = "https://business.openapi.zalo.me"
    zalo_token: str = field(default="", repr=False)
    zalo_templates: str = ""
    webhooks_inside: bool = False
    base_url: str = ""
    digest_at: str = "07:00"
    portal_url: str = ""
    portal_client_id: str = ""
    portal_client_secret: str = field(default="", repr=False)
    portal_waiting_hours: int = 4
    vnpay_url: str = ""
    vnpay_tmn_code: str = ""
    vnpay_secret: str = field(default="", repr=False)
    vnpay_api_url: str = ""
    vnpay_minutes: int = 15
    statement_formats: str = ""
    postal_page: str = ""
    bounces_url: str = ""
    procedure_four_eyes: bool = False
    scans_at_once: int = 2
    scan_seconds: int = 600
    scan_megabytes: int = 2_048

    def __post_init__(self) -> None:
        if self.production and (self.secret_key == DEVELOPMENT_KEY or len(self.secret_key) < 32):
            raise SettingsError(
                "Khi chạy thật (MOTCUA_PRODUCTION=true), hãy đặt MOTCUA_SECRET_KEY là một chuỗi"
                " ngẫu nhiên ít nhất 32 ký tự và giữ kín."
            )
        if self.log_level not in LOG_LEVELS:
            raise SettingsError(f"MOTCUA_LOG_LEVEL phải là một trong: {', '.join(LOG_LEVELS)}.")
        self._require_within("TOKEN_HOURS", self.token_hours, 1, 24 * 366)
        self._require_within("SESSION_HOURS", self.session_hours, 1, 24 * 31)
        self._require_within("SESSION_IDLE_MINUTES", self.session_idle_minutes, 5, 24 * 60)
        if self.oidc_issuer:
            self._require_provider()
        self._require_within("PORT", self.port, 0, 65_535)
        self._require_within("PROXIES", self.proxies, 0, 5)
        self._require_within("METRICS_PORT", self.metrics_port, 0, 65_535)
        self._require_within("MAX_BODY_BYTES", self.max_body_bytes, 1_000, 1_000_000_000)
        self._require_within("MAX_FILE_BYTES", self.max_file_bytes, 1_000, 1_000_000_000)
        self._require_within("MAX_FILE_PAGES", self.max_file_pages, 1, 10_000)
        self._require_within("MAX_FILE_PIXELS", self.max_file_pixels, 1_000_000, 1_000_000_000)
        least = self.max_file_bytes
        self._require_within("MAX_WAITING_BYTES", self.max_waiting_bytes, least, 10**12)
        if not _CLAMD.fullmatch(self.clamd):
            raise SettingsError(
                "MOTCUA_CLAMD phải có dạng may-chu:3310 hoặc đường dẫn /run/clamav/clamd.ctl"
            )
        self._require_within("PAGE_SIZE", self.page_size, 1, 200)
        self._require_within("POOL_SIZE", self.pool_size, 1, 1_000)
        self._require_within("SCANS_AT_ONCE", self.scans_at_once, 0, 64)
        self._require_within("SCAN_SECONDS", self.scan_seconds, 10, 24 * 3_600)
        self._require_within("SCAN_MEGABYTES", self.scan_megabytes, 512, 65_536)
        self._require_portal()
        self._require_messages()
        self._require_gateway()

    @property
    def session_idle(self) -> timedelta:
        """How long a browser stays signed in from which nothing comes."""
        return timedelta(minutes=self.session_idle_minutes)

    def _require_messages(self) -> None:
        if self.smtp_url and not self.mail_from:
            raise SettingsError("Có MOTCUA_SMTP_URL thì phải có MOTCUA_MAIL_FROM (người gửi).")
        for name, url in (("SMS_URL", self.sms_url), ("ZALO_URL", self.zalo_url)):
            self._require_url(name, url)
        if self.base_url and not _BASE_URL.fullmatch(self.base_url):
            raise SettingsError("MOTCUA_BASE_URL phải có dạng https://motcua.xa.gov.vn")
        if self.postal_page and not _POSTAL_PAGE.fullmatch(self.postal_page):
            raise SettingsError(
                "MOTCUA_POSTAL_PAGE phải có dạng https://buu-chinh.vn/tra-cuu?so={number}"
            )
        if not _TIME.fullmatch(self.digest_at):
            raise SettingsError("MOTCUA_DIGEST_AT phải là giờ và phút, ví dụ 07:00.")

    def _require_provider(self) -> None:
        if not _BASE_URL.fullmatch(self.oidc_issuer):
            raise SettingsError("MOTCUA_OIDC_ISSUER phải có dạng https://dang-nhap.tinh.gov.vn")
        if self.production and not self.oidc_issuer.startswith("https://"):
            raise SettingsError("Khi chạy thật, MOTCUA_OIDC_ISSUER phải bắt đầu bằng https://")
        if not (self.oidc_client_id and self.oidc_name.strip() and self.oidc_claim):
            raise SettingsError(
                "Có MOTCUA_OIDC_ISSUER thì phải có MOTCUA_OIDC_CLIENT_ID, MOTCUA_OIDC_NAME và"
                " MOTCUA_OIDC_CLAIM."
            )

    def _require_portal(self) -> None:
        self._require_within("PORTAL_WAITING_HOURS", self.portal_waiting_hours, 1, 240)
        if not self.portal_url:
            return
        if not _BASE_URL.fullmatch(self.portal_url):
            raise SettingsError("MOTCUA_PORTAL_URL phải có dạng https://cong.gov.vn/api")
        if self.production and not self.portal_url.startswith("https://"):
            raise SettingsError("Khi chạy thật, MOTCUA_PORTAL_URL phải bắt đầu bằng https://")
        if not (self.portal_client_id and self.portal_client_secret):
            raise SettingsError(
                "Có MOTCUA_PORTAL_URL thì phải có MOTCUA_PORTAL_CLIENT_ID và"
                " MOTCUA_PORTAL_CLIENT_SECRET."
            )

    def _require_url(self, name: str, url: str) -> None:
        if url and not _BASE_URL.fullmatch(url):
            raise SettingsError(f"MOTCUA_{name} phải có dạng https://…")
        if self.production and url.startswith("http://"):
            raise SettingsError(f"Khi chạy thật, MOTCUA_{name} phải bắt đầu bằng https://")

    def _require_gateway(self) -> None:
        urls = (self.vnpay_url, self.vnpay_api_url)
        parts = (*urls, self.vnpay_tmn_code, self.vnpay_secret)
        if any(parts) and not (all(parts) and self.base_url):
            raise SettingsError(
                "Dùng VNPAY thì phải có MOTCUA_VNPAY_URL, MOTCUA_VNPAY_API_URL,"
                " MOTCUA_VNPAY_TMN_CODE, MOTCUA_VNPAY_SECRET và MOTCUA_BASE_URL."
            )
        if not all(_GATEWAY_URL.fullmatch(url) for url in urls if url):
            raise SettingsError(
                "MOTCUA_VNPAY_URL và MOTCUA_VNPAY_API_URL phải là địa chỉ https:// không có dấu ?"
            )
        self._require_url("VNPAY_URL", self.vnpay_url)
        self._require_url("VNPAY_API_URL", self.vnpay_api_url)
        self._require_within("VNPAY_MINUTES", self.vnpay_minutes, 5, 60)

    @staticmethod
    def _require_within(name: str, value: int, least: int, most: int) -> None:
        if not least <= value <= most:
            raise SettingsError(f"MOTCUA_{name} phải từ {least} đến {most} (đang là {value}).")

    @classmethod
    def from_environment(cls) -> "Settings":
        """Read the variables; raises `SettingsError` naming the one that is wrong."""
        env = Env(prefix="MOTCUA_")
        try:
            return cls(
                database_url=env.str("DATABASE_URL", cls.database_url),
                production=env.bool("PRODUCTION", cls.production),
                storage_url=env.str("STORAGE_URL", cls.storage_url),
                storage_key_id=env.str("STORAGE_KEY_ID", cls.storage_key_id),
                storage_secret=env.str("STORAGE_SECRET", cls.storage_secret),
                pool_size=env.int("POOL_SIZE", cls.pool_size),
                secret_key=env.str("SECRET_KEY", cls.secret_key),
                token_hours=env.int("TOKEN_HOURS", cls.token_hours),
                session_hours=env.int("SESSION_HOURS", cls.session_hours),
                session_idle_minutes=env.int("SESSION_IDLE_MINUTES", cls.session_idle_minutes),
                oidc_issuer=env.str("OIDC_ISSUER", cls.oidc_issuer),
                oidc_client_id=env.str("OIDC_CLIENT_ID", cls.oidc_client_id),
                oidc_client_secret=env.str("OIDC_CLIENT_SECRET", cls.oidc_client_secret),
                oidc_name=env.str("OIDC_NAME", cls.oidc_name),
                oidc_claim=env.str("OIDC_CLAIM", cls.oidc_claim),
                host=env.str("HOST", cls.host),
                port=env.int("PORT", cls.port),
                proxies=env.int("PROXIES", cls.proxies),
                metrics_host=env.str("METRICS_HOST", cls.metrics_host),
                metrics_port=env.int("METRICS_PORT", cls.metrics_port),
                log_level=env.str("LOG_LEVEL", cls.log_level).upper(),
                max_body_bytes=env.int("MAX_BODY_BYTES", cls.max_body_bytes),
                max_file_bytes=env.int("MAX_FILE_BYTES", cls.max_file_bytes),
                max_file_pages=env.int("MAX_FILE_PAGES", cls.max_file_pages),
                max_file_pixels=env.int("MAX_FILE_PIXELS", cls.max_file_pixels),
                max_waiting_bytes=env.int("MAX_WAITING_BYTES", cls.max_waiting_bytes),
                clamd=env.str("CLAMD", cls.clamd),
                trust_roots=env.str("TRUST_ROOTS", cls.trust_roots),
                tsa_url=env.str("TSA_URL", cls.tsa_url),
                anchor_agency=env.str("ANCHOR_AGENCY", cls.anchor_agency),
                anchor_pin=env.str("ANCHOR_PIN", cls.anchor_pin),
                anchors_url=env.str("ANCHORS_URL", cls.anchors_url),
                anchors_key_id=env.str("ANCHORS_KEY_ID", cls.anchors_key_id),
                anchors_secret=env.str("ANCHORS_SECRET", cls.anchors_secret),
                pkcs11_module=env.str("PKCS11_MODULE", cls.pkcs11_module),
                csc_url=env.str("CSC_URL", cls.csc_url),
                csc_token=env.str("CSC_TOKEN", cls.csc_token),
                page_size=env.int("PAGE_SIZE", cls.page_size),
                smtp_url=env.str("SMTP_URL", cls.smtp_url),
                mail_from=env.str("MAIL_FROM", cls.mail_from),
                sms_url=env.str("SMS_URL", cls.sms_url),
                sms_token=env.str("SMS_TOKEN", cls.sms_token),
                sms_brand=env.str("SMS_BRAND", cls.sms_brand),
                zalo_url=env.str("ZALO_URL", cls.zalo_url),
                zalo_token=env.str("ZALO_TOKEN", cls.zalo_token),
                webhooks_inside=env.bool("WEBHOOKS_INSIDE", cls.webhooks_inside),
                zalo_templates=env.str("ZALO_TEMPLATES", cls.zalo_templates),
                base_url=env.str("BASE_URL", cls.base_url),
                digest_at=env.str("DIGEST_AT", cls.digest_at),
                portal_url=env.str("PORTAL_URL", cls.portal_url),
                portal_client_id=env.str("PORTAL_CLIENT_ID", cls.portal_client_id),
                portal_client_secret=env.str("PORTAL_CLIENT_SECRET", cls.portal_client_secret),
                portal_waiting_hours=env.int("PORTAL_WAITING_HOURS", cls.portal_waiting_hours),
                vnpay_url=env.str("VNPAY_URL", cls.vnpay_url),
                vnpay_tmn_code=env.str("VNPAY_TMN_CODE", cls.vnpay_tmn_code),
                vnpay_secret=env.str("VNPAY_SECRET", cls.vnpay_secret),
                vnpay_api_url=env.str("VNPAY_API_URL", cls.vnpay_api_url),
                vnpay_minutes=env.int("VNPAY_MINUTES", cls.vnpay_minutes),
                statement_formats=env.str("STATEMENT_FORMATS", cls.statement_formats),
                postal_page=env.str("POSTAL_PAGE", cls.postal_page),
                bounces_url=env.str("BOUNCES_URL", cls.bounces_url),
                procedure_four_eyes=env.bool("PROCEDURE_FOUR_EYES", cls.procedure_four_eyes),
                scans_at_once=env.int("SCANS_AT_ONCE", cls.scans_at_once),
                scan_seconds=env.int("SCAN_SECONDS", cls.scan_seconds),
                scan_megabytes=env.int("SCAN_MEGABYTES", cls.scan_megabytes),
            )
        except EnvError as error:
            raise SettingsError(f"Biến môi trường không hợp lệ: {error}") from error
