/* SPDX-License-Identifier: Apache-2.0 */
/* approx_count_distinct: HyperLogLog++ over xxhash64 with 2^9 registers, which is Spark's default
 * error of 0.05 (HyperLogLogPlusPlusHelper.scala). Where Spark corrects the estimate by measured
 * tables, between about 400 and 2,560 values, there is no result. */
#include <math.h>

#include "base/xxhash64.h"
#include "exec/aggregates/kind.h"
#include "table/java_bits.h"

enum { INDEX_BITS = 9, REGISTERS = 1 << INDEX_BITS, LINEAR_COUNT_LIMIT = 400, HASH_SEED = 42 };

struct registers {
  uint8_t rank[REGISTERS];
};

static uint64_t hash_of(const struct column *c, size_t row)
{
  switch (c->type.kind) {
  case TYPE_BOOLEAN:
    return xxhash64_of_int(c->boolean[row], HASH_SEED);
  case TYPE_FLOAT:
    return xxhash64_of_int(java_float_bits(c->f32[row]), HASH_SEED);
  case TYPE_DOUBLE:
    return xxhash64_of_long(java_double_bits(c->f64[row]), HASH_SEED);
  case TYPE_STRING:
    return xxhash64_of_bytes(c->text[row], HASH_SEED);
  case TYPE_BIGINT:
  case TYPE_TIMESTAMP:
  case TYPE_INTERVAL:
    return xxhash64_of_long((uint64_t)c->i64[row], HASH_SEED);
  default:
    return xxhash64_of_int((uint32_t)c->i32[row], HASH_SEED);
  }
}

static bool estimate_add(struct accumulator *a, const struct pairs *pairs, const struct column *arg,
                         const uint8_t *skip, struct evaluation *ev)
{
  (void)ev;
  EACH_STATE(struct registers, r)
  {
    uint64_t hash = hash_of(arg, row);
    uint64_t rest = hash << INDEX_BITS | (uint64_t)1 << (INDEX_BITS - 1);
    uint8_t rank = (uint8_t)(__builtin_clzll(rest) + 1),
            *best = &r->rank[hash >> (64 - INDEX_BITS)];
    *best = rank > *best ? rank : *best;
  }
  return true;
}

/* False where Spark would correct the estimate. */
static bool estimate(const struct registers *r, int64_t *out)
{
  double m = REGISTERS, inverse = 0, zeros = 0;
  for (size_t i = 0; i < REGISTERS; i++) {
    inverse += 1.0 / (double)((uint64_t)1 << r->rank[i]);
    zeros += r->rank[i] == 0;
  }
  double raw = 0.7213 / (1.0 + 1.079 / m) * m * m / inverse;
  double linear = zeros != 0 ? m * log(m / zeros) : raw;
  bool is_linear = zeros != 0 && linear <= LINEAR_COUNT_LIMIT;
  *out = (int64_t)floor((is_linear ? linear : raw) + 0.5);
  return is_linear || raw >= 5.0 * m;
}

static bool estimate_finish(const struct accumulator *a, unsigned char *const *state,
                            const uint8_t *slot, size_t count, struct column *out,
                            struct evaluation *ev)
{
  for (size_t i = 0; i < count; i++)
    if (!estimate(FINISHED(struct registers), &out->i64[i]))
      return error_set(ev->err, ERR_UNSUPPORTED,
                       "approx_count_distinct() of about %d values in a group is not supported; "
                       "count(DISTINCT ...) is",
                       (int)out->i64[i]);
  return true;
}

const struct accumulator_kind distinct_estimate_kind = {sizeof(struct registers), estimate_add,
                                                        NULL, estimate_finish};
