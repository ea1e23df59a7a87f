"""A mail server for each test."""

from tests.integration.messages.conftest import mailroom, port

__all__ = ["mailroom", "port"]
