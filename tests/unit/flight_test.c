/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/flight.h"

#include <pthread.h>
#include <stdatomic.h>

#include "tests/support/check.h"

static uint64_t launch(struct flight *f, uint64_t row)
{
  uint64_t tag;
  struct flight_entry *entry = flight_begin(f, &tag);
  assert_non_null(entry);
  entry->row = row;
  flight_launch(f);
  return tag;
}

static void entries_land_in_any_order_and_leave_in_theirs(void **state)
{
  (void)state;
  struct flight *f = flight_new();
  uint64_t tag[3];
  for (uint64_t i = 0; i < 3; i++)
    tag[i] = launch(f, 100 + i);
  assert_null(flight_landed(f));
  flight_entry(f, tag[2])->acked_ns = 5;
  flight_entry(f, tag[1])->acked_ns = 6;
  assert_null(flight_landed(f));
  flight_entry(f, tag[0])->acked_ns = 7;
  for (uint64_t i = 0; i < 3; i++) {
    assert_int_equal(flight_count(f), 3 - i);
    assert_int_equal(flight_landed(f)->row, 100 + i);
    flight_take_out(f);
  }
  assert_null(flight_landed(f));
  assert_int_equal(flight_count(f), 0);
  flight_free(f);
}

static void what_is_begun_and_not_launched_is_not_in_flight(void **state)
{
  (void)state;
  struct flight *f = flight_new();
  uint64_t first, second;
  flight_begin(f, &first)->acked_ns = 1;
  assert_int_equal(flight_count(f), 0);
  assert_null(flight_landed(f));
  assert_non_null(flight_begin(f, &second));
  assert_int_equal(first, second);
  flight_launch(f);
  assert_int_equal(flight_count(f), 1);
  assert_null(flight_landed(f)); /* begun again, it has not landed */
  flight_free(f);
}

static void a_full_ring_has_no_entry_until_one_has_left(void **state)
{
  (void)state;
  struct flight *f = flight_new();
  uint64_t n = 0, tag;
  for (; flight_begin(f, &tag) != NULL; n++)
    launch(f, n);
  assert_true(n > 100000); /* librdkafka's own queue */
  assert_int_equal(flight_count(f), n);
  flight_entry(f, 0)->acked_ns = 1;
  assert_null(flight_begin(f, &tag)); /* landing is not leaving */
  assert_int_equal(flight_landed(f)->row, 0);
  flight_take_out(f);
  assert_int_equal(launch(f, n), n);
  flight_free(f);
}

enum { MESSAGES = 1000000 };

static void *launch_all(void *argument)
{
  uint64_t tag;
  for (uint64_t row = 0; row < MESSAGES;) {
    struct flight_entry *entry = flight_begin(argument, &tag);
    if (entry == NULL)
      continue;
    entry->row = row++;
    entry->sent_ns = (int64_t)entry->row + 1;
    entry->acked_ns = entry->sent_ns; /* as a broker in the process acknowledges */
    flight_launch(argument);
  }
  return NULL;
}

static void two_threads_see_each_message_once(void **state)
{
  (void)state;
  struct flight *f = flight_new();
  pthread_t thread;
  assert_int_equal(pthread_create(&thread, NULL, launch_all, f), 0);
  for (uint64_t row = 0; row < MESSAGES;) {
    struct flight_entry *entry = flight_landed(f);
    if (entry == NULL)
      continue;
    assert_int_equal(entry->row, row);
    assert_int_equal(entry->acked_ns, row + 1);
    flight_take_out(f);
    row++;
  }
  pthread_join(thread, NULL);
  assert_int_equal(flight_count(f), 0);
  flight_free(f);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(entries_land_in_any_order_and_leave_in_theirs),
      cmocka_unit_test(what_is_begun_and_not_launched_is_not_in_flight),
      cmocka_unit_test(a_full_ring_has_no_entry_until_one_has_left),
      cmocka_unit_test(two_threads_see_each_message_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
