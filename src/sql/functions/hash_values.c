/* SPDX-License-Identifier: Apache-2.0 */
/* hash() and xxhash64(): Murmur3 and xxHash over the values of a row, one seeding the next, as
 * Spark has them (Murmur3_x86_32.java, XXH64.java, HashExpression). */
#include "base/murmur3.h"
#include "base/xxhash64.h"
#include "sql/functions/list.h"
#include "sql/functions/result.h"
#include "table/java_bits.h"

/* How one of the two takes in what values are made of. */
struct hasher {
  uint64_t (*of_int)(int32_t x, uint64_t seed);
  uint64_t (*of_long)(int64_t x, uint64_t seed);
  uint64_t (*of_bytes)(struct slice s, uint64_t seed);
};

static uint64_t murmur_int(int32_t x, uint64_t seed)
{
  return murmur3_of_int((uint32_t)x, (uint32_t)seed);
}

static uint64_t murmur_long(int64_t x, uint64_t seed)
{
  return murmur3_of_long((uint64_t)x, (uint32_t)seed);
}

static uint64_t murmur_bytes(struct slice s, uint64_t seed)
{
  return murmur3_of_spark(s, (uint32_t)seed);
}

static uint64_t xx_int(int32_t x, uint64_t seed)
{
  return xxhash64_of_int((uint32_t)x, seed);
}

static uint64_t xx_long(int64_t x, uint64_t seed)
{
  return xxhash64_of_long((uint64_t)x, seed);
}

/* ---- values ---- */

static uint64_t hash_wide(const struct hasher *h, int128 x, uint64_t seed)
{
  char bytes[sizeof x];
  return h->of_bytes((struct slice){bytes, java_integer_bytes(x, bytes)}, seed);
}

/* A null leaves the seed as it is. */
static uint64_t hash_value(const struct hasher *h, const struct column *c, size_t row,
                           uint64_t seed)
{
  size_t i = column_index(c, row);
  if (column_is_null(c, row))
    return seed;
  switch (c->type.kind) {
  case TYPE_BOOLEAN:
    return h->of_int(c->boolean[i], seed);
  case TYPE_TINYINT:
  case TYPE_SMALLINT:
  case TYPE_INT:
  case TYPE_DATE:
    return h->of_int(c->i32[i], seed);
  case TYPE_BIGINT:
  case TYPE_TIMESTAMP:
  case TYPE_INTERVAL:
    return h->of_long(c->i64[i], seed);
  case TYPE_FLOAT:
    return h->of_int((int32_t)java_float_bits(c->f32[i]), seed);
  case TYPE_DOUBLE:
    return h->of_long((int64_t)java_double_bits(c->f64[i]), seed);
  case TYPE_DECIMAL:
    return c->type.precision <= DECIMAL_DIGITS_OF_INT64 ? h->of_long((int64_t)c->decimal[i], seed)
                                                        : hash_wide(h, c->decimal[i], seed);
  case TYPE_STRING:
    return h->of_bytes(c->text[i], seed);
  case TYPE_STRUCT:
    for (unsigned k = 0; k < c->type.items; k++)
      seed = hash_value(h, &c->item[k], i, seed);
    return seed;
  case TYPE_ARRAY:
    for (size_t k = i != 0 ? c->end[i - 1] : 0; k < c->end[i]; k++)
      seed = hash_value(h, &c->item[0], k, seed);
    return seed;
  default:
    return seed; /* maps are refused */
  }
}

static uint64_t hash_row(const struct hasher *h, const struct expr *e, const struct column *arg,
                         size_t row)
{
  uint64_t seed = 42;
  for (size_t k = 0; k < e->args; k++)
    seed = hash_value(h, &arg[k], row, seed);
  return seed;
}

static bool murmur_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  static const struct hasher murmur = {murmur_int, murmur_long, murmur_bytes};
  column_make(out, e->type, rows, ev->arena);
  for (size_t i = 0; i < rows; i++)
    out->i32[i] = (int32_t)(uint32_t)hash_row(&murmur, e, arg, i);
  return true;
}

static bool xx_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                      size_t rows, struct column *out)
{
  static const struct hasher xx = {xx_int, xx_long, xxhash64_of_bytes};
  column_make(out, e->type, rows, ev->arena);
  for (size_t i = 0; i < rows; i++)
    out->i64[i] = (int64_t)hash_row(&xx, e, arg, i);
  return true;
}

/* variant: bits of the result */
struct expr *bind_hash(struct call *c)
{
  bool wide = c->function->variant == 64;
  for (size_t i = 0; i < c->args; i++)
    if (type_holds(c->arg[i]->type, TYPE_MAP))
      return call_refuse_types(c, "values without maps in them");
  return call_result(c, type_of(wide ? TYPE_BIGINT : TYPE_INT), wide ? xx_kernel : murmur_kernel,
                     NULL);
}
