"""Signing in with an account of another house, by OpenID Connect: code flow with PKCE, state and
nonce, all of which Authlib makes and checks."""

from dataclasses import dataclass
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app, request, session
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug import Response

from api.services import services, services_of
from engine.errors.access import ProviderUnreachable, SignInElsewhereFailed

PATIENCE_SECONDS = 5
_KEY = "motcua.provider"
_NAME = "provider"
_STATES = f"_state_{_NAME}_"
_FORGED = (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError, RuntimeError)
"""What comes of answers that are forged, replayed, too late, or make no sense."""


@dataclass(frozen=True)
class Provider:
    """The provider that the office chose."""

    name: str
    issuer: str
    claim: str
    client: Any

    def send_to(self, back: str) -> Response:
        """To the provider, which leads the browser back to an address of ours.

        Raises `ProviderUnreachable`.
        """
        for old in [key for key in session if key.startswith(_STATES)]:
            del session[old]
        try:
            answer: Response = self.client.authorize_redirect(back)
        except (RequestException, *_FORGED) as error:
            raise ProviderUnreachable(provider=self.name) from error
        return answer

    def who_came_back(self) -> str:
        """What the provider says in the claim by which accounts are known.

        Raises `SignInElsewhereFailed`, `ProviderUnreachable`.
        """
        issuer = {"iss": {"essential": True, "values": [self.issuer]}}
        try:
            token = self.client.authorize_access_token(claims_options=issuer)
            said = token["userinfo"][self.claim]
        except RequestException as error:
            raise ProviderUnreachable(provider=self.name) from error
        except _FORGED as error:
            raise SignInElsewhereFailed(provider=self.name) from error
        if not isinstance(said, str) or not said:
            raise SignInElsewhereFailed(provider=self.name)
        return said


def furnish(app: Flask) -> None:
    """Let the application know its provider, if the office chose one. Asks nobody anything yet."""
    settings = services_of(app).settings
    if not settings.oidc_issuer:
        return
    issuer, secret = settings.oidc_issuer, settings.oidc_client_secret
    client = OAuth(app).register(
        _NAME,
        client_id=settings.oidc_client_id,
        client_secret=secret or None,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile",
            "code_challenge_method": "S256",
            "token_endpoint_auth_method": "client_secret_basic" if secret else "none",
            "default_timeout": PATIENCE_SECONDS,
        },
    )
    provider = Provider(settings.oidc_name, issuer, settings.oidc_claim, client)
    app.extensions[_KEY] = provider


def chosen() -> Provider | None:
    """The provider of the application that serves the current request."""
    found: Provider | None = current_app.extensions.get(_KEY)
    return found


def back_to(path: str) -> str:
    """An address of ours as the outside knows it."""
    base = services().settings.base_url or request.host_url
    return base.rstrip("/") + path
