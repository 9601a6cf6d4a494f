/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/pages.h"

#include <string.h>

#include "base/random.h"
#include "tests/support/check.h"

enum { ASKED = 60000, KEYS = 300, NUMBERS = 41, PAGE_BYTES = 40 };

/* The page that was given out for a key and a number, + 1. */
static uint32_t known[KEYS][NUMBERS];

static void a_key_and_a_number_have_one_page_that_stays_where_it_is(void **state)
{
  (void)state;
  static unsigned char *place[KEYS * NUMBERS];
  struct random r;
  random_seed(&r, 11);
  struct pages *pages = pages_new(PAGE_BYTES);
  for (int i = 0; i < ASKED; i++) {
    uint32_t key = (uint32_t)random_below(&r, KEYS);
    int64_t number = random_between(&r, 0, NUMBERS - 1);
    uint32_t page = pages_get(pages, key, number - NUMBERS / 2);
    if (known[key][number] == 0) {
      assert_int_equal(page, pages_count(pages) - 1);
      known[key][number] = page + 1;
      place[page] = pages_state(pages, page);
      for (size_t k = 0; k < PAGE_BYTES; k++)
        assert_int_equal(place[page][k], 0);
      memcpy(place[page], &page, sizeof page);
    }
    assert_int_equal(page + 1, known[key][number]);
    assert_ptr_equal(pages_state(pages, page), place[page]);
    assert_memory_equal(place[page], &page, sizeof page);
    assert_int_equal((uintptr_t)place[page] % 16, 0);
    assert_int_equal(pages_at(pages, page)->key, key);
    assert_int_equal(pages_at(pages, page)->number, number - NUMBERS / 2);
  }
  pages_free(pages);
}

static void numbers_may_be_as_far_apart_as_64_bits_hold(void **state)
{
  (void)state;
  struct pages *pages = pages_new(0);
  int64_t number[] = {INT64_MIN, -1, 0, INT64_MAX};
  for (uint32_t i = 0; i < 4; i++)
    assert_int_equal(pages_get(pages, 5, number[i]), i);
  for (uint32_t i = 0; i < 4; i++)
    assert_int_equal(pages_get(pages, 5, number[i]), i);
  pages_free(pages);
}

static void widen(void *argument, const unsigned char *from, unsigned char *to)
{
  (void)argument;
  for (size_t k = 0; k < 2 * PAGE_BYTES; k++)
    assert_int_equal(to[k], 0);
  memcpy(to + PAGE_BYTES, from, PAGE_BYTES);
}

static void states_that_move_to_larger_pages_stay_those_of_their_page(void **state)
{
  (void)state;
  enum { PAGES = 100 };
  struct pages *pages = pages_new(PAGE_BYTES);
  for (uint32_t i = 0; i < PAGES; i++)
    memcpy(pages_state(pages, pages_get(pages, i, 7)), &i, sizeof i);
  pages_move(pages, 2 * PAGE_BYTES, widen, NULL);
  assert_int_equal(pages_bytes(pages), 2 * PAGE_BYTES);
  for (uint32_t i = 0; i < 2 * PAGES; i++) {
    const unsigned char *place = pages_state(pages, pages_get(pages, i, 7));
    uint32_t expected = i < PAGES ? i : 0;
    assert_memory_equal(place + PAGE_BYTES, &expected, sizeof expected);
  }
  pages_free(pages);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_key_and_a_number_have_one_page_that_stays_where_it_is),
      cmocka_unit_test(numbers_may_be_as_far_apart_as_64_bits_hold),
      cmocka_unit_test(states_that_move_to_larger_pages_stay_those_of_their_page),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
