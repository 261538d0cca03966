#!/usr/bin/env python3
"""Checks the manifests of examples/kubernetes: against the API's schemas with PyPI's kubernetes-validate, and against rules of our
own for what those schemas do not say: the words of enumerations, and that numbers and names agree with each other."""
import sys
import pathlib

import kubernetes_validate
import yaml

FOLDER = pathlib.Path(__file__).parent.parent / "examples" / "kubernetes"
# Words that the API takes; the schemas call them texts.
WORDS = {
    "completionMode": {"NonIndexed", "Indexed"},
    "restartPolicy": {"Always", "OnFailure", "Never"},
    "concurrencyPolicy": {"Allow", "Forbid", "Replace"},
    "action": {"FailJob", "FailIndex", "Ignore", "Count"},
    "operator": {"In", "NotIn"},
    "imagePullPolicy": {"Always", "IfNotPresent", "Never"},
    "accessModes": {"ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"},
}
problems = []


def walk(node, place):
    if isinstance(node, dict):
        for key, value in node.items():
            for word in value if isinstance(value, list) else [value]:
                if key in WORDS and isinstance(word, str) and word not in WORDS[key]:
                    problems.append(f"{place}.{key} is {word!r}, not one of {sorted(WORDS[key])}")
            walk(value, f"{place}.{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            walk(value, f"{place}[{index}]")


def expect(condition, what):
    if not condition:
        problems.append(what)


def check_job(spec, place):
    pod = spec["template"]["spec"]
    names = {container["name"] for container in pod["containers"]}
    expect(spec["completionMode"] == "Indexed", f"{place}: only an Indexed job tells its pods which shard they are")
    expect(spec["parallelism"] <= spec["completions"], f"{place}: more pods than indexes")
    expect(pod["restartPolicy"] == "Never", f"{place}: podFailurePolicy needs restartPolicy Never")
    actions = {}
    for index, rule in enumerate(spec["podFailurePolicy"]["rules"]):
        codes = rule.get("onExitCodes")
        expect(("onExitCodes" in rule) != ("onPodConditions" in rule), f"{place}: rule {index} needs one condition")
        if not codes:
            continue
        expect(codes["containerName"] in names, f"{place}: rule {index} names no container")
        expect(codes["values"] == sorted(set(codes["values"])), f"{place}: rule {index}: values must be sorted and unique")
        expect(codes["operator"] == "NotIn" or 0 not in codes["values"], f"{place}: rule {index}: 0 is no failure")
        for code in range(1, 256):
            if (code in codes["values"]) == (codes["operator"] == "In"):
                actions.setdefault(code, rule["action"])
    wanted = {75: "Ignore", 64: "FailJob", 66: "FailJob", 78: "FailJob"}
    for code in range(1, 256):
        expect(actions.get(code) == wanted.get(code, "FailIndex"), f"{place}: exit code {code} is {actions.get(code)}")
    mounts = {volume["name"] for volume in pod["volumes"]}
    for container in pod["containers"]:
        variables = {variable["name"]: variable.get("value") for variable in container["env"]}
        expect(variables.get("JOB_COMPLETIONS") == str(spec["completions"]), f"{place}: JOB_COMPLETIONS is not completions")
        expect("auto" in container["args"], f"{place}: without --shard auto every pod does everything")
        used = {mount["name"] for mount in container["volumeMounts"]}
        expect(used <= mounts, f"{place}: volumes {sorted(used - mounts)} are not declared")


count = 0
for path in sorted(FOLDER.glob("*.yaml")):
    for document in yaml.safe_load_all(path.read_text()):
        count += 1
        place = f"{path.name}: {document['kind']}/{document['metadata']['name']}"
        try:
            kubernetes_validate.validate(document, kubernetes_validate.latest_version(), strict=True)
        except kubernetes_validate.ValidationError as error:
            problems.append(f"{place}: {'.'.join(str(part) for part in error.path)}: {error.message}")
            continue
        walk(document, place)
        if document["kind"] == "Job":
            check_job(document["spec"], place)
        elif document["kind"] == "CronJob":
            check_job(document["spec"]["jobTemplate"]["spec"], place)
print("\n".join(problems) if problems else f"kubernetes: {count} documents are as they should be")
sys.exit(1 if problems or count == 0 else 0)
