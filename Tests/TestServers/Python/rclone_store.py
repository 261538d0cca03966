"""`rclone serve s3` over a folder: rclone_store.py FOLDER"""
import os
import sys

import harness

folder = sys.argv[1]
os.makedirs(f"{folder}/data/mission-audit")
log, port = f"{folder}/rclone.log", harness.free_port()
program = os.path.join(os.path.dirname(sys.executable), "rclone")
child = harness.start(
    [program, "serve", "s3", f"{folder}/data", "--addr", f"127.0.0.1:{port}", "--config", "/dev/null",
     "--auth-key", "canary-access,canary-secret-key", "-v"],
    log, env={"PATH": os.environ["PATH"], "HOME": folder})
harness.wait_for(port, child, log)
harness.serve(
    {"endpoint": f"http://127.0.0.1:{port}", "region": "us-east-1", "bucket": "mission-audit",
     "owner": {"access_key": "canary-access", "secret_key": "canary-secret-key"}},
    [child], folder)
