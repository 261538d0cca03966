"""The page of a run of 365 missions with failures, in a real browser."""

import os
import pathlib
import tempfile
import unittest

from browser import Browser
from site_folder import HOSTILE, Site, multiply, write_missions

CHECKS = (pathlib.Path(__file__).parent / "checks.js").read_text()
FAILED = {"2025-02-14": "ERROR203", "2025-03-03": "ERROR203", "2025-06-21": "ERROR203", "2025-08-02": "ERROR203",
          "2025-05-05": "ERROR403", "2025-05-06": "ERROR403", "2025-09-09": "ERROR400"}
GAPS = {40, 41, 42, 200}


def fault_rules():
    import json
    failing = {"request": "GET /scrape/*"}
    rules = [
        {"match": {**failing, "date": "2025-06-21"}, "do": {"body": {"status": "failed", "error": HOSTILE}}},
        {"match": {**failing, "date": "2025-02-14"}, "do": {"job_status": "failed"}},
        {"match": {**failing, "date": "2025-03-03"}, "do": {"job_status": "failed"}},
        {"match": {**failing, "date": "2025-08-02"}, "do": {"job_status": "cancelled"}},
        {"match": {"request": "PUT object", "date": "2025-05-05"}, "do": {"status": 403, "s3_error": "AccessDenied"}},
        {"match": {"request": "PUT object", "date": "2025-05-06"}, "do": {"status": 403, "s3_error": "AccessDenied"}},
        {"match": {"request": "PUT object", "date": "2025-09-09"}, "do": {"status": 500, "s3_error": "InternalError"}},
    ]
    return "\n".join(map(json.dumps, rules))


class PageTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pictures = pathlib.Path(os.environ.get("PICTURES", "/tmp/html-pictures"))
        cls.pictures.mkdir(parents=True, exist_ok=True)
        script = pathlib.Path(tempfile.mkstemp(suffix=".jsonl")[1])
        script.write_text(fault_rules())
        cls.site = cls.enterClassContext(Site(
            "--ads", "0..160", "--session-time", "20ms", "--job-time", "5ms..60ms", "--script", str(script)))
        script.unlink()
        write_missions(cls.site.folder / "missions/year.csv", 365, GAPS)
        cls.site.run("run", "--report", "report.html", "--no-progress", code=1)
        cls.browser = cls.enterClassContext(Browser())
        cls.page = cls.browser.open(cls.site.url("report.html"))
        cls.page.until("document.documentElement.dataset.ready === '1'")
        cls.failed = cls.site.json("list", "--status", "failed", "--limit", "400")["missions"]

    def setUp(self):
        self.page.run("document.querySelector('dialog').close(); location.hash = ''; scrollTo(0, 0)")
        self.count(365)

    def count(self, number, page=None):
        """Waits until the table says that so many missions are chosen."""
        (page or self.page).until(
            f"document.getElementById('filter-count').textContent.startsWith('{number:,} ')")

    def choose(self, name, value):
        self.page.run(f"""(() => {{ const part = document.getElementById('filter-{name}');
          part.value = {value!r}; part.dispatchEvent(new Event('change')); }})()""")

    def rows(self):
        return self.page.run("[...document.querySelectorAll('#mission-rows tr')].map((row) => "
                             "[...row.cells].map((cell) => cell.textContent))")

    def listed(self, *options):
        return self.site.json("list", "--limit", "1", *options)["total"]

    # What an operator asks.

    def test_it_tells_which_days_failed_why_through_which_proxy_and_what_to_type(self):
        self.assertEqual({m["date_start"]: m["error_code"] for m in self.failed}, FAILED)
        cells = self.page.run("[...document.querySelectorAll('.day.is-failed[data-day]')].map((c) => c.dataset.day)")
        self.assertEqual(sorted(cells), sorted(FAILED))
        for mission in self.failed:
            # A code has a card for each cause.
            card = self.page.run(
                f"[...document.querySelectorAll('.failure[aria-label^=\"{mission['error_code']}\"]')]"
                ".map((card) => card.innerText).join()")
            self.assertIn(mission["date_start"], card)
            self.assertIn(mission["proxy"], card)
            self.assertIn(mission["worker"], card)
            self.assertIn(f"mission-control retry --code {mission['error_code']}", card)
        self.assertIn("AccessDenied", self.page.run("document.querySelector('[aria-label^=ERROR403]').innerText"))
        self.assertIn("storage_s3.prefix", self.page.run("document.querySelector('[aria-label^=ERROR403]').innerText"))
        self.assertIn("mission-control run --retry-failed", self.page.run("document.getElementById('next').innerText"))

    def test_totals_are_the_journals(self):
        report = self.site.json("report")
        shown = dict(self.page.run("[...document.querySelectorAll('#run-totals div')].map((d) => "
                                   "[d.querySelector('dt').textContent, d.querySelector('dd').textContent])"))
        for name in ("selected", "done", "failed", "left"):
            self.assertEqual(shown[name], str(report["counts"][name]))
        self.assertEqual(shown["ads"], f"{report['ads']:,}")
        backfill = dict(self.page.run("[...document.querySelectorAll('#backfill-totals div')].map((d) => "
                                      "[d.dataset.figure, d.querySelector('dd').textContent])"))
        for name, status in (("done", "done"), ("failed", "failed")):
            self.assertEqual(backfill[name], str(self.listed("--status", status)))

    def test_a_year_is_a_strip_of_weeks_and_months_with_their_weekdays_and_totals(self):
        self.assertEqual(self.page.run("document.querySelectorAll('.year-strip').length"), 2)
        months = self.page.run("[...document.querySelectorAll('.month')].map((m) => [m.querySelector('h4').textContent, "
                               "m.querySelectorAll('.weekdays span').length])")
        self.assertEqual(len(months), 13)
        self.assertTrue(all(count == 7 for _, count in months), months)
        self.assertEqual(months[0][0], "January31")
        self.assertEqual(months[1][0], "February24/25")
        sizes = self.page.run("[...document.querySelectorAll('.month .day')].map((day) => day.getBoundingClientRect())"
                              ".map(({ width, height }) => Math.min(width, height))")
        self.assertGreaterEqual(min(sizes), 24)

    def test_a_slice_can_be_chosen_for_calendar_and_chart(self):
        names = self.page.run("[...document.getElementById('slice').options].map((option) => option.textContent)")
        self.assertGreater(len(names), 2)
        for index in range(len(names) - 1):
            self.page.run(f"(() => {{ const slice = document.getElementById('slice'); slice.value = '{index}'; "
                          "slice.dispatchEvent(new Event('change')); })()")
            row = self.page.run(f"[...document.querySelectorAll('#slices tbody tr')][{index}].innerText.split('\\t')")
            self.assertEqual(row[0].strip(), names[index + 1])
            done, failed = int(row[2]), int(row[3])
            told = self.page.run("[...document.querySelectorAll('.year > h3')].map((head) => head.textContent).join()")
            if failed:
                self.assertIn("failed", told)
            shown = self.page.run("[...document.querySelectorAll('.month .day')].filter((day) => "
                                  "day.cell.done > 0).length")
            self.assertEqual(shown, done)
        self.page.run("(() => { const slice = document.getElementById('slice'); slice.value = ''; "
                      "slice.dispatchEvent(new Event('change')); })()")

    def test_back_closes_a_mission_and_a_click_takes_the_tip_away(self):
        before = self.page.run("history.length")
        self.page.run("document.querySelector('#mission-rows .open').click()")
        self.page.until("document.querySelector('dialog').open")
        self.assertEqual(self.page.run("history.length"), before + 1)
        self.page.run("history.back()")
        self.page.until("!document.querySelector('dialog').open")
        self.assertNotIn("mission=", self.page.run("location.hash"))
        self.page.run("document.querySelector('#mission-rows .open').click()")
        self.page.until("document.querySelector('dialog').open")
        self.page.key("Escape")
        self.page.until("!document.querySelector('dialog').open && !location.hash.includes('mission=')")
        self.assertEqual(self.page.run("history.length"), before + 1, "what was closed is no place to go back to")
        x, y = self.page.run("""(() => { const cell = document.querySelector('[data-day="2025-02-10"]');
          cell.scrollIntoView({ block: 'center' }); const box = cell.getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2]; })()""")
        self.page.hover(x, y)
        self.page.until("!document.getElementById('tip').hidden")
        self.page.click(x, y)
        self.page.until("document.getElementById('tip').hidden")

    def test_errors_are_counted_by_worker_and_proxy(self):
        cells = self.page.run("[...document.querySelectorAll('.heat tbody tr')].map((row) => row.innerText.split('\\t'))")
        codes = {row[0].split()[0]: int(row[1].replace(",", "")) for row in cells}
        self.assertIn("ERROR200", codes)
        attempts = self.site.json("report")["summary"]["retries"]["attempts"]
        self.assertEqual(codes["ERROR200"], sum(a["count"] for a in attempts if a["code"] == "ERROR200"))

    def test_gaps_are_in_the_calendar(self):
        gaps = self.page.run("[...document.querySelectorAll('.day.is-gap[data-day]')].map((c) => c.dataset.day)")
        self.assertEqual(gaps, ["2025-02-10", "2025-02-11", "2025-02-12", "2025-07-20"])
        self.assertIn("4 days without", self.page.run("document.getElementById('calendar-note').textContent"))

    def test_ads_of_a_day_are_told_on_hover_and_on_focus(self):
        mission = self.site.json("list", "--from", "2025-01-02", "--to", "2025-01-02")["missions"][0]
        x, y = self.page.run("""(() => { const cell = document.querySelector('[data-day="2025-01-02"]');
          cell.scrollIntoView({ block: 'center' }); const box = cell.getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2]; })()""")
        self.page.hover(x, y)
        self.page.until("!document.getElementById('tip').hidden")
        self.assertIn(f"{mission['ads_count']} ad", self.page.run("document.getElementById('tip').textContent"))
        self.page.hover(2, 2)
        self.page.until("document.getElementById('tip').hidden")
        self.page.run("document.querySelector('[data-day=\"2025-01-02\"]').focus()")
        self.page.until("!document.getElementById('tip').hidden")

    # Search, filters, sorting, histories.

    def test_search_finds_days_messages_and_workers(self):
        self.page.run("document.getElementById('filter-search').focus()")
        self.page.type("accessdenied")
        self.count(2)
        self.page.run("document.getElementById('filter-clear').click()")
        self.count(365)
        self.page.type("2025-09-0 worker")
        self.count(9)
        self.page.run("document.getElementById('filter-clear').click()")
        self.page.type("nothing like this")
        self.count(0)
        self.assertEqual(self.rows(), [["No mission is like that."]])

    def test_filters_choose_what_list_chooses(self):
        for name, value, options in [
            ("status", "failed", ["--status", "failed"]), ("media", "video", ["--media-type", "video"]),
            ("language", "eng", ["--languages", "eng"]), ("code", "ERROR403", ["--code", "ERROR403"]),
            ("month", "2025-02", ["--from", "2025-02-01", "--to", "2025-02-28"]),
        ]:
            with self.subTest(name):
                self.choose(name, value)
                self.count(self.listed(*options))
                self.assertIn(f"{name}={value}", self.page.run("location.hash"))
                self.choose(name, "")
        self.choose("media", "video")
        self.choose("month", "2025-02")
        self.count(self.listed("--media-type", "video", "--from", "2025-02-01", "--to", "2025-02-28"))

    def test_the_address_keeps_what_is_chosen(self):
        self.page.go("about:blank")
        self.page.go(self.site.url("report.html") + "#status=failed&sort=code&down=1")
        self.count(7)
        self.assertEqual(self.rows()[0][10], "ERROR403")

    def test_columns_sort_both_ways_and_say_so(self):
        ads = sorted(m["ads_count"] or 0 for m in self.site.json("list", "--limit", "400")["missions"])
        button = "document.querySelector('[data-sort=ads] button')"
        self.page.run(button + ".click()")
        self.assertEqual(self.page.run("document.querySelector('[data-sort=ads]').ariaSort"), "ascending")
        self.page.run(button + ".click()")
        self.assertEqual(self.page.run("document.querySelector('[data-sort=ads]').ariaSort"), "descending")
        self.assertEqual([int(row[5]) for row in self.rows()][:20], ads[::-1][:20])
        self.page.run("document.getElementById('page-after').click()")
        self.assertEqual(self.page.run("document.getElementById('page-text').textContent"), "Page 2 of 8")
        self.assertEqual(int(self.rows()[0][5]), ads[::-1][50])

    def test_a_row_opens_the_missions_whole_history(self):
        mission = next(m for m in self.failed if m["date_start"] == "2025-02-14")
        whole = self.site.json("show", mission["id"])
        self.choose("status", "failed")
        self.page.run(f"document.querySelector('[data-mission=\"{mission['id']}\"]').focus()")
        self.page.key("Enter")
        self.page.until("document.querySelector('dialog').open")
        kinds = self.page.run("[...document.querySelectorAll('.events .kind')].map((kind) => kind.textContent)")
        self.assertEqual(kinds, [event["event"] for event in whole["events"]])
        times = self.page.run("[...document.querySelectorAll('.events time')].map((time) => time.dateTime)")
        self.assertEqual(times, [event["at"] for event in whole["events"]])
        text = self.page.run("document.querySelector('dialog').innerText")
        for event in whole["events"]:
            for name, value in (event["details"] or {}).items():
                if name not in ("sha256", "s3_sha256", "key", "etag"):
                    self.assertIn(f"{name.replace('_', ' ')} {value}", text)
        self.assertIn("attempt 3", text)
        self.assertIn(f"mission-control run --only {mission['id'][:13]}", text)
        self.page.picture(self.pictures / "mission.png")
        self.page.key("Escape")
        self.page.until("!document.querySelector('dialog').open")
        self.assertEqual(self.page.run("document.activeElement.dataset.mission"), mission["id"])

    def test_the_keyboard_reaches_everything(self):
        self.page.go(self.site.url("report.html"))
        self.page.until("document.documentElement.dataset.ready === '1'")
        self.page.key("Tab")
        self.assertEqual(self.page.run("document.activeElement.className"), "skip")
        self.page.run("document.querySelector('#calendar-body [tabindex=\"0\"]').focus()")
        for key in ("ArrowRight", "ArrowDown"):
            self.page.key(key)
        self.assertEqual(self.page.run("document.activeElement.dataset.day"), "2025-01-09")
        self.page.key("Enter")
        self.count(1)
        self.assertEqual(self.page.run("document.activeElement.ariaPressed"), "true")
        self.page.run("document.getElementById('chart').focus()")
        self.page.key("End")
        self.page.until("/2026-01-04.* ads?/.test(document.getElementById('announcer').textContent)")
        self.page.run("document.getElementById('lanes-canvas').focus()")
        self.page.key("+", "+")
        self.page.until("!document.getElementById('zoom-all').disabled")

    def test_lanes_and_chart_are_drawn(self):
        self.assertTrue(self.page.run("document.querySelector('.chart .bars').getAttribute('d').length > 1000"))
        self.assertTrue(self.page.run("""(() => { const canvas = document.getElementById('lanes-canvas');
          const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          const colors = new Set(); for (let at = 0; at < pixels.length; at += 4)
            if (pixels[at + 3] > 200) colors.add(pixels[at] * 65536 + pixels[at + 1] * 256 + pixels[at + 2]);
          return colors.has(0xfacc15) && colors.has(0xf26d6d) && colors.has(0x6f86a6); })()"""))

    # Safety.

    def test_no_console_errors_and_no_request_but_the_file(self):
        page = self.browser.open(self.site.url("report.html"))
        page.until("document.documentElement.dataset.ready === '1'")
        self.assertEqual(page.errors, [])
        self.assertEqual(page.requests, [self.site.url("report.html")])

    def test_the_policy_forbids_requests_markup_from_text_and_foreign_scripts(self):
        page = self.browser.open(self.site.url("report.html"))
        page.until("document.documentElement.dataset.ready === '1'")
        self.assertTrue(page.run("fetch('http://127.0.0.1:9/').then(() => false, () => true)"))
        page.run("{ const i = new Image(); i.src = 'http://127.0.0.1:9/x.png'; document.body.append(i); }")
        self.assertTrue(page.run("(() => { try { document.createElement('p').innerHTML = 'x'; return false; } "
                                 "catch { return true; } })()"))
        for attack in ("b.setAttribute('onclick', 'hacked = 1'); b.click()", "eval('hacked = 1')",
                       "b.append(Object.assign(document.createElement('script'), { text: 'hacked = 1' })); "
                       "document.body.append(b)"):
            page.run("(() => { const b = document.createElement('button'); try { " + attack + " } catch {} })()")
        self.assertEqual(page.run("typeof hacked"), "undefined")
        blocked = [text for text in page.errors if "violates" in text]
        self.assertGreaterEqual(len(blocked), 3, page.errors)

    def test_hostile_text_is_only_text(self):
        self.assertEqual(self.page.run("typeof hacked"), "undefined")
        self.assertEqual(self.page.run("document.querySelectorAll('script').length"), 3)
        self.assertEqual(self.page.run("document.querySelectorAll('img, b').length"), 0)
        card = self.page.run("[...document.querySelectorAll('.failure[aria-label^=ERROR203]')]"
                             ".map((card) => card.textContent).join()")
        self.assertIn("</script><img src=x onerror=hacked=1>\"'><b>bold</b>&amp;${1} evil <!--<script>", card)
        raw = (self.site.folder / "report.html").read_text()
        for character in "\u202e\u2066\x1b":
            self.assertNotIn(character, raw)
        self.assertEqual(oct((self.site.folder / "report.html").stat().st_mode & 0o777), "0o600")

    # Without a script, on paper, on a phone, for everybody.

    def test_it_reads_without_javascript(self):
        page = self.browser.open(self.site.url("report.html"), scripted=False)
        text = page.run("document.body.innerText")
        for part in ("365", "What to type next", "mission-control run --retry-failed", "AccessDenied", "p95",
                     "The first 300 of 365 missions", *FAILED):
            self.assertTrue(part in text, part)
        shown = "[...document.querySelectorAll('.missions tbody tr')].filter((row) => row.checkVisibility()).length"
        self.assertEqual(page.run(shown), 300)
        self.assertFalse(page.run("document.getElementById('filters').checkVisibility()"))
        page.picture(self.pictures / "unscripted.png")

    def test_names_landmarks_and_contrast(self):
        self.page.run("document.getElementById('theme').click()")
        self.assertEqual(self.page.run("document.documentElement.dataset.theme"), "light")
        for theme in ("light", "dark"):
            with self.subTest(theme):
                self.assertEqual(self.page.run(CHECKS + "; weakContrasts()"), [])
                self.assertEqual(self.page.run(CHECKS + "; namelessParts()"), [])
                self.page.run("location.hash = 'mission=" + self.failed[0]["id"] + "'")
                self.page.until("document.querySelector('dialog').open")
                self.assertEqual(self.page.run(CHECKS + "; weakContrasts()"), [])
                self.page.run("document.querySelector('dialog').close()")
            self.page.run("document.getElementById('theme').click()")
        self.page.run("document.getElementById('theme').click()")

    def test_the_theme_is_remembered_and_motion_is_reduced(self):
        page = self.browser.open(self.site.url("report.html"))
        self.assertEqual(page.run("document.documentElement.dataset.theme ?? 'dark'"), "dark")
        page.run("document.getElementById('theme').click()")
        page.go(self.site.url("report.html"))
        page.until("document.documentElement.dataset.ready === '1'")
        self.assertEqual(page.run("document.documentElement.dataset.theme"), "light")
        page.send("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]})
        self.assertEqual(page.run("getComputedStyle(document.querySelector('.button')).transitionProperty"), "none")
        page.picture(self.pictures / "light.png", whole=True)

    def test_it_speaks_portuguese(self):
        self.site.run("report", "--html", "pt.html", "--locale", "pt-BR")
        page = self.browser.open(self.site.url("pt.html") + "#status=failed")
        page.until("document.documentElement.dataset.ready === '1'")
        self.assertEqual((page.errors, page.run("document.documentElement.lang")), ([], "pt-BR"))
        text = page.run("document.body.innerText")
        for part in ("O que digitar agora", "Calendário", "fevereiro", "14/02/2025", "7 de 365 missões",
                     "mission-control retry --code ERROR403", "o armazenamento"):
            self.assertTrue(part in text, part)
        for part in ("what to type", "ads per day", "missions ", "done"):
            self.assertFalse(part in text.lower(), part)
        page.picture(self.pictures / "portuguese.png", whole=True)

    def test_paper_is_white_whatever_the_theme(self):
        page = self.browser.open(self.site.url("report.html"))
        page.send("Emulation.setEmulatedMedia", {"media": "print"})
        self.assertEqual(page.run("getComputedStyle(document.body).backgroundColor"), "rgb(255, 255, 255)")
        self.assertFalse(page.run("document.getElementById('filters').checkVisibility()"))

    def test_a_phone_scrolls_down_only(self):
        page = self.browser.open(self.site.url("report.html"), width=390, height=844, phone=True)
        page.until("document.documentElement.dataset.ready === '1'")
        self.assertEqual(page.run("document.documentElement.scrollWidth"), 390)
        self.assertGreaterEqual(page.run("Math.min(...[...document.querySelectorAll('.month .day')]"
                                         ".map((day) => day.getBoundingClientRect().width))"), 24)
        page.picture(self.pictures / "phone.png", whole=True)
        page.run(f"location.hash = 'mission={self.failed[0]['id']}'")
        page.until("document.querySelector('dialog').open")
        self.assertLessEqual(page.run("document.querySelector('dialog').scrollWidth"), 390)
        page.picture(self.pictures / "phone-mission.png")

    def test_pictures(self):
        self.page.picture(self.pictures / "dark.png", whole=True)
        for name in ("dark", "light", "phone"):
            path = self.pictures / f"{name}.png"
            if path.exists():
                self.assertGreater(path.stat().st_size, 50_000)

    # Size. The name puts it last: it changes the journal.

    def test_zz_ten_thousand_missions_stay_below_five_megabytes(self):
        total = multiply(self.site.folder / "state/journal.sqlite", 28)
        self.assertGreater(total, 10_000)
        # A report that is stored does not change; without it the journal is asked.
        for report in (self.site.folder / "state/reports").glob("*.json"):
            report.unlink()
        self.site.run("report", "--html", "large.html")
        size = (self.site.folder / "large.html").stat().st_size
        print(f"{total} missions: {size / 1e6:.2f} MB")
        self.assertLess(size, 5_000_000)
        page = self.browser.open(self.site.url("large.html"))
        page.until("document.documentElement.dataset.ready === '1'")
        self.assertEqual(page.errors, [])
        self.count(total, page)
        # Twenty years of cells are enough; that it ends there is said.
        self.assertIn("end with 2045-01-15", page.run("document.getElementById('calendar-note').textContent"))
        page.run("document.querySelector('#mission-rows .open').click()")
        page.until("document.querySelectorAll('.events .kind').length > 5")


if __name__ == "__main__":
    unittest.main(verbosity=1)
