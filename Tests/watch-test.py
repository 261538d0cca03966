#!/usr/bin/env python3
"""`status --watch` in a pseudo-terminal, against a run of the simulator.

    Tests/watch-test.py FOLDER     FOLDER holds the built programs
"""
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from fcntl import ioctl

ENTER, LEAVE = b"\x1b[?1049h", b"\x1b[?1049l"
binaries = os.path.realpath(sys.argv[1])
failures = []


def expect(condition, what):
    print(("✔ " if condition else "✘ ") + what)
    if not condition:
        failures.append(what)


class Watch:
    """The program on a terminal of its own."""

    def __init__(self, folder, columns=80, rows=24):
        self.output = b""
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            # Waits until the size is set.
            os.read(0, 1)
            os.chdir(folder)
            os.environ["TERM"] = "xterm-256color"
            # As from a shell, whatever this was started with.
            for number in [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]:
                signal.signal(number, signal.SIG_DFL)
            program = f"{binaries}/mission-control"
            os.execv(program, [program, "status", "--watch"])
        self.before = termios.tcgetattr(self.terminal)
        self.resize(columns, rows, tell=False)
        os.write(self.terminal, b"\n")

    def resize(self, columns, rows, tell=True):
        self.columns, self.rows = columns, rows
        ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds):
        if select.select([self.terminal], [], [], seconds)[0]:
            try:
                self.output += os.read(self.terminal, 65536)
            except OSError:
                return False
        return True

    def frames(self):
        """Every whole frame so far, as lines without colours."""
        found = re.findall(rb"\x1b\[\?2026h\x1b\[H(.*?)\x1b\[J\x1b\[\?2026l", self.output, re.S)
        text = [frame.decode().replace("\x1b[K", "") for frame in found]
        # The terminal makes two characters of each newline, whatever stands before it.
        return [re.sub(r"\x1b\[[0-9;]*m|\r", "", frame).split("\n") for frame in text]

    def until(self, condition, what, seconds=60):
        """Waits for a frame that fulfils the condition."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(0.1)
            frames = self.frames()
            if frames and condition(frames[-1]):
                expect(True, what)
                return
        expect(False, f"{what}; last: {self.frames()[-1:]} {self.output[-300:]!r}")

    def end(self, what, code=None, number=None):
        """Waits for the end; the terminal must be as it was."""
        end = time.monotonic() + 30
        status = 0
        while time.monotonic() < end:
            self.read(0.05)
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                break
        else:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            return expect(False, f"{what}: it does not end")
        while self.read(0.05) and select.select([self.terminal], [], [], 0.05)[0]:
            pass
        if code is not None:
            expect(os.WIFEXITED(status) and os.WEXITSTATUS(status) == code, f"{what}: exit {code}, got {status:#x}")
        else:
            expect(os.WIFSIGNALED(status) and os.WTERMSIG(status) == number, f"{what}: signal {number}, got {status:#x}")
        expect(self.output.count(ENTER) == self.output.count(LEAVE) >= 1, f"{what}: the first screen is back")
        expect(self.output.rstrip().endswith(LEAVE) or LEAVE in self.output[-400:], f"{what}: nothing is drawn after it")
        expect(b"\x1b[?25h" in self.output[-400:], f"{what}: the cursor is back")
        try:
            expect(termios.tcgetattr(self.terminal)[:4] == self.before[:4], f"{what}: the keys are as they were")
        except termios.error:
            pass
        os.close(self.terminal)


def shown(word):
    return lambda lines: any(word in line for line in lines)


def fits(watch):
    return lambda lines: len(lines) == watch.rows and all(len(line) <= watch.columns for line in lines)


with tempfile.TemporaryDirectory() as folder:
    ports = f"{folder}/ports.json"
    rule = {"match": {"request": "POST /scrape", "date": "2025-01-02"}, "do": {"job_status": "failed"}}
    slow = {"match": {"request": "POST /scrape", "date": "2025-01-05"}, "do": {"job_time": "60s"}}
    with open(f"{folder}/script", "w") as file:
        file.write(json.dumps(rule) + "\n" + json.dumps(slow) + "\n")
    simulator = subprocess.Popen(
        [f"{binaries}/mission-simulator", "--port", "0", "--s3-port", "0", "--ports-file", ports, "--store",
         f"{folder}/store", "--workers", "2", "--capacity", "1", "--session-time", "10ms", "--job-time", "20ms",
         "--script", f"{folder}/script", "--exit-with-parent"], stdout=subprocess.DEVNULL)
    while not os.path.exists(ports):
        time.sleep(0.02)
    time.sleep(0.2)
    with open(ports) as file:
        numbers = json.load(file)
    os.mkdir(f"{folder}/missions")
    with open(f"{folder}/missions/a.csv", "w") as file:
        file.write("date_start,date_end,media_type,languages\n")
        file.writelines(f"2025-01-{day:02},2025-01-{day:02},video,pt\n" for day in range(1, 11))
    with open(f"{folder}/config.yaml", "w") as file:
        file.write(f"""version: 1
missions: [missions/*.csv]
execution:
  max_retries: 0
  polling: {{session_initial: 5ms, session: 5ms, job: 5ms}}
storage_db: {{connection_string: "sqlite:state/ads.sqlite"}}
storage_s3: {{endpoint: "http://127.0.0.1:{numbers['s3_port']}", bucket: mission-audit, region: us-east-1,
  access_key: demo-access, secret_key: demo-secret-key, prefix: scrapes}}
workers:
  - {{name: worker-1, url: "http://127.0.0.1:{numbers['worker_port']}/worker-1", api_key: demo-key-1}}
  - {{name: worker-2, url: "http://127.0.0.1:{numbers['worker_port']}/worker-2", api_key: demo-key-2}}
""")
    program = f"{binaries}/mission-control"

    watch = Watch(folder)
    watch.until(shown("no run is live"), "it begins before anything was run")
    run = subprocess.Popen([program, "run"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watch.until(shown("is live since"), "a run that begins meanwhile is seen")
    watch.until(lambda lines: shown("9/10")(lines) or shown("8/10 done, 1 failed")(lines), "the run's progress is shown")
    watch.until(shown("2025-01-05 video pt, SCRAPE"), "a worker and what it does are shown")
    watch.until(shown("worker-2"), "the other worker as well")
    watch.until(shown("ERROR200"), "the last failure is shown")
    watch.until(fits(watch), "the frame is as large as the terminal")
    expect(b"\x1b[2J" not in watch.output, "nothing is cleared before it is drawn")
    watch.resize(40, 9)
    watch.until(fits(watch), "a smaller terminal is filled and not overrun")
    watch.resize(132, 50)
    watch.until(fits(watch), "a larger one as well")
    watch.until(shown("ERROR200"), "all is there again")
    os.kill(watch.pid, signal.SIGTSTP)
    end = time.monotonic() + 30
    while watch.output.count(LEAVE) < 1 and time.monotonic() < end:
        watch.read(0.1)
    expect(watch.output.count(LEAVE) == 1, "while it is suspended the first screen is there")
    time.sleep(0.2)
    os.kill(watch.pid, signal.SIGCONT)
    watch.until(lambda lines: watch.output.count(ENTER) == 2, "then it goes on")
    run.kill()
    run.wait()
    watch.until(shown("no run is live"), "a run that is killed is seen to be gone")
    os.write(watch.terminal, b"q")
    watch.end("q", code=0)

    for number, code in [(signal.SIGINT, 0), (signal.SIGTERM, 143), (signal.SIGHUP, 143)]:
        watch = Watch(folder)
        watch.until(shown("no run is live"), f"it shows the journal without a run ({number.name})")
        os.kill(watch.pid, number)
        watch.end(number.name, code=code)
    watch = Watch(folder)
    watch.until(shown("no run is live"), "once more")
    os.write(watch.terminal, b"\x03")
    watch.end("Ctrl-C", code=0)
    for number, code in [(signal.SIGINT, 0), (signal.SIGTERM, 143)]:
        watch = Watch(folder)
        watch.until(shown("no run is live"), "once more")
        os.write(watch.terminal, b"\x13")
        time.sleep(1.5)
        os.kill(watch.pid, number)
        watch.end(f"{number.name} after Ctrl-S", code=code)
    watch = Watch(folder)
    watch.until(shown("no run is live"), "once more, to crash")
    os.kill(watch.pid, signal.SIGSEGV)
    watch.end("a crash", number=signal.SIGSEGV)

    plain = subprocess.run([program, "status", "--watch"], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True)
    expect(plain.returncode == 64 and b"needs a terminal" in plain.stderr, "without a terminal it is refused")
    simulator.terminate()
    simulator.wait()

if failures:
    sys.exit(f"{len(failures)} failed")
print("watch: the live view is right")
