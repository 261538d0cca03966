"""Small servers that keep to what Apify, Bright Data and Zyte publish of the calls that the recipes make:
published_apis.py NAME

Each knows one token, `canary-token`. A run takes as long as two looks at it; what was started is told at
GET /control/started, a line each, with what it was started with.
"""
import base64
import json
import re
import sys
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import harness

started, lock = [], threading.Lock()


def start(input):
    with lock:
        started.append({"input": input, "looks": 0, "aborted": False})
        return len(started)


def state(number):
    """READY, then RUNNING, then the end; None for a run that nobody started."""
    with lock:
        if not 1 <= number <= len(started):
            return None
        run = started[number - 1]
        run["looks"] += 1
        if run["aborted"]:
            return "aborted"
        return ["ready", "running"][run["looks"] - 1] if run["looks"] < 3 else "done"


def ads(day):
    return [{"id": f"{day}-{number}", "day": day} for number in range(3)]


def number_of(text, prefix):
    found = re.fullmatch(prefix + r"(\d+)", text)
    return int(found[1]) if found else 0


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/control/started":
            return self.answer(200, "".join(json.dumps(run["input"]) + "\n" for run in started), "text/plain")
        self.serve("GET")

    def do_POST(self):
        self.serve("POST")

    def serve(self, method):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        self.api(method, url.path, query, json.loads(body) if body else None)

    def json(self, status, value):
        self.answer(status, json.dumps(value), "application/json; charset=utf-8")

    def lines(self, values):
        self.answer(200, "".join(json.dumps(value) + "\n" for value in values), "application/jsonl")

    def answer(self, status, text, kind):
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *words):
        pass


class Apify(Handler):
    def api(self, method, path, query, body):
        def error(status, kind, message):
            self.json(status, {"error": {"type": kind, "message": message}})

        if self.headers.get("Authorization") != "Bearer canary-token":
            return error(401, "user-or-token-not-found", "User was not found or authentication token is not valid")
        if (method, path) == ("GET", "/v2/users/me"):
            return self.json(200, {"data": {"id": "me", "username": "me"}})
        if method == "POST" and re.fullmatch(r"/v2/acts/[\w~-]+/runs", path):
            return self.json(201, {"data": self.run(start(body), "READY")})
        if found := re.fullmatch(r"/v2/actor-runs/(\w+)(/abort)?", path):
            number = number_of(found[1], "run")
            if found[2] and method == "POST" and 1 <= number <= len(started):
                started[number - 1]["aborted"] = True
                return self.json(200, {"data": self.run(number, "ABORTING")})
            words = {"ready": "READY", "running": "RUNNING", "done": "SUCCEEDED", "aborted": "ABORTED"}
            if status := state(number):
                return self.json(200, {"data": self.run(number, words[status])})
            return error(404, "record-not-found", "Actor run was not found")
        if found := re.fullmatch(r"/v2/datasets/(\w+)/items", path):
            if query.get("format") != "jsonl":
                return error(400, "invalid-request", "format is not supported here")
            return self.lines(ads(started[number_of(found[1], "dataset") - 1]["input"]["from"]))
        error(404, "page-not-found", "We have bad news: there is no API endpoint at this URL")

    def run(self, number, status):
        return {"id": f"run{number}", "actId": "ads", "status": status, "statusMessage": None,
                "meta": {"origin": "API"}, "defaultDatasetId": f"dataset{number}"}


class BrightData(Handler):
    def api(self, method, path, query, body):
        if self.headers.get("Authorization") != "Bearer canary-token":
            return self.answer(401, "Invalid token", "text/html")
        if (method, path) == ("POST", "/datasets/v3/trigger"):
            if not query.get("dataset_id") or not isinstance(body, list):
                return self.json(400, {"error": "Invalid input provided"})
            return self.json(200, {"snapshot_id": f"s_{start(body[0])}"})
        if found := re.fullmatch(r"/datasets/v3/(progress|snapshot)/(s_\d+)(/cancel)?", path):
            number = number_of(found[2], "s_")
            if not 1 <= number <= len(started):
                return self.answer(404, "Snapshot does not exist", "text/html")
            if found[3]:
                started[number - 1]["aborted"] = True
                return self.answer(200, "OK", "text/html")
            if found[1] == "progress":
                words = {"ready": "starting", "running": "running", "done": "ready", "aborted": "failed"}
                return self.json(200, {"status": words[state(number)], "snapshot_id": found[2],
                                       "dataset_id": "gd_l1vikfnt1wgvvqz95w"})
            if started[number - 1]["looks"] < 3:
                return self.json(202, {"status": "building", "message": "Dataset is not ready yet"})
            return self.lines(ads(started[number - 1]["input"]["start_date"]))
        self.answer(404, "Not found", "text/html")


class Zyte(Handler):
    def api(self, method, path, query, body):
        key = base64.b64encode(b"canary-token:").decode()
        if self.headers.get("Authorization") != f"Basic {key}":
            return self.json(401, {"type": "/auth/key-not-found", "title": "Authentication Key Not Found",
                                   "status": 401, "detail": "The authentication key is not valid."})
        if (method, path) != ("POST", "/v1/extract") or not body.get("productList"):
            return self.json(400, {"type": "/request/invalid", "title": "Bad Request", "status": 400,
                                   "detail": "Incorrect fields."})
        number = start(body)
        # Now and then too much is asked, or a page cannot be had: the request is to be sent again.
        if number % 5 == 0:
            return self.json(503, {"type": "/limits/over-global-limit", "title": "Global Limit Exceeded",
                                   "status": 503, "detail": "Zyte API is overloaded."})
        if number == 2:
            return self.json(520, {"type": "/download/temporary-error", "title": "Website Ban", "status": 520,
                                   "detail": "Zyte API could not get a ban-free response in a reasonable time."})
        day = urllib.parse.parse_qs(urllib.parse.urlsplit(body["url"]).query)["day"][0]
        self.json(200, {"url": body["url"], "statusCode": 200,
                        "productList": {"products": ads(day), "url": body["url"], "metadata": {}}})


kind = {"apify": Apify, "bright-data": BrightData, "zyte": Zyte}[sys.argv[1]]
server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
threading.Thread(target=server.serve_forever, daemon=True).start()
harness.serve({"port": server.server_port})
