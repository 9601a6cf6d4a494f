/* SPDX-License-Identifier: Apache-2.0 */
/* resume.h - how far an earlier producer came: the last row that each partition has. */
#ifndef RETRIAL_REPLAY_ROLES_RESUME_H
#define RETRIAL_REPLAY_ROLES_RESUME_H

#include "broker/broker.h"
#include "pipeline/pipeline.h"

struct resume {
  bool empty;      /* no topic has a record */
  uint64_t next;   /* the number behind the greatest row of all */
  uint64_t **have; /* by topic and partition: rows below this number are there */
};

/* Reads the last record of each partition of the pipeline's topics, which are open in `broker`;
 * partitions[] is by topic, patience_ns the machine's time. ERR_BROKER; ERR_DATA if the last record
 * of a partition is a stranger's. */
bool resume_find(struct broker *broker, const struct pipeline *pipeline, const uint32_t *partitions,
                 int64_t patience_ns, struct resume *resume, struct arena *arena,
                 struct error *err);

#endif
