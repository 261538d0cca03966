"""Missions as a flow of Prefect 3: each task is a shard of mission-control, with a journal and workers of its own.

    python flow.py          serves the deployment missions/missions
    python flow.py 8        runs the flow once, here, with eight shards

FOLDER is where config.yaml is; MISSION_CONTROL names the program where PATH does not.
"""
import os
import subprocess
import sys

from prefect import flow, get_run_logger, task
from prefect.futures import wait

FOLDER = os.environ.get("FOLDER", ".")
PROGRAM = os.environ.get("MISSION_CONTROL", "mission-control")

# Prefect sends this module to the process of each flow run, and could not send a lock.
running = []
stopping = []


class Left(Exception):
    """Work is left, or the run was killed: the shard goes on where it was."""


class Broken(Exception):
    """A person must look first."""


def is_left(_task, _run, state):
    return isinstance(state.result(raise_on_failure=False), Left)


@task(retries=100, retry_delay_seconds=float(os.environ.get("RETRY_DELAY", "60")), retry_condition_fn=is_left,
      task_run_name="shard {index} of {count}")
def shard(index: int, count: int):
    # What --shard auto reads.
    numbers = {"JOB_COMPLETION_INDEX": str(index), "JOB_COMPLETIONS": str(count)}
    # Were this process killed, the run would stop by itself.
    process = subprocess.Popen(
        [PROGRAM, "run", "--shard", "auto", "--no-progress", "--exit-with-parent"],
        cwd=FOLDER, env=os.environ | numbers, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    running.append(process)
    if stopping:
        process.terminate()
    logger = get_run_logger()
    for line in process.stdout:
        logger.info(line.rstrip())
    status = process.wait()
    if status == 75 or status < 0:
        raise Left(f"shard {index} ended with {status}: work is left")
    if status != 0:
        raise Broken(f"shard {index} ended with {status}: mission-control report --merge state says why")


@flow(name="missions")
def missions(shards: int = 8):
    try:
        futures = [shard.submit(index, shards) for index in range(shards)]
        wait(futures)
    except BaseException:
        # Cancelled: a SIGTERM brings each run to a safe point within five seconds.
        stopping.append(True)
        for process in list(running):
            process.terminate()
        raise
    for future in futures:
        future.result()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        missions(int(sys.argv[1]))
    else:
        missions.serve(name="missions")
