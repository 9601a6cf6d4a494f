/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/rejects.h"

#include <stdio.h>
#include <unistd.h>

#include "base/infile.h"
#include "tests/support/check.h"

/* The file that becomes of three records that are no one's rows, in that order of arrival. */
static void write_in_order(const int *order, struct buffer *file)
{
  static const struct broker_record record[] = {
      {.partition = 0, .offset = 7, .value = {"a", 1}},
      {.partition = 0, .offset = 8, .value = {"b", 1}},
      {.partition = 1, .offset = 2, .value = {"c", 1}},
  };
  static const char path[] = "rejects_test.jsonl";
  struct rejects *r = rejects_new();
  for (int i = 0; i < 3; i++)
    rejects_add(r, SLICE("t"), &record[order[i]], NULL, "no JSON");
  assert_true(rejects_write(r, path, NULL));
  assert_true(infile_read(path, file, NULL));
  unlink(path);
  rejects_free(r);
}

static void the_file_does_not_depend_on_the_order_of_arrival(void **state)
{
  (void)state;
  struct buffer one = {0}, other = {0};
  write_in_order((int[]){0, 1, 2}, &one);
  write_in_order((int[]){2, 0, 1}, &other);
  assert_true(slice_equal((struct slice){one.p, one.n}, (struct slice){other.p, other.n}));
  buffer_free(&one);
  buffer_free(&other);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_file_does_not_depend_on_the_order_of_arrival),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
