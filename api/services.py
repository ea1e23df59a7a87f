"""What every request needs and nobody may import as a global: it belongs to one application."""

from dataclasses import dataclass, field
from functools import cache
from typing import cast

from flask import Flask, current_app

from engine.commands.signatures import House
from engine.files import FileStore
from engine.printing.press import Press
from engine.scans.viewing import Gallery
from engine.settings import Settings
from engine.store.database import Database
from engine.wallclock import Clock

_KEY = "motcua"


@cache
def the_press() -> Press:
    """The press of this process: it is warm after the first letter, whoever asks."""
    return Press()


@dataclass(frozen=True)
class Services:
    """The parts that `create_app` was given or made."""

    settings: Settings
    database: Database
    clock: Clock
    files: FileStore
    gallery: Gallery = field(default_factory=Gallery)
    press: Press = field(default_factory=the_press)

    @property
    def house(self) -> House:
        """What signing and examining need of them."""
        return House(self.database, self.files, self.settings, self.clock)


def provide(app: Flask, services: Services) -> None:
    """Hang the services on their application."""
    app.extensions[_KEY] = services


def services_of(app: Flask) -> Services:
    """Those that hang on an application."""
    return cast(Services, app.extensions[_KEY])


def services() -> Services:
    """Those of the application that serves the current request."""
    return services_of(current_app)
