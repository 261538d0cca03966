"""A folder with a configuration and missions, a simulator that serves it, and the built programs."""

import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = pathlib.Path(os.environ.get("PROGRAMS", ROOT / ".build/debug"))

# What a worker could say to break out of the page: of elements, attributes, the data, the reading direction.
HOSTILE = "</script><img src=x onerror=hacked=1>\"'><b>bold</b>&amp;${1} \u202eevil\u2066 <!--<script>\n\x1b[31mred"

CONFIGURATION = """\
version: 1
missions: [missions/*.csv]
journal: {{path: state/journal.sqlite}}
execution:
  max_retries: 2
  timeout_session: 5s
  timeout_job: 60s
  polling: {{session_initial: 5ms, session: 100ms, job: 5ms}}
storage_db: {{connection_string: "sqlite:state/ads.sqlite"}}
storage_s3: {{endpoint: "http://127.0.0.1:{store}", bucket: mission-audit, region: us-east-1,
  access_key: demo-access, secret_key: demo-secret-key, prefix: scrapes}}
proxies:
  - server: proxy-lisbon.example:8080
  - server: proxy-porto.example:3128
  - server: proxy-recife.example:8080
workers:
"""


class Site:
    """Use it as a context manager: the simulator and the folder go with it."""

    def __init__(self, *simulator_options, workers=4, capacity=2):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="html-report-"))
        (self.folder / "missions").mkdir()
        ports = self.folder / "ports.json"
        ready = self.folder / "ready"
        arguments = [
            PROGRAMS / "mission-simulator", "--port", "0", "--s3-port", "0", "--ports-file", ports,
            "--ready-file", ready, "--store", self.folder / "store", "--exit-with-parent", "--seed", "3",
            "--workers", str(workers), "--capacity", str(capacity), *simulator_options]
        self.simulator = subprocess.Popen(list(map(str, arguments)), stderr=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while not ready.exists():
            assert self.simulator.poll() is None and time.monotonic() < end, "the simulator did not start"
            time.sleep(0.02)
        found = json.loads(ports.read_text())
        text = CONFIGURATION.format(store=found["s3_port"])
        for number in range(1, workers + 1):
            text += f"  - {{name: worker-{number}, url: 'http://127.0.0.1:{found['worker_port']}/worker-{number}',"
            text += f" api_key: demo-key-{number}, capacity: {capacity}}}\n"
        (self.folder / "config.yaml").write_text(text)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.simulator.send_signal(signal.SIGTERM)
        self.simulator.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, *arguments):
        return subprocess.Popen(
            [str(PROGRAMS / "mission-control"), *arguments], cwd=self.folder, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)

    def run(self, *arguments, code=0):
        process = self.start(*arguments)
        output, errors = process.communicate(timeout=120)
        assert process.returncode == code, f"{arguments} ended with {process.returncode}: {errors[-600:]}"
        return output

    def json(self, *arguments):
        return json.loads(self.run(*arguments, "--output", "json"))

    def url(self, name):
        return (self.folder / name).as_uri()


def write_missions(path, days, gaps=()):
    """A mission a day from 2025-01-01 on, but on the days that are counted out in `gaps`."""
    import datetime
    kinds = [("video", "pt"), ("image", '"pt,eng"'), ("all", "eng"), ("video", "es")]
    rows = ["date_start,date_end,media_type,languages"]
    first = datetime.date(2025, 1, 1)
    number = 0
    while len(rows) <= days:
        if number not in gaps:
            day = first + datetime.timedelta(number)
            rows.append(f"{day},{day},{','.join(kinds[number % 4])}")
        number += 1
    path.write_text("\n".join(rows) + "\n")


def multiply(journal, times):
    """Makes each mission of a journal, with its history, `times` as many, with ids as long as real workers give.

    The journal is that of a real run; the page of it is then written by the real writer.
    """
    with sqlite3.connect(journal) as database:
        longer = [("job-", "0f8b1c52-7a64-4d1e-9b3d-job-"), ("session-", "6e0d9a37-41cf-4c58-session-")]
        for old, new in longer:
            database.execute("UPDATE events SET details = replace(details, ?, ?)", (f'"{old}', f'"{new}'))
        columns = [row[1] for row in database.execute("PRAGMA table_info(missions)")]
        events = [row[1] for row in database.execute("PRAGMA table_info(events)")]
        rows = database.execute(f"SELECT {','.join(columns)} FROM missions").fetchall()
        count = len(rows)
        number, identity, start, end = map(columns.index, ("number", "id", "date_start", "date_end"))
        for turn in range(1, times):
            copies = []
            for row in map(list, rows):
                row[number] += turn * count
                row[identity] = uuid.uuid4().bytes
                row[start] += turn * count
                row[end] += turn * count
                copies.append(row)
            marks = ",".join("?" * len(columns))
            database.executemany(f"INSERT INTO missions ({','.join(columns)}) VALUES ({marks})", copies)
            names = ",".join(events)
            chosen = names.replace("mission", f"mission + {turn * count}", 1)
            database.execute(
                f"INSERT INTO events ({names}) SELECT {chosen} FROM events WHERE mission <= {count}")
        database.execute("UPDATE runs SET selected = selected * ?1, done = done * ?1, failed = failed * ?1,"
                         " ads = ads * ?1", (times,))
    return count * times
