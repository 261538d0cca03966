#!/usr/bin/env bash
# The completions in real shells, and the manual page in real formatters.
#
#   Tests/shells-test.sh PROGRAM     the built mission-control
#
# A shell or formatter that is missing is passed over; with CI=true that is a failure.
set -euo pipefail
program=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "$program" "$folder/mission-control"
PATH=$folder:$PATH
cd "$folder"
touch missions.csv
failures=0

# has WORD TEXT: TEXT has a line that begins with WORD.
expect() {
  local what=$1 word=$2 text=$3
  if ! grep -q -- "^$word" <<<"$text"; then
    echo "✘ $what: no $word in: ${text:0:400}"
    failures=$((failures + 1))
  fi
}
refuse() {
  local what=$1 word=$2 text=$3
  if grep -q -- "^$word" <<<"$text"; then
    echo "✘ $what: $word should not be in: ${text//$'\n'/ }"
    failures=$((failures + 1))
  fi
}
missing() {
  echo "passed over: $1 is not installed"
  [ "${CI:-}" != true ] || failures=$((failures + 1))
}
# What every shell must offer; ask prints what is offered for a command line.
check() {
  local shell=$1
  expect "$shell, a command" verify "$($shell 'mission-control ver')"
  expect "$shell, another command" completions "$($shell 'mission-control com')"
  expect "$shell, a common option first" run "$($shell 'mission-control --quiet r')"
  expect "$shell, an option" --repair "$($shell 'mission-control verify --re')"
  refuse "$shell, another command's option" --repair "$($shell 'mission-control list --')"
  expect "$shell, an option's value" json "$($shell 'mission-control list --output j')"
  expect "$shell, a status" failed "$($shell 'mission-control list --status f')"
  expect "$shell, a code" ERROR401 "$($shell 'mission-control list --code ERROR4')"
  expect "$shell, the value of an option that stands before" run "$($shell 'mission-control --config missions.csv ru')"
  expect "$shell, a file" missions.csv "$($shell 'mission-control run miss')"
  expect "$shell, an option's file" missions.csv "$($shell 'mission-control run --config miss')"
  expect "$shell, a word" schema "$($shell 'mission-control config s')"
  expect "$shell, a shell" zsh "$($shell 'mission-control completions z')"
}

mission-control completions bash >completion.bash
in_bash() {
  bash --norc -c '
    set -u
    # Only inside a completion does bash know this command.
    compopt() { :; }
    source ./completion.bash
    read -ra COMP_WORDS <<<"$1"
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$1 COMP_POINT=${#1}
    _mission_control
    printf "%s\n" "${COMPREPLY[@]}"' bash "$1"
}
check in_bash
expect "bash, a value behind =" json "$(in_bash 'mission-control list --output = j')"
expect "bash, nothing behind =" text "$(in_bash 'mission-control list --output =')"
# The same as a person gets it, with a tab.
interactive=$(
  printf 'PS1=; source ./completion.bash\nmission-control veri\t--quie\t--he\t >typed.txt\nexit\n' \
    | script -qec 'bash --norc -i' /dev/null 2>&1
) || true
expect "bash, typed" "usage: mission-control verify" "$(cat typed.txt 2>/dev/null || echo "$interactive")"

if command -v zsh >/dev/null; then
  mkdir -p functions
  mission-control completions zsh >functions/_mission-control
  zsh -n functions/_mission-control
  in_zsh() { python3 "$OLDPWD/Tests/zsh-completions.py" "$folder" "$1"; }
  check in_zsh
else missing zsh; fi

if command -v fish >/dev/null; then
  mission-control completions fish >completion.fish
  in_fish() { HOME=$folder fish --no-config -c "source $folder/completion.fish; complete -C '$1'"; }
  check in_fish
else missing fish; fi

mission-control man >page.1
if command -v mandoc >/dev/null; then
  mandoc -T lint -W warning page.1 || failures=$((failures + 1))
else missing mandoc; fi
if command -v groff >/dev/null; then
  warnings=$(groff -ww -z -man -Tutf8 -Kutf8 page.1 2>&1)
  [ -z "$warnings" ] || { echo "✘ groff: $warnings"; failures=$((failures + 1)); }
  text=$(groff -man -Tutf8 -Kutf8 -P-cbou page.1 | sed 's/^ *//')
  for word in "verify \[ID…\]" "--repair" "--older-than DURATION" "75 " "mission-control run missions/2025.csv"; do
    expect "the manual" "$word" "$text"
  done
else missing groff; fi

[ "$failures" -eq 0 ] || exit 1
echo "shells: completions and the manual page are right"
