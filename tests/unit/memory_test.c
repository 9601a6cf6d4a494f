/* SPDX-License-Identifier: Apache-2.0 */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "tests/support/check.h"

static jmp_buf exhausted;

_Noreturn void mem_exhausted(size_t size)
{
  (void)size;
  longjmp(exhausted, 1);
}

static void what_an_arena_hands_out_is_aligned_and_apart(void **state)
{
  (void)state;
  enum { PIECES = 5000 };
  struct arena arena = {0};
  unsigned char *piece[PIECES];
  for (size_t i = 0; i < PIECES; i++) {
    piece[i] = arena_take(&arena, i % 100 + 1, 1);
    assert_int_equal((uintptr_t)piece[i] % 16, 0);
    memset(piece[i], (int)(i % 251), i % 100 + 1);
  }
  for (size_t i = 0; i < PIECES; i++)
    for (size_t j = 0; j <= i % 100; j++)
      assert_int_equal(piece[i][j], i % 251);
  arena_free(&arena);
}

static void an_arena_takes_what_is_larger_than_its_blocks(void **state)
{
  (void)state;
  enum { LARGE = 5 * 1024 * 1024 };
  struct arena arena = {0};
  arena_take(&arena, 1, 1);
  char *large = arena_zero(&arena, LARGE, 1);
  for (size_t i = 0; i < LARGE; i += 4096)
    assert_int_equal(large[i], 0);
  assert_string_equal(arena_copy(&arena, "abc", 2), "ab");
  arena_free(&arena);
}

static void zeroed_memory_is_zero_also_where_an_arena_was_used_before(void **state)
{
  (void)state;
  struct arena arena = {0};
  memset(arena_take(&arena, 100, 1), 0xff, 100);
  arena_reset(&arena);
  const char *again = arena_zero(&arena, 100, 1);
  for (int i = 0; i < 100; i++)
    assert_int_equal(again[i], 0);
  arena_free(&arena);
}

static void an_empty_arena_can_be_reset_and_freed(void **state)
{
  (void)state;
  struct arena arena = {0};
  arena_reset(&arena);
  arena_free(&arena);
  assert_null(arena.block);
}

static void a_size_that_does_not_fit_is_memory_exhausted(void **state)
{
  (void)state;
  struct arena arena = {0};
  volatile int reached = 0; /* lives through longjmp */
  if (setjmp(exhausted) == 0)
    arena_take(&arena, SIZE_MAX / 2, 3);
  else
    reached++;
  if (setjmp(exhausted) == 0)
    free(mem_resize(NULL, SIZE_MAX / 4, 8));
  else
    reached++;
  assert_int_equal(reached, 2);
  arena_free(&arena);
}

static void a_buffer_keeps_its_bytes_while_it_grows(void **state)
{
  (void)state;
  struct buffer b = {0};
  for (int i = 0; i < 100000; i++)
    buffer_put(&b, (char)(i % 127));
  assert_int_equal(b.n, 100000);
  for (int i = 0; i < 100000; i++)
    assert_int_equal(b.p[i], i % 127);
  buffer_free(&b);
  assert_null(b.p);
}

static void a_buffer_formats_texts_longer_than_it_is(void **state)
{
  (void)state;
  struct buffer b = {0};
  buffer_add(&b, SLICE("x="));
  buffer_printf(&b, "%0*d;", 1000, 7);
  assert_int_equal(b.n, 1003);
  assert_memory_equal(b.p, "x=000", 5);
  assert_memory_equal(b.p + 998, "0007;", 5);
  buffer_free(&b);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_an_arena_hands_out_is_aligned_and_apart),
      cmocka_unit_test(an_arena_takes_what_is_larger_than_its_blocks),
      cmocka_unit_test(zeroed_memory_is_zero_also_where_an_arena_was_used_before),
      cmocka_unit_test(an_empty_arena_can_be_reset_and_freed),
      cmocka_unit_test(a_size_that_does_not_fit_is_memory_exhausted),
      cmocka_unit_test(a_buffer_keeps_its_bytes_while_it_grows),
      cmocka_unit_test(a_buffer_formats_texts_longer_than_it_is),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
