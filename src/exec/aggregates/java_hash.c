/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/aggregates/java_hash.h"

#include <stdlib.h>

#include "base/murmur3.h"

enum { NO_ROW = 0xffffffff };

static int32_t hash_of_long(int64_t x)
{
  return (int32_t)((uint64_t)x ^ (uint64_t)x >> 32);
}

static int64_t bits_of_double(double x)
{
  int64_t bits;
  if (x != x)
    x = (double)__builtin_nanf("");
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static int32_t hash_of_float(float x)
{
  int32_t bits;
  if (x != x)
    x = __builtin_nanf("");
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

/* Object.hashCode() of the boxed value; of UTF8String for a string. */
static int32_t hash_code(const struct column *c, size_t row)
{
  enum { HASH_OF_TRUE = 1231, HASH_OF_FALSE = 1237, SPARK_SEED = 42 };
  switch (c->type.kind) {
  case TYPE_BOOLEAN:
    return c->boolean[row] ? HASH_OF_TRUE : HASH_OF_FALSE;
  case TYPE_BIGINT:
  case TYPE_TIMESTAMP:
  case TYPE_INTERVAL:
    return hash_of_long(c->i64[row]);
  case TYPE_FLOAT:
    return hash_of_float(c->f32[row]);
  case TYPE_DOUBLE:
    return hash_of_long(bits_of_double(c->f64[row]));
  case TYPE_STRING:
    return (int32_t)murmur3_of_spark(c->text[row], SPARK_SEED);
  default:
    return c->i32[row];
  }
}

/* Object.equals() of the boxed value: NaN is equal to itself, 0.0 and -0.0 differ. */
static bool is_same(const struct column *c, size_t a, size_t b)
{
  if (c->type.kind == TYPE_FLOAT)
    return hash_of_float(c->f32[a]) == hash_of_float(c->f32[b]);
  if (c->type.kind == TYPE_DOUBLE)
    return bits_of_double(c->f64[a]) == bits_of_double(c->f64[b]);
  if (c->type.kind == TYPE_STRING)
    return slice_equal(c->text[a], c->text[b]);
  size_t size = type_size(c->type);
  const char *data = c->data;
  return memcmp(data + a * size, data + b * size, size) == 0;
}

/* Scala's ==: the same, but a NaN is nobody's equal, and the sign of a zero does not count. */
static bool is_equal(const struct column *c, size_t a, size_t b)
{
  if (c->type.kind == TYPE_FLOAT)
    return c->f32[a] == c->f32[b];
  if (c->type.kind == TYPE_DOUBLE)
    return c->f64[a] == c->f64[b];
  return is_same(c, a, b);
}

static uint32_t *empty_places(size_t places)
{
  uint32_t *place = mem_resize(NULL, places, sizeof *place);
  memset(place, 0xff, places * sizeof *place);
  return place;
}

/* ---- scala.collection.mutable.FlatHashTable ---- */

struct scala_set {
  const struct column *value;
  uint32_t *place;
  size_t places; /* a power of two */
  unsigned bits; /* of it */
  size_t count;
};

static size_t scala_place(const struct scala_set *s, uint32_t row)
{
  uint32_t h = (uint32_t)hash_code(s->value, row) * 0x9e3775cdu;
  h = __builtin_bswap32(h) * 0x9e3775cdu;
  unsigned turn = s->bits % 32;
  h = h >> turn | h << (32 - turn);
  return h >> (32 - s->bits);
}

/* False if an equal value is there. */
static bool scala_add(struct scala_set *s, uint32_t row)
{
  size_t at = scala_place(s, row);
  for (; s->place[at] != NO_ROW; at = (at + 1) & (s->places - 1))
    if (is_equal(s->value, s->place[at], row))
      return false;
  s->place[at] = row;
  s->count++;
  return true;
}

static void scala_grow(struct scala_set *s)
{
  uint32_t *old = s->place;
  size_t places = s->places;
  s->places *= 2;
  s->bits++;
  s->place = empty_places(s->places);
  s->count = 0;
  for (size_t i = 0; i < places; i++)
    if (old[i] != NO_ROW)
      scala_add(s, old[i]);
  free(old);
}

size_t scala_hash_set(const struct column *value, uint32_t *row, size_t rows)
{
  enum { FIRST_PLACES = 32, FIRST_BITS = 5, LOAD_PER_MILLE = 450 };
  struct scala_set s = {value, empty_places(FIRST_PLACES), FIRST_PLACES, FIRST_BITS, 0};
  for (size_t i = 0; i < rows; i++)
    if (scala_add(&s, row[i]) && s.count >= s.places * LOAD_PER_MILLE / 1000)
      scala_grow(&s);
  size_t count = 0;
  for (size_t i = 0; i < s.places; i++)
    if (s.place[i] != NO_ROW)
      row[count++] = s.place[i];
  free(s.place);
  return count;
}

/* ---- org.apache.spark.util.collection.OpenHashSet ---- */

struct open_map {
  const struct column *value;
  uint32_t *place; /* index into `row` and `times` of what came first */
  size_t places;   /* a power of two */
  size_t count;
};

/* The place of an equal value or the empty one where it goes. */
static size_t open_place(const struct open_map *m, const uint32_t *row, uint32_t i)
{
  size_t mask = m->places - 1;
  size_t at = murmur3_of_int((uint32_t)hash_code(m->value, row[i]), 0) & mask;
  for (size_t step = 1; m->place[at] != NO_ROW; at = (at + step++) & mask)
    if (is_same(m->value, row[m->place[at]], row[i]))
      break;
  return at;
}

static void open_grow(struct open_map *m, const uint32_t *row)
{
  uint32_t *old = m->place;
  size_t places = m->places;
  m->places *= 2;
  m->place = empty_places(m->places);
  for (size_t i = 0; i < places; i++)
    if (old[i] != NO_ROW)
      m->place[open_place(m, row, old[i])] = old[i];
  free(old);
}

size_t spark_open_hash_map(const struct column *value, uint32_t *row, uint64_t *times, size_t rows)
{
  enum { FIRST_PLACES = 64 };
  struct open_map m = {value, empty_places(FIRST_PLACES), FIRST_PLACES, 0};
  for (size_t i = 0; i < rows; i++) {
    size_t at = open_place(&m, row, (uint32_t)i);
    if (m.place[at] != NO_ROW) {
      times[m.place[at]] += times[i];
      continue;
    }
    m.place[at] = (uint32_t)i;
    if (++m.count > (size_t)(0.7 * (double)m.places))
      open_grow(&m, row);
  }
  uint32_t *order = mem_resize(NULL, m.count, sizeof *order);
  uint64_t *sum = mem_resize(NULL, m.count, sizeof *sum);
  size_t count = 0;
  for (size_t i = 0; i < m.places; i++)
    if (m.place[i] != NO_ROW) {
      order[count] = row[m.place[i]];
      sum[count++] = times[m.place[i]];
    }
  memcpy(row, order, count * sizeof *order);
  memcpy(times, sum, count * sizeof *sum);
  free(order);
  free(sum);
  free(m.place);
  return count;
}
