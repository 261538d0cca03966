"""A DAG that brings the ads of a mission's days; what `collect` returns is the mission's result."""
import os
import time
from datetime import date, timedelta

from airflow.sdk import dag, task


@dag(schedule=None, is_paused_upon_creation=False)
def ads():
    @task
    def collect(dag_run=None):
        time.sleep(float(os.environ.get("ADS_DELAY", 0)))  # in place of the work that yours does
        day, last = (date.fromisoformat(dag_run.conf[name]) for name in ["date_start", "date_end"])
        found = []
        while day <= last:
            found += [{"id": f"{day}-{number}", "day": str(day), "title": f"ad {number}"} for number in range(3)]
            day += timedelta(days=1)
        return found

    collect()


ads()
