/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/key_table.h"

#include <math.h>

#include "base/random.h"
#include "tests/support/check.h"
#include "tests/support/columns.h"

enum { MOST_COLUMNS = 3, MOST_KEYS = 4000, BATCHES = 30, BATCH = 500 };

static const struct field fields[] = {{{"start", 5}, {.kind = TYPE_BIGINT}},
                                      {{"name", 4}, {.kind = TYPE_STRING}}};
static const struct type type[] = {{.kind = TYPE_STRING},
                                   {.kind = TYPE_DOUBLE},
                                   {.kind = TYPE_STRUCT, .items = 2, .item = fields}};

/* The keys in the order in which they were seen, found one by one. */
struct model {
  size_t columns, keys;
  int64_t key[MOST_KEYS][MOST_COLUMNS];
};

static size_t find(const struct model *m, const int64_t *key)
{
  for (size_t i = 0; i < m->keys; i++)
    if (memcmp(m->key[i], key, m->columns * sizeof *key) == 0)
      return i;
  return m->keys;
}

static size_t add(struct model *m, const int64_t *key)
{
  size_t i = find(m, key);
  if (i == m->keys)
    memcpy(m->key[m->keys++], key, m->columns * sizeof *key);
  return i;
}

static bool has_null(const int64_t *key, size_t columns)
{
  for (size_t k = 0; k < columns; k++)
    if (key[k] < 0)
      return true;
  return false;
}

struct drawn {
  int64_t key[BATCH][MOST_COLUMNS];
  struct column column[MOST_COLUMNS];
  struct arena arena;
};

/* Seeds that are a value each: not the multiples of 13, all of which are the empty text. */
static void draw(struct drawn *d, struct random *r, const struct type *types, size_t columns,
                 int64_t most)
{
  for (size_t k = 0; k < columns; k++) {
    int64_t seed[BATCH];
    for (size_t i = 0; i < BATCH; i++)
      seed[i] = d->key[i][k] =
          random_below(r, 9) == 0 ? NULL_SEED : 13 * random_between(r, 0, most) + 1 + (int64_t)k;
    column_of_seeds(&d->column[k], types[k], seed, BATCH, &d->arena);
  }
}

static void check_values(const struct key_table *table, const struct model *m)
{
  struct arena arena = {0};
  uint32_t *number = arena_take(&arena, m->keys, sizeof *number);
  for (size_t i = 0; i < m->keys; i++)
    number[i] = (uint32_t)(m->keys - 1 - i);
  struct column value[MOST_COLUMNS];
  key_table_values(table, number, m->keys, value, &arena);
  for (size_t i = 0; i < m->keys; i++)
    for (size_t k = 0; k < m->columns; k++)
      assert_seed(&value[k], i, m->key[number[i]][k]);
  arena_free(&arena);
}

/* Keys of columns with `most` + 1 different values and null. */
static void number_keys(const struct type *types, size_t columns, int64_t most)
{
  struct random r;
  random_seed(&r, columns);
  struct model m = {.columns = columns};
  struct key_table *table = key_table_new(columns, types);
  uint32_t number[BATCH];
  for (int b = 0; b < BATCHES; b++) {
    struct drawn d = {0};
    draw(&d, &r, types, columns, most);
    key_table_find(table, d.column, BATCH, NULL, number);
    for (size_t i = 0; i < BATCH; i++) {
      size_t expected = find(&m, d.key[i]);
      bool found = expected != m.keys && !has_null(d.key[i], columns);
      assert_int_equal(number[i], found ? expected : ROW_NONE);
    }
    size_t keys = key_table_add(table, d.column, BATCH, number);
    for (size_t i = 0; i < BATCH; i++)
      assert_int_equal(number[i], add(&m, d.key[i]));
    assert_int_equal(keys, m.keys);
    arena_free(&d.arena);
  }
  assert_int_equal(key_table_keys(table), m.keys);
  check_values(table, &m);
  key_table_free(table);
}

static void keys_are_numbered_as_they_are_first_seen(void **state)
{
  (void)state;
  number_keys(&type[0], 1, 3000);
  number_keys(&type[1], 1, 3000);
  number_keys(&type[2], 1, 70); /* from 77 on the same seeds of fields come again */
  number_keys(type, 2, 40);
  number_keys(type, 3, 12);
}

static void without_columns_there_is_one_key(void **state)
{
  (void)state;
  struct key_table *table = key_table_new(0, NULL);
  uint32_t number[3] = {9, 9, 9};
  assert_int_equal(key_table_add(table, NULL, 0, number), 0);
  assert_int_equal(key_table_add(table, NULL, 3, number), 1);
  for (int i = 0; i < 3; i++)
    assert_int_equal(number[i], 0);
  key_table_free(table);
}

static void zeros_are_equal_and_so_are_nans(void **state)
{
  (void)state;
  struct type t = type_of(TYPE_DOUBLE);
  double x[] = {-0.0, 0.0, NAN, -NAN, 1};
  struct column key = {.type = t, .f64 = x};
  struct key_table *table = key_table_new(1, &t);
  uint32_t number[5], expected[] = {0, 0, 1, 1, 2};
  assert_int_equal(key_table_add(table, &key, 5, number), 3);
  assert_memory_equal(number, expected, sizeof expected);
  struct arena arena = {0};
  struct column value;
  key_table_values(table, expected, 1, &value, &arena);
  assert_false(signbit(value.f64[0]));
  arena_free(&arena);
  key_table_free(table);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(keys_are_numbered_as_they_are_first_seen),
      cmocka_unit_test(without_columns_there_is_one_key),
      cmocka_unit_test(zeros_are_equal_and_so_are_nans),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
