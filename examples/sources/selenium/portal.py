"""Logs in to a portal and downloads the CSV and the PDF of a day: portal.py --tipo=TIPO --day=DAY"""
import argparse
import os
import sys
import time
from pathlib import Path

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

# What exit codes mean: 99 nothing on that day, 75 again later, 77 no mission can work; any other is a failure.
EMPTY, AGAIN_LATER, STOP = 99, 75, 77
PORTAL = os.environ["PORTAL_URL"]
FOLDER = Path(os.environ["MISSION_FOLDER"])


def browser():
    options = webdriver.ChromeOptions()
    options.add_argument("--headless=new")
    # The browser's profile goes with the mission's folder.
    options.add_argument(f"--user-data-dir={FOLDER}/profile")
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium has none for root
    options.add_experimental_option("prefs", {
        "download.default_directory": str(FOLDER), "plugins.always_open_pdf_externally": True})
    # Debian's driver: without a name Selenium looks for one on the network.
    return webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))


def log_in(page):
    page.get(f"{PORTAL}/entrar")
    page.find_element(By.NAME, "usuario").send_keys(os.environ["PORTAL_USER"])
    page.find_element(By.NAME, "senha").send_keys(os.environ["PORTAL_PASSWORD"])
    page.find_element(By.TAG_NAME, "button").click()
    # The answer is another page, or this one with the reason. Who goes on before it comes is not logged in.
    WebDriverWait(page, 60).until(
        lambda page: page.find_elements(By.CLASS_NAME, "erro") or not page.current_url.endswith("/entrar"))
    for refusal in page.find_elements(By.CLASS_NAME, "erro"):
        print(refusal.text, file=sys.stderr)
        sys.exit(STOP)


def download(page, kind, seconds=120):
    page.find_element(By.CLASS_NAME, kind).click()
    deadline = time.monotonic() + seconds
    # Chromium gives a file its name once it is whole.
    while not any(FOLDER.glob(f"*.{kind}")):
        if time.monotonic() > deadline:
            sys.exit(f"the {kind} did not come within {seconds} s")
        time.sleep(0.1)


arguments = argparse.ArgumentParser()
arguments.add_argument("--tipo", required=True)
arguments.add_argument("--day", required=True)
asked = arguments.parse_args()

page = browser()
try:
    log_in(page)
    page.get(f"{PORTAL}/posicoes?tipo={asked.tipo}&dia={asked.day}")
    if page.find_elements(By.CLASS_NAME, "vazio"):
        sys.exit(EMPTY)
    for kind in ["csv", "pdf"]:
        download(page, kind)
except WebDriverException as failure:
    print(failure.msg, file=sys.stderr)
    sys.exit(AGAIN_LATER if "net::ERR_" in str(failure) else 1)
finally:
    page.quit()
