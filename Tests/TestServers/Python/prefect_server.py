"""A Prefect server with the deployment of a folder's flow.py, which is served, with more in its environment:
prefect_server.py FOLDER RECIPE DEPLOYMENT [NAME=VALUE…]"""
import json
import os
import shutil
import sys
import time
import urllib.request

import harness

folder, recipe, name, *variables = sys.argv[1:]
shutil.copy(f"{recipe}/flow.py", f"{folder}/flow.py")
log, port = f"{folder}/prefect.log", harness.free_port()
url = f"http://127.0.0.1:{port}/api"
environment = {
    "PATH": os.environ["PATH"], "HOME": folder, "PREFECT_HOME": f"{folder}/home", "PREFECT_API_URL": url,
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1", "PYTHONDONTWRITEBYTECODE": "1",
    "PREFECT_RUNNER_POLL_FREQUENCY": "1"} | dict(variable.split("=", 1) for variable in variables)
program = os.path.join(os.path.dirname(sys.executable), "prefect")
server = harness.start(
    [program, "server", "start", "--host", "127.0.0.1", "--port", str(port)], log, cwd=folder, env=environment,
    process_group=0)
harness.wait_for(port, server, log, seconds=180)
flow = harness.start([sys.executable, "flow.py"], log, cwd=folder, env=environment, process_group=0)


def deployment():
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and flow.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/deployments/name/{name}") as answer:
                return json.load(answer)["id"]
        except OSError:
            time.sleep(0.2)
    with open(log, errors="replace") as text:
        sys.exit(f"the flow is not served:\n{text.read()[-2000:]}")


harness.serve({"port": port, "deployment": deployment()}, [flow, server], folder)
