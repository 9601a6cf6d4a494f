/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base64.h"

#include "tests/support/check.h"

/* Python's base64.b64encode(). */
static const struct {
  struct slice bytes, digits;
} KNOWN[] = {
    {{"", 0}, {"", 0}},        {{"f", 1}, {"Zg==", 4}},          {{"fo", 2}, {"Zm8=", 4}},
    {{"foo", 3}, {"Zm9v", 4}}, {{"\0\xff\xfe", 3}, {"AP/+", 4}},
};

static void bytes_are_written_and_read_as_rfc_4648_has_them(void **state)
{
  (void)state;
  for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++) {
    struct buffer digits = {0};
    struct arena arena = {0};
    struct slice bytes;
    base64_put(&digits, KNOWN[i].bytes);
    assert_true(slice_equal((struct slice){digits.p, digits.n}, KNOWN[i].digits));
    assert_true(base64_take(KNOWN[i].digits, &arena, &bytes));
    assert_true(slice_equal(bytes, KNOWN[i].bytes));
    buffer_free(&digits);
    arena_free(&arena);
  }
}

static void what_is_not_padded_or_no_digit_is_refused(void **state)
{
  (void)state;
  struct arena arena = {0};
  struct slice bytes;
  assert_false(base64_take(SLICE("Zg"), &arena, &bytes));
  assert_false(base64_take(SLICE("Zg=="
                                 "Zg=="),
                           &arena, &bytes));
  assert_false(base64_take(SLICE("Z-9v"), &arena, &bytes));
  arena_free(&arena);
}

/* A whole line has 57 bytes, and no line end follows the last. */
static void lines_have_76_digits_and_a_line_end_only_between_them(void **state)
{
  (void)state;
  static const struct {
    size_t bytes, written;
  } length[] = {{0, 0}, {1, 4}, {57, 76}, {58, 76 + 2 + 4}, {114, 2 * 76 + 2}, {115, 2 * 78 + 4}};
  char text[115], out[256];
  memset(text, 'x', sizeof text);
  for (size_t i = 0; i < sizeof length / sizeof *length; i++) {
    struct slice s = {text, length[i].bytes};
    assert_true(length[i].written <= base64_lines_room(s.n));
    assert_int_equal(base64_print_lines(s, out), length[i].written);
    if (length[i].written > 78)
      assert_memory_equal(out + 76, "\r\ne", 3);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bytes_are_written_and_read_as_rfc_4648_has_them),
      cmocka_unit_test(what_is_not_padded_or_no_digit_is_refused),
      cmocka_unit_test(lines_have_76_digits_and_a_line_end_only_between_them),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
