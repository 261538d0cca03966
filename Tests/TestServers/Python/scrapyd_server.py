"""Scrapyd with the project of the recipe: scrapyd_server.py FOLDER RECIPE PORTAL"""
import os
import shutil
import sys

import harness

folder, recipe, portal = sys.argv[1:4]
for name in ["scrapy.cfg", "ads"]:
    source = f"{recipe}/{name}"
    (shutil.copytree if os.path.isdir(source) else shutil.copy)(source, f"{folder}/{name}")
log, port = f"{folder}/scrapyd.log", harness.free_port()
with open(f"{folder}/scrapy.cfg", "a") as settings:
    settings.write(f"http_port = {port}\n")
program = os.path.join(os.path.dirname(sys.executable), "scrapyd")
child = harness.start(
    [program], log, cwd=folder,
    env={"PATH": os.environ["PATH"], "HOME": folder, "PORTAL": portal, "PYTHONDONTWRITEBYTECODE": "1"})
harness.wait_for(port, child, log)
harness.serve({"port": port}, [child], folder)
