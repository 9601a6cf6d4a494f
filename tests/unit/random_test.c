/* SPDX-License-Identifier: Apache-2.0 */
#include "base/hash.h"
#include "base/random.h"
#include "tests/support/check.h"

/* The authors' xoshiro256plusplus.c, from the state 1, 2, 3, 4. */
static void numbers_are_those_of_the_published_generator(void **state)
{
  (void)state;
  static const uint64_t expected[] = {
      41943041u, 58720359u, 3588806011781223u, 3591011842654386u, 9228616714210784205u,
  };
  struct random r = {{1, 2, 3, 4}};
  for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
    assert_true(random_next(&r) == expected[i]);
}

/* The authors' splitmix64.c, from the state 1234567. */
static void a_seed_becomes_a_state_by_splitmix(void **state)
{
  (void)state;
  struct random r;
  random_seed(&r, 1234567);
  assert_true(r.state[0] == 6457827717110365317u);
  assert_true(r.state[1] == 3203168211198807973u);
  assert_true(r.state[2] == 9817491932198370423u);
  assert_true(r.state[3] == 4593380528125082431u);
}

static void the_same_seed_gives_the_same_numbers_and_another_does_not(void **state)
{
  (void)state;
  struct random a, b, c;
  random_seed(&a, 98);
  random_seed(&b, 98);
  random_seed(&c, 99);
  uint64_t first = random_next(&a);
  assert_true(first == 10063925280767635778u); /* both algorithms, computed in Python */
  assert_true(first == random_next(&b));
  assert_true(first != random_next(&c));
}

static void below_reaches_every_number_and_none_beyond(void **state)
{
  (void)state;
  struct random r;
  random_seed(&r, 1);
  enum { BOUND = 7, DRAWS = 70000 };
  int seen[BOUND] = {0};
  for (int i = 0; i < DRAWS; i++) {
    uint64_t n = random_below(&r, BOUND);
    assert_in_range(n, 0, BOUND - 1);
    seen[n]++;
  }
  /* 10,000 are expected, with a standard deviation of 93. */
  for (int i = 0; i < BOUND; i++)
    assert_in_range(seen[i], 9500, 10500);
  assert_true(random_below(&r, 1) == 0);
}

/* Of 2^64 numbers spread over 3 * 2^62, every third would come twice as often as the others. */
static void below_favours_no_number(void **state)
{
  (void)state;
  struct random r;
  random_seed(&r, 3);
  enum { DRAWS = 30000 };
  int thirds = 0;
  for (int i = 0; i < DRAWS; i++)
    thirds += random_below(&r, UINT64_C(3) << 62) % 3 == 0;
  assert_in_range(thirds, 9500, 10500); /* 15,000 with the bias */
}

static void between_holds_at_the_ends_of_its_range(void **state)
{
  (void)state;
  struct random r;
  random_seed(&r, 2);
  bool negative = false, positive = false;
  for (int i = 0; i < 64; i++) {
    int64_t any = random_between(&r, INT64_MIN, INT64_MAX);
    negative |= any<0, positive |= any> 0;
    assert_true(random_between(&r, INT64_MAX, INT64_MAX) == INT64_MAX);
    assert_true(random_between(&r, INT64_MIN, INT64_MIN) == INT64_MIN);
    int64_t few = random_between(&r, -2, 1);
    assert_true(few >= -2 && few <= 1);
  }
  assert_true(negative && positive);
}

static void every_byte_and_the_length_of_a_text_matter_to_its_hash(void **state)
{
  (void)state;
  char text[40];
  memset(text, 'x', sizeof text);
  for (size_t n = 1; n <= sizeof text; n++) {
    uint64_t hash = hash_slice((struct slice){text, n});
    assert_true(hash != hash_slice((struct slice){text, n - 1}));
    for (size_t i = 0; i < n; i++) {
      text[i] = 'y';
      assert_true(hash != hash_slice((struct slice){text, n}));
      text[i] = 'x';
    }
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers_are_those_of_the_published_generator),
      cmocka_unit_test(a_seed_becomes_a_state_by_splitmix),
      cmocka_unit_test(the_same_seed_gives_the_same_numbers_and_another_does_not),
      cmocka_unit_test(below_reaches_every_number_and_none_beyond),
      cmocka_unit_test(below_favours_no_number),
      cmocka_unit_test(between_holds_at_the_ends_of_its_range),
      cmocka_unit_test(every_byte_and_the_length_of_a_text_matter_to_its_hash),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
