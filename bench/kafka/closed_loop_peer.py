#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""closed_loop_peer.py BROKER TOPIC RECORDS COUNT THREADS: kafka-python, one producer that all threads
share, each of which waits for the ack of its message before it sends its next. Prints what the bare
loops print.
"""

import resource
import sys
import threading
import time

from kafka import KafkaProducer


def percentile(values, share):
    return 1000 * values[max(0, -(-len(values) * share // 100) - 1)]


def main(broker, topic, records, count, threads):
    with open(records, "rb") as file:
        lines = file.read().splitlines()
    threads = int(threads)
    each = -(-int(count) // threads)
    latencies = [[] for _ in range(threads)]
    producer = KafkaProducer(bootstrap_servers=broker, acks="all")
    producer.partitions_for(topic)

    def loop(mine):
        for i in range(each):
            start = time.perf_counter()
            producer.send(topic, lines[i % len(lines)]).get(timeout=60)
            mine.append(time.perf_counter() - start)

    workers = [threading.Thread(target=loop, args=(mine,)) for mine in latencies]
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - start
    values = sorted(value for mine in latencies for value in mine)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(f"messages={len(values)} seconds={seconds:.4f} cpu={usage.ru_utime + usage.ru_stime:.4f}"
          f" p50_ms={percentile(values, 50):.4f} p99_ms={percentile(values, 99):.4f}")
    producer.close()


main(*sys.argv[1:])
