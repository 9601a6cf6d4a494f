/* SPDX-License-Identifier: Apache-2.0 */
/* latency_files.h - the latencies of a run in its directory. */
#ifndef RETRIAL_REPLAY_LATENCY_FILES_H
#define RETRIAL_REPLAY_LATENCY_FILES_H

#include "base/error.h"
#include "measure/latency.h"

/* Writes latency.json and latency.hlog; ERR_IO. */
bool latency_files_write(const char *directory, struct latency *latency, bool is_virtual,
                         struct error *err);

/* Removes them if they are there; ERR_IO. */
bool latency_files_remove(const char *directory, struct error *err);

#endif
