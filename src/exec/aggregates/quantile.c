/* SPDX-License-Identifier: Apache-2.0 */
/* percentile_approx (ApproximatePercentile.scala): a group's numbers are summed up when they are
 * complete, or merged with others. */
#include <stdlib.h>

#include "exec/aggregates/chains.h"
#include "exec/aggregates/doubles.h"
#include "exec/aggregates/quantiles.h"

struct approximate {
  struct chain rows;        /* not summed up yet */
  struct quantiles summary; /* in accumulator->text; else empty */
};

static bool approximate_add(struct accumulator *a, const struct pairs *pairs,
                            const struct column *arg, const uint8_t *skip, struct evaluation *ev)
{
  (void)ev;
  EACH_STATE(struct approximate, q)
  chain_add(a, &q->rows, arg, row);
  return true;
}

static struct quantiles summary_of(const struct accumulator *a, const struct approximate *q,
                                   struct arena *arena)
{
  if (q->rows.count == 0)
    return q->summary;
  size_t n = q->rows.count;
  struct arena scratch = {0};
  struct column value;
  uint32_t *row = arena_take(&scratch, n, sizeof *row);
  double *number = arena_take(&scratch, n, sizeof *number);
  chain_rows(a, &q->rows, row);
  chain_values(a, 0, row, n, &value, &scratch);
  for (size_t i = 0; i < n; i++)
    number[i] = value_as_double(&value, i);
  struct quantiles summary =
      quantiles_of(number, n, 1.0 / (double)a->aggregate->percentile.accuracy, arena);
  arena_free(&scratch);
  return summary;
}

static void approximate_merge(struct accumulator *a, const void *part, void *into)
{
  struct approximate *to = into;
  struct quantiles left = summary_of(a, to, &a->text), right = summary_of(a, part, &a->text);
  *to = (struct approximate){.summary = quantiles_merge(&left, &right, &a->text)};
}

static bool approximate_finish(const struct accumulator *a, unsigned char *const *state,
                               const uint8_t *slot, size_t count, struct column *out,
                               struct evaluation *ev)
{
  const struct percentile_request *p = &a->aggregate->percentile;
  double *result = arena_zero(ev->arena, count * p->fractions, sizeof *result);
  uint8_t *null = arena_zero(ev->arena, count, 1);
  for (size_t i = 0; i < count; i++) {
    struct arena arena = {0};
    struct quantiles q = summary_of(a, FINISHED(struct approximate), &arena);
    null[i] = q.count == 0;
    if (q.count != 0)
      quantiles_query(&q, p->fraction, p->fractions, result + i * p->fractions, &arena);
    arena_free(&arena);
  }
  doubles_as_result(a->aggregate, result, null, count, out, ev->arena);
  return true;
}

const struct accumulator_kind quantile_kind = {sizeof(struct approximate), approximate_add,
                                               approximate_merge, approximate_finish};
