"""Takes the pictures: a run of a year with some failures, its progress, its summary, and its page."""

import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "Tests/HTMLReport")]

from browser import Browser  # noqa: E402
from site_folder import PROGRAMS, Site, write_missions  # noqa: E402
from terminal import document, record  # noqa: E402

RULES = """\
{"match": {"request": "GET /scrape/*", "date": "2025-02-14"}, "do": {"job_status": "failed"}}
{"match": {"request": "GET /scrape/*", "date": "2025-06-21"}, "do": {"job_status": "failed"}}
{"match": {"request": "PUT object", "date": "2025-09-09"}, "do": {"status": 403, "s3_error": "AccessDenied"}}
{"match": {"request": "PUT object", "date": "2025-09-10"}, "do": {"status": 403, "s3_error": "AccessDenied"}}
"""
LARGEST = 200_000


def keep(page, name, **options):
    """A picture in few colours: the page has few, and a repository keeps every version of a file."""
    path = HERE / f"{name}.png"
    page.picture(path, **options)
    subprocess.run(["pngquant", "--force", "--strip", "--speed", "1", "--output", path, "128", path], check=True)
    size = path.stat().st_size
    if size >= LARGEST:
        raise SystemExit(f"{path.name} has {size} bytes, {LARGEST} is the limit")
    print(f"examples/pictures/{path.name}: {size // 1000} kB")


def take_terminal(browser, name, folder, typed, body):
    file = folder / f"{name}.html"
    file.write_text(document(typed, body))
    page = browser.open(file.as_uri())
    width, height = page.run("[document.body.offsetWidth, document.body.offsetHeight]")
    page.send("Emulation.setDeviceMetricsOverride",
              {"width": width, "height": height, "deviceScaleFactor": 1.5, "mobile": False})
    keep(page, name)


def main():
    script = pathlib.Path(sys.argv[1])
    script.write_text(RULES)
    options = ["--ads", "0..160", "--job-time", "60ms..900ms", "--session-time", "200ms",
               "--session-failures", "0.03", "--job-failures", "0.05", "--script", str(script)]
    with Site(*options) as site, Browser() as browser:
        write_missions(site.folder / "missions/2025.csv", 360, gaps={99, 100, 101, 102, 230})
        typed = "mission-control run --report live.html"
        program = str(PROGRAMS / "mission-control")
        progress = None
        for screen in record([program, *typed.split()[1:]], site.folder):
            # The area stands below the log lines; the moment is when somewhat more than half is done.
            lines = screen.text().splitlines()
            bars = [index for index, line in enumerate(lines) if line.startswith("[#")]
            if progress is None and bars and re.search(r"\] 6\d%", lines[bars[-1]]) and len(lines) - bars[-1] > 4:
                progress = screen.html(bars[-1])
        take_terminal(browser, "progress", site.folder, typed, progress)
        summary = site.run("report")
        first = [line for line in screen.text().splitlines() if line.startswith("run ")]
        assert first and first[0] in summary, "the terminal did not end with the summary"
        lines = screen.text().splitlines()
        take_terminal(browser, "summary", site.folder, typed, screen.html(lines.index(first[0])))
        for name, theme in (("report-dark", "dark"), ("report-light", "light")):
            page = browser.open(site.url("live.html"), width=1280, height=1000)
            page.until("document.documentElement.dataset.ready === '1'")
            if theme == "light":
                page.run("document.getElementById('theme').click()")
                page.run("document.getElementById('failures').scrollIntoView()")
            else:
                page.run("scrollTo(0, document.getElementById('calendar').offsetTop - 16)")
            keep(page, name)
        page = browser.open(site.url("live.html"), width=390, height=844, phone=True)
        page.until("document.documentElement.dataset.ready === '1'")
        keep(page, "report-phone")


main()
