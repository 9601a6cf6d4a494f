/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/aggregates/doubles.h"

#include "sql/functions/java_numbers.h"
#include "text/decimal.h"

double value_as_double(const struct column *c, size_t row)
{
  switch (c->type.kind) {
  case TYPE_DOUBLE:
    return c->f64[row];
  case TYPE_FLOAT:
    return (double)c->f32[row];
  case TYPE_DECIMAL:
    return decimal_to_double((struct decimal){c->decimal[row], c->type.scale});
  case TYPE_BIGINT:
  case TYPE_TIMESTAMP:
  case TYPE_INTERVAL:
    return (double)c->i64[row];
  default:
    return c->i32[row];
  }
}

static void put(struct column *c, size_t i, double x)
{
  switch (c->type.kind) {
  case TYPE_DOUBLE:
    c->f64[i] = x;
    break;
  case TYPE_FLOAT:
    c->f32[i] = (float)x;
    break;
  case TYPE_DECIMAL:
    if (!decimal_from_double(x, c->type.precision, c->type.scale, &c->decimal[i]))
      c->decimal[i] = 0;
    break;
  case TYPE_BIGINT:
  case TYPE_TIMESTAMP:
  case TYPE_INTERVAL:
    c->i64[i] = java_long(x);
    break;
  default:
    c->i32[i] = java_int(x);
    break;
  }
}

void doubles_as_result(const struct aggregate *g, const double *result, const uint8_t *null,
                       size_t count, struct column *out, struct arena *arena)
{
  size_t fractions = g->percentile.fractions, at = 0;
  struct column *values = g->percentile.is_list ? &out->item[0] : out;
  if (g->percentile.is_list)
    column_make(values, g->type.item[0].type, count * fractions, arena);
  for (size_t i = 0; i < count; i++) {
    if (null[i])
      column_flags(out, count, arena)[i] = 1;
    if (!g->percentile.is_list)
      put(out, i, result[i]);
    for (size_t k = 0; g->percentile.is_list && !null[i] && k < fractions; k++)
      put(values, at++, result[i * fractions + k]);
    if (g->percentile.is_list)
      out->end[i] = (uint32_t)at;
  }
}
