#!/usr/bin/env bash
# The deterministic simulation of the engine with more seeds than Tests/run.sh has time for.
#
#   Tests/simulate.sh --seeds 100000   seeds 1 to 100000, each run twice
#   Tests/simulate.sh --seed 4711      only this one, to look at a failure again
set -euo pipefail
cd "$(dirname "$0")/.."
source examples/setup.sh

usage() {
  sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
  exit 64
}

seeds=100000 seed=
while [ $# -gt 0 ]; do
  case "$1" in
    --seeds) seeds=${2:-} ;;
    --seed) seed=${2:-} ;;
    *) usage ;;
  esac
  [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || usage
  shift 2
done

install_packages libsqlite3-dev libcurl4-openssl-dev libyaml-dev
export SIMULATION_SEEDS=$seeds
[ -z "$seed" ] || export SIMULATION_SEED=$seed
exec swift test --filter 'EngineTests\.(Jobs)?SimulationTests'
