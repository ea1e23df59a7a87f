"""Software behind a connector in forty lines: takes requests, checks who sent them, answers.

Run it with the secret of the connector and the address of the one-stop system:
`python connector.py 8300 whsec_… https://motcua.tinh.gov.vn`
"""

import hmac
import json
import sys
import time
from base64 import b64decode, b64encode
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.request import Request, urlopen

PORT, SECRET, MOTCUA = int(sys.argv[1]), sys.argv[2], sys.argv[3]
KEY = b64decode(SECRET.removeprefix("whsec_"))
known = {}


def signature(id_, moment, body):
    text = f"{id_}.{moment}.".encode() + body
    return "v1," + b64encode(hmac.digest(KEY, text, "sha256")).decode()


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        id_, moment = self.headers["webhook-id"], self.headers["webhook-timestamp"]
        given = self.headers["webhook-signature"].split()
        good = any(hmac.compare_digest(each, signature(id_, moment, body)) for each in given)
        if not good or abs(time.time() - int(moment)) > 300:
            self.send_error(401)
            return
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()
        if id_ not in known:  # the same request may come more than once
            known[id_] = json.loads(body)
            answer(known[id_])


def answer(request):
    said = {"outcome": "done", "answer": {"personal_id": "042226001234"}}
    body, id_, moment = json.dumps(said).encode(), request["id"], str(int(time.time()))
    where = f"{MOTCUA}/api/v1/connectors/{request['connector']}/answers/{id_}"
    headers = {"webhook-id": f"answer-{id_}", "webhook-timestamp": moment}
    headers |= {"webhook-signature": signature(headers["webhook-id"], moment, body)}
    headers |= {"Content-Type": "application/json"}
    with urlopen(Request(where, body, headers), timeout=30) as reply:
        print(reply.read().decode(), flush=True)


print("ready", flush=True)
HTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
