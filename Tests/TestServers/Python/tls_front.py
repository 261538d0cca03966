"""Ends TLS in front of a server on the loopback: tls_front.py CERTIFICATE BACKEND_PORT RECORD [OLDEST]

CERTIFICATE is a PEM file with its key. Every byte that comes out of the encryption goes to the file RECORD before it
goes on to the backend; bytes that come without encryption close the connection. OLDEST is the newest version of TLS
that is spoken, `TLSv1_1` or (default) `TLSv1_3`.
"""
import socket
import ssl
import sys
import threading

import harness

certificate, backend, record = sys.argv[1], int(sys.argv[2]), open(sys.argv[3], "ab", buffering=0)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate)
if sys.argv[4:] == ["TLSv1_1"]:
    # Today's OpenSSL speaks it at this level only.
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
listener = socket.create_server(("127.0.0.1", 0), backlog=128)


def pass_on(source, target, recording):
    try:
        while piece := source.recv(1 << 16):
            if recording:
                record.write(piece)
            target.sendall(piece)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def answer(raw):
    try:
        client = context.wrap_socket(raw, server_side=True)
    except OSError:
        return raw.close()
    server = socket.create_connection(("127.0.0.1", backend))
    threading.Thread(target=pass_on, args=(server, client, False), daemon=True).start()
    pass_on(client, server, True)


def accept():
    while True:
        raw, _ = listener.accept()
        threading.Thread(target=answer, args=(raw,), daemon=True).start()


threading.Thread(target=accept, daemon=True).start()
harness.serve({"port": listener.getsockname()[1]})
