"""A tap made with singer-sdk: `tap.py FROM TO` extracts the ads of these days."""
import json
import os
import sys
from datetime import date, timedelta
from urllib.request import Request, urlopen

from singer_sdk import Stream, Tap
from singer_sdk import typing as th


class Ads(Stream):
    name = "ads"
    primary_keys = ("id",)
    schema = th.PropertiesList(
        th.Property("id", th.StringType, required=True), th.Property("day", th.DateType),
        th.Property("title", th.StringType)).to_dict()

    def get_records(self, context):
        day = date.fromisoformat(self.config["start_date"])
        while day <= date.fromisoformat(self.config["end_date"]):
            request = Request(
                f"{self.config['url']}/ads?from={day}&to={day}",
                headers={"Authorization": f"Bearer {self.config['token']}"})
            with urlopen(request) as answer:
                yield from json.load(answer)["ads"]
            day += timedelta(days=1)


class TapAds(Tap):
    name = "tap-ads"
    config_jsonschema = th.PropertiesList(
        th.Property("url", th.StringType, required=True),
        th.Property("token", th.StringType, required=True, secret=True),
        th.Property("start_date", th.StringType), th.Property("end_date", th.StringType)).to_dict()

    def discover_streams(self):
        return [Ads(self)]


# The secret comes from the environment, never as an argument.
settings = {"url": os.environ["TAP_ADS_URL"], "token": os.environ["TAP_ADS_TOKEN"],
            "start_date": sys.argv[1], "end_date": sys.argv[2]}
TapAds(config=settings).sync_all()
