"""A remote signing service that speaks CSC v1, with real keys, as a small web application."""

import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from flask import Flask, Response, abort, jsonify, request
from werkzeug.serving import make_server

from tests.pki import Holder

CREDENTIAL = "khoa-01"
TOKEN = "ma-cua-co-quan"
PIN, CODE = "246810", "112233"
MOST = 20


@dataclass
class RemoteService:
    """One credential; counts how often somebody had to authorise."""

    holder: Holder
    url: str = ""
    authorised: int = 0
    active: dict[str, list[str]] = field(default_factory=dict)

    def info(self, asked: dict[str, Any]) -> dict[str, Any]:
        """credentials/info."""
        chain = (self.holder.certificate, self.holder.authority)
        listed = [b64encode(each.public_bytes(Encoding.DER)).decode() for each in chain]
        return {
            "key": {"status": "enabled", "algo": ["1.2.840.10045.4.3.2"], "len": 256},
            "cert": {"status": "valid", "certificates": listed},
            "multisign": MOST,
            "SCAL": "2",
        }

    def authorize(self, asked: dict[str, Any]) -> dict[str, Any]:
        """credentials/authorize: binds an activation to digests."""
        if (asked.get("PIN"), asked.get("OTP")) != (PIN, CODE):
            abort(400)
        if asked["numSignatures"] != len(asked["hash"]) or len(asked["hash"]) > MOST:
            abort(400)
        self.authorised += 1
        activation = secrets.token_hex(8)
        self.active[activation] = asked["hash"]
        return {"SAD": activation, "expiresIn": 300}

    def sign(self, asked: dict[str, Any]) -> dict[str, Any]:
        """signatures/signHash, once for an activation and only for its digests."""
        if self.active.pop(asked["SAD"], None) != asked["hash"]:
            abort(400)
        method = ECDSA(Prehashed(SHA256()))
        values = [self.holder.key.sign(b64decode(each), method) for each in asked["hash"]]
        return {"signatures": [b64encode(value).decode() for value in values]}


def _application(service: RemoteService) -> Flask:
    app = Flask("csc")
    methods = {
        "credentials/info": service.info,
        "credentials/authorize": service.authorize,
        "signatures/signHash": service.sign,
    }

    @app.post("/csc/v1/<path:method>")
    def answer(method: str) -> Response:
        known = request.headers.get("Authorization") == f"Bearer {TOKEN}"
        asked = request.get_json()
        if not known or method not in methods or asked["credentialID"] != CREDENTIAL:
            abort(401)
        return jsonify(methods[method](asked))

    return app


@contextmanager
def remote_service(holder: Holder) -> Iterator[RemoteService]:
    """Answering until the end of the block."""
    service = RemoteService(holder)
    server = make_server("127.0.0.1", 0, _application(service), threaded=True)
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
