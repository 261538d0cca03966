"""nginx with its own DAV module, which lists nothing and makes collections only when asked to: nginx_store.py FOLDER"""
import os
import pwd
import sys

import harness

folder = sys.argv[1]
for name in ("data", "temporary"):
    os.makedirs(f"{folder}/{name}")
log, port = f"{folder}/nginx.log", harness.free_port()
user = pwd.getpwuid(os.getuid()).pw_name
with open(f"{folder}/nginx.conf", "w") as configuration:
    configuration.write(f"""
{f"user {user};" if os.getuid() == 0 else ""}
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log {log} warn;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/temporary;
  proxy_temp_path {folder}/temporary/proxy;
  fastcgi_temp_path {folder}/temporary/fastcgi;
  uwsgi_temp_path {folder}/temporary/uwsgi;
  scgi_temp_path {folder}/temporary/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {folder}/data;
    client_max_body_size 1g;
    location / {{
      if ($http_x_api_key != "canary-nginx-key") {{ return 403; }}
      dav_methods PUT DELETE MKCOL;
    }}
  }}
}}
""")
child = harness.start(
    ["/usr/sbin/nginx", "-c", f"{folder}/nginx.conf", "-p", folder, "-e", log], log,
    env={"PATH": os.environ["PATH"], "HOME": folder})
harness.wait_for(port, child, log)


class Gracefully:
    """Its workers end with their master only when it is told to, and not killed."""

    def kill(self):
        child.terminate()

    def wait(self):
        child.wait()


harness.serve(
    {"url": f"http://127.0.0.1:{port}/audit", "data": f"{folder}/data/audit", "api_key": "canary-nginx-key"},
    [Gracefully()], folder)
