/* SPDX-License-Identifier: Apache-2.0 */
/* The last sample in each window, against a look at every sample. */
#include "replay/alert_windows.h"

#include <stdio.h>

#include "base/random.h"
#include "replay/roles/sent_times.h"
#include "tests/support/check.h"

enum { ROUNDS = 50, WINDOWS = 300, SAMPLES = 2000, SERIES = 90, SPAN = 500 };

struct sample {
  uint32_t series;
  int64_t time;
};

static struct slice name(uint32_t series, char *out, size_t size)
{
  snprintf(out, size, "series %u", (unsigned)series);
  return slice_of(out);
}

static uint64_t expected(const struct sample *sample, const struct alert_window *window)
{
  for (uint64_t i = SAMPLES; i > 0; i--)
    if (sample[i - 1].series == window->series && window->start_us <= sample[i - 1].time &&
        sample[i - 1].time < window->end_us)
      return i;
  return 0;
}

/* Windows of lengths up to `longest`: nested, beside each other, empty. Series are numbered as they
 * come. */
static void add_windows(struct alert_windows *w, struct random *r, uint64_t longest)
{
  char text[32];
  for (uint32_t i = 0; i < WINDOWS; i++) {
    int64_t start = (int64_t)random_below(r, SPAN) - SPAN / 2;
    alert_windows_add(w, name(i % SERIES, text, sizeof text), start,
                      start + (int64_t)random_below(r, longest));
  }
  alert_windows_sort(w);
}

static void check_round(uint64_t seed)
{
  static struct sample sample[SAMPLES];
  struct random r;
  struct alert_windows w = {0};
  char text[32];
  random_seed(&r, seed);
  add_windows(&w, &r, 2 + SPAN / (1 + seed % 9));
  for (int i = 0; i < SAMPLES; i++)
    sample[i] = (struct sample){(uint32_t)random_below(&r, SERIES + 5),
                                (int64_t)random_below(&r, SPAN) - SPAN / 2};
  for (uint64_t i = 0; i < SAMPLES; i++) { /* in another order than that of their ranks */
    uint64_t rank = (i * 1237 + seed) % SAMPLES;
    alert_windows_sample(&w, name(sample[rank].series, text, sizeof text), sample[rank].time, rank);
  }
  assert_int_equal(w.windows, WINDOWS);
  for (size_t i = 0; i < w.windows; i++)
    assert_int_equal(w.window[i].samples, expected(sample, &w.window[i]));
  alert_windows_free(&w);
}

static void each_window_has_its_last_sample(void **state)
{
  (void)state;
  for (uint64_t seed = 0; seed < ROUNDS; seed++)
    check_round(seed);
}

static void a_window_has_its_start_and_not_its_end(void **state)
{
  (void)state;
  struct alert_windows w = {0};
  alert_windows_add(&w, SLICE("a"), 10, 20);
  alert_windows_sort(&w);
  static const int64_t outside[] = {9, 20, INT64_MIN, INT64_MAX};
  for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
    alert_windows_sample(&w, SLICE("a"), outside[i], 0);
  assert_int_equal(w.window[0].samples, 0);
  alert_windows_sample(&w, SLICE("a"), 10, 0);
  assert_int_equal(w.window[0].samples, 1);
  alert_windows_sample(&w, SLICE("a"), 19, 5);
  alert_windows_sample(&w, SLICE("A"), 19, 7);
  assert_int_equal(w.window[0].samples, 6);
  alert_windows_free(&w);
}

static void no_windows_are_no_trouble(void **state)
{
  (void)state;
  struct alert_windows w = {0};
  alert_windows_sort(&w);
  alert_windows_sample(&w, SLICE(""), 0, 0);
  alert_windows_free(&w);
}

/* Of seven rows sent two times and three rows more, the last seven are kept, in their order. */
static void a_row_that_is_sent_again_has_its_last_times(void **state)
{
  (void)state;
  struct sent_times times = {0};
  for (int i = 0; i < 17; i++) {
    if (i % 7 == 0)
      sent_times_restart(&times);
    sent_times_add(&times, 100 + i, 200 + i);
  }
  assert_int_equal(times.rows, 7);
  int64_t last[7] = {0};
  for (size_t row = 0; row < 7; row++) {
    struct sent_time t = sent_times_of(&times, sent_times_rank(&times, row));
    assert_int_equal(t.intended_ns, 100 + (row < 3 ? 14 : 7) + row);
    assert_int_equal(t.sent_ns, t.intended_ns + 100);
    last[sent_times_rank(&times, row) - 3] = t.intended_ns;
  }
  for (int i = 0; i < 7; i++)
    assert_int_equal(last[i], 110 + i);
  sent_times_free(&times);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_window_has_its_last_sample),
      cmocka_unit_test(a_window_has_its_start_and_not_its_end),
      cmocka_unit_test(no_windows_are_no_trouble),
      cmocka_unit_test(a_row_that_is_sent_again_has_its_last_times),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
