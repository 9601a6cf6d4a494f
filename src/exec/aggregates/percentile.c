/* SPDX-License-Identifier: Apache-2.0 */
/* percentile, median, percentile_cont and percentile_disc: all values of a group, sorted when it is
 * complete (percentiles.scala). */
#include <math.h>

#include "exec/aggregates/chains.h"
#include "exec/aggregates/doubles.h"
#include "exec/compare.h"
#include "exec/order.h"

struct values {
  struct chain rows;
};

static bool percentile_add(struct accumulator *a, const struct pairs *pairs,
                           const struct column *arg, const uint8_t *skip, struct evaluation *ev)
{
  bool has_frequency = a->aggregate->args == 2;
  EACH_STATE(struct values, v)
  {
    if (has_frequency && arg[1].i64[row] < 0)
      return error_set(ev->err, ERR_DATA, "percentile(): a frequency of %lld is below zero",
                       (long long)arg[1].i64[row]);
    if (!has_frequency || arg[1].i64[row] != 0)
      chain_add(a, &v->rows, arg, row);
  }
  return true;
}

struct sorted {
  const struct column *value;
  int sign;
};

static int compare_values(const void *argument, uint32_t a, uint32_t b)
{
  const struct sorted *s = argument;
  return s->sign * value_compare(s->value, a, s->value, b);
}

/* A group's values in order; upto[i] rows are at or before value i. */
struct distribution {
  struct arena arena;
  size_t values;
  double *value;
  int64_t *upto;
};

static bool distribute(struct distribution *d, const struct accumulator *a,
                       const struct chain *rows, struct error *err)
{
  size_t n = d->values = rows->count;
  struct column value, times;
  uint32_t *row = arena_take(&d->arena, n, sizeof *row);
  uint32_t *order = arena_take(&d->arena, n, sizeof *order);
  chain_rows(a, rows, row);
  chain_values(a, 0, row, n, &value, &d->arena);
  if (a->aggregate->args == 2)
    chain_values(a, 1, row, n, &times, &d->arena);
  for (size_t i = 0; i < n; i++)
    order[i] = (uint32_t)i;
  struct sorted sorted = {&value, a->aggregate->percentile.descending ? -1 : 1};
  order_sort(order, n, compare_values, &sorted);
  d->value = arena_take(&d->arena, n, sizeof *d->value);
  d->upto = arena_take(&d->arena, n, sizeof *d->upto);
  int64_t sum = 0;
  for (size_t i = 0; i < n; i++) {
    int64_t more = a->aggregate->args == 2 ? times.i64[order[i]] : 1;
    if (more > INT64_MAX - sum)
      return error_set(err, ERR_RANGE,
                       "percentile(): the frequencies add up to more than 2^63 - 1");
    sum += more;
    d->value[i] = value_as_double(&value, order[i]);
    d->upto[i] = sum;
  }
  return true;
}

/* The value of the row at `position`, counted from 1. */
static double value_at(const struct distribution *d, int64_t position)
{
  size_t low = 0, high = d->values - 1;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (d->upto[middle] >= position)
      high = middle;
    else
      low = middle + 1;
  }
  return d->value[low];
}

static double percentile_at(const struct distribution *d, double fraction, bool is_discrete)
{
  int64_t rows = d->upto[d->values - 1];
  if (is_discrete)
    return value_at(d, (int64_t)ceil((double)rows * fraction));
  double position = (double)(rows - 1) * fraction, below = floor(position), above = ceil(position);
  double low = value_at(d, (int64_t)below + 1), high = value_at(d, (int64_t)above + 1);
  if (below == above || low == high)
    return low;
  return (above - position) * low + (position - below) * high;
}

static bool percentiles_of(const struct accumulator *a, const struct chain *rows, double *out,
                           struct error *err)
{
  const struct percentile_request *p = &a->aggregate->percentile;
  struct distribution d = {0};
  bool good = distribute(&d, a, rows, err);
  for (size_t k = 0; good && k < p->fractions; k++)
    out[k] = percentile_at(&d, p->fraction[k], a->aggregate->kind == AGGREGATE_PERCENTILE_DISC);
  arena_free(&d.arena);
  return good;
}

static bool percentile_finish(const struct accumulator *a, unsigned char *const *state,
                              const uint8_t *slot, size_t count, struct column *out,
                              struct evaluation *ev)
{
  size_t fractions = a->aggregate->percentile.fractions;
  double *result = arena_zero(ev->arena, count * fractions, sizeof *result);
  uint8_t *null = arena_zero(ev->arena, count, 1);
  for (size_t i = 0; i < count; i++) {
    const struct chain *rows = &FINISHED(struct values)->rows;
    null[i] = rows->count == 0;
    if (rows->count != 0 && !percentiles_of(a, rows, result + i * fractions, ev->err))
      return false;
  }
  doubles_as_result(a->aggregate, result, null, count, out, ev->arena);
  return true;
}

const struct accumulator_kind percentile_kind = {sizeof(struct values), percentile_add, NULL,
                                                 percentile_finish};
