/* SPDX-License-Identifier: Apache-2.0 */
/* run.h - what run.json says of a run, read again.
 *
 * Everything belongs to the run until run_close(). Optional texts that are missing are NULL.
 */
#ifndef RETRIAL_REPLAY_REPORT_RUN_H
#define RETRIAL_REPLAY_REPORT_RUN_H

#include <jansson.h>

#include "base/buffer.h"
#include "base/error.h"

struct run_file {
  const char *name, *sha256;
  json_int_t bytes;
};

enum { NOT_COUNTED = -1 };

/* What the run did not do itself, as a part of a pipeline that sends or reads elsewhere, is
 * NOT_COUNTED, and the consumer NULL. */
struct run_topic {
  const char *name, *consumer;
  json_int_t partitions, generated, sent, acked, appended, fetched, decoded, rejected;
};

struct run_table {
  const char *name;
  json_int_t stored;
};

struct run_value {
  const char *column, *threshold; /* the threshold is optional */
};

struct run_plot {
  const char *time, *series, *alert; /* the last two are optional */
  size_t values;
  struct run_value *value;
};

struct run_job {
  const char *name, *output; /* the output is optional: older runs do not name it */
  json_int_t read, windowed, late, filtered, null_time, unasked, windows, rows;
  const json_t *alerts; /* of {"label", "rows"}; optional */
  const struct run_plot *plot;
};

struct run {
  const char *directory, *file; /* file is directory/run.json */
  const char *pipeline, *version, *spark, *broker, *clock, *start;
  const json_t *parameters; /* names and texts */
  json_int_t seed, rows, malformed, ran_ms;
  bool sent, consumed; /* which parts of the pipeline it played; jobs it has if it ran any */
  size_t inputs, outputs, topics, tables, jobs;
  struct run_file *input, *output;
  struct run_topic *topic;
  struct run_table *table;
  struct run_job *job;
  json_t *json;
  struct arena arena;
};

/* Reads DIRECTORY/run.json. ERR_IO if it is not there, ERR_DATA if it is no record of this format.
 * Whether it succeeds or not, the caller releases *run with run_close(). */
bool run_open(struct run *run, const char *directory, struct error *err);

void run_close(struct run *run);

/* An object of JSON in a file, or NULL with ERR_IO or ERR_DATA at its line and column; the caller
 * releases it with json_decref(). `what` names what the file should be. */
json_t *run_load_json(const char *path, const char *what, struct error *err);

/* The recorded output of that name, or NULL. */
const struct run_file *run_output(const struct run *run, const char *name);

/* ERR_DATA if the file in the run's directory is not the one whose hash was recorded. */
bool run_check_output(const struct run *run, const struct run_file *output, struct error *err);

#endif
