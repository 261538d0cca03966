"""Weakens a copy of the project one piece at a time and shows which test notices; called by Tests/mutations.sh.

With --check it only looks whether each piece and each suite of the list is still there."""
import json
import os
import pathlib
import re
import subprocess
import sys

tree = pathlib.Path(sys.argv[1])
wanted = sys.argv[2:]
mutations = json.loads((tree / "Tests/mutations/mutations.json").read_text())
missed = []


def source_of(mutation):
    """The file of that name, wherever it has been moved to, which holds the text once."""
    found = list((tree / "Sources").rglob(mutation["file"]))
    if len(found) != 1:
        sys.exit(f"{mutation['name']}: {len(found)} files are called {mutation['file']}")
    if found[0].read_text().count(mutation["old"]) != 1:
        sys.exit(f"{mutation['name']}: {found[0]} does not hold the text once that is to be changed")
    return found[0]


def check():
    for mutation in mutations:
        source_of(mutation)
        for suite in mutation["suites"].split("|"):
            if not (tree / "Tests" / suite).is_dir():
                sys.exit(f"{mutation['name']}: there is no test target {suite}")
    print(f"mutations: all {len(mutations)} pieces are there")


def run(*command, **variables):
    # A weakened program may well wait for ever; what it said until then counts.
    done = subprocess.run(
        ["timeout", "-k", "10", "1800", *command], cwd=tree, text=True, env=os.environ | variables,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    # The tests colour what they say also where nobody looks.
    done.stdout = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
    return done


def judge(mutation):
    """The first test that fails, or None when all pass."""
    # Only these tests, and what they need.
    product = "mission-controlPackageTests"
    build = run("swift", "build", "--product", product, TEST_TARGETS=mutation["suites"].replace("|", " "))
    if build.returncode:
        sys.exit(f"{mutation['name']}: the weakened program does not build\n{build.stdout[-4000:]}")
    tests = run(
        f".build/debug/{product}.xctest", "--testing-library", "swift-testing", "--no-parallel",
        "--filter", f"^({mutation['suites']})\\.")
    if failed := re.search(r'✘ Test "?(.+?)"? (?:recorded an issue|with .* recorded an issue|failed)', tests.stdout):
        return failed.group(1)
    begun = re.findall(r'◇ Test "?(.+?)"? started', tests.stdout)
    if not begun or (tests.returncode == 0 and not re.search(r"Test run with [1-9]", tests.stdout)):
        sys.exit(f"{mutation['name']}: no test ran\n{tests.stdout[-4000:]}")
    # A test that brings the process down says nothing any more.
    return f"{begun[-1]}, which crashed" if tests.returncode else None

if wanted == ["--check"]:
    check()
    sys.exit()

for mutation in mutations:
    if wanted and not any(word in mutation["name"] for word in wanted):
        continue
    path = source_of(mutation)
    source = path.read_text()
    path.write_text(source.replace(mutation["old"], mutation["new"]))
    try:
        caught = judge(mutation)
    finally:
        path.write_text(source)
    print(f"{'caught' if caught else 'MISSED'}  {mutation['name']}\n          by: {caught or 'nothing'}", flush=True)
    if not caught:
        missed.append(mutation["name"])

sys.exit(f"{len(missed)} weakened programs pass the tests" if missed else 0)
