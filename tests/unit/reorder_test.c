/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/reorder.h"

#include <stdio.h>

#include "base/random.h"
#include "tests/support/check.h"

static const enum message_kind KIND[] = {MESSAGE_INTEGER, MESSAGE_TEXT};

/* What was handed on, in its order. */
struct seen {
  size_t rows;
  int64_t number[4096];
};

static bool see(void *argument, const struct message_value *value, struct error *err)
{
  (void)err;
  struct seen *seen = argument;
  char text[32];
  snprintf(text, sizeof text, "row %lld", (long long)value[0].integer);
  assert_true(slice_is(value[1].text, text));
  seen->number[seen->rows++] = value[0].integer;
  return true;
}

/* The text is wiped out after the call: whoever keeps the row has to have copied it. */
static void add(struct reorder *r, int64_t number)
{
  char text[32];
  snprintf(text, sizeof text, "row %lld", (long long)number);
  struct message_value value[] = {{.integer = number}, {.text = slice_of(text)}};
  assert_true(reorder_add(r, (uint64_t)number, value, NULL));
  memset(text, '?', sizeof text);
}

static void assert_sorted(const struct seen *seen, size_t rows)
{
  assert_int_equal(seen->rows, rows);
  for (size_t i = 0; i < rows; i++)
    assert_int_equal(seen->number[i], i);
}

static void rows_in_order_are_handed_on_at_once(void **state)
{
  (void)state;
  struct seen seen = {0};
  struct reorder *r = reorder_new(2, KIND, see, &seen);
  for (int64_t i = 0; i < 100; i++) {
    add(r, i);
    assert_int_equal(seen.rows, i + 1);
  }
  reorder_free(r);
}

static void any_order_of_arrival_becomes_the_datasets(void **state)
{
  (void)state;
  enum { ROWS = 4096 };
  struct random random;
  for (uint64_t seed = 1; seed <= 20; seed++) {
    int64_t order[ROWS];
    struct seen seen = {0};
    struct reorder *r = reorder_new(2, KIND, see, &seen);
    random_seed(&random, seed);
    for (int64_t i = 0; i < ROWS; i++)
      order[i] = i;
    /* Near and far swaps, so that few and many rows wait. */
    for (size_t i = 0; i < ROWS; i++) {
      size_t reach = seed % 2 == 0 ? 8 : ROWS, k = i + random_below(&random, reach);
      k = k < ROWS ? k : ROWS - 1;
      int64_t number = order[i];
      order[i] = order[k];
      order[k] = number;
    }
    for (size_t i = 0; i < ROWS; i++)
      add(r, order[i]);
    assert_sorted(&seen, ROWS);
    assert_true(reorder_finish(r, NULL));
    assert_sorted(&seen, ROWS);
    reorder_free(r);
  }
}

static void a_row_that_comes_twice_is_handed_on_once(void **state)
{
  (void)state;
  struct seen seen = {0};
  struct reorder *r = reorder_new(2, KIND, see, &seen);
  const int64_t order[] = {0, 0, 2, 2, 1, 1, 2, 3};
  for (size_t i = 0; i < sizeof order / sizeof *order; i++)
    add(r, order[i]);
  assert_true(reorder_finish(r, NULL));
  assert_sorted(&seen, 4);
  reorder_free(r);
}

/* Before its turn, while it waits, after its turn; of a rejected one as well. */
static void rows_that_come_twice_are_counted(void **state)
{
  (void)state;
  struct seen seen = {0};
  struct reorder *r = reorder_new(2, KIND, see, &seen);
  uint64_t first;
  const int64_t order[] = {0, 0, 2, 2, 1, 1, 2, 3};
  for (size_t i = 0; i < sizeof order / sizeof *order; i++)
    add(r, order[i]);
  assert_int_equal(reorder_doubled(r), 4);
  assert_true(reorder_add(r, 4, NULL, NULL));
  assert_true(reorder_add(r, 4, NULL, NULL));
  assert_int_equal(reorder_doubled(r), 5);
  assert_true(reorder_finish(r, NULL));
  assert_int_equal(reorder_missing(r, &first), 0);
  reorder_free(r);
}

static void rows_that_never_came_are_counted_and_the_first_is_known(void **state)
{
  (void)state;
  struct seen seen = {0};
  struct reorder *r = reorder_new(2, KIND, see, &seen);
  uint64_t first;
  add(r, 0);
  add(r, 3);
  add(r, 7);
  assert_int_equal(reorder_missing(r, &first), 0);
  assert_true(reorder_finish(r, NULL));
  assert_int_equal(reorder_missing(r, &first), 5);
  assert_int_equal(first, 1);
  assert_int_equal(reorder_doubled(r), 0);
  assert_int_equal(seen.rows, 3);
  reorder_free(r);
}

static void a_rejected_row_holds_nobody_up(void **state)
{
  (void)state;
  struct seen seen = {0};
  struct reorder *r = reorder_new(2, KIND, see, &seen);
  assert_true(reorder_add(r, 0, NULL, NULL));
  add(r, 1);
  add(r, 3);
  assert_int_equal(seen.rows, 1);
  assert_true(reorder_add(r, 2, NULL, NULL));
  assert_int_equal(seen.rows, 2);
  assert_int_equal(seen.number[1], 3);
  reorder_free(r);
}

static void rows_behind_a_gap_come_out_at_the_end(void **state)
{
  (void)state;
  struct seen seen = {0};
  struct reorder *r = reorder_new(2, KIND, see, &seen);
  add(r, 0);
  add(r, 200);
  add(r, 2);
  assert_int_equal(seen.rows, 1);
  assert_true(reorder_finish(r, NULL));
  assert_int_equal(seen.rows, 3);
  assert_int_equal(seen.number[1], 2);
  assert_int_equal(seen.number[2], 200);
  reorder_free(r);
}

/* Whoever wrote it, it is none of a dataset: the rows before it would never come. */
static void a_number_that_no_dataset_has_is_an_error(void **state)
{
  (void)state;
  struct seen seen = {0};
  struct error err = {0};
  struct reorder *r = reorder_new(2, KIND, see, &seen);
  add(r, 0);
  assert_false(reorder_add(r, UINT64_MAX, NULL, &err));
  assert_int_equal(err.code, ERR_DATA);
  assert_non_null(strstr(err.text, "18446744073709551615"));
  add(r, 1);
  assert_int_equal(seen.rows, 2);
  reorder_free(r);
}

static void strangers_follow_by_timestamp_partition_and_offset(void **state)
{
  (void)state;
  static const struct {
    int64_t timestamp_ms, offset;
    uint32_t partition;
    int64_t place;
  } record[] = {{20, 0, 1, 4}, {10, 9, 2, 3}, {10, 0, 2, 2}, {10, 5, 0, 1}, {30, 0, 0, 5}};
  struct seen seen = {0};
  struct reorder *r = reorder_new(2, KIND, see, &seen);
  for (size_t i = 0; i < 5; i++) {
    struct broker_record from = {.timestamp_ms = record[i].timestamp_ms,
                                 .offset = record[i].offset,
                                 .partition = record[i].partition};
    char text[32];
    snprintf(text, sizeof text, "row %lld", (long long)record[i].place);
    struct message_value value[] = {{.integer = record[i].place}, {.text = slice_of(text)}};
    assert_true(reorder_stranger(r, &from, value, NULL));
  }
  add(r, 0);
  assert_true(reorder_finish(r, NULL));
  assert_sorted(&seen, 6);
  reorder_free(r);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rows_in_order_are_handed_on_at_once),
      cmocka_unit_test(any_order_of_arrival_becomes_the_datasets),
      cmocka_unit_test(a_row_that_comes_twice_is_handed_on_once),
      cmocka_unit_test(rows_that_come_twice_are_counted),
      cmocka_unit_test(rows_that_never_came_are_counted_and_the_first_is_known),
      cmocka_unit_test(a_rejected_row_holds_nobody_up),
      cmocka_unit_test(rows_behind_a_gap_come_out_at_the_end),
      cmocka_unit_test(a_number_that_no_dataset_has_is_an_error),
      cmocka_unit_test(strangers_follow_by_timestamp_partition_and_offset),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
