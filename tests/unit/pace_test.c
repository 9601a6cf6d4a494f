/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/time/pace.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/distribution.h"
#include "base/hash.h"
#include "base/random.h"
#include "replay/time/clock.h"
#include "tests/support/check.h"
#include "tests/support/data.h"

enum { ANCHOR = 1000 };

static struct pace_options parse(const char *speed, const char *rate, bool poisson,
                                 const char *catch_up)
{
  struct pace_options options = {.seed = 98};
  struct error err = {0};
  if (!pace_parse(speed, rate, poisson, catch_up, &options, &err))
    fail_msg("%s", err.text);
  return options;
}

static struct pace start(struct pace_options options)
{
  struct pace pace;
  pace_start(&pace, &options, 0, ANCHOR);
  return pace;
}

/* Of a row that is asked for in time. */
static int64_t intended(struct pace *pace, uint64_t row, int64_t scheduled_ns)
{
  int64_t intended_ns;
  int64_t due_ns = pace_due(pace, row, scheduled_ns, 0, &intended_ns);
  assert_int_equal(due_ns, intended_ns);
  return intended_ns;
}

static void compare_with_python(const struct slice *field)
{
  char factor[64];
  snprintf(factor, sizeof factor, "%.*s", SLICE_PRINT(field[1]));
  bool is_speed = slice_is(field[0], "speed");
  struct pace_options options =
      parse(is_speed ? factor : NULL, is_speed ? NULL : factor, false, NULL);
  struct pace pace;
  uint64_t n = strtoull(field[2].p, NULL, 10);
  pace_start(&pace, &options, CLOCK_START_NS, data_number(field[3]));
  int64_t scheduled = is_speed ? CLOCK_START_NS + (int64_t)n : CLOCK_START_NS;
  if (intended(&pace, n, scheduled) != data_number(field[4]))
    fail_msg("%s %s: %lld, not %.*s", is_speed ? "speed" : "rate", factor,
             (long long)pace.intended_ns, SLICE_PRINT(field[4]));
}

static void deadlines_are_exact_after_any_number_of_rows(void **state)
{
  (void)state;
  assert_true(data_each("pace_python.tsv", 5, compare_with_python) > 600);
}

static void a_deadline_beyond_64_bits_is_the_latest_one(void **state)
{
  (void)state;
  struct pace slow = start(parse("0.000000001", NULL, false, NULL));
  assert_true(intended(&slow, 0, INT64_MAX) == PACE_LATEST_NS);
  struct pace rare = start(parse(NULL, "0.000000001", true, NULL));
  assert_true(intended(&rare, 100000, 0) == PACE_LATEST_NS);
}

static void at_the_greatest_speed_all_is_due_at_the_anchor(void **state)
{
  (void)state;
  struct pace pace = start(parse("max", NULL, false, "1"));
  int64_t intended_ns;
  for (uint64_t row = 0; row < 3; row++) {
    assert_true(pace_due(&pace, row, (int64_t)row * 1000000000, 1 << 30, &intended_ns) == ANCHOR);
    assert_int_equal(intended_ns, ANCHOR);
  }
}

/* Of N exponential gaps of mean 1 ms, the mean is within four of its deviations and the deviation
 * within three percent of the mean. */
static void poisson_gaps_have_the_mean_and_the_deviation_of_their_rate(void **state)
{
  (void)state;
  enum { N = 100000 };
  struct pace pace = start(parse(NULL, "1000", true, NULL));
  double squares = 0;
  int64_t last = intended(&pace, 0, 0);
  assert_int_equal(last, ANCHOR);
  for (uint64_t row = 1; row <= N; row++) {
    int64_t now = intended(&pace, row, 0);
    assert_true(now >= last);
    squares += pow((double)(now - last) - 1e6, 2);
    last = now;
  }
  assert_true(fabs((double)(last - ANCHOR) / N - 1e6) <= 4 * 1e6 / sqrt(N));
  assert_true(fabs(sqrt(squares / N) / 1e6 - 1) <= 0.03);
}

/* No nanosecond is lost on the way, not even where gaps are shorter than one. */
static void poisson_deadlines_are_the_exact_sum_of_the_gaps(void **state)
{
  (void)state;
  struct pace fast = start(parse(NULL, "1000000000", true, NULL));
  struct pace odd = start(parse(NULL, "99991.7", true, NULL));
  unsigned __int128 sum = 0; /* in 2^-32 mean gaps */
  for (uint64_t row = 1; row <= 100000; row++) {
    sum += distribution_exponential(hash_combine(98, row));
    assert_int_equal(intended(&fast, row, 0), ANCHOR + (int64_t)(sum >> 32));
    assert_int_equal(intended(&odd, row, 0), ANCHOR + (int64_t)(sum * 10000000000 / 999917 >> 32));
  }
}

static void a_row_that_does_not_come_leaves_the_others_where_they_are(void **state)
{
  (void)state;
  struct pace all = start(parse(NULL, "7", true, NULL)), some = all;
  for (uint64_t row = 0; row < 1000; row++) {
    int64_t due = intended(&all, row, 0);
    if (row % 3 == 1)
      assert_int_equal(intended(&some, row, 0), due);
  }
}

/* Sends rows until `rows` have gone; returns when the last one went. A row that is due goes at once
 * or up to late_ns after. */
static int64_t send_rows(struct pace *pace, uint64_t from, uint64_t rows, int64_t now,
                         uint64_t late_ns, struct random *random, int64_t *sent)
{
  for (uint64_t row = from; row < from + rows; row++) {
    int64_t intended_ns, due = pace_due(pace, row, 0, now, &intended_ns);
    assert_true(due >= intended_ns);
    now = due > now ? due : now;
    now += (int64_t)random_below(random, late_ns + 1);
    sent[row] = now;
  }
  return now;
}

/* Of all spans between two rows: no more intended time than twice the span and the slack. */
static void assert_bounded(const int64_t *sent, const int64_t *meant, uint64_t rows)
{
  for (uint64_t i = 0; i < rows; i++)
    for (uint64_t k = i + 1; k < rows; k++)
      assert_true(meant[k] - meant[i] <= 2 * (sent[k] - sent[i] + PACE_SLACK_NS) + 2);
}

static void after_a_stall_rows_come_at_no_more_than_the_asked_rate_times_the_factor(void **state)
{
  (void)state;
  enum { ROWS = 3000 };
  static int64_t sent[ROWS], meant[ROWS];
  for (int poisson = 0; poisson < 2; poisson++) {
    struct random random;
    random_seed(&random, 1);
    struct pace pace = start(parse(NULL, "1000/s", poisson != 0, "2")), again = pace;
    again.options.catch_up.above = 0;
    for (uint64_t row = 0; row < ROWS; row++)
      meant[row] = intended(&again, row, 0);
    int64_t now = send_rows(&pace, 0, 1000, ANCHOR, 60000, &random, sent);
    assert_true(now - meant[999] <= 60000);
    now += 500 * NS_PER_MS; /* the machine was busy with something else */
    now = send_rows(&pace, 1000, 1000, now, 60000, &random, sent);
    /* 500 rows are missing, a thousand go in half of their time: all is made up for. */
    assert_true(now - meant[1999] <= 2 * PACE_SLACK_NS + 60000);
    assert_true(sent[1500] - meant[1500] >= 200 * NS_PER_MS);
    send_rows(&pace, 2000, 1000, now, 60000, &random, sent);
    assert_true(sent[2999] - meant[2999] <= 60000);
    assert_bounded(sent, meant, ROWS);
  }
}

static void without_a_bound_all_that_is_late_is_due_at_once(void **state)
{
  (void)state;
  struct pace pace = start(parse(NULL, "1000", false, "max"));
  int64_t intended_ns;
  for (uint64_t row = 0; row < 100; row++)
    assert_int_equal(pace_due(&pace, row, 0, INT64_C(1) << 40, &intended_ns),
                     ANCHOR + (int64_t)row * NS_PER_MS);
}

/* A thousand rows of one instant, then the next instant: they are one group also when late. */
static void rows_of_one_instant_go_together_when_they_catch_up(void **state)
{
  (void)state;
  struct pace pace = start(parse("1", NULL, false, "2"));
  int64_t intended_ns, now = 10 * NS_PER_SECOND;
  for (uint64_t row = 0; row < 1000; row++)
    assert_true(pace_due(&pace, row, 0, now, &intended_ns) <= now);
  assert_int_equal(pace_due(&pace, 1000, NS_PER_SECOND, now, &intended_ns),
                   now + NS_PER_SECOND / 2 - PACE_SLACK_NS);
  assert_int_equal(intended_ns, ANCHOR + NS_PER_SECOND);
}

/* At a thousand million rows a second and a factor of 1.5 rows are two thirds of a nanosecond
 * apart: three rows in two nanoseconds. */
static void catching_up_counts_in_parts_of_a_nanosecond(void **state)
{
  (void)state;
  struct pace pace = start(parse(NULL, "1000000000", false, "1.5"));
  int64_t intended_ns, stalled = NS_PER_SECOND;
  pace_due(&pace, 0, 0, stalled, &intended_ns);
  for (uint64_t row = 1; row < 9000000; row++) {
    int64_t earliest = (int64_t)(row * 2 + 2) / 3; /* rounded up: never too early */
    assert_int_equal(pace_due(&pace, row, 0, stalled, &intended_ns),
                     stalled + earliest - PACE_SLACK_NS);
  }
  assert_int_equal(pace_due(&pace, 9000000, 0, stalled, &intended_ns),
                   stalled + 6000000 - PACE_SLACK_NS);
}

static void refuse(const char *speed, const char *rate, bool poisson, const char *catch_up,
                   const char *message)
{
  struct pace_options options;
  struct error err = {0};
  assert_false(pace_parse(speed, rate, poisson, catch_up, &options, &err));
  assert_int_equal(err.code, ERR_USAGE);
  if (strstr(err.text, message) == NULL)
    fail_msg("%s", err.text);
}

static void words_of_the_command_line_become_exact_numbers(void **state)
{
  (void)state;
  struct pace_options o = parse(NULL, "99991.70/s", true, "1.5");
  assert_int_equal(o.kind, PACE_POISSON);
  assert_true(o.factor.above == 9999170 && o.factor.below == 100);
  assert_true(o.catch_up.above == 15 && o.catch_up.below == 10);
  assert_int_equal(o.seed, 98);
  o = parse(NULL, NULL, false, NULL);
  assert_true(o.kind == PACE_SPEED && o.factor.above == 1 && o.factor.below == 1);
  assert_true(o.catch_up.above == 2 && o.catch_up.below == 1);
  assert_true(parse(NULL, NULL, false, "max").catch_up.above == 0);
  assert_int_equal(parse("max", NULL, false, "max").kind, PACE_MAX);
  assert_true(parse("1000000000", NULL, false, NULL).factor.above == 1000000000);
  assert_true(parse("000000000000000000001", NULL, false, NULL).factor.above == 1);
}

static void wrong_words_are_refused_with_what_they_should_be(void **state)
{
  (void)state;
  static const char *const WRONG[] = {"",    ".",  "0",          "0.0",          "-1",  "+1",
                                      "1e3", "1,", "1000000001", "0.0000000001", "1x",  "1.2.3",
                                      "MAX", " 1", "1 ",         "nan",          "0x1", "fast"};
  for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
    refuse(WRONG[i], NULL, false, NULL, "--speed takes a factor above 0");
    refuse(NULL, WRONG[i], false, NULL, "--rate takes rows a second");
    refuse(NULL, NULL, false, WRONG[i], "--catch-up takes a factor from 1 on");
  }
  refuse(NULL, "/s", false, NULL, "not '/s'");
  refuse(NULL, "5/min", false, NULL, "not '5/min'");
  refuse(NULL, "max", false, NULL, "not 'max'");
  refuse(NULL, NULL, false, "0.999", "not '0.999'");
  refuse("1", "1", false, NULL, "--speed and --rate exclude each other");
  refuse("1", NULL, true, NULL, "--poisson needs the mean rate: --rate");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(deadlines_are_exact_after_any_number_of_rows),
      cmocka_unit_test(a_deadline_beyond_64_bits_is_the_latest_one),
      cmocka_unit_test(at_the_greatest_speed_all_is_due_at_the_anchor),
      cmocka_unit_test(poisson_gaps_have_the_mean_and_the_deviation_of_their_rate),
      cmocka_unit_test(poisson_deadlines_are_the_exact_sum_of_the_gaps),
      cmocka_unit_test(a_row_that_does_not_come_leaves_the_others_where_they_are),
      cmocka_unit_test(after_a_stall_rows_come_at_no_more_than_the_asked_rate_times_the_factor),
      cmocka_unit_test(without_a_bound_all_that_is_late_is_due_at_once),
      cmocka_unit_test(rows_of_one_instant_go_together_when_they_catch_up),
      cmocka_unit_test(catching_up_counts_in_parts_of_a_nanosecond),
      cmocka_unit_test(words_of_the_command_line_become_exact_numbers),
      cmocka_unit_test(wrong_words_are_refused_with_what_they_should_be),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
