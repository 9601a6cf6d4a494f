/* SPDX-License-Identifier: Apache-2.0 */
/* hash() and xxhash64(): Murmur3 and xxHash over the values of a row, one seeding the next, as
 * Spark has them (Murmur3_x86_32.java, XXH64.java, HashExpression). */
#include "sql/functions/list.h"
#include "sql/functions/result.h"
#include "sql/functions/strict_math.h"

/* How one of the two takes in what values are made of. */
struct hasher {
  uint64_t (*of_int)(int32_t x, uint64_t seed);
  uint64_t (*of_long)(int64_t x, uint64_t seed);
  uint64_t (*of_bytes)(struct slice s, uint64_t seed);
};

/* ---- Murmur3 ---- */

static uint32_t left32(uint32_t x, int n)
{
  return x << n | x >> (32 - n);
}

static uint32_t murmur_mix(uint32_t hash, uint32_t k)
{
  hash ^= left32(k * 0xcc9e2d51, 15) * 0x1b873593;
  return left32(hash, 13) * 5 + 0xe6546b64;
}

static uint64_t murmur_finish(uint32_t hash, uint32_t length)
{
  hash ^= length;
  hash = (hash ^ hash >> 16) * 0x85ebca6b;
  hash = (hash ^ hash >> 13) * 0xc2b2ae35;
  return hash ^ hash >> 16;
}

static uint64_t murmur_int(int32_t x, uint64_t seed)
{
  return murmur_finish(murmur_mix((uint32_t)seed, (uint32_t)x), 4);
}

static uint64_t murmur_long(int64_t x, uint64_t seed)
{
  uint32_t hash = murmur_mix((uint32_t)seed, (uint32_t)x);
  return murmur_finish(murmur_mix(hash, (uint32_t)((uint64_t)x >> 32)), 8);
}

static uint64_t read_little(const char *p, size_t bytes)
{
  uint64_t x = 0;
  for (size_t i = bytes; i-- > 0;)
    x = x << 8 | (unsigned char)p[i];
  return x;
}

/* The bytes behind the last word are mixed in one by one, with their signs. */
static uint64_t murmur_bytes(struct slice s, uint64_t seed)
{
  uint32_t hash = (uint32_t)seed;
  size_t i = 0;
  for (; i + 4 <= s.n; i += 4)
    hash = murmur_mix(hash, (uint32_t)read_little(s.p + i, 4));
  for (; i < s.n; i++)
    hash = murmur_mix(hash, (uint32_t)(int32_t)(signed char)s.p[i]);
  return murmur_finish(hash, (uint32_t)s.n);
}

/* ---- xxHash ---- */

#define XX_1 0x9e3779b185ebca87u
#define XX_2 0xc2b2ae3d27d4eb4fu
#define XX_3 0x165667b19e3779f9u
#define XX_4 0x85ebca77c2b2ae63u
#define XX_5 0x27d4eb2f165667c5u

static uint64_t left64(uint64_t x, int n)
{
  return x << n | x >> (64 - n);
}

static uint64_t xx_finish(uint64_t hash)
{
  hash = (hash ^ hash >> 33) * XX_2;
  hash = (hash ^ hash >> 29) * XX_3;
  return hash ^ hash >> 32;
}

static uint64_t xx_add_int(uint64_t hash, uint32_t x)
{
  return left64(hash ^ x * XX_1, 23) * XX_2 + XX_3;
}

static uint64_t xx_add_long(uint64_t hash, uint64_t x)
{
  return left64(hash ^ left64(x * XX_2, 31) * XX_1, 27) * XX_1 + XX_4;
}

static uint64_t xx_int(int32_t x, uint64_t seed)
{
  return xx_finish(xx_add_int(seed + XX_5 + 4, (uint32_t)x));
}

static uint64_t xx_long(int64_t x, uint64_t seed)
{
  return xx_finish(xx_add_long(seed + XX_5 + 8, (uint64_t)x));
}

/* Four sums over blocks of 32 bytes, brought together; *at moves behind the last block. */
static uint64_t xx_blocks(struct slice s, uint64_t seed, size_t *at)
{
  uint64_t v[4] = {seed + XX_1 + XX_2, seed + XX_2, seed, seed - XX_1}, hash;
  for (; *at + 32 <= s.n; *at += 32)
    for (size_t k = 0; k < 4; k++)
      v[k] = left64(v[k] + read_little(s.p + *at + 8 * k, 8) * XX_2, 31) * XX_1;
  hash = left64(v[0], 1) + left64(v[1], 7) + left64(v[2], 12) + left64(v[3], 18);
  for (size_t k = 0; k < 4; k++)
    hash = (hash ^ left64(v[k] * XX_2, 31) * XX_1) * XX_1 + XX_4;
  return hash;
}

static uint64_t xx_bytes(struct slice s, uint64_t seed)
{
  size_t at = 0;
  uint64_t hash = s.n >= 32 ? xx_blocks(s, seed, &at) : seed + XX_5;
  hash += s.n;
  for (; at + 8 <= s.n; at += 8)
    hash = xx_add_long(hash, read_little(s.p + at, 8));
  for (; at + 4 <= s.n; at += 4)
    hash = xx_add_int(hash, (uint32_t)read_little(s.p + at, 4));
  for (; at < s.n; at++)
    hash = left64(hash ^ (unsigned char)s.p[at] * XX_5, 11) * XX_1;
  return xx_finish(hash);
}

/* ---- values ---- */

/* BigInteger.toByteArray(): big end first, as few bytes as hold it with its sign. */
static uint64_t hash_wide(const struct hasher *h, int128 x, uint64_t seed)
{
  char bytes[16];
  size_t n = 1;
  while (n < 16 && (x >> (8 * n - 1)) != 0 && (x >> (8 * n - 1)) != -1)
    n++;
  for (size_t i = 0; i < n; i++)
    bytes[i] = (char)(x >> (8 * (n - 1 - i)));
  return h->of_bytes((struct slice){bytes, n}, seed);
}

static uint64_t hash_float(const struct hasher *h, float x, uint64_t seed)
{
  uint32_t bits = 0;
  if (x != x)
    bits = 0x7fc00000;
  else if (x != 0) /* -0.0 is as 0.0 */
    memcpy(&bits, &x, sizeof bits);
  return h->of_int((int32_t)bits, seed);
}

static uint64_t hash_double(const struct hasher *h, double x, uint64_t seed)
{
  uint64_t bits = x != x ? 0x7ff8000000000000u : x != 0 ? double_bits(x) : 0;
  return h->of_long((int64_t)bits, seed);
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
    return hash_float(h, c->f32[i], seed);
  case TYPE_DOUBLE:
    return hash_double(h, c->f64[i], seed);
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
  static const struct hasher xx = {xx_int, xx_long, xx_bytes};
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
