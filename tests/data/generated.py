#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The dataset generator once more, in another language; writes what it must make of SMALL.

    ./generated.py              # generated.csv and generated.labels.csv, read by generator_test
    ./generated.py fixture      # compares fixtures/server-monitoring with FIXTURE
"""
import datetime
import math
import os
import sys

MASK = 2**64 - 1


class Random:
    """xoshiro256++ seeded by SplitMix64; bounded numbers by Lemire's multiplication."""

    def __init__(self, seed):
        self.s = []
        for _ in range(4):
            seed = z = (seed + 0x9E3779B97F4A7C15) & MASK
            z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
            self.s.append(z ^ (z >> 31))

    def next(self):
        s = self.s
        rotl = lambda x, k: ((x << k) | (x >> (64 - k))) & MASK
        result = (rotl((s[0] + s[3]) & MASK, 23) + s[0]) & MASK
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 45)
        return result

    def below(self, n):
        while True:
            product = self.next() * n
            if product & MASK >= 2**64 % n:
                return product >> 64

    def between(self, low, high):
        return low + self.below(high - low + 1)


def cut(a, b):
    """Integer division towards zero, as C does it."""
    return abs(a) // b * (1 if a >= 0 else -1)


def day(micros, cycle):
    hours = [round(1000 * math.cos(2 * math.pi * (hour - 16) / 24)) for hour in range(25)]
    hour, rest = divmod(micros % 86400000000, 3600000000)
    thousandths = cut(hours[hour] * (3600000000 - rest) + hours[hour + 1] * rest, 3600000000)
    return cut(cycle * thousandths, 1000)


def burst(random, low, high):
    starts = [low]
    while starts[-1] * 2 <= high:
        starts.append(starts[-1] * 2)
    start = starts[random.below(len(starts))]
    return random.between(start, min(2 * start - 1, high))


def text(amount):
    return repr(amount / 100)


def generate(c):
    """The rows of the dataset, and those of the labels."""
    seeds = Random(c["seed"])
    shuffle = Random(seeds.next())
    values = list(c["values"].items())
    entities = []
    for _ in range(c["count"]):
        random = Random(seeds.next())
        levels = [random.between(*v.get("level", (0, 0))) for _, v in values]
        entities.append(dict(random=random, level=levels, drift=[0] * len(values), left=0, lift={}))
    order = list(range(c["count"]))
    rows, labels = [], []
    steps = -(-c["length"] // c["every"])
    clock = lambda step: (datetime.datetime(1970, 1, 1) + datetime.timedelta(
        seconds=c["start"] + step * c["every"])).strftime("%H:%M:%S")
    incidents = c["incidents"]
    kinds = list(incidents["kinds"].items())
    for step in range(steps):
        samples = []
        for number, e in enumerate(entities):
            random = e["random"]
            e["left"] = max(e["left"] - 1, 0)
            if e["left"] == 0:
                e["lift"] = {}
                if random.below(incidents["every"] * 10**9) < c["every"] * 10**9:
                    first = second = random.below(len(kinds))
                    if random.below(100) < incidents["combined"]:
                        second = random.below(len(kinds) - 1)
                        second += second >= first
                    ns = random.between(*(10**9 * s for s in incidents["length"]))
                    e["left"] = -(-ns // (c["every"] * 10**9))
                    for kind in [first] + [second] * (first != second):
                        for name, ends in kinds[kind][1].items():
                            e["lift"][name] = max(e["lift"].get(name, -MASK), random.between(*ends))
                    labels.append([c["prefix"] + str(number + 1), clock(step),
                                   clock(min(step + e["left"], steps)),
                                   "+".join(kinds[k][0] for k in sorted({first, second}))])
            sample = {}
            for i, (name, v) in enumerate(values):
                if "follows" in v:
                    amount = sample[v["follows"]]
                else:
                    bound = v.get("drift", 0)
                    pace = bound // 32 + 1
                    e["drift"][i] = min(max(e["drift"][i] + random.between(-pace, pace), -bound), bound)
                    now = (c["start"] + step * c["every"]) * 10**6
                    amount = e["level"][i] + e["drift"][i] + day(now, v.get("cycle", 0))
                    amount = max(amount, e["lift"].get(name, -MASK))
                    chance, ends = v.get("burst", (0, None))
                    if random.below(10000) < chance:
                        amount = max(amount, burst(random, *ends))
                noise = v.get("noise", 0)
                amount += cut(sum(random.between(-noise, noise) for _ in range(4)), 4)
                sample[name] = min(max(amount, v["range"][0]), v["range"][1])
            samples.append(sample)
        for i in range(len(order) - 1, 0, -1):
            other = shuffle.below(i + 1)
            order[i], order[other] = order[other], order[i]
        for number in order:
            rows.append([clock(step), c["prefix"] + str(number + 1)] +
                        [text(samples[number][name]) for name in c["columns"]])
    return rows, labels


FIXTURE = dict(
    seed=98, count=20, prefix="server_", start=20 * 3600 + 53 * 60, every=5, length=7200,
    columns=["cpu_pct", "mem_pct", "net_in", "net_out", "disk_io"],
    values=dict(
        cpu_pct=dict(level=(2000, 5000), drift=1000, cycle=800, noise=1200, range=(0, 10000)),
        mem_pct=dict(level=(3000, 6000), drift=800, cycle=400, noise=600, range=(0, 10000)),
        net_in=dict(level=(25000, 90000), drift=10000, cycle=10000, noise=20000,
                    range=(0, 2000000), burst=(200, (120000, 1800000))),
        net_out=dict(follows="net_in", noise=25000, range=(0, 2400000)),
        disk_io=dict(level=(2000, 16000), drift=4000, cycle=3000, noise=12000, range=(0, 1000000),
                     burst=(200, (30000, 900000)))),
    incidents=dict(every=900, length=(20, 240), combined=50, kinds=dict(
        cpu=dict(cpu_pct=(7700, 9700)), memory=dict(mem_pct=(8600, 9800)),
        network=dict(net_in=(520000, 1500000)), disk=dict(disk_io=(150000, 700000)))))

# Across midnight, with a negative value and frequent incidents. generator_test.c has the same.
SMALL = dict(
    seed=7, count=3, prefix="s", start=86400 - 20, every=10, length=595, columns=["a", "b", "c"],
    values=dict(
        a=dict(level=(-500, 1000), drift=300, cycle=250, noise=100, range=(-700, 5000)),
        b=dict(follows="a", noise=50, range=(-1000, 100000)),
        c=dict(level=(10, 10), range=(0, 900), burst=(3000, (7, 1000)))),
    incidents=dict(every=60, length=(10, 95), combined=40, kinds=dict(
        up=dict(a=(2000, 3000)), far=dict(a=(2500, 2500), c=(400, 800)))))


def write(path, header, rows):
    with open(path, "w", newline="") as out:
        out.writelines(",".join(row) + "\n" for row in [header] + rows)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    if sys.argv[1:] == ["fixture"]:
        rows, labels = generate(FIXTURE)
        for name, header, lines in (
                ("dataset.csv", ["ts", "server_id"] + FIXTURE["columns"], rows),
                ("dataset.labels.csv", ["server_id", "from", "to", "kind"], labels)):
            with open(os.path.join(here, "../../fixtures/server-monitoring", name), newline="") as f:
                same = f.read() == "".join(",".join(row) + "\n" for row in [header] + lines)
            print(name, "same" if same else "differs")
        return
    rows, labels = generate(SMALL)
    write(os.path.join(here, "generated.csv"), ["at", "id", "a", "b", "c"], rows)
    write(os.path.join(here, "generated.labels.csv"), ["id", "from", "to", "kind"], labels)


main()
