/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/store.h"

#include "base/random.h"
#include "tests/support/check.h"
#include "tests/support/columns.h"

enum { COLUMNS = 8, ROWS = 20000, MOST_AT_ONCE = 3000, GATHERED = 5000 };

static const struct field text_item[] = {{{"element", 7}, {.kind = TYPE_STRING}}};
static const struct field fields[] = {{{"start", 5}, {.kind = TYPE_BIGINT}},
                                      {{"name", 4}, {.kind = TYPE_STRING}}};
static const struct type type[COLUMNS] = {
    {.kind = TYPE_BOOLEAN},
    {.kind = TYPE_INT},
    {.kind = TYPE_BIGINT},
    {.kind = TYPE_DECIMAL, .precision = 38},
    {.kind = TYPE_DOUBLE},
    {.kind = TYPE_STRING},
    {.kind = TYPE_ARRAY, .items = 1, .item = text_item},
    {.kind = TYPE_STRUCT, .items = 2, .item = fields},
};

static int64_t seeds[COLUMNS][ROWS];

/* Batches with nulls and without, of constants and of runs of equal values. */
static void draw(struct random *r, int64_t *seed, size_t rows, bool *constant)
{
  uint64_t kind = random_below(r, 4);
  *constant = kind == 0;
  for (size_t i = 0; i < rows; i++) {
    bool again = i != 0 && (*constant || (kind == 1 && random_below(r, 3) != 0));
    int64_t drawn = kind != 3 && random_below(r, 5) == 0 ? NULL_SEED : random_between(r, 0, 99999);
    seed[i] = again ? seed[i - 1] : drawn;
  }
}

static void make_constant(struct column *c)
{
  c->constant = true;
  for (unsigned k = 0; c->type.kind == TYPE_STRUCT && k < c->type.items; k++)
    make_constant(&c->item[k]);
}

/* The arena of each batch is gone before the next one: what is kept has to be a copy. */
static void fill(struct store *store, struct random *r)
{
  for (size_t from = 0; from < ROWS;) {
    size_t rows = 1 + random_below(r, MOST_AT_ONCE), cut = random_below(r, 3);
    rows = rows < ROWS - from ? rows : ROWS - from;
    struct arena arena = {0};
    struct column column[COLUMNS];
    for (size_t k = 0; k < COLUMNS; k++) {
      bool constant;
      draw(r, seeds[k] + from, rows, &constant);
      column_of_seeds(&column[k], type[k], seeds[k] + from, constant ? 1 : rows, &arena);
      if (constant)
        make_constant(&column[k]);
    }
    size_t middle = cut == 0 ? rows / 2 : rows;
    store_append(store, column, 0, middle);
    store_append(store, column, middle, rows);
    arena_free(&arena);
    from += rows;
  }
}

static void assert_gathered(const struct store *store, struct random *r)
{
  struct arena arena = {0};
  struct column out[COLUMNS];
  uint32_t row[GATHERED];
  for (size_t i = 0; i < GATHERED; i++)
    row[i] = random_below(r, 20) == 0 ? ROW_NONE : (uint32_t)random_below(r, ROWS);
  store_gather(store, row, GATHERED, out, &arena);
  for (size_t k = 0; k < COLUMNS; k++)
    for (size_t i = 0; i < GATHERED; i++)
      assert_seed(&out[k], i, row[i] == ROW_NONE ? NULL_SEED : seeds[k][row[i]]);
  arena_free(&arena);
}

static void what_is_stored_comes_back_in_any_order(void **state)
{
  (void)state;
  struct random r;
  random_seed(&r, 6);
  struct store *store = store_new(COLUMNS, type, NULL);
  for (int round = 0; round < 4; round++) {
    fill(store, &r);
    assert_int_equal(store_rows(store), ROWS);
    assert_gathered(store, &r);
    struct arena arena = {0};
    for (size_t k = 0; k < COLUMNS; k++) {
      struct column whole;
      store_whole(store, k, &whole, &arena);
      for (size_t i = 0; i < ROWS; i++)
        assert_seed(&whole, i, seeds[k][i]);
    }
    arena_free(&arena);
    store_clear(store);
    assert_int_equal(store_rows(store), 0);
  }
  store_free(store);
}

static void a_column_that_nobody_wants_comes_back_null(void **state)
{
  (void)state;
  bool wanted[COLUMNS] = {[1] = true};
  struct store *store = store_new(COLUMNS, type, wanted);
  struct arena arena = {0};
  struct column column[COLUMNS], out[COLUMNS];
  int64_t seed[] = {3, NULL_SEED, 12};
  for (size_t k = 0; k < COLUMNS; k++)
    column_of_seeds(&column[k], type[k], seed, 3, &arena);
  store_append(store, column, 0, 3);
  assert_int_equal(store_rows(store), 3);
  uint32_t row[] = {2, 1, 0};
  store_gather(store, row, 3, out, &arena);
  for (size_t k = 0; k < COLUMNS; k++)
    for (size_t i = 0; i < 3; i++)
      assert_seed(&out[k], i, wanted[k] ? seed[row[i]] : NULL_SEED);
  arena_free(&arena);
  store_free(store);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_stored_comes_back_in_any_order),
      cmocka_unit_test(a_column_that_nobody_wants_comes_back_null),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
