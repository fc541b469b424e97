#!/usr/bin/env python3
"""Writes an evaluation as one page of HTML, and logs its metrics as a run of its own.

A step of the kind `command`: it finds its inputs in step.json, leaves its output in out/, and reaches the tracking server by the address and
the short-lived key in its environment. It needs Python 3 and no packages. Nothing in it knows the data: it reports whatever was evaluated.
"""
import json
import os
import time
import urllib.error
import urllib.request
from html import escape


def main():
    with open("step.json", encoding="utf-8") as file:
        step = json.load(file)
    source = step["inputs"]["evaluation"]["file"]
    with open(source, encoding="utf-8") as file:
        evaluation = json.load(file)
    print(f"read {source}: {evaluation['kind']}, {evaluation['rows']} rows, {len(evaluation['metrics'])} metrics")

    out = os.path.join(os.environ["SLIPWAY_OUT"], "report.html")
    with open(out, "w", encoding="utf-8") as file:
        file.write(page(step, evaluation))
    print(f"wrote out/{os.path.basename(out)}: {os.path.getsize(out)} bytes")

    if "MLFLOW_TRACKING_URI" in os.environ:
        run = log(step["pipeline"], {name: value for name, value in evaluation["metrics"].items() if value is not None})
        print(f"logged the metrics as run {run}")


def page(step, evaluation):
    parts = [
        "<!doctype html><meta charset=utf-8>",
        f"<title>{escape(step['pipeline'])}</title>",
        "<style>body{font:15px/1.5 system-ui;max-width:48rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;margin:1rem 0}"
        "th,td{text-align:left;padding:.2rem .8rem;border-bottom:1px solid #ccc}td.figure{text-align:right;font-variant-numeric:tabular-nums}</style>",
        f"<h1>{escape(step['pipeline'])}</h1>",
        f"<p>{evaluation['rows']:,} rows that the model has not seen. Model {evaluation['modelDigest'][:12]}, run {escape(step['run'])}.</p>",
        "<h2>Metrics</h2>",
        table(["metric", "value"], sorted(evaluation["metrics"].items())),
    ]
    decision = evaluation.get("decision")
    if decision:
        parts.append(f"<p>{escape(decision['atOrAbove'])} at a score of {decision['threshold']} and above, else {escape(decision['below'])}.</p>")
    if evaluation.get("confusion"):
        parts += ["<h2>Decisions</h2>", table(["decision", "rows"], evaluation["confusion"].items())]
    for comparison in evaluation["groups"]:
        parts += [
            f"<h2>By {escape(comparison['column'])}</h2>",
            table(["group", "rows", "selection rate", "95 % from", "to"], [row(group) for group in comparison["groups"]]),
        ]
    parts.append("<h2>Findings</h2>")
    findings = [f"<li>{escape(finding['detail'])}</li>" for finding in evaluation["findings"]]
    parts.append(f"<ul>{''.join(findings)}</ul>" if findings else "<p>None.</p>")
    return "\n".join(parts) + "\n"


def row(group):
    interval = group.get("selectionInterval") or {}
    return [group["group"], group["rows"], group.get("selectionRate"), interval.get("low"), interval.get("high")]


def table(heads, rows):
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(f"<tr>{''.join(cell(value) for value in values)}</tr>" for values in rows)
    return f"<table><tr>{head}</tr>{body}</table>"


def cell(value):
    if value is None:
        return "<td class=figure>not known</td>"
    if isinstance(value, (int, float)):
        return f"<td class=figure>{value:,}</td>" if isinstance(value, int) else f"<td class=figure>{value:.4g}</td>"
    return f"<td>{escape(str(value))}</td>"


def log(pipeline, metrics):
    """A run with these metrics in the experiment `PIPELINE reports`; its id."""
    name = f"{pipeline} reports"
    try:
        experiment = ask("POST", "experiments/create", {"name": name})["experiment_id"]
    except urllib.error.HTTPError as error:
        if json.load(error).get("error_code") != "RESOURCE_ALREADY_EXISTS":
            raise
        experiment = ask("GET", f"experiments/get-by-name?experiment_name={urllib.request.quote(name)}")["experiment"]["experiment_id"]
    now = int(time.time() * 1000)
    run = ask("POST", "runs/create", {"experiment_id": experiment, "start_time": now, "run_name": os.environ["SLIPWAY_PIPELINE_RUN"]})["run"]["info"]["run_id"]
    ask("POST", "runs/log-batch", {"run_id": run, "metrics": [{"key": key, "value": value, "timestamp": now, "step": 0} for key, value in metrics.items()]})
    ask("POST", "runs/update", {"run_id": run, "status": "FINISHED", "end_time": now})
    return run


def ask(method, path, body=None):
    request = urllib.request.Request(
        f"{os.environ['MLFLOW_TRACKING_URI']}/api/2.0/mlflow/{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {os.environ['MLFLOW_TRACKING_TOKEN']}"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


if __name__ == "__main__":
    main()
