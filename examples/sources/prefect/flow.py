"""The flow that the missions run: what it finds becomes an artifact under the key `result`."""
from datetime import date, timedelta

from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import ArtifactCreate
from prefect.runtime import flow_run


def ads_of(day):
    return [{"id": f"{day}-{number}", "day": str(day)} for number in range(3)]


@flow(name="ads")
def ads(date_start: date, date_end: date):
    days = [date_start + timedelta(days=n) for n in range((date_end - date_start).days + 1)]
    found = [ad for day in days for ad in ads_of(day)]
    with get_client(sync_client=True) as client:
        client.create_artifact(
            ArtifactCreate(type="result", key="result", data=found, flow_run_id=flow_run.id))


if __name__ == "__main__":
    ads.serve(name="ads", limit=4)
