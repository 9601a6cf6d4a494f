/* SPDX-License-Identifier: Apache-2.0 */
/* job.h - one job of a pipeline over tables in files: its query, with the pipeline's parameters,
 * into its output file.
 */
#ifndef RETRIAL_REPLAY_JOB_H
#define RETRIAL_REPLAY_JOB_H

#include "exec/query.h"
#include "measure/account.h"
#include "pipeline/pipeline.h"

struct job_request {
  const struct pipeline *pipeline;
  const struct job *job;
  size_t tables;
  const struct query_table *table;
  struct executor *executor;
  const char *output; /* path; "-" is standard output */
};

/* How many rows of the result have a certain alert. */
struct job_alert {
  struct slice label;
  uint64_t rows;
};

/* The caller's; job_outcome_free() ends it. */
struct job_outcome {
  struct arena arena; /* what is behind the pointers */
  struct query query; /* as it ran */
  struct query_counts counts;
  struct account_job account;
  bool has_alerts; /* the result has a column "alert" */
  size_t alerts;   /* labels, sorted; rows without an alert (null or empty) are not among them */
  struct job_alert *alert;
  int64_t emitted_ns; /* where the run is measured: when the output was there */
  uint64_t untimed;   /* alerts that no sample tipped; see replay/alert_times.h */
};

/* The pipeline's stored tables below `directory`, as a query reads them, in the arena. */
struct query_table *job_tables(const struct pipeline *pipeline, const char *directory,
                               struct arena *arena);

/* Whether the job can be run, before there is anything to read: outcome->query is its query. Where
 * that depends on a parameter which is yet to be found out, only names that are not known are an
 * error (ERR_NAME), and the query may be empty. */
bool job_check(const struct job_request *request, struct job_outcome *outcome, struct error *err);

/* Runs the job into a file that the caller commits or discards. NULL with ERR_DATA if rows were read
 * and none of them has a time ("cannot window"), with ERR_ACCOUNT if rows are unaccounted for, and
 * with whatever the query gives. */
struct outfile *job_run(const struct job_request *request, struct job_outcome *outcome,
                        struct error *err);

void job_outcome_free(struct job_outcome *outcome);

#endif
