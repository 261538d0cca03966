"""A writer as people write them: FastAPI on SQLite, which dies between commit and answer: writer.py FOLDER EVERY LEDGER

EVERY: after how many commits it dies, again and again; 0: never. LEDGER: "ledger", or "no-ledger" for a writer that does
not tell what it has. It is started again at once, on the same port, as a service manager would.
"""
import base64
import hashlib
import json
import os
import signal
import sqlite3
import sys
import threading

import harness

KEY = "canary-writer-key"
SCHEMA = """
CREATE TABLE IF NOT EXISTS missions (mission_id TEXT PRIMARY KEY, sha256 TEXT, rows INTEGER, key TEXT, body BLOB);
CREATE TABLE IF NOT EXISTS records (mission_id TEXT, position INTEGER, data TEXT, PRIMARY KEY (mission_id, position));
CREATE TABLE IF NOT EXISTS commits (mission_id TEXT, key TEXT);
"""


def database(folder):
    connection = sqlite3.connect(f"{folder}/writer.sqlite", isolation_level=None, timeout=30)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(SCHEMA)
    return connection


def application(folder, every, has_ledger):
    from fastapi import FastAPI, Request, Response

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    connection = database(folder)

    @app.middleware("http")
    async def key(request, call_next):
        if request.headers.get("x-api-key") != KEY:
            return Response(f"no entry with {request.headers.get('x-api-key')}", status_code=401)
        return await call_next(request)

    @app.get("/v1/health")
    async def health():
        return {"status": "ok"}

    @app.put("/v1/missions/{mission}")
    async def put(mission: str, request: Request):
        body = b"".join([piece async for piece in request.stream()])
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        if request.headers.get("content-digest") != f"sha-256=:{digest}:":
            return Response("the body does not have its digest", status_code=400)
        records = json.loads(body)
        if any("\\u0000" in json.dumps(record) for record in records):
            return Response("a record holds a character that cannot be kept", status_code=422)
        key = request.headers["idempotency-key"]
        known = connection.execute("SELECT key FROM missions WHERE mission_id = ?", (mission,)).fetchone()
        if known and known[0] == key:
            return Response(status_code=200)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM records WHERE mission_id = ?", (mission,))
        connection.executemany(
            "INSERT INTO records VALUES (?, ?, ?)",
            ((mission, position, json.dumps(record)) for position, record in enumerate(records)))
        connection.execute(
            "INSERT OR REPLACE INTO missions VALUES (?, ?, ?, ?, ?)",
            (mission, request.headers["x-mission-sha256"], len(records), key, body))
        connection.execute("INSERT INTO commits VALUES (?, ?)", (mission, key))
        connection.execute("COMMIT")
        count = connection.execute("SELECT count(*) FROM commits").fetchone()[0]
        if every and count % every == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return Response(status_code=204 if known else 201)

    if not has_ledger:
        return app

    @app.get("/v1/missions/{mission}")
    async def ledger(mission: str):
        row = connection.execute(
            "SELECT sha256, rows FROM missions WHERE mission_id = ?", (mission,)).fetchone()
        return {"sha256": row[0], "rows": row[1]} if row else Response(status_code=404)

    @app.get("/v1/missions")
    async def missions(limit: int, after: str = ""):
        rows = connection.execute(
            "SELECT mission_id, sha256, rows FROM missions WHERE mission_id > ? ORDER BY mission_id LIMIT ?",
            (after, limit))
        return {"missions": [{"mission_id": m, "sha256": s, "rows": r} for m, s, r in rows]}

    @app.delete("/v1/missions/{mission}")
    async def delete(mission: str):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM records WHERE mission_id = ?", (mission,))
        count = connection.execute("DELETE FROM missions WHERE mission_id = ?", (mission,)).rowcount
        connection.execute("COMMIT")
        return Response(status_code=204 if count else 404)

    return app


def serve(folder, port, every, has_ledger):
    import uvicorn

    uvicorn.run(application(folder, every, has_ledger), host="127.0.0.1", port=port, log_level="warning")


class Kept:
    """The service, started again whenever it ends."""

    def __init__(self, arguments, log):
        self.arguments, self.log, self.is_wanted = arguments, log, True
        self.child = harness.start(arguments, log)
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self):
        while True:
            self.child.wait()
            if not self.is_wanted:
                return
            self.child = harness.start(self.arguments, self.log)

    def kill(self):
        self.is_wanted = False
        self.child.kill()

    def wait(self):
        self.child.wait()


if __name__ == "__main__":
    if sys.argv[1] == "--serve":
        serve(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5] == "ledger")
        sys.exit()
    folder, every, ledger = sys.argv[1:4]
    log, port = f"{folder}/writer.log", harness.free_port()
    database(folder).close()
    kept = Kept([sys.executable, os.path.abspath(__file__), "--serve", folder, str(port), every, ledger], log)
    harness.wait_for(port, kept.child, log)
    harness.serve({"url": f"http://127.0.0.1:{port}/v1", "database": f"{folder}/writer.sqlite", "key": KEY},
                  [kept], folder)
