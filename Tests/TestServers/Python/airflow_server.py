"""A whole Airflow with the DAGs of a recipe, on SQLite, where everyone is an administrator: airflow_server.py FOLDER RECIPE DAG
[NAME=VALUE…]"""
import json
import os
import shutil
import sys
import time
import urllib.request

import harness

folder, recipe, dag, *variables = sys.argv[1:]
shutil.copytree(f"{recipe}/dags", f"{folder}/dags")
log = f"{folder}/airflow.log"
port, *others = [harness.free_port() for _ in range(4)]
address = f"http://127.0.0.1:{port}"
settings = {
    "CORE__DAGS_FOLDER": f"{folder}/dags", "CORE__LOAD_EXAMPLES": "False", "CORE__PARALLELISM": "4",
    "CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True", "CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
    "API__HOST": "127.0.0.1", "API__PORT": port, "API__WORKERS": "1", "API__BASE_URL": address,
    "API_AUTH__JWT_SECRET": "s" * 64, "USAGE_DATA_COLLECTION__ENABLED": "False",
    "LOGGING__WORKER_LOG_SERVER_PORT": others[0], "LOGGING__TRIGGER_LOG_SERVER_PORT": others[1],
    "SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": others[2]}
programs = os.path.dirname(sys.executable)
environment = {
    "PATH": f"{programs}:{os.environ['PATH']}", "HOME": folder, "AIRFLOW_HOME": f"{folder}/home",
    "PYTHONDONTWRITEBYTECODE": "1", **{f"AIRFLOW__{name}": str(value) for name, value in settings.items()},
    **dict(variable.split("=", 1) for variable in variables)}
server = harness.start(
    [f"{programs}/airflow", "standalone"], log, cwd=folder, env=environment, process_group=0)
harness.wait_for(port, server, log, seconds=300)


def ask(path, token=None):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with urllib.request.urlopen(urllib.request.Request(address + path, headers=headers)) as answer:
        return json.load(answer)


def token():
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline and server.poll() is None:
        try:
            token = ask("/auth/token")["access_token"]
            ask(f"/api/v2/dags/{dag}", token)
            if ask("/api/v2/monitor/health")["scheduler"]["status"] == "healthy":
                return token
        except OSError:
            pass
        time.sleep(0.5)
    with open(log, errors="replace") as text:
        sys.exit(f"Airflow does not know the DAG {dag}:\n{text.read()[-2000:]}")


harness.serve({"port": port, "token": token()}, [server], folder)
