/* SPDX-License-Identifier: Apache-2.0 */
/* latency_table.h - the latencies of a run for a reader's eye. */
#ifndef RETRIAL_REPLAY_LATENCY_TABLE_H
#define RETRIAL_REPLAY_LATENCY_TABLE_H

#include <stdio.h>

#include "measure/latency.h"

/* A row for each metric of which something was recorded, and one below it for its uncorrected side;
 * nothing if nothing was. Fits 80 columns. */
void latency_print_table(struct latency *l, FILE *out);

/* "17 ns", "1.234 ms", "98.76 s", "4800 s": four digits, cut; ended by NUL. Returns out. */
enum { LATENCY_TEXT_BYTES = 40 };
const char *latency_text(int64_t ns, char out[LATENCY_TEXT_BYTES]);

#endif
