"""Ways by which something leaves the house."""

from enum import StrEnum

from engine.settings import Settings


class Channel(StrEnum):
    """How a message of the outbox is carried: to people, or to other software.

    WEBHOOK: to whoever subscribed. PORTAL: the national portal. CONNECTOR: specialised software.
    """

    MAIL = "mail"
    SMS = "sms"
    ZALO = "zalo"
    WEBHOOK = "webhook"
    PORTAL = "portal"
    CONNECTOR = "connector"

    @property
    def is_to_people(self) -> bool:
        """Whether a person reads it.

        News for people is worth nothing after days, and one letter that did not arrive keeps no
        other waiting. Software gets everything, however late, and in order: what could not be
        delivered stops what comes after it in its lane.
        """
        return self in _TO_PEOPLE

    @property
    def goes_to_many(self) -> bool:
        """Whether its messages go to servers of several others: that one of them is down says
        nothing of the rest, and each has a breaker of its own."""
        return self in (Channel.WEBHOOK, Channel.CONNECTOR)


def used(settings: Settings) -> frozenset[Channel]:
    """The channels that an installation is set up for; the others send nothing."""
    needed = {
        Channel.MAIL: settings.smtp_url,
        Channel.SMS: settings.sms_url,
        Channel.ZALO: settings.zalo_token,
        Channel.PORTAL: settings.portal_url,
    }
    return frozenset(channel for channel in Channel if needed.get(channel, "always"))


_TO_PEOPLE = frozenset({Channel.MAIL, Channel.SMS, Channel.ZALO})

CHANNEL_NAMES = {
    Channel.MAIL: "Thư điện tử",
    Channel.SMS: "Tin nhắn SMS",
    Channel.ZALO: "Tin nhắn Zalo",
    Channel.WEBHOOK: "Webhook",
    Channel.PORTAL: "Cổng Dịch vụ công",
    Channel.CONNECTOR: "Phần mềm chuyên ngành",
}
"""As officials call them."""
