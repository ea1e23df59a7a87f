"""What the engine refuses where webhooks are concerned."""

from engine.errors import EngineError, Kind


class SubscriptionUnknown(EngineError):
    """Không có webhook số {webhook} của cơ quan do bạn quản trị."""

    kind = Kind.NOT_FOUND
    code = "webhook_unknown"


class SubscriptionEnded(EngineError):
    """Webhook số {webhook} đã bỏ. Hãy đăng ký webhook mới."""

    code = "webhook_ended"


class WebhookInvalid(EngineError):
    """Webhook chưa dùng được: {why}."""

    kind = Kind.INVALID
    code = "webhook_invalid"


class TooManyWebhooks(EngineError):
    """Cơ quan đã có {most} webhook. Hãy bỏ bớt webhook không dùng nữa."""

    code = "too_many_webhooks"
