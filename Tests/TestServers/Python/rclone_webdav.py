"""`rclone serve webdav` over a folder, with a user and a password: rclone_webdav.py FOLDER"""
import base64
import os
import sys

import harness

folder = sys.argv[1]
os.makedirs(f"{folder}/data")
log, port = f"{folder}/rclone.log", harness.free_port()
program = os.path.join(os.path.dirname(sys.executable), "rclone")
child = harness.start(
    [program, "serve", "webdav", f"{folder}/data", "--addr", f"127.0.0.1:{port}", "--config", "/dev/null",
     "--user", "auditor", "--pass", "canary-webdav-password", "--dir-cache-time", "200ms", "-v"],
    log, env={"PATH": os.environ["PATH"], "HOME": folder})
harness.wait_for(port, child, log)
credentials = base64.b64encode(b"auditor:canary-webdav-password").decode()
harness.serve(
    {"url": f"http://127.0.0.1:{port}/audit", "data": f"{folder}/data/audit",
     "authorization": f"Basic {credentials}"},
    [child], folder)
