#!/usr/bin/env python3
"""Receives what a program tells: an HTTP listener, and SMTP servers (Debian's python3-aiosmtpd) that want STARTTLS
and a login, TLS from the first byte, or nothing. What arrives is kept as JSON lines.

    notification_server.py FOLDER CERTIFICATE KEY

FOLDER gets ports.json once everything listens, then http.jsonl and mail.jsonl. The first part of a path says how it is
answered: /ok, /status/N, /flaky/N (N times 503 first), /hang, /drop, /redirect, /large.
"""
import asyncio
import json
import os
import socket
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

folder, certificate, key = sys.argv[1:4]
lock = threading.Lock()
seen = {}


def keep(name, record):
    with lock, open(os.path.join(folder, name), "a", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")


class Listener(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        keep("http.jsonl", {
            "method": self.command, "path": self.path, "type": self.headers.get("Content-Type"),
            "agent": self.headers.get("User-Agent"), "body": body.decode("utf-8")})
        parts = self.path.split("?")[0].strip("/").split("/")
        with lock:
            count = seen[self.path] = seen.get(self.path, 0) + 1
        if parts[0] == "hang":
            time.sleep(120)
        elif parts[0] == "drop":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        elif parts[0] == "redirect":
            return self.answer(302, b"", {"Location": "/ok"})
        elif parts[0] == "large":
            return self.answer(200, b"x" * (2 << 20), {})
        elif parts[0] == "status":
            return self.answer(int(parts[1]), b"an answer that nobody may show", {})
        elif parts[0] == "flaky" and count <= int(parts[1]):
            return self.answer(503, b"", {})
        self.answer(200, b"ok", {})

    do_GET = do_POST

    def answer(self, status, body, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Mailbox:
    """`refused@` is refused for good, `busy@` is told to come back the first time."""

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused@"):
            return "550 5.1.1 no such mailbox"
        with lock:
            count = seen[address] = seen.get(address, 0) + 1
        if address.startswith("busy@") and count == 1:
            return "451 4.3.0 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        login = session.auth_data
        keep("mail.jsonl", {
            "from": envelope.mail_from, "to": envelope.rcpt_tos,
            "data": envelope.content.decode("utf-8"),
            "tls": session.ssl is not None or server.transport.get_extra_info("sslcontext") is not None,
            "login": login.decode() if isinstance(login, bytes) else login})
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    right = data == LoginPassword(b"operator", b"canary-mail-password")
    # Not handled: the server itself answers.
    return AuthResult(success=right, handled=False, auth_data=data.login)


async def silent(reader, writer):
    await asyncio.sleep(120)


async def main():
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, key)
    loop = asyncio.get_running_loop()

    async def serve(context=None, **options):
        server = await loop.create_server(
            lambda: SMTP(Mailbox(), hostname="localhost", loop=loop, **options), "127.0.0.1", 0, ssl=context)
        return server, server.sockets[0].getsockname()[1]

    login = {"auth_required": True, "authenticator": authenticate}
    servers = {
        "starttls": await serve(tls_context=tls, require_starttls=True, **login),
        "tls": await serve(context=tls, auth_require_tls=False, **login),
        "plain": await serve(),
    }
    quiet = await asyncio.start_server(silent, "127.0.0.1", 0)
    servers["silent"] = (quiet, quiet.sockets[0].getsockname()[1])
    ports = {name: port for name, (_, port) in servers.items()}
    for name, secure in (("http", False), ("https", True)):
        listener = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
        listener.daemon_threads = True
        if secure:
            listener.socket = tls.wrap_socket(listener.socket, server_side=True, do_handshake_on_connect=False)
        ports[name] = listener.server_address[1]
        threading.Thread(target=listener.serve_forever, daemon=True).start()
    with open(os.path.join(folder, "ports.new"), "w", encoding="utf-8") as file:
        json.dump(ports, file)
    os.rename(os.path.join(folder, "ports.new"), os.path.join(folder, "ports.json"))
    await asyncio.Event().wait()


asyncio.run(main())
