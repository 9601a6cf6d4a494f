/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/fast_map.h"

#include <stdlib.h>
#include <string.h>

#include "table/java_bits.h"

enum { MOST_GROUPS = 1 << 16, BUCKETS = 2 * MOST_GROUPS, MOST_STEPS = 2 };

/* 2^32 divided by the golden ratio, as Java's int. */
static const uint64_t GOLDEN = 0xffffffff9e3779b9;

struct fast_map {
  size_t groups;
  bool is_taken[BUCKETS];
};

struct fast_map *fast_map_new(void)
{
  struct fast_map *map = mem_new(1, sizeof *map);
  memset(map, 0, sizeof *map);
  return map;
}

void fast_map_free(struct fast_map *map)
{
  free(map);
}

/* In Java's int: additions wrap, the shift to the right does not keep the sign. */
static uint64_t hash_bytes(const char *p, size_t n)
{
  uint32_t hash = 0;
  for (size_t i = 0; i < n; i++)
    hash = (hash ^ (uint32_t)GOLDEN) + (uint32_t)(int8_t)p[i] + (hash << 6) + (hash >> 2);
  return (uint64_t)(int64_t)(int32_t)hash;
}

static uint64_t hash_unscaled(int128 value)
{
  char bytes[sizeof value];
  return hash_bytes(bytes, java_integer_bytes(value, bytes));
}

static uint64_t hash_value(const struct column *c, size_t i)
{
  switch (c->type.kind) {
  case TYPE_BOOLEAN:
    return c->boolean[i] != 0;
  case TYPE_FLOAT:
    return (uint64_t)(int32_t)java_float_bits(c->f32[i]);
  case TYPE_DOUBLE:
    return java_double_bits(c->f64[i]);
  case TYPE_STRING:
    return hash_bytes(c->text[i].p, c->text[i].n);
  case TYPE_DECIMAL:
    return c->type.precision <= DECIMAL_DIGITS_OF_INT64 ? (uint64_t)c->decimal[i]
                                                        : hash_unscaled(c->decimal[i]);
  default:
    return type_size(c->type) == sizeof(int32_t) ? (uint64_t)(int64_t)c->i32[i]
                                                 : (uint64_t)c->i64[i];
  }
}

bool fast_map_add(struct fast_map *map, const struct column *key, size_t columns, size_t row)
{
  int64_t hash = 0;
  for (size_t k = 0; k < columns; k++) {
    size_t i = column_index(&key[k], row);
    if (column_is_null(&key[k], row))
      return false;
    uint64_t h = (uint64_t)hash;
    hash = (int64_t)((h ^ GOLDEN) + hash_value(&key[k], i) + (h << 6) + (h >> 2));
  }
  for (uint64_t step = 0; step < MOST_STEPS; step++) {
    bool *bucket = &map->is_taken[((uint64_t)hash + step) % BUCKETS];
    if (!*bucket && map->groups == MOST_GROUPS)
      return false;
    if (!*bucket) {
      map->groups++;
      return *bucket = true;
    }
  }
  return false;
}
