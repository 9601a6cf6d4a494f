/* SPDX-License-Identifier: Apache-2.0 */
#include "base/outfile.h"

#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/infile.h"
#include "tests/support/check.h"

static char directory[256];

static const char *path_of(const char *name)
{
  static char path[512];
  snprintf(path, sizeof path, "%s/%s", directory, name);
  return path;
}

static void holds(const char *name, const char *expected)
{
  struct buffer bytes = {0};
  struct error err = {0};
  if (!infile_read(path_of(name), &bytes, &err))
    fail_msg("%s", err.text);
  assert_true(slice_is((struct slice){bytes.p, bytes.n}, expected));
  buffer_free(&bytes);
}

/* Names in the directory, hidden ones too. */
static int names(void)
{
  DIR *open_directory = opendir(directory);
  assert_non_null(open_directory);
  int count = -2; /* . and .. */
  while (readdir(open_directory) != NULL)
    count++;
  closedir(open_directory);
  return count;
}

static int make_directory(void **state)
{
  (void)state;
  snprintf(directory, sizeof directory, "%s/outfile_test.XXXXXX",
           getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp");
  return mkdtemp(directory) == NULL;
}

static int remove_directory(void **state)
{
  (void)state;
  unlink(path_of("a.csv"));
  return rmdir(directory);
}

static void a_file_is_not_there_before_it_is_whole(void **state)
{
  (void)state;
  struct error err = {0};
  struct outfile *file = outfile_open(path_of("a.csv"), &err);
  assert_non_null(file);
  assert_true(outfile_write(file, "a,b\n", 4, &err));
  assert_int_not_equal(access(path_of("a.csv"), F_OK), 0);
  assert_true(outfile_write(file, "1,2\n", 4, &err));
  assert_true(outfile_commit(file, &err));
  holds("a.csv", "a,b\n1,2\n");
  assert_int_equal(names(), 1);
}

static void a_file_that_was_there_stays_until_the_new_one_is_whole(void **state)
{
  (void)state;
  struct error err = {0};
  assert_true(outfile_put(path_of("a.csv"), SLICE("old"), &err));
  struct outfile *file = outfile_open(path_of("a.csv"), &err);
  assert_non_null(file);
  assert_true(outfile_write(file, "new", 3, &err));
  holds("a.csv", "old");
  assert_true(outfile_commit(file, &err));
  holds("a.csv", "new");
  assert_int_equal(names(), 1);
}

static void what_is_discarded_leaves_no_trace(void **state)
{
  (void)state;
  struct error err = {0};
  struct outfile *file = outfile_open(path_of("a.csv"), &err);
  assert_non_null(file);
  assert_true(outfile_write(file, "half", 4, &err));
  outfile_discard(file);
  outfile_discard(NULL);
  assert_int_equal(names(), 0);
}

static void more_than_any_buffer_arrives_in_order(void **state)
{
  (void)state;
  enum { PIECES = 30000, PIECE = 37, LARGE = 1000000 };
  struct error err = {0};
  struct outfile *file = outfile_open(path_of("a.csv"), &err);
  char piece[PIECE + 1];
  for (int i = 0; i < PIECES; i++) {
    snprintf(piece, sizeof piece, "%0*d", PIECE, i);
    assert_true(outfile_write(file, piece, PIECE, &err));
  }
  char *large = calloc(1, LARGE);
  assert_true(outfile_write(file, large, LARGE, &err));
  assert_true(outfile_commit(file, &err));
  free(large);

  struct buffer bytes = {0};
  assert_true(infile_read(path_of("a.csv"), &bytes, &err));
  assert_int_equal(bytes.n, PIECES * PIECE + LARGE);
  for (int i = 0; i < PIECES; i++) {
    snprintf(piece, sizeof piece, "%0*d", PIECE, i);
    assert_memory_equal(bytes.p + (size_t)i * PIECE, piece, PIECE);
  }
  buffer_free(&bytes);
}

/* --- growing --- */

enum { LINES = 20000, LINE = 16 };

/* What a reader in another thread sees of a file. */
struct seen {
  struct growing *growing;
  uint64_t bytes;
  bool in_order, broken;
};

static void *read_growing(void *argument)
{
  struct seen *seen = argument;
  char block[LINE * 100], expected[32];
  ssize_t n;
  while ((n = growing_read(seen->growing, block, sizeof block, seen->bytes)) > 0) {
    for (size_t at = 0; at < (size_t)n; at += LINE) {
      snprintf(expected, sizeof expected, "%0*llu\n", LINE - 1,
               (unsigned long long)(seen->bytes + at) / LINE);
      seen->in_order &= memcmp(block + at, expected, LINE) == 0;
    }
    seen->bytes += (uint64_t)n;
  }
  seen->broken = n < 0;
  return NULL;
}

static void write_growing(bool whole, struct seen *seen)
{
  pthread_t reader;
  struct error err = {0};
  *seen = (struct seen){.growing = growing_new(), .in_order = true};
  struct outfile *file = outfile_open(path_of("a.csv"), &err);
  assert_true(outfile_grow(file, seen->growing, &err));
  assert_int_equal(pthread_create(&reader, NULL, read_growing, seen), 0);
  char line[LINE + 1];
  for (int i = 0; i < LINES; i++) {
    snprintf(line, sizeof line, "%0*d\n", LINE - 1, i);
    assert_true(outfile_write(file, line, LINE, &err));
  }
  if (whole)
    assert_true(outfile_commit(file, &err));
  else
    outfile_discard(file);
  pthread_join(reader, NULL);
}

static void a_file_is_read_while_it_grows(void **state)
{
  (void)state;
  struct seen seen;
  char byte;
  write_growing(true, &seen);
  assert_int_equal(seen.bytes, LINES * LINE);
  assert_true(seen.in_order);
  assert_false(seen.broken);
  assert_int_equal(growing_read(seen.growing, &byte, 1, LINE - 1), 1); /* it was closed long ago */
  assert_int_equal(byte, '\n');
  growing_free(seen.growing);
}

static void who_reads_a_file_that_is_given_up_fails(void **state)
{
  (void)state;
  struct seen seen;
  write_growing(false, &seen);
  assert_true(seen.bytes < LINES * LINE);
  assert_true(seen.in_order);
  assert_true(seen.broken);
  growing_free(seen.growing);
}

static void a_device_does_not_grow(void **state)
{
  (void)state;
  struct error err = {0};
  struct growing *growing = growing_new();
  struct outfile *file = outfile_open("/dev/null", &err);
  assert_false(outfile_grow(file, growing, &err));
  assert_int_equal(err.code, ERR_IO);
  outfile_discard(file);
  growing_free(growing);
}

static void a_directory_that_is_missing_is_named(void **state)
{
  (void)state;
  struct error err = {0};
  assert_null(outfile_open(path_of("nowhere/a.csv"), &err));
  assert_int_equal(err.code, ERR_IO);
  assert_string_equal(err.file, path_of("nowhere/a.csv"));
  assert_non_null(strstr(err.text, "No such file or directory"));
}

static void a_directory_is_no_file_to_write(void **state)
{
  (void)state;
  struct error err = {0};
  assert_null(outfile_open(directory, &err));
  assert_int_equal(err.code, ERR_IO);
}

static void a_full_disk_is_an_error_and_not_a_shorter_file(void **state)
{
  (void)state;
  if (access("/dev/full", W_OK) != 0)
    skip();
  struct error err = {0};
  assert_false(outfile_put("/dev/full", SLICE("bytes"), &err));
  assert_int_equal(err.code, ERR_IO);
  assert_non_null(strstr(err.text, "No space left"));
}

int main(void)
{
#define IN_DIRECTORY(test) cmocka_unit_test_setup_teardown(test, make_directory, remove_directory)
  const struct CMUnitTest tests[] = {
      IN_DIRECTORY(a_file_is_not_there_before_it_is_whole),
      IN_DIRECTORY(a_file_that_was_there_stays_until_the_new_one_is_whole),
      IN_DIRECTORY(what_is_discarded_leaves_no_trace),
      IN_DIRECTORY(more_than_any_buffer_arrives_in_order),
      IN_DIRECTORY(a_file_is_read_while_it_grows),
      IN_DIRECTORY(who_reads_a_file_that_is_given_up_fails),
      IN_DIRECTORY(a_device_does_not_grow),
      IN_DIRECTORY(a_directory_that_is_missing_is_named),
      IN_DIRECTORY(a_directory_is_no_file_to_write),
      cmocka_unit_test(a_full_disk_is_an_error_and_not_a_shorter_file),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
