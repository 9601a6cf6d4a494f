/* SPDX-License-Identifier: Apache-2.0 */
#include "base/random.h"
#include "exec/order.h"
#include "tests/support/check.h"

enum { MOST = 300, ROUNDS = 400 };

struct values {
  uint8_t value[MOST];
};

static int compare(const void *argument, uint32_t a, uint32_t b)
{
  const struct values *v = argument;
  return v->value[a] - v->value[b];
}

/* By insertion: no element passes an equal one. */
static void sort_slowly(uint32_t *row, size_t count, const struct values *v)
{
  for (size_t i = 1; i < count; i++)
    for (size_t k = i; k > 0 && v->value[row[k - 1]] > v->value[row[k]]; k--) {
      uint32_t swap = row[k];
      row[k] = row[k - 1];
      row[k - 1] = swap;
    }
}

static void rows_come_sorted_and_equal_ones_keep_their_order(void **state)
{
  (void)state;
  struct random r;
  random_seed(&r, 20261121);
  for (int round = 0; round < ROUNDS; round++) {
    struct values v;
    uint32_t row[MOST], expected[MOST];
    size_t count = random_below(&r, MOST + 1);
    uint64_t distinct = 1 + random_below(&r, 50), run = 1 + random_below(&r, 40);
    for (size_t i = 0; i < count; i++) {
      uint64_t drawn = random_below(&r, distinct);
      bool rises = i % run != 0 && v.value[i - 1] > drawn;
      v.value[i] = rises ? v.value[i - 1] : (uint8_t)drawn;
      row[i] = expected[i] = (uint32_t)i;
    }
    order_sort(row, count, compare, &v);
    sort_slowly(expected, count, &v);
    assert_memory_equal(row, expected, count * sizeof *row);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rows_come_sorted_and_equal_ones_keep_their_order),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
