"""A server on this machine that answers in every way, and the file that it should send."""

import socketserver
import ssl
import threading
import time
from contextlib import contextmanager

NUMBERS = b"1\t2\t3\r\n"
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n" + NUMBERS


@contextmanager
def listening(answer, certificate=None, stalls=False):
    """Serve `answer` (bytes, sent one by one if it is a list) to all; yields the address.

    A server that stalls then says no more, and does not close the connection either.
    """
    over = threading.Event()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            if certificate is not None:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(f"{certificate}.crt", certificate)
                self.request = context.wrap_socket(self.request, server_side=True)
            self.request.recv(65536)
            for piece in answer if isinstance(answer, list) else [answer]:
                try:
                    self.request.sendall(piece)
                except OSError:
                    break  # the client has given up
                time.sleep(0.05 * isinstance(answer, list))
            if stalls:
                over.wait()
            self.request.close()

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield f"http{'s' * (certificate is not None)}://127.0.0.1:{server.server_address[1]}/"
        finally:  # also when the download fails, as most here do
            over.set()
            server.shutdown()
