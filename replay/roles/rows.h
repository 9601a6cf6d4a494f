/* SPDX-License-Identifier: Apache-2.0 */
/* rows.h - the dataset as a source: each row as one message to every topic. */
#ifndef RETRIAL_REPLAY_ROLES_ROWS_H
#define RETRIAL_REPLAY_ROLES_ROWS_H

#include "pipeline/pipeline.h"
#include "replay/dataset.h"
#include "replay/roles/sent_times.h"
#include "replay/roles/source.h"

struct rows_setup {
  const struct pipeline *pipeline;
  struct dataset *dataset;    /* is closed with the source */
  const uint32_t *partitions; /* by topic */
  struct sent_times *sent;    /* NULL: nobody wants them */
  uint64_t rounds;            /* through the dataset */
  uint64_t limit;             /* rows in all; 0: no limit */
  uint64_t first_row;         /* the number of the first row */
  /* By topic and partition: rows below this number are there already; NULL: none is. */
  const uint64_t *const *have;
};

/* All of the setup must outlive the source. */
struct source *rows_new(const struct rows_setup *setup);

/* The columns of the dataset that the pipeline's topics and schedule read. */
void rows_want(const struct pipeline *pipeline, bool *wanted);

#endif
