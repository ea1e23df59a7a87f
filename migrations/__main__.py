"""Writes the next step: `python -m migrations "Short title"`.

It holds what `engine/store/tables.py` says beyond the steps so far. Read it, mend it, and say
in it why.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command

from engine.store.database import Database
from engine.store.migrate import config, newest, upgrade


def main() -> None:
    """Compare the tables with a database that all steps so far have built."""
    number = f"{int(newest() or 0) + 1:04}"
    with tempfile.TemporaryDirectory() as directory:
        database = Database(f"sqlite:///{Path(directory) / 'newest.db'}")
        upgrade(database)
        with database.transaction() as tx:
            command.revision(config(tx), sys.argv[1], autogenerate=True, rev_id=number)
        database.close()


if __name__ == "__main__":
    main()
