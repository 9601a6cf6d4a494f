/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/stamp.h"

#include "tests/support/check.h"

static struct slice all(const struct buffer *b)
{
  return (struct slice){b->p, b->n};
}

static void a_stamp_is_one_header_of_three_big_endian_numbers(void **state)
{
  (void)state;
  static const char bytes[] = "\7retrial\30\0\0\0"
                              "\0\0\0\0\0\0\1\2"
                              "\0\0\0\0\0\0\0\3"
                              "\x7f\xff\xff\xff\xff\xff\xff\xff";
  struct buffer headers = {0};
  struct stamp stamp = {.row = 258, .due_ns = 3, .sent_ns = INT64_MAX}, found;
  stamp_put(stamp, &headers);
  assert_int_equal(headers.n, sizeof bytes - 1);
  assert_memory_equal(headers.p, bytes, headers.n);
  assert_true(stamp_find(all(&headers), &found));
  assert_true(found.row == 258 && found.due_ns == 3 && found.sent_ns == INT64_MAX);
  buffer_free(&headers);
}

static void a_block_is_stamped_again_in_place(void **state)
{
  (void)state;
  struct buffer headers = {0};
  struct stamp found;
  for (uint64_t row = 0; row < 3; row++) {
    stamp_put((struct stamp){row, (int64_t)row + 1, (int64_t)row + 2}, &headers);
    assert_int_equal(headers.n, 36);
    assert_true(stamp_find(all(&headers), &found));
    assert_true(found.row == row && found.due_ns == (int64_t)row + 1 &&
                found.sent_ns == (int64_t)row + 2);
  }
  buffer_free(&headers);
}

/* Whatever others put into their headers, none of it is taken for ours. */
static void a_record_of_somebody_else_has_no_stamp(void **state)
{
  (void)state;
  static const char text[32];
  struct stamp stamp;
  assert_false(stamp_find((struct slice){NULL, 0}, &stamp));
  for (size_t n = 0; n <= sizeof text; n++) {
    struct buffer headers = {0};
    headers_add(&headers, SLICE("retrial"), (struct slice){text, n});
    assert_int_equal(stamp_find(all(&headers), &stamp), n == 24);
    buffer_free(&headers);
  }
  struct buffer headers = {0};
  headers_add(&headers, SLICE("Retrial"), (struct slice){text, 24});
  headers_add_null(&headers, SLICE("retrial"));
  assert_false(stamp_find(all(&headers), &stamp));
  buffer_free(&headers);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_stamp_is_one_header_of_three_big_endian_numbers),
      cmocka_unit_test(a_block_is_stamped_again_in_place),
      cmocka_unit_test(a_record_of_somebody_else_has_no_stamp),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
