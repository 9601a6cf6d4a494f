# SPDX-License-Identifier: Apache-2.0
"""The two server-monitoring jobs over small random stores."""

import os

import tables

HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURE = os.path.join(HERE, "..", "..", "fixtures", "server-monitoring")
JOBS = {
    "cpu_mem": (("cpu_data", "cpu_pct"), ("mem_data", "mem_pct")),
    "net_disk": (("net_data", "net_in"), ("disk_data", "disk_io")),
}


def clock(second):
    return f"{second // 3600 % 24:02}:{second // 60 % 60:02}:{second % 60:02}"


def store(chance, name, kind, servers, start, samples, threshold):
    """Samples in time order, with some lost, late, twice, on the threshold, or without a value or a time."""
    rows = []
    for step in range(samples):
        for server in chance.sample(servers, len(servers)):
            if chance.random() < 0.12:
                continue
            level = chance.choice(
                [
                    threshold,
                    threshold,
                    threshold + chance.choice([-0.01, 0.01, 0.005]),
                    chance.uniform(0, 100),
                    chance.uniform(0, 1.3 * threshold),
                    chance.randint(0, 99),
                ]
            )
            value = chance.choice([f"{level:.2f}"] * 9 + [None, f"{level:.3f}"])
            time = clock(start + step * 5)
            if chance.random() < 0.03:
                time = chance.choice([None, "n/a", "24:00:00"])
            rows.append([time, server, value])
            if chance.random() < 0.03:
                rows.append(list(rows[-1]))
    for _ in range(chance.choice([0, 0, 1, 3])):
        if rows:
            rows.append(rows.pop(chance.randrange(len(rows))))
    return tables.Table([("ts", "STRING"), ("server_id", "STRING"), (name, kind)], rows)


def settings(chance, thresholds):
    slide = chance.choice([5, 10, 10, 10, 15, 30])
    window = slide * chance.choice([1, 2, 3, 3]) + chance.choice([0, 0, 0, 5])
    return {
        "cpu_threshold": str(thresholds[0]),
        "mem_threshold": str(thresholds[1]),
        "net_threshold": str(thresholds[0]),
        "disk_threshold": str(thresholds[1]),
        "exceeds": chance.choice([">=", ">"]),
        "mean_type": chance.choice(["DOUBLE", "FLOAT"]),
        "number_text": chance.choice(["shortest", "stripped", "fixed2"]),
        "no_alert": chance.choice(["NULL", "''"]),
        "both_label": chance.choice(["CPU and Memory spike", "High CPU + Memory stress"]),
        "warmup_windows": str(chance.choice([0, 1, 2, 2, 5])),
        "window": f"{window} seconds",
        "slide": f"{slide} seconds",
        "start_offset": f"{chance.choice([0, 0, 3, 3, 1]) % slide} seconds",
    }


def job_case(chance):
    job = chance.choice(sorted(JOBS))
    thresholds = (80.07, 89.36) if job == "cpu_mem" else (6104.83, 1839.94)
    names = chance.choice(
        [["server_1", "server_2", "server_10"], ["a"], ["b", "B", "é", "a_b"], ["s1", "s2"]]
    )
    start = chance.choice([36000, 36003, 0, 3, 86400 - 30, 86400 - 57, 75180])
    samples = chance.choice([0, 1, 8, 14])
    kind = chance.choice(["FLOAT", "FLOAT", "DOUBLE"])
    stored = {}
    for (table, column), threshold in zip(JOBS[job], thresholds):
        servers = names if chance.random() < 0.7 else names[: max(1, len(names) - 1)]
        stored[table] = store(
            chance,
            column,
            kind,
            servers,
            start + chance.choice([0, 0, 5]),
            samples if chance.random() < 0.9 else 0,
            threshold,
        )
    with open(os.path.join(FIXTURE, job + ".sql"), encoding="utf-8") as file:
        query = file.read().rstrip("\n")
    used = {
        name: value
        for name, value in settings(chance, thresholds).items()
        if "${" + name + "}" in query
    }
    return {"query": query, "tables": stored, "settings": used}
