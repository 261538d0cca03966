#!/usr/bin/env bash
# The benchmarks: builds the release programs, measures them and prints one table (about 12 minutes).
#
#   Tests/bench.sh                  everything
#   Tests/bench.sh missions large   only these: missions, costs, large, plan, start, status, waiting, http,
#                                   programs, formats, windows, uploads, loading
#   Tests/bench.sh --quick          small amounts, to see that everything works
#
# Journals and databases go to a temporary folder, in TMPDIR or /tmp: it should lie on a disk. The exit code is 0
# when everything could be measured, also when a target is missed.
set -euo pipefail
cd "$(dirname "$0")/.."
source examples/setup.sh

install_packages libsqlite3-dev libcurl4-openssl-dev libyaml-dev strace
Tests/servers.sh
build_release
swift build -c release --static-swift-stdlib --product Benchmarks >&2

folder=$(mktemp -d "${TMPDIR:-/tmp}/mission-benchmarks.XXXXXX")
store=$(mktemp -d /dev/shm/mission-benchmarks.XXXXXX 2>/dev/null || mktemp -d "$folder/store.XXXXXX")
postgres=
trap '[ -z "$postgres" ] || { kill -INT "$postgres"; wait "$postgres"; } || true; rm -rf "$folder" "$store"' EXIT

# What is preloaded to count syncs and to make them slower.
clang -O2 -Wall -shared -fPIC -o "$folder/disk-meter.so" Tests/disk-meter.c

# A PostgreSQL of the benchmark's own, as it comes, on the same disk. It does not run as root.
programs=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
cluster=$folder/postgresql
mkdir "$cluster"
as_owner=()
if [ "$(id -u)" -eq 0 ]; then
  as_owner=(setpriv --reuid=postgres --regid=postgres --init-groups)
  chmod 711 "$folder"
  chown postgres: "$cluster"
fi
(cd "$cluster" && "${as_owner[@]}" "$programs/initdb" -D "$cluster/data" -U postgres -E UTF8 --locale=C.UTF-8 --auth=trust >/dev/null)
(cd "$cluster" && exec "${as_owner[@]}" "$programs/postgres" -D "$cluster/data" -c listen_addresses= \
  -c unix_socket_directories="$cluster" >"$cluster/log" 2>&1) &
postgres=$!
until "$programs/pg_isready" -q -h "$cluster"; do kill -0 "$postgres"; sleep 0.1; done

"$bin/Benchmarks" --postgres "host=$cluster user=postgres dbname=postgres" --folder "$folder" --store "$store" --servers "$PWD/.build/servers" \
  --disk-meter "$folder/disk-meter.so" "$@"
