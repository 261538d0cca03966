"""What the server scripts share: a port, a line that says the server is ready, and an end.

Each script prints one line of JSON when its server answers, and ends with everything it started when its
standard input ends, which is when the test that started it ends, however it does.
"""
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

# The test's thread may have had all signals blocked: a server that never hears of a child's end waits for it for ever.
signal.pthread_sigmask(signal.SIG_SETMASK, [])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False


def start(arguments, log, **options):
    """A child with its output in a file."""
    with open(log, "ab") as output:
        return subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **options)


def wait_for(port, child, log, seconds=60):
    """Until something listens on the port; ends the script when the child has ended before."""
    deadline = time.monotonic() + seconds
    while not answers(port):
        if child.poll() is not None or time.monotonic() > deadline:
            with open(log, errors="replace") as text:
                sys.exit(f"{child.args[0]} does not answer:\n{text.read()[-2000:]}")
        time.sleep(0.02)


def serve(description, children=(), folder=None):
    """Tells that the server is ready, waits until it is no longer wanted, and removes its folder."""
    print(json.dumps(description), flush=True)
    try:
        while os.read(0, 4096):
            pass
    finally:
        # What they keep is thrown away with them: no need to wait for a graceful end.
        for child in children:
            # With what it started, where it leads a group of its own.
            if child.poll() is None and os.getpgid(child.pid) == child.pid:
                os.killpg(child.pid, signal.SIGKILL)
            child.kill()
            child.wait()
        if folder:
            shutil.rmtree(folder, ignore_errors=True)

