/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/histogram.h"

#include <stdlib.h>

#include "base/random.h"
#include "measure/percentile.h"
#include "tests/support/check.h"
#include "tests/support/data.h"
#include "tests/support/durations.h"

#define DAY_NS INT64_C(86400000000000)

static struct hist *of_set; /* what the lines after a "set" are about */

static void begin_set(const struct slice *field)
{
  free(of_set);
  of_set = durations_record(field);
}

static struct hist *new_hist(int64_t highest_ns, int digits)
{
  struct hist *h = hist_new(highest_ns, digits, NULL);
  assert_non_null(h);
  return h;
}

/* bucket digits value low high */
static void check_bucket(const struct slice *field)
{
  static struct hist *of_digits[6];
  if (!slice_is(field[0], "bucket"))
    return;
  int digits = (int)data_number(field[1]);
  if (of_digits[digits] == NULL)
    of_digits[digits] = new_hist(INT64_MAX, digits);
  struct hist *h = of_digits[digits];
  size_t index = hist_index(h, data_number(field[2]));
  if (hist_bucket_low(h, index) != data_number(field[3]) ||
      hist_bucket_high(h, index) != data_number(field[4]))
    fail_msg("%.*s ns with %d digits: %lld .. %lld", SLICE_PRINT(field[2]), digits,
             (long long)hist_bucket_low(h, index), (long long)hist_bucket_high(h, index));
  if (slice_is(field[2], "9223372036854775807")) {
    free(h);
    of_digits[digits] = NULL;
  }
}

static void buckets_are_those_of_hdrhistogram(void **state)
{
  (void)state;
  data_each("histogram_java.tsv", 2, check_bucket);
}

/* exact count min max mean; quantile parts of ns */
static void check_values(const struct slice *field)
{
  if (slice_is(field[0], "set")) {
    begin_set(field);
  } else if (slice_is(field[0], "exact")) {
    assert_int_equal(of_set->totals.count, data_number(field[1]));
    assert_int_equal(of_set->totals.min, data_number(field[2]));
    assert_int_equal(of_set->totals.max, data_number(field[3]));
    assert_int_equal(hist_mean(of_set), data_number(field[4]));
  } else if (slice_is(field[0], "quantile")) {
    uint64_t parts = (uint64_t)data_number(field[1]), of = (uint64_t)data_number(field[2]);
    assert_int_equal(hist_quantile(of_set, parts, of), data_number(field[3]));
  }
}

static void quantiles_are_those_of_hdrhistogram_and_min_max_and_mean_are_exact(void **state)
{
  (void)state;
  data_each("histogram_java.tsv", 2, check_values);
  free(of_set);
  of_set = NULL;
}

/* level percentile ns count */
static void check_level(const struct slice *field)
{
  static struct percentile p;
  char text[PERCENTILE_BYTES];
  if (slice_is(field[0], "set")) {
    begin_set(field);
    p = (struct percentile){0};
  } else if (slice_is(field[0], "level")) {
    assert_true(percentile_next(of_set, &p));
    if (!slice_is(field[1], percentile_text(&p, text)))
      fail_msg("%s, expected %.*s", text, SLICE_PRINT(field[1]));
    assert_int_equal(p.bucket.high, data_number(field[2]));
    assert_int_equal(p.bucket.count_to_there, data_number(field[3]));
  } else if (slice_is(field[0], "encoded")) {
    assert_false(percentile_next(of_set, &p));
  }
}

static void percentiles_are_iterated_as_by_hdrhistogram(void **state)
{
  (void)state;
  data_each("histogram_java.tsv", 2, check_level);
  free(of_set);
  of_set = NULL;
}

/* 10^-digits of the duration, over random ones of every size. */
static void a_bucket_is_narrower_than_its_digits_promise(void **state)
{
  (void)state;
  struct random r;
  random_seed(&r, 1);
  int64_t power = 1;
  for (int digits = 1; digits <= 5; digits++) {
    struct hist *h = new_hist(INT64_MAX, digits);
    power *= 10;
    for (int i = 0; i < 100000; i++) {
      int64_t ns = (int64_t)(random_next(&r) >> (1 + random_below(&r, 62)));
      size_t index = hist_index(h, ns);
      int64_t low = hist_bucket_low(h, index), high = hist_bucket_high(h, index);
      assert_true(low <= ns && ns <= high);
      assert_true(high - low <= low / power);
    }
    free(h);
  }
}

static void every_duration_has_one_bucket_and_they_follow_without_a_gap(void **state)
{
  (void)state;
  struct hist *h = new_hist(INT64_MAX, 3);
  size_t last = hist_index(h, INT64_MAX);
  assert_int_equal(hist_bucket_low(h, 0), 0);
  for (size_t i = 0; i < last; i++) {
    assert_int_equal(hist_index(h, hist_bucket_low(h, i)), i);
    assert_int_equal(hist_index(h, hist_bucket_high(h, i)), i);
    assert_int_equal(hist_bucket_high(h, i) + 1, hist_bucket_low(h, i + 1));
  }
  assert_int_equal(hist_bucket_high(h, last), INT64_MAX);
  free(h);
}

static void an_empty_histogram_has_no_buckets_and_zeros_for_answers(void **state)
{
  (void)state;
  struct hist *h = new_hist(DAY_NS, 3);
  struct hist_bucket bucket = {0};
  struct percentile p = {0};
  assert_int_equal(h->totals.count, 0);
  assert_int_equal(h->totals.max, 0);
  assert_int_equal(hist_mean(h), 0);
  assert_int_equal(hist_quantile(h, 1, 2), 0);
  assert_false(hist_next(h, &bucket));
  assert_false(percentile_next(h, &p));
  free(h);
}

static void a_duration_of_zero_counts(void **state)
{
  (void)state;
  struct hist *h = new_hist(DAY_NS, 3);
  struct hist_bucket bucket = {0};
  hist_record(h, 0);
  assert_int_equal(h->totals.count, 1);
  assert_int_equal(h->totals.min, 0);
  assert_int_equal(hist_quantile(h, 1, 1), 0);
  assert_true(hist_next(h, &bucket));
  assert_int_equal(bucket.count, 1);
  assert_false(hist_next(h, &bucket));
  free(h);
}

static void what_is_above_the_highest_is_in_the_last_bucket_and_an_overflow(void **state)
{
  (void)state;
  struct hist *h = new_hist(1000000, 3);
  hist_record(h, 1000000);
  assert_int_equal(h->totals.overflow, 0);
  hist_record(h, 1000001);
  hist_record(h, INT64_MAX);
  struct hist_bucket bucket = {0};
  assert_true(hist_next(h, &bucket));
  assert_int_equal(bucket.count, 3);
  assert_int_equal(bucket.low, 999936); /* 1000000 / 512 * 512 */
  assert_false(hist_next(h, &bucket));
  assert_int_equal(h->totals.overflow, 2);
  assert_int_equal(h->totals.negative, 0);
  assert_int_equal(h->totals.count, 3);
  assert_int_equal(h->totals.max, INT64_MAX);
  assert_int_equal(hist_mean(h), INT64_MAX / 3 + 666667);
  hist_reset(h);
  assert_int_equal(h->totals.overflow, 0);
  assert_int_equal(h->bucket[hist_index(h, 1000000)], 0);
  free(h);
}

static void what_is_below_zero_counts_as_zero_and_as_negative(void **state)
{
  (void)state;
  struct hist *h = new_hist(1000, 3);
  hist_record(h, -1);
  hist_record(h, INT64_MIN);
  hist_record(h, 7);
  assert_int_equal(h->totals.negative, 2);
  assert_int_equal(h->totals.overflow, 0);
  assert_int_equal(h->totals.count, 3);
  assert_int_equal(h->totals.min, 0);
  assert_int_equal(hist_mean(h), 2);
  assert_int_equal(hist_quantile(h, 2, 3), 0);
  assert_int_equal(hist_quantile(h, 3, 3), 7);
  free(h);
}

static void assert_same(const struct hist *a, const struct hist *b)
{
  struct hist_bucket x = {0}, y = {0};
  bool more;
  assert_int_equal(a->totals.count, b->totals.count);
  assert_int_equal(a->totals.overflow, b->totals.overflow);
  assert_int_equal(a->totals.negative, b->totals.negative);
  assert_int_equal(a->totals.min, b->totals.min);
  assert_int_equal(a->totals.max, b->totals.max);
  assert_true(a->totals.sum == b->totals.sum);
  do {
    more = hist_next(a, &x);
    assert_int_equal(hist_next(b, &y), more);
    assert_memory_equal(&x, &y, sizeof x);
  } while (more);
}

static void parts_added_up_are_the_whole_in_any_order(void **state)
{
  (void)state;
  enum { PARTS = 5 };
  struct random r;
  struct hist *part[PARTS], *whole = new_hist(DAY_NS, 3);
  struct hist *upwards = new_hist(DAY_NS, 3), *downwards = new_hist(DAY_NS, 3);
  random_seed(&r, 2);
  for (size_t i = 0; i < PARTS; i++)
    part[i] = new_hist(DAY_NS, 3);
  for (int i = 0; i < 20000; i++) {
    int64_t ns = (int64_t)random_next(&r) >> random_below(&r, 64); /* negative and too high, too */
    hist_record(whole, ns);
    hist_record(part[random_below(&r, PARTS - 1)], ns); /* the last one stays empty */
  }
  for (size_t i = 0; i < PARTS; i++) {
    hist_add(upwards, part[i]);
    hist_add(downwards, part[PARTS - 1 - i]);
  }
  assert_true(whole->totals.overflow > 0 && whole->totals.negative > 0);
  assert_same(whole, upwards);
  assert_same(whole, downwards);
  for (size_t i = 0; i < PARTS; i++)
    free(part[i]);
  free(whole);
  free(upwards);
  free(downwards);
}

static void after_a_reset_it_is_as_new(void **state)
{
  (void)state;
  struct hist *h = new_hist(DAY_NS, 3), *fresh = new_hist(DAY_NS, 3);
  struct durations d = {.state = 3, .bits = 40};
  for (int i = 0; i < 1000; i++)
    hist_record(h, durations_next(&d));
  hist_reset(h);
  assert_same(h, fresh);
  hist_record(h, 0);
  hist_record(h, DAY_NS);
  hist_record(fresh, 0);
  hist_record(fresh, DAY_NS);
  assert_same(h, fresh);
  free(h);
  free(fresh);
}

static void a_mean_of_great_durations_does_not_overflow(void **state)
{
  (void)state;
  struct hist *h = new_hist(INT64_MAX, 3);
  for (int i = 0; i < 1000; i++)
    hist_record(h, INT64_MAX - 1000 + i);
  assert_int_equal(hist_mean(h), INT64_MAX - 501); /* 500.5 below, cut */
  free(h);
}

static void limits_are_told(void **state)
{
  (void)state;
  struct error err = {0};
  assert_null(hist_new(DAY_NS, 0, &err));
  assert_int_equal(err.code, ERR_RANGE);
  assert_string_equal(err.text,
                      "no histogram of 0 digits up to 86400000000000 ns (1 to 5 digits, 2 ns or "
                      "more)");
  assert_null(hist_new(DAY_NS, 6, &err));
  assert_null(hist_new(1, 3, &err));
  struct hist *least = new_hist(2, 1);
  hist_record(least, 2);
  assert_int_equal(hist_quantile(least, 1, 1), 2);
  free(least);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(buckets_are_those_of_hdrhistogram),
      cmocka_unit_test(quantiles_are_those_of_hdrhistogram_and_min_max_and_mean_are_exact),
      cmocka_unit_test(percentiles_are_iterated_as_by_hdrhistogram),
      cmocka_unit_test(a_bucket_is_narrower_than_its_digits_promise),
      cmocka_unit_test(every_duration_has_one_bucket_and_they_follow_without_a_gap),
      cmocka_unit_test(an_empty_histogram_has_no_buckets_and_zeros_for_answers),
      cmocka_unit_test(a_duration_of_zero_counts),
      cmocka_unit_test(what_is_above_the_highest_is_in_the_last_bucket_and_an_overflow),
      cmocka_unit_test(what_is_below_zero_counts_as_zero_and_as_negative),
      cmocka_unit_test(parts_added_up_are_the_whole_in_any_order),
      cmocka_unit_test(after_a_reset_it_is_as_new),
      cmocka_unit_test(a_mean_of_great_durations_does_not_overflow),
      cmocka_unit_test(limits_are_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
