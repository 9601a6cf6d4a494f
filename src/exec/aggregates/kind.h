/* SPDX-License-Identifier: Apache-2.0 */
/* kind.h - what a family of aggregate functions brings along. Private to src/exec.
 *
 * A state is a plain struct of the family's own, all zero when it has no rows. What does not fit
 * into it are rows of accumulator->chains.
 */
#ifndef RETRIAL_EXEC_AGGREGATES_KIND_H
#define RETRIAL_EXEC_AGGREGATES_KIND_H

#include "exec/accumulate.h"

struct accumulator_kind {
  size_t state_size;
  /* Adds the pairs' rows but those that `skip` marks (NULL: none). */
  bool (*add)(struct accumulator *a, const struct pairs *pairs, const struct column *arg,
              const uint8_t *skip, struct evaluation *ev);
  /* Adds a partial state to another one as Spark does; NULL where order does not show. Neither is
   * empty but for `into`, which may be: that is not always a copy. */
  void (*merge)(struct accumulator *a, const void *part, void *into);
  /* out, made already: the results of the states. */
  bool (*finish)(const struct accumulator *a, unsigned char *const *state, const uint8_t *slot,
                 size_t count, struct column *out, struct evaluation *ev);
};

extern const struct accumulator_kind bits_kind, moments_kind, covariance_kind, best_kind, met_kind,
    list_kind, set_kind, mode_kind, percentile_kind, quantile_kind, distinct_estimate_kind;

static inline void *accumulator_state(const struct accumulator *a, unsigned char *state,
                                      uint8_t slot)
{
  return state + a->value_at + slot * a->value_size;
}

/* The pairs' rows that are not skipped, one after the other: `row` and its `state`. */
#define EACH_STATE(type, state_name)                                                               \
  for (size_t i = 0, row; i < pairs->count && (row = pairs->row[i], true); i++)                    \
    if (skip == NULL || !skip[row])                                                                \
      for (type *state_name = accumulator_state(a, pairs->state[i], pairs->slot[i]);               \
           state_name != NULL; state_name = NULL)

#define FINISHED(type) ((const type *)accumulator_state(a, state[i], slot[i]))

#endif
