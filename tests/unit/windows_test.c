/* SPDX-License-Identifier: Apache-2.0 */
#include "base/random.h"
#include "exec/windows.h"
#include "tests/support/check.h"

/* Every window near t, one after the other, instead of a division. */
static size_t count_slowly(const struct window_spec *w, int64_t t, int64_t *lowest)
{
  size_t count = 0;
  for (int64_t start = w->start - 200 * w->slide; start <= w->start + 200 * w->slide;
       start += w->slide)
    if (start <= t && t < start + w->duration && count++ == 0)
      *lowest = start;
  return count;
}

static size_t count_windows(const struct window_spec *w, int64_t t, int64_t *lowest)
{
  int64_t last = window_last(w, t);
  size_t count = 0;
  for (int64_t n = last - window_overlap(w) + 1; n <= last; n++)
    if (window_holds(w, n, t) && count++ == 0)
      *lowest = window_start(w, n);
  return count;
}

static void a_time_is_in_the_windows_that_hold_it_and_in_no_other(void **state)
{
  (void)state;
  struct random r;
  random_seed(&r, 7);
  for (int i = 0; i < 20000; i++) {
    struct window_spec w = {.slide = random_between(&r, 1, 40)};
    w.duration = w.slide + random_between(&r, 0, 90);
    w.start = random_between(&r, 1 - w.slide, w.slide - 1);
    int64_t t = random_between(&r, -30 * w.slide, 30 * w.slide), lowest = 0, expected = 0;
    assert_int_equal(count_windows(&w, t, &lowest), count_slowly(&w, t, &expected));
    assert_int_equal(lowest, expected);
  }
}

static void a_time_before_the_epoch_falls_in_the_window_before_it(void **state)
{
  (void)state;
  struct window_spec w = {.duration = 30, .slide = 30};
  assert_int_equal(window_start(&w, window_last(&w, -1)), -30); /* SPARK-39347 */
  assert_int_equal(window_start(&w, window_last(&w, 0)), 0);
  assert_int_equal(window_start(&w, window_last(&w, 29)), 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_time_is_in_the_windows_that_hold_it_and_in_no_other),
      cmocka_unit_test(a_time_before_the_epoch_falls_in_the_window_before_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
