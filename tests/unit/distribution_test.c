/* SPDX-License-Identifier: Apache-2.0 */
#include "base/distribution.h"

#include <math.h>
#include <stdlib.h>

#include "base/hash.h"
#include "tests/support/check.h"
#include "tests/support/data.h"

enum { DRAWS = 200000, SEED = 98 };

static struct distribution lognormal(int64_t median_ns, int64_t p99_ns)
{
  return (struct distribution){.kind = DISTRIBUTION_LOGNORMAL,
                               .lognormal = {.median_ns = median_ns, .p99_ns = p99_ns}};
}

static struct distribution uniform(int64_t low_ns, int64_t high_ns)
{
  return (struct distribution){.kind = DISTRIBUTION_UNIFORM,
                               .uniform = {.low_ns = low_ns, .high_ns = high_ns}};
}

static struct distribution exponential(int64_t mean_ns)
{
  return (struct distribution){.kind = DISTRIBUTION_EXPONENTIAL, .mean_ns = mean_ns};
}

static void compare_with_java(const struct slice *field)
{
  int64_t a = data_number(field[1]), b = data_number(field[2]);
  uint64_t key = strtoull(field[3].p, NULL, 16);
  struct distribution d = {.constant_ns = a};
  if (slice_is(field[0], "uniform"))
    d = uniform(a, b);
  else if (slice_is(field[0], "lognormal"))
    d = lognormal(a, b);
  else if (slice_is(field[0], "exponential"))
    d = exponential(a);
  int64_t got = slice_is(field[0], "unit") ? (int64_t)distribution_exponential(key)
                                           : distribution_draw(&d, key);
  if (got != data_number(field[4]))
    fail_msg("%.*s %lld %lld, key %.16s: %lld, not %.*s", SLICE_PRINT(field[0]), (long long)a,
             (long long)b, field[3].p, (long long)got, SLICE_PRINT(field[4]));
}

static void draws_are_those_of_javas_strict_math_to_the_last_bit(void **state)
{
  (void)state;
  assert_true(data_each("distribution_java.tsv", 5, compare_with_java) > 600);
}

/* By the complementary error function, which is another algorithm than the one turned round here:
 * p = erfc(-z / sqrt 2) / 2, whose slope in z is the density. */
static void the_normal_quantile_turns_the_distribution_round(void **state)
{
  (void)state;
  for (double p = 0x1p-53; p < 0.5; p *= 1.03) {
    double z = distribution_normal_quantile(p);
    double density = exp(-z * z / 2) / sqrt(2 * acos(-1));
    double off = (erfc(-z / sqrt(2)) / 2 - p) / density;
    assert_true(fabs(off) <= 4e-15 * (1 + fabs(z)));
  }
  assert_true(distribution_normal_quantile(0.5) == 0);
  assert_true(distribution_normal_quantile(0.75) == -distribution_normal_quantile(0.25));
}

/* The times in ascending order; the caller frees them. */
static int64_t *sample(const struct distribution *d)
{
  int64_t *time = mem_new(DRAWS, sizeof *time);
  for (uint64_t i = 0; i < DRAWS; i++)
    time[i] = distribution_draw(d, hash_combine(SEED, i));
  return time;
}

static int ascending(const void *a, const void *b)
{
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

/* Whether a share q of the draws lies below ns, within four standard deviations. */
static void assert_share_below(const struct distribution *d, double ns, double q)
{
  int64_t *time = sample(d);
  double below = 0;
  for (size_t i = 0; i < DRAWS; i++)
    below += (double)time[i] < ns;
  free(time);
  assert_true(fabs(below - q * DRAWS) <= 4 * sqrt(q * (1 - q) * DRAWS));
}

static void assert_moments(const struct distribution *d, double mean, double deviation)
{
  int64_t *time = sample(d);
  double sum = 0, squares = 0;
  for (size_t i = 0; i < DRAWS; i++)
    sum += (double)time[i];
  for (size_t i = 0; i < DRAWS; i++)
    squares += pow((double)time[i] - sum / DRAWS, 2);
  free(time);
  assert_true(fabs(sum / DRAWS - mean) <= 4 * deviation / sqrt(DRAWS));
  assert_true(fabs(sqrt(squares / DRAWS) / deviation - 1) <= 0.03);
}

static void half_of_a_lognormal_is_below_its_median_and_1_percent_above_its_p99(void **state)
{
  (void)state;
  struct distribution d = lognormal(2000000, 20000000);
  assert_share_below(&d, 2e6, 0.5);
  assert_share_below(&d, 20e6, 0.99);
  /* sigma = ln 10 / 2.3263, and the normal distribution has 0.841345 below one sigma. */
  assert_share_below(&d, 2e6 * exp(log(10) / 2.3263478740408408), 0.8413447460685429);
  d = lognormal(1000000, 2000000);
  double s = log(2) / 2.3263478740408408, mean = 1e6 * exp(s * s / 2);
  assert_moments(&d, mean, mean * sqrt(exp(s * s) - 1));
}

static void an_exponential_has_its_mean_as_its_deviation(void **state)
{
  (void)state;
  struct distribution d = exponential(5000000);
  assert_moments(&d, 5e6, 5e6);
  assert_share_below(&d, 5e6 * log(2), 0.5);
  assert_share_below(&d, 5e6 * log(1000), 0.999);
}

static void a_uniform_reaches_both_ends_and_all_between_alike(void **state)
{
  (void)state;
  struct distribution d = uniform(7, 9);
  int64_t *time = sample(&d);
  qsort(time, DRAWS, sizeof *time, ascending);
  assert_int_equal(time[0], 7);
  assert_int_equal(time[DRAWS - 1], 9);
  free(time);
  assert_share_below(&d, 8, 1. / 3);
  assert_share_below(&d, 9, 2. / 3);
  d = uniform(1000000, 3000000);
  assert_moments(&d, 2e6, 2e6 / sqrt(12));
}

static void a_lognormal_without_spread_is_its_median(void **state)
{
  (void)state;
  struct distribution d = lognormal(12345, 12345);
  for (uint64_t key = 0; key < 100; key++)
    assert_int_equal(distribution_draw(&d, key), 12345);
}

static void no_draw_is_longer_than_the_most(void **state)
{
  (void)state;
  struct distribution d = lognormal(1, DISTRIBUTION_MOST_NS);
  for (uint64_t key = 0; key < DRAWS; key++)
    assert_in_range(distribution_draw(&d, key), 0, DISTRIBUTION_MOST_NS);
}

/* Neighbouring keys, as of records one behind the other: no correlation within four deviations. */
static void draws_of_neighbouring_keys_are_independent(void **state)
{
  (void)state;
  double sum = 0;
  for (uint64_t key = 0; key < DRAWS; key++) {
    double a = (double)distribution_exponential(key) * 0x1p-32 - 1;
    double b = (double)distribution_exponential(key + 1) * 0x1p-32 - 1;
    sum += a * b;
  }
  assert_true(fabs(sum) <= 4 * sqrt(DRAWS));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(draws_are_those_of_javas_strict_math_to_the_last_bit),
      cmocka_unit_test(the_normal_quantile_turns_the_distribution_round),
      cmocka_unit_test(half_of_a_lognormal_is_below_its_median_and_1_percent_above_its_p99),
      cmocka_unit_test(an_exponential_has_its_mean_as_its_deviation),
      cmocka_unit_test(a_uniform_reaches_both_ends_and_all_between_alike),
      cmocka_unit_test(a_lognormal_without_spread_is_its_median),
      cmocka_unit_test(no_draw_is_longer_than_the_most),
      cmocka_unit_test(draws_of_neighbouring_keys_are_independent),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
