"""A store in a folder, and one behind the protocol of S3."""

from collections.abc import Iterator
from itertools import count
from logging import getLogger
from pathlib import Path

import pytest
import requests
from moto.server import ThreadedMotoServer

from engine.files import FileStore
from engine.settings import Settings

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """Where a server listens that speaks S3."""
    getLogger("werkzeug").setLevel("ERROR")
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def in_s3(s3: str) -> Settings:
    """Settings of a store in a bucket of its own."""
    bucket = f"hoso{next(_NUMBERS)}"
    requests.put(f"{s3}/{bucket}", timeout=10).raise_for_status()
    return Settings(
        storage_url=f"s3://{bucket}/xa?endpoint={s3}&region=us-east-1",
        storage_key_id="motcua",
        storage_secret="bi-mat",
    )


@pytest.fixture
def in_folder(tmp_path: Path) -> Settings:
    """Settings of a store in a folder that is not there yet."""
    return Settings(storage_url=(tmp_path / "Kho tệp" / "files").as_uri())


@pytest.fixture(params=["in_folder", "in_s3"])
def files(request: pytest.FixtureRequest) -> FileStore:
    """An empty store; the test runs on both kinds."""
    return FileStore.of(request.getfixturevalue(request.param))
