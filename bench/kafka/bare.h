/* SPDX-License-Identifier: Apache-2.0 */
/* bare.h - what the bare loops on librdkafka share: nothing of retrial, nothing around the library.
 *
 * Whatever goes wrong ends the program with a line on stderr and status 3. A result is one line of
 * NAME=VALUE on stdout, which bench/kafka/run reads.
 */
#ifndef RETRIAL_BENCH_KAFKA_BARE_H
#define RETRIAL_BENCH_KAFKA_BARE_H

#include <librdkafka/rdkafka.h>
#include <stddef.h>
#include <stdint.h>

enum { MESSAGE_SIZE = 512, PATIENCE_MS = 60000 };

/* The lines of a file, without their ends; all in memory, never freed. */
struct lines {
  size_t n;
  char **text;
  size_t *size;
  char **key; /* the server_id in each, NULL where there is none */
  size_t *key_size;
};

_Noreturn void die(const char *what, const char *why);

/* The positive number in argv[i]. */
size_t number_of(const char *text);

void *get_memory(size_t n, size_t size);

/* ns of CLOCK_MONOTONIC. */
int64_t now_ns(void);

struct lines read_lines(const char *path);

/* A configuration for `broker`, then n settings KEY=VALUE on top. */
rd_kafka_conf_t *conf_of(const char *broker, int n, char **settings);
void conf_set(rd_kafka_conf_t *conf, const char *key, const char *value);

/* Sorts the n latencies (ns) and prints the result's line: how many messages, the seconds since
 * start_ns, CPU seconds of this process, and where n > 0 p50 and p99. */
void print_result(size_t messages, int64_t start_ns, int64_t *latency_ns, size_t n);

#endif
