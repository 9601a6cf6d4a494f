/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "broker/partitioner.h"
#include "tests/support/check.h"
#include "tests/support/data.h"

static long number(struct slice text)
{
  char digits[32] = "";
  memcpy(digits, text.p, text.n);
  return strtol(digits, NULL, 10);
}

static void check_key(const struct slice *field)
{
  struct buffer bytes = {0};
  struct slice key = data_bytes(field[0], &bytes);
  assert_int_equal((int32_t)murmur2(key), number(field[1]));
  assert_int_equal(partition_of_key(key, 2), number(field[2]));
  assert_int_equal(partition_of_key(key, 7), number(field[3]));
  assert_int_equal(partition_of_key(key, 50), number(field[4]));
  assert_int_equal(partition_of_key(key, 1), 0);
  buffer_free(&bytes);
}

static void a_key_lands_where_kafka_puts_it(void **state)
{
  (void)state;
  assert_int_equal(data_each("murmur2.tsv", 5, check_key), 89);
}

static void records_without_a_key_take_turns(void **state)
{
  (void)state;
  for (uint64_t number = 0; number < 10; number++)
    assert_int_equal(partition_of_number(number, 3), number % 3);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_key_lands_where_kafka_puts_it),
      cmocka_unit_test(records_without_a_key_take_turns),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
