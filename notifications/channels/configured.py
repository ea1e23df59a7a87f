"""The carriers that the settings name, and those to software that offices registered."""

from engine.settings import Settings
from engine.store.database import Database
from notifications.channels.carrier import Carrier
from notifications.channels.connector import ConnectorCarrier
from notifications.channels.mail import MailCarrier
from notifications.channels.portal import PortalCarrier
from notifications.channels.sms import SmsCarrier
from notifications.channels.webhook import WebhookCarrier
from notifications.channels.zalo import ZaloCarrier


def carriers(settings: Settings, database: Database) -> list[Carrier]:
    """One for each channel that can be used; raises `SettingsError`."""
    found: tuple[Carrier | None, ...] = (
        MailCarrier.of(settings),
        PortalCarrier.of(settings),
        SmsCarrier.of(settings),
        ZaloCarrier.of(settings),
        WebhookCarrier.of(settings, database),
        ConnectorCarrier(database, settings.secret_key),
    )
    return [carrier for carrier in found if carrier is not None]
