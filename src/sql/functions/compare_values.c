/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/functions/compare.h"

#define ORDER(x, y) (((x) > (y)) - ((x) < (y)))

static int compare_nullable(const struct column *a, size_t i, const struct column *b, size_t k)
{
  bool no_a = column_is_null(a, i), no_b = column_is_null(b, k);
  if (no_a || no_b)
    return no_b - no_a;
  return compare_values(a, i, b, k);
}

static int compare_structs(const struct column *a, size_t i, const struct column *b, size_t k)
{
  int order = 0;
  for (unsigned f = 0; f < a->type.items && order == 0; f++)
    order = compare_nullable(&a->item[f], i, &b->item[f], k);
  return order;
}

static int compare_arrays(const struct column *a, size_t i, const struct column *b, size_t k)
{
  size_t p = i != 0 ? a->end[i - 1] : 0, q = k != 0 ? b->end[k - 1] : 0;
  int order = 0;
  for (; p < a->end[i] && q < b->end[k] && order == 0; p++, q++)
    order = compare_nullable(&a->item[0], p, &b->item[0], q);
  return order != 0 ? order : ORDER(a->end[i] - p, b->end[k] - q);
}

int compare_values(const struct column *a, size_t i, const struct column *b, size_t k)
{
  i = column_index(a, i);
  k = column_index(b, k);
  switch (a->type.kind) {
  case TYPE_BOOLEAN:
    return ORDER(a->boolean[i], b->boolean[k]);
  case TYPE_TINYINT:
  case TYPE_SMALLINT:
  case TYPE_INT:
  case TYPE_DATE:
  case TYPE_MONTHS:
    return ORDER(a->i32[i], b->i32[k]);
  case TYPE_BIGINT:
  case TYPE_TIMESTAMP:
  case TYPE_INTERVAL:
    return ORDER(a->i64[i], b->i64[k]);
  case TYPE_DECIMAL:
    return ORDER(a->decimal[i], b->decimal[k]);
  case TYPE_FLOAT:
    return compare_doubles((double)a->f32[i], (double)b->f32[k]);
  case TYPE_DOUBLE:
    return compare_doubles(a->f64[i], b->f64[k]);
  case TYPE_STRING:
    return slice_compare(a->text[i], b->text[k]);
  case TYPE_STRUCT:
    return compare_structs(a, i, b, k);
  case TYPE_ARRAY:
    return compare_arrays(a, i, b, k);
  case TYPE_NULL:
  case TYPE_MAP:
    break;
  }
  return 0;
}
