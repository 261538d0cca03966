"""OpenStack Swift with its s3api, one process of each kind on the loopback: openstack_swift_store.py FOLDER

The servers, the rings and the middleware are those of Debian's packages; the configuration is the least that
makes them a store. FOLDER must lie on a file system with extended attributes. To be run by the system's Python.
"""
import os
import pathlib
import sys

import harness

root = sys.argv[1]
ports = {name: harness.free_port() for name in ["proxy", "account", "container", "object"]}
os.makedirs(f"{root}/devices/d1")
os.makedirs(f"{root}/locks")


def write(name, text):
    pathlib.Path(f"{root}/{name}").write_text(text)


def make_rings():
    from swift.common.ring import RingBuilder

    for kind in ["account", "container", "object"]:
        ring = RingBuilder(part_power=2, replicas=1, min_part_hours=1)
        ring.add_dev({
            "id": 0, "region": 1, "zone": 1, "ip": "127.0.0.1", "port": ports[kind], "device": "d1",
            "weight": 1.0, "replication_ip": "127.0.0.1", "replication_port": ports[kind], "meta": ""})
        ring.rebalance()
        ring.get_ring().save(f"{root}/{kind}.ring.gz")


def common(kind):
    user = os.environ.get("USER") or __import__("pwd").getpwuid(os.getuid()).pw_name
    return f"""[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {ports[kind]}
workers = 0
user = {user}
swift_dir = {root}
devices = {root}/devices
mount_check = false
lock_path = {root}/locks
log_address = {root}/no-syslog
"""


def backend(kind):
    write(f"{kind}.conf", f"""{common(kind)}
[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
""")


write("swift.conf", """[swift-hash]
swift_hash_path_suffix = test
swift_hash_path_prefix = test
[storage-policy:0]
name = only
default = yes
""")
make_rings()
for kind in ["account", "container", "object"]:
    backend(kind)
write("proxy.conf", f"""{common("proxy")}
[pipeline:main]
pipeline = catch_errors gatekeeper cache listing_formats s3api tempauth copy slo dlo versioned_writes proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:versioned_writes]
use = egg:swift#versioned_writes
[filter:cache]
use = egg:swift#memcache
# tempauth asks for one; with nothing at this port it remembers nothing, which no test misses.
memcache_servers = 127.0.0.1:1
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_test_owner = canary-secret-key .admin
user_test_reader = reading
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
""")

log = f"{root}/servers.log"
children = [
    harness.start([f"/usr/bin/swift-{kind}-server", f"{root}/{kind}.conf", "-v"], log) for kind in ports]
for child, port in zip(children, ports.values()):
    harness.wait_for(port, child, log)
harness.serve(
    {"endpoint": f"http://127.0.0.1:{ports['proxy']}", "region": "us-east-1", "bucket": "mission-audit",
     "owner": {"access_key": "test:owner", "secret_key": "canary-secret-key"},
     "reader": {"access_key": "test:reader", "secret_key": "reading"}},
    children, root)
