"""A mail server that takes everything and keeps nothing, as a process of its own.

`python -m cli.bench.sink`: prints the port of 127.0.0.1 at which it listens, and serves until it is
ended. It does as little as a server can, so that what is measured is the sender.
"""

import socketserver

_TAKEN = b"250 OK\r\n"
_GREETING, _GO_ON, _BYE = b"220 sink ESMTP\r\n", b"354 go on\r\n", b"221 bye\r\n"


class _Line(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self) -> None:
        """Speak as much SMTP as a sender needs."""
        self.wfile.write(_GREETING)
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(_GO_ON)
                while self.rfile.readline() != b".\r\n":
                    pass
            if word == b"QUIT":
                self.wfile.write(_BYE)
                return
            self.wfile.write(_TAKEN)


def main() -> None:
    """Serve."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Line) as server:
        server.daemon_threads = True
        print(server.server_address[1], flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
