"""A spider for a portal that has a page of ads for each day."""
import os
from datetime import date, timedelta

import scrapy

PORTAL = os.environ.get("PORTAL", "http://127.0.0.1:8700")


class Ads(scrapy.Spider):
    name = "ads"

    async def start(self):
        # `from` is a word of Python, so it is no attribute that could be written plainly.
        day, last = date.fromisoformat(getattr(self, "from")), date.fromisoformat(self.to)
        while day <= last:
            yield scrapy.Request(f"{PORTAL}/days/{day}", cb_kwargs={"day": str(day)})
            day += timedelta(days=1)

    def parse(self, response, day):
        for ad in response.css("li.ad"):
            yield {"id": ad.attrib["id"], "day": day, "title": ad.css("::text").get()}
