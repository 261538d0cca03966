"""A page that is written anew while its run works."""

import time
import unittest

from browser import LIMIT, Browser
from site_folder import Site, write_missions

# Counts timers, before the page's own scripts run: only a live page sets one.
COUNTING = """window.timers = 0; const real = window.setInterval;
window.setInterval = (...all) => { window.timers += 1; return real(...all); };"""


class LiveTests(unittest.TestCase):
    def test_it_follows_the_run_and_stops_with_it(self):
        with Site("--job-time", "600ms", "--session-time", "100ms", workers=2, capacity=1) as site, \
                Browser() as browser:
            write_missions(site.folder / "missions/a.csv", 40)
            run = site.start("run", "--report", "live.html", "--no-progress")
            try:
                end = time.monotonic() + LIMIT
                while not (site.folder / "live.html").exists():
                    self.assertIsNone(run.poll())
                    self.assertLess(time.monotonic(), end)
                    time.sleep(0.02)
                page = browser.open("about:blank")
                page.send("Page.addScriptToEvaluateOnNewDocument", {"source": COUNTING})
                page.resize(1280, 500)
                page.go(site.url("live.html") + "#media=video&sort=ads")
                page.until("document.documentElement.dataset.ready === '1'")
                self.assertIn("working", page.run("document.querySelector('.is-live').textContent"))
                self.assertIn("mission-control status", page.run("document.getElementById('next').innerText"))
                self.assertEqual(page.run("timers"), 1)
                page.run("scrollTo(0, 300)")
                loads = page.loads
                browser.wait(lambda: page.loads >= loads + 2, "the page to read itself again")
                page.until("document.documentElement.dataset.ready === '1'")
                self.assertEqual(page.run("document.getElementById('filter-media').value"), "video")
                self.assertEqual(page.run("document.querySelector('[data-sort=ads]').ariaSort"), "ascending")
                page.until("scrollY === 300")
                page.until("document.querySelectorAll('.day.ads-4, .day.is-empty, .day.ads-1').length > 1")
                output, errors = run.communicate(timeout=LIMIT * 2)
                self.assertEqual(run.returncode, 0, errors)
                page.until("!document.querySelector('.is-live')")
                page.until("document.documentElement.dataset.ready === '1'")
                self.assertIn("all done", page.run("document.querySelector('.top .pill').textContent"))
                self.assertTrue(page.run("document.getElementById('follow').hidden"))
                self.assertEqual(page.run("timers"), 0)
                self.assertEqual(page.errors, [])
                self.assertEqual(set(page.requests), {site.url("live.html")})
                self.assertFalse((site.folder / "live.html.tmp").exists())
            finally:
                if run.poll() is None:
                    run.kill()
                    run.communicate()

    def test_without_javascript_the_browser_reads_it_again(self):
        with Site("--job-time", "2s", workers=1, capacity=1) as site, Browser() as browser:
            write_missions(site.folder / "missions/a.csv", 6)
            run = site.start("run", "--report", "live.html", "--no-progress")
            try:
                end = time.monotonic() + LIMIT
                while not (site.folder / "live.html").exists() and time.monotonic() < end:
                    time.sleep(0.02)
                page = browser.open(site.url("live.html"), scripted=False)
                loads = page.loads
                browser.wait(lambda: page.loads > loads, "the page to read itself again")
            finally:
                run.terminate()
                run.communicate(timeout=LIMIT)
            self.assertEqual(run.returncode, 75)
            text = (site.folder / "live.html").read_text()
            self.assertNotIn('http-equiv="refresh"', text)
            self.assertIn("stopped early", text)


if __name__ == "__main__":
    unittest.main(verbosity=1)
