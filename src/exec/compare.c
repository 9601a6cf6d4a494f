/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/compare.h"

#define ORDER(a, b) ((a) > (b)) - ((a) < (b))

static int compare_double(double a, double b)
{
  if (a == b)
    return 0;
  if (a != a || b != b)
    return (a != a) - (b != b);
  return a < b ? -1 : 1;
}

static int compare_fields(const struct column *a, size_t i, const struct column *b, size_t j)
{
  int order = 0;
  for (unsigned k = 0; k < a->type.items && order == 0; k++)
    order = value_compare(&a->item[k], column_index(a, i), &b->item[k], column_index(b, j));
  return order;
}

/* Element by element, a shorter array first. */
static int compare_arrays(const struct column *a, size_t i, const struct column *b, size_t j)
{
  size_t at = i != 0 ? a->end[i - 1] : 0, bt = j != 0 ? b->end[j - 1] : 0;
  for (; at < a->end[i] && bt < b->end[j]; at++, bt++) {
    int order = value_compare(a->item, at, b->item, bt);
    if (order != 0)
      return order;
  }
  return (at < a->end[i]) - (bt < b->end[j]);
}

int value_compare(const struct column *a, size_t i, const struct column *b, size_t j)
{
  bool a_null = column_is_null(a, i), b_null = column_is_null(b, j);
  if (a_null || b_null)
    return b_null - a_null;
  size_t at = column_index(a, i), bt = column_index(b, j);
  switch (a->type.kind) {
  case TYPE_NULL:
  case TYPE_MAP:
    return 0;
  case TYPE_BOOLEAN:
    return ORDER(a->boolean[at], b->boolean[bt]);
  case TYPE_TINYINT:
  case TYPE_SMALLINT:
  case TYPE_INT:
  case TYPE_DATE:
  case TYPE_MONTHS:
    return ORDER(a->i32[at], b->i32[bt]);
  case TYPE_BIGINT:
  case TYPE_TIMESTAMP:
  case TYPE_INTERVAL:
    return ORDER(a->i64[at], b->i64[bt]);
  case TYPE_DECIMAL:
    return ORDER(a->decimal[at], b->decimal[bt]);
  case TYPE_FLOAT:
    return compare_double((double)a->f32[at], (double)b->f32[bt]);
  case TYPE_DOUBLE:
    return compare_double(a->f64[at], b->f64[bt]);
  case TYPE_STRING:
    return slice_compare(a->text[at], b->text[bt]);
  case TYPE_ARRAY:
    return compare_arrays(a, at, b, bt);
  case TYPE_STRUCT:
    return compare_fields(a, i, b, j);
  }
  return 0;
}

static void encode_double(double value, struct buffer *out)
{
  if (value != value)
    value = (double)__builtin_nanf("");
  if (value == 0)
    value = 0; /* without its sign */
  buffer_append(out, &value, sizeof value);
}

void value_encode(const struct column *c, size_t row, struct buffer *out)
{
  bool is_null = column_is_null(c, row);
  buffer_put(out, is_null ? 0 : 1);
  if (is_null)
    return;
  size_t at = column_index(c, row);
  switch (c->type.kind) {
  case TYPE_FLOAT:
    encode_double((double)c->f32[at], out);
    break;
  case TYPE_DOUBLE:
    encode_double(c->f64[at], out);
    break;
  case TYPE_STRING:
    buffer_append(out, &c->text[at].n, sizeof c->text[at].n);
    buffer_add(out, c->text[at]);
    break;
  case TYPE_STRUCT:
    for (unsigned k = 0; k < c->type.items; k++)
      value_encode(&c->item[k], at, out);
    break;
  case TYPE_ARRAY:
  case TYPE_MAP: {
    size_t from = at != 0 ? c->end[at - 1] : 0, length = c->end[at] - from;
    buffer_append(out, &length, sizeof length);
    for (size_t i = 0; i < length; i++)
      for (unsigned k = 0; k < c->type.items; k++)
        value_encode(&c->item[k], from + i, out);
    break;
  }
  default:
    buffer_append(out, (const char *)c->data + at * type_size(c->type), type_size(c->type));
    break;
  }
}
