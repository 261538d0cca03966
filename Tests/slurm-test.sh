#!/usr/bin/env bash
# The Slurm example against Debian's real Slurm: eight shards, three of them killed with kill -9 in mid-run, one never started; then
# four shards instead of eight. Every mission must be there once, none scraped twice, and the merged report must name what is
# missing. Needs root and the packages slurmctld, slurmd, slurm-client and munge, which Tests/servers.sh --interop installs; without
# them it is passed over, but not in CI.
set -euo pipefail
cd "$(dirname "$0")/.."
source examples/setup.sh
root=$PWD
bin=${1:-$root/.build/debug}
missions=160

if [ "$(id -u)" -ne 0 ] || ! command -v slurmctld slurmd munged sbatch >/dev/null; then
  [ "${CI:-}" = true ] && { echo "slurm: not here, or not root" >&2; exit 1; }
  echo "slurm: passed over; it needs root and Debian's Slurm"
  exit 0
fi

site=$(mktemp -d)
started=()
finish() {
  local status=$? log
  [ -z "${SLURM_CONF:-}" ] || scancel --full --user=root 2>/dev/null || true
  for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
  if [ "$status" -ne 0 ]; then
    for log in "$site"/*.log "$site"/site/state/slurm-*.log; do
      [ -s "$log" ] && { echo "--- ${log##*/}" >&2; tail -30 "$log" >&2; }
    done
  fi
  for process in "${started[@]}"; do wait "$process" 2>/dev/null || true; done
  [ -n "${KEEP:-}" ] || rm -rf "$site"
}
trap finish EXIT
die() { echo "slurm: $*" >&2; exit 1; }
# within SECONDS WHAT COMMAND…: waits until it succeeds.
within() {
  local limit=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$limit" ] || die "$what: not within the time"
    sleep 0.2
  done
}

# --- Slurm, as Debian has it, on ports and in folders of its own
host=$(hostname -s)
mkdir -m 700 "$site/spool" "$site/slurmctld"
head -c 1024 /dev/urandom >"$site/munge.key"
chmod 400 "$site/munge.key"
chmod 755 "$site"
cat >"$site/slurm.conf" <<CONF
ClusterName=missions
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
AuthType=auth/munge
# A requeued task begins when the credential of the one before is over, two minutes later by default.
AuthInfo=socket=$site/munge.socket,cred_expire=5
ProctrackType=proctrack/pgid
TaskPlugin=task/none
MpiDefault=none
RequeueExit=75
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=1,batch_sched_delay=0
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
StateSaveLocation=$site/slurmctld
SlurmdSpoolDir=$site/spool
SlurmctldPidFile=$site/slurmctld.pid
SlurmdPidFile=$site/slurmd.pid
NodeName=$host NodeAddr=127.0.0.1 CPUs=16 State=UNKNOWN
PartitionName=missions Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$site/slurm.conf
munged --foreground --force --key-file="$site/munge.key" --socket="$site/munge.socket" --pid-file="$site/munged.pid" \
  --log-file="$site/munged.log" --seed-file="$site/munge.seed" >"$site/munged.out.log" 2>&1 &
started+=($!)
within 20 "munge" munge -n --socket="$site/munge.socket"
slurmctld -D >"$site/slurmctld.log" 2>&1 &
started+=($!)
within 30 "slurmctld" scontrol ping
slurmd -D -N "$host" >"$site/slurmd.log" 2>&1 &
started+=($!)
idle() { sinfo --noheader --format=%T | grep -qx idle; }
within 60 "the node" idle

# --- Workers and a store
mkdir "$site/site"
"$bin/mission-simulator" --port 0 --s3-port 0 --ports-file "$site/ports.json" --store "$site/store" --workers 8 \
  --session-time 50ms --job-time 250ms --ads 1..4 --exit-with-parent >"$site/simulator.log" 2>&1 &
started+=($!)
within 20 "the simulator" test -s "$site/ports.json"
port() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$site/ports.json" "$1"; }
worker_port=$(port worker_port)
stats() { curl -sf "http://127.0.0.1:$worker_port/control/stats" | python3 -c "import json, sys; s = json.load(sys.stdin); print($1)"; }

# --- The example's files, with these addresses
cd "$site/site"
mkdir missions state
cp "$root/examples/slurm/array.sbatch" .
python3 - "$root/examples/slurm/config.yaml" "$worker_port" "$(port s3_port)" >config.yaml <<'PYTHON'
import re, sys
text = open(sys.argv[1]).read()
text = re.sub(r"https://worker(\d)\.example\.com", rf"http://127.0.0.1:{sys.argv[2]}/worker-\1", text)
text = re.sub(r'(worker-(\d), url: "[^"]*", api_key: )"[^"]*"', r'\1"demo-key-\2"', text)
# All tasks are on this machine, so one file serves as the ledger of all.
text = re.sub(r"postgresql://\S+", "sqlite:state/ads.sqlite", text)
text = re.sub(r"https://ACCOUNT\S+", f"http://127.0.0.1:{sys.argv[3]}", text)
text = text.replace("region: auto", "region: us-east-1")
text += "execution: {polling: {session_initial: 50ms, session: 50ms, job: 50ms}, timeouts: {busy: 30s}}\n"
sys.stdout.write(text)
PYTHON
export S3_ACCESS_KEY=demo-access S3_SECRET_KEY=demo-secret-key MISSION_CONTROL=$bin/mission-control
"$MISSION_CONTROL" backfill --from 2025-01-01 --to "$(date -d "2025-01-01 +$((missions - 1)) days" +%F)" --media-type video \
  --languages pt --write missions/days.csv 2>/dev/null

sql() { sqlite3 -cmd ".timeout 20000" "$@"; }
states() { squeue --noheader --array --format='%K %T' --jobs "$1" | sort; }
# tasks_over JOB HELD: all but the one that is held back have ended.
tasks_over() {
  local now
  now=$(states "$1") || return 1
  ! grep -qE "RUNNING|COMPLETING|CONFIGURING|^[^$2] PENDING" <<<"$now"
}

# --- Eight shards: the sixth is held back, three are killed once they have something to lose
job=$(sbatch --parsable --hold --array=0-7 array.sbatch)
for task in 0 1 2 3 4 6 7; do scontrol release "${job}_$task"; done
killed=0
for shard in 1 3 6; do
  journal=state/shard-$shard-of-8/journal.sqlite
  begun() { [ -f "$journal" ] && [ "$(sql "$journal" "SELECT count(*) FROM missions WHERE status = 3")" -ge 3 ]; }
  within 60 "shard $shard" begun
  # The lock file names the process that holds the journal.
  read -r process _ <"$journal.lock"
  grep -qz "^SLURM_ARRAY_TASK_ID=$shard\$" "/proc/$process/environ" || die "process $process is not shard $shard"
  kill -9 "$process" && killed=$((killed + 1))
done
[ "$killed" -eq 3 ] || die "only $killed were killed"
within 180 "the array of eight" tasks_over "$job" 5
requeued=$(grep -l "resuming" state/slurm-*.log | wc -l)
[ "$requeued" -ge 1 ] || die "no task was requeued and resumed"
done_before=$(sql state/ads.sqlite "SELECT count(*) FROM missions")
scrapes_before=$(stats 's["requests"]["POST /scrape"]')

"$MISSION_CONTROL" report --merge state --output json >merged.json 2>merged.err && die "a missing shard was not told"
python3 - "$done_before" "$missions" <<'PYTHON' || die "the merged report of eight is wrong"
import json, sys
merged = json.load(open("merged.json"))
done, missions = int(sys.argv[1]), int(sys.argv[2])
assert merged["missing"] == [5] and merged["overlapping"] == [], (merged["missing"], merged["overlapping"])
assert merged["exit_code"] == 1, merged["exit_code"]
assert sorted(s["index"] for s in merged["shards"]) == [0, 1, 2, 3, 4, 6, 7] and all(s["count"] == 8 for s in merged["shards"])
assert merged["counts"]["done"] == done < missions, merged["counts"]
ids = [m["id"] for m in merged["missions"]]
assert len(ids) == len(set(ids))
PYTHON
text=$("$MISSION_CONTROL" report --merge state) && die "a missing shard was not told in the text"
grep -q "shard 5 of 8 is missing" <<<"$text" || die "the text does not name the missing shard: $text"
scancel "${job}_5"

# --- Four instead of eight: nothing of what is done is scraped again
job=$(sbatch --parsable --array=0-3 array.sbatch)
within 180 "the array of four" tasks_over "$job" -
cd "$site/site"
rows=$(sql state/ads.sqlite "SELECT count(*) FROM missions")
objects=$(find "$site/store/mission-audit" -name '*.json' ! -name '*.meta.json' | wc -l)
[ "$rows" -eq "$missions" ] && [ "$objects" -eq "$missions" ] || die "$rows rows and $objects objects of $missions missions"
scrapes=$(stats 's["requests"]["POST /scrape"]')
[ $((scrapes - scrapes_before)) -eq $((missions - done_before)) ] \
  || die "$((scrapes - scrapes_before)) scrapes for the $((missions - done_before)) missions that were left"
[ "$(stats 's["duplicated_job_starts"]')" = 0 ] || die "missions were scraped twice"
"$MISSION_CONTROL" report --merge state --output json >merged.json || die "the merged report of four: $(cat merged.json | tail -c 300)"
python3 - "$missions" <<'PYTHON' || die "the merged report of four is wrong"
import json, sys
merged = json.load(open("merged.json"))
assert merged["missing"] == [] and merged["overlapping"] == []
assert merged["counts"]["done"] == merged["counts"]["selected"] == int(sys.argv[1]), merged["counts"]
assert sorted((s["count"], s["index"]) for s in merged["shards"])[:4] == [(4, i) for i in range(4)]
PYTHON
"$MISSION_CONTROL" report --merge state --html merged.html 2>/dev/null
grep -q "0/8 worker-" merged.html && grep -q "1/4 worker-" merged.html || die "the page has no lane per shard and worker"
echo "slurm: $missions missions once each, of 8 shards (3 killed, 1 never started) and then 4; $scrapes scrapes"
