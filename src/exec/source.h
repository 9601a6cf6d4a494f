/* SPDX-License-Identifier: Apache-2.0 */
/* source.h - where lanes get their rows from (lanes.h), in portions that follow each other.
 *
 * A source deals portions out, one lane at a time; what a lane does with its portion touches no
 * other lane, nor the source.
 */
#ifndef RETRIAL_EXEC_SOURCE_H
#define RETRIAL_EXEC_SOURCE_H

#include "exec/step.h"

struct source;

struct source_kind {
  bool is_leaf; /* dealing waits for no task */
  struct step *(*lane)(struct source *source, struct error *err);
  bool (*deal)(struct source *source, struct step *lane, bool *any, struct error *err);
  void (*settle)(struct source *source, struct step *lane, struct error *err);
  void (*close)(struct source *source);
};

/* The head of every source's own struct. */
struct source {
  const struct source_kind *kind;
};

/* The step at the bottom of one more lane: it gives the rows of the portion that it was dealt last,
 * and then none. It belongs to the lane, which closes it before the source. */
static inline struct step *source_lane(struct source *source, struct error *err)
{
  return source->kind->lane(source, err);
}

/* Deals the next portion to a lane whose rows are all taken; *any is false where there is none. */
static inline bool source_deal(struct source *source, struct step *lane, bool *any,
                               struct error *err)
{
  return source->kind->deal(source, lane, any, err);
}

/* To be called for each portion in their order when its rows are all taken (err NULL), or when its
 * lane failed with *err. */
static inline void source_settle(struct source *source, struct step *lane, struct error *err)
{
  if (source->kind->settle != NULL)
    source->kind->settle(source, lane, err);
}

static inline void source_close(struct source *source)
{
  source->kind->close(source);
}

/* The lines of a table's file; NULL with an error. */
struct source *source_of_table(const struct plan *scan, const struct execution *x,
                               struct error *err);

/* Copies of the batches of a step, which belongs to somebody else. */
struct source *source_of_step(struct step *step);

#endif
