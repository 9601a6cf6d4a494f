/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/columns.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/support/check.h"

enum { MOST_ITEMS = 4 }; /* elements of an array: below this */

static int64_t item_seed(int64_t seed, size_t item)
{
  int64_t of_item = (seed * 31 + (int64_t)item * 7) % 1000;
  return of_item % 11 == 0 ? NULL_SEED : of_item;
}

static const char *text_of(int64_t seed, char *out, size_t size)
{
  if (seed % 13 == 0)
    return "";
  snprintf(out, size, "%lld%s", (long long)seed, seed % 3 == 0 ? " and the rest of a text" : "");
  return out;
}

static void make_array(struct column *c, const int64_t *seed, size_t rows, struct arena *arena)
{
  int64_t *item = arena_take(arena, rows * MOST_ITEMS, sizeof *item);
  size_t items = 0;
  for (size_t i = 0; i < rows; i++) {
    for (size_t k = 0; seed[i] >= 0 && k < (size_t)seed[i] % MOST_ITEMS; k++)
      item[items++] = item_seed(seed[i], k);
    c->end[i] = (uint32_t)items;
  }
  column_of_seeds(c->item, c->type.item[0].type, item, items, arena);
}

static void make_struct(struct column *c, const int64_t *seed, size_t rows, struct arena *arena)
{
  for (unsigned k = 0; k < c->type.items; k++) {
    int64_t *item = arena_take(arena, rows, sizeof *item);
    for (size_t i = 0; i < rows; i++)
      item[i] = seed[i] >= 0 ? item_seed(seed[i], k) : NULL_SEED;
    column_of_seeds(&c->item[k], c->type.item[k].type, item, rows, arena);
  }
}

static void put(struct column *c, size_t i, int64_t seed, struct arena *arena)
{
  char text[64];
  switch (c->type.kind) {
  case TYPE_BOOLEAN:
    c->boolean[i] = seed % 2 == 0;
    break;
  case TYPE_INT:
    c->i32[i] = (int32_t)seed;
    break;
  case TYPE_BIGINT:
    c->i64[i] = seed << 33;
    break;
  case TYPE_DECIMAL:
    c->decimal[i] = (int128)seed << 70;
    break;
  case TYPE_DOUBLE:
    c->f64[i] = (double)seed / 8;
    break;
  case TYPE_STRING: {
    const char *p = text_of(seed, text, sizeof text);
    c->text[i] = (struct slice){arena_copy(arena, p, strlen(p)), strlen(p)};
    break;
  }
  default:
    break;
  }
}

void column_of_seeds(struct column *c, struct type type, const int64_t *seed, size_t rows,
                     struct arena *arena)
{
  column_make(c, type, rows, arena);
  for (size_t i = 0; i < rows; i++) {
    if (seed[i] < 0)
      column_flags(c, rows, arena)[i] = 1;
    put(c, i, seed[i] < 0 ? 0 : seed[i], arena);
  }
  if (type.kind == TYPE_ARRAY)
    make_array(c, seed, rows, arena);
  if (type.kind == TYPE_STRUCT)
    make_struct(c, seed, rows, arena);
}

static void assert_array(const struct column *c, size_t i, int64_t seed)
{
  size_t from = i != 0 ? c->end[i - 1] : 0, items = c->end[i] - from;
  assert_int_equal(items, seed % MOST_ITEMS);
  for (size_t k = 0; k < items; k++)
    assert_seed(c->item, from + k, item_seed(seed, k));
}

void assert_seed(const struct column *c, size_t row, int64_t seed)
{
  char text[64];
  size_t i = column_index(c, row);
  assert_int_equal(column_is_null(c, row), seed < 0);
  if (seed < 0)
    return;
  switch (c->type.kind) {
  case TYPE_BOOLEAN:
    assert_int_equal(c->boolean[i], seed % 2 == 0);
    break;
  case TYPE_INT:
    assert_int_equal(c->i32[i], seed);
    break;
  case TYPE_BIGINT:
    assert_int_equal(c->i64[i], seed << 33);
    break;
  case TYPE_DECIMAL:
    assert_true(c->decimal[i] == (int128)seed << 70);
    break;
  case TYPE_DOUBLE:
    assert_true(c->f64[i] == (double)seed / 8);
    break;
  case TYPE_STRING:
    assert_true(slice_is(c->text[i], text_of(seed, text, sizeof text)));
    break;
  case TYPE_ARRAY:
    assert_array(c, i, seed);
    break;
  case TYPE_STRUCT:
    for (unsigned k = 0; k < c->type.items; k++)
      assert_seed(&c->item[k], i, item_seed(seed, k));
    break;
  default:
    break;
  }
}
