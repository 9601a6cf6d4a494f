/* SPDX-License-Identifier: Apache-2.0 */
#include "capture/capture.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/infile.h"
#include "base/outfile.h"
#include "base/random.h"
#include "broker/headers.h"
#include "tests/support/check.h"

static char directory[256];

static const char *path_of(const char *name)
{
  static char path[512];
  snprintf(path, sizeof path, "%s/%s", directory, name);
  return path;
}

static int make_directory(void **state)
{
  (void)state;
  snprintf(directory, sizeof directory, "%s/capture_test.XXXXXX",
           getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp");
  return mkdtemp(directory) == NULL;
}

static int remove_directory(void **state)
{
  (void)state;
  unlink(path_of("a.jsonl"));
  unlink(path_of("a.jsonl.zst"));
  return rmdir(directory);
}

static void put(const char *name, struct slice bytes)
{
  struct error err;
  if (!outfile_put(path_of(name), bytes, &err))
    fail_msg("%s", err.text);
}

/* --- records that a seed makes --- */

static struct slice some_bytes(struct random *r, struct buffer *out)
{
  size_t start = out->n, n = (size_t)random_below(r, 20);
  static const char often[] = "\"\\\0\n{}az\x7f\x80\xc3\xa9\xff";
  bool any = random_below(r, 2) == 0;
  for (size_t i = 0; i < n; i++)
    buffer_put(out, any ? (char)random_below(r, 256) : often[random_below(r, sizeof often - 1)]);
  return (struct slice){out->p + start, n};
}

/* Record `index`; its bytes go to the two buffers, which have room. */
static struct capture_record some_record(uint64_t index, struct buffer *bytes,
                                         struct buffer *headers)
{
  struct random random, *r = &random;
  struct capture_record out = {.topic = SLICE("topic-cpu"), .broker = -1};
  random_seed(r, index);
  bytes->n = headers->n = 0;
  buffer_room(bytes, 1000);
  for (uint64_t left = random_below(r, 4); left > 0; left--)
    if (random_below(r, 4) == 0)
      headers_add_null(headers, some_bytes(r, bytes));
    else
      headers_add(headers, some_bytes(r, bytes), some_bytes(r, bytes));
  out.record = (struct broker_record){
      .keyed = random_below(r, 3) != 0,
      .tombstone = random_below(r, 3) == 0,
      .headers = {headers->p, headers->n},
      .timestamp_ms = (int64_t)random_below(r, 1u << 31) * 1000,
      .partition = (uint32_t)random_below(r, 4),
      .offset = (int64_t)index,
  };
  if (out.record.keyed)
    out.record.key = some_bytes(r, bytes);
  if (!out.record.tombstone)
    out.record.value = some_bytes(r, bytes);
  return out;
}

static void assert_same(const struct capture_record *a, const struct capture_record *b)
{
  assert_true(slice_equal(a->topic, b->topic) && a->time == b->time && a->broker == b->broker);
  const struct broker_record *x = &a->record, *y = &b->record;
  assert_true(x->keyed == y->keyed && slice_equal(x->key, y->key));
  assert_true(x->tombstone == y->tombstone && slice_equal(x->value, y->value));
  assert_true(slice_equal(x->headers, y->headers));
  assert_true(x->timestamp_ms == y->timestamp_ms && x->partition == y->partition);
  assert_true(x->offset == y->offset);
}

static void write_records(const char *name, uint64_t count)
{
  struct buffer bytes = {0}, headers = {0};
  struct error err;
  struct capture_writer *writer = capture_create(path_of(name), &err);
  assert_non_null(writer);
  for (uint64_t i = 0; i < count; i++) {
    struct capture_record record = some_record(i, &bytes, &headers);
    assert_true(capture_write(writer, &record, &err));
  }
  assert_true(capture_commit(writer, &err));
  buffer_free(&bytes);
  buffer_free(&headers);
}

/* Reads records of which each is the one that was written; how many, and whether all is well. */
static uint64_t read_records(const char *name, bool *good, bool *cut, struct error *err)
{
  struct buffer bytes = {0}, headers = {0};
  struct capture_record record;
  uint64_t count = 0;
  bool end = false;
  struct capture_reader *reader = capture_open(path_of(name), err);
  assert_non_null(reader);
  while ((*good = capture_next(reader, &record, &end, err)) && !end) {
    struct capture_record expected = some_record(count++, &bytes, &headers);
    assert_same(&record, &expected);
  }
  *cut = capture_is_cut(reader);
  capture_close(reader);
  buffer_free(&bytes);
  buffer_free(&headers);
  return count;
}

static void what_was_written_is_read_whatever_its_bytes(const char *name)
{
  struct error err = {0};
  bool good, cut;
  write_records(name, 20000);
  assert_int_equal(read_records(name, &good, &cut, &err), 20000);
  assert_true(good && !cut);
}

static void what_was_written_plain_is_read_whatever_its_bytes(void **state)
{
  (void)state;
  what_was_written_is_read_whatever_its_bytes("a.jsonl");
}

static void what_was_written_through_zstd_is_read_whatever_its_bytes(void **state)
{
  (void)state;
  what_was_written_is_read_whatever_its_bytes("a.jsonl.zst");
}

static void a_line_longer_than_every_buffer_is_read(void **state)
{
  (void)state;
  static const char *const names[] = {"a.jsonl", "a.jsonl.zst"};
  enum { LARGE = 3000000 };
  char *large = malloc(LARGE);
  memset(large, '\n', LARGE);
  for (size_t i = 0; i < 2; i++) {
    struct error err;
    bool end;
    struct capture_record record = {.topic = SLICE("t")}, read;
    record.record.value = (struct slice){large, LARGE};
    struct capture_writer *writer = capture_create(path_of(names[i]), &err);
    for (int twice = 0; twice < 2; twice++)
      assert_true(capture_write(writer, &record, &err));
    assert_true(capture_commit(writer, &err));
    struct capture_reader *reader = capture_open(path_of(names[i]), &err);
    for (int twice = 0; twice < 2; twice++) {
      assert_true(capture_next(reader, &read, &end, &err) && !end);
      assert_same(&read, &record);
    }
    assert_true(capture_next(reader, &read, &end, &err) && end);
    capture_close(reader);
  }
  free(large);
}

static void what_is_discarded_leaves_no_trace(void **state)
{
  (void)state;
  struct error err;
  struct capture_record record = {.topic = SLICE("t")};
  struct capture_writer *writer = capture_create(path_of("a.jsonl.zst"), &err);
  assert_true(capture_write(writer, &record, &err));
  capture_discard(writer);
  assert_int_not_equal(access(path_of("a.jsonl.zst"), F_OK), 0);
}

/* --- captures that were cut short --- */

static bool ends_with(const char *text, const char *tail)
{
  size_t n = strlen(text), m = strlen(tail);
  return n >= m && strcmp(text + n - m, tail) == 0;
}

/* Records in the first n bytes of a plain capture: lines that have all but their end, too. */
static uint64_t whole_lines(struct slice text)
{
  uint64_t lines = 0;
  for (size_t i = 0; i < text.n; i++)
    lines += text.p[i] == '\n' || (text.p[i] == '}' && i + 1 == text.n);
  return lines;
}

static void a_capture_cut_at_any_byte_gives_the_records_before_and_says_so(void **state)
{
  (void)state;
  enum { RECORDS = 6 };
  struct buffer whole = {0};
  struct error err = {0};
  write_records("a.jsonl", RECORDS);
  assert_true(infile_read(path_of("a.jsonl"), &whole, &err));
  for (size_t n = 0; n <= whole.n; n++) {
    char tail[80];
    bool good, cut;
    put("a.jsonl", (struct slice){whole.p, n});
    uint64_t count = read_records("a.jsonl", &good, &cut, &err);
    bool ended = n == 0 || whole.p[n - 1] == '\n' || whole.p[n] == '\n';
    if (ended)
      assert_int_equal(count, whole_lines((struct slice){whole.p, n}));
    assert_int_equal(good, ended);
    assert_int_equal(cut, !ended);
    if (good)
      continue;
    snprintf(tail, sizeof tail, "in the middle of a record; before it %s %d whole record%s",
             count == 1 ? "is" : "are", (int)count, count == 1 ? "" : "s");
    assert_true(err.code == ERR_DATA && ends_with(err.text, tail));
    assert_int_equal(err.line, count + 1);
    assert_string_equal(err.file, path_of("a.jsonl"));
  }
  buffer_free(&whole);
}

static void a_zstd_capture_cut_at_any_byte_is_never_taken_for_whole(void **state)
{
  (void)state;
  enum { RECORDS = 40 };
  struct buffer whole = {0};
  struct error err = {0};
  bool good, cut;
  write_records("a.jsonl.zst", RECORDS);
  assert_true(infile_read(path_of("a.jsonl.zst"), &whole, &err));
  for (size_t n = 0; n < whole.n; n++) {
    put("a.jsonl.zst", (struct slice){whole.p, n});
    uint64_t count = read_records("a.jsonl.zst", &good, &cut, &err);
    assert_true(!good && cut && count <= RECORDS);
    assert_true(err.code == ERR_DATA && strstr(err.text, "ends in the middle of ") != NULL);
    assert_int_equal(err.line, count + 1);
  }
  put("a.jsonl.zst", (struct slice){whole.p, whole.n});
  assert_int_equal(read_records("a.jsonl.zst", &good, &cut, &err), RECORDS);
  assert_true(good && !cut);
  buffer_free(&whole);
}

static void records_before_the_cut_of_a_long_zstd_capture_are_usable(void **state)
{
  (void)state;
  enum { RECORDS = 5000 };
  struct buffer whole = {0};
  struct error err = {0};
  uint64_t counted;
  bool good, cut, counted_cut;
  write_records("a.jsonl.zst", RECORDS);
  assert_true(infile_read(path_of("a.jsonl.zst"), &whole, &err));
  put("a.jsonl.zst", (struct slice){whole.p, whole.n - 1});
  assert_int_equal(read_records("a.jsonl.zst", &good, &cut, &err), RECORDS);
  assert_true(!good && cut && strstr(err.text, "its zstd data") != NULL);
  put("a.jsonl.zst", (struct slice){whole.p, whole.n * 9 / 10});
  uint64_t count = read_records("a.jsonl.zst", &good, &cut, &err);
  assert_true(!good && cut && count > RECORDS / 2 && count < RECORDS);
  assert_false(capture_count(path_of("a.jsonl.zst"), &counted, &counted_cut, &err));
  assert_true(counted == count && counted_cut);
  buffer_free(&whole);
}

/* --- captures that are damaged, or none --- */

static void a_changed_byte_of_a_zstd_capture_is_seen_or_changes_nothing(void **state)
{
  (void)state;
  struct buffer whole = {0};
  struct error err = {0};
  uint64_t count;
  bool good, cut;
  write_records("a.jsonl.zst", 40);
  assert_true(infile_read(path_of("a.jsonl.zst"), &whole, &err));
  for (size_t i = 0; i < whole.n; i++) {
    whole.p[i] ^= 1;
    put("a.jsonl.zst", (struct slice){whole.p, whole.n});
    /* Some bits say nothing of the text, as the size of the window. */
    if (capture_count(path_of("a.jsonl.zst"), &count, &cut, &err))
      assert_int_equal(read_records("a.jsonl.zst", &good, &cut, &err), 40);
    else
      assert_int_equal(err.code, ERR_DATA);
    whole.p[i] ^= 1;
  }
  buffer_free(&whole);
}

static void zstd_frames_one_after_the_other_are_one_capture(void **state)
{
  (void)state;
  struct buffer twice = {0};
  struct error err = {0};
  uint64_t count;
  bool cut;
  write_records("a.jsonl.zst", 3);
  for (int i = 0; i < 2; i++)
    assert_true(infile_read(path_of("a.jsonl.zst"), &twice, &err));
  put("a.jsonl.zst", (struct slice){twice.p, twice.n});
  assert_true(capture_count(path_of("a.jsonl.zst"), &count, &cut, &err));
  assert_int_equal(count, 6);
  buffer_free(&twice);
}

static void assert_fails(const char *name, struct slice text, enum error_code code, uint32_t line,
                         const char *reason)
{
  struct error err = {0};
  uint64_t count;
  bool cut;
  put(name, text);
  assert_false(capture_count(path_of(name), &count, &cut, &err));
  assert_int_equal(err.code, code);
  assert_int_equal(err.line, line);
  assert_string_equal(err.file, path_of(name));
  if (strstr(err.text, reason) == NULL)
    fail_msg("'%s', not '%s'", err.text, reason);
  assert_false(cut);
}

#define LINE "{\"topic\":\"t\",\"partition\":0,\"key\":null,\"payload\":\"v\"}"

static void a_line_that_is_no_record_is_named(void **state)
{
  (void)state;
  assert_fails("a.jsonl", SLICE(LINE "\n\n" LINE "\nnonsense\n" LINE "\n"), ERR_DATA, 4,
               "not valid JSON");
  assert_fails("a.jsonl", SLICE(LINE "\n{\"topic\":\"t\"\n" LINE "\n"), ERR_DATA, 2,
               "not valid JSON");
  assert_fails("a.jsonl", SLICE(LINE "\n{\"topic\":\"t\"}"), ERR_DATA, 2, "'partition' is missing");
  assert_fails("a.jsonl", SLICE("\x89PNG"), ERR_DATA, 1, "not valid JSON");
  assert_fails("a.jsonl.zst", SLICE(LINE "\n"), ERR_DATA, 1, "no zstd data");
}

static void blank_lines_are_skipped_and_the_last_line_needs_no_end(void **state)
{
  (void)state;
  struct error err = {0};
  uint64_t count;
  bool cut;
  put("a.jsonl", SLICE("\n" LINE "\r\n \n" LINE));
  assert_true(capture_count(path_of("a.jsonl"), &count, &cut, &err));
  assert_int_equal(count, 2);
}

static void a_file_that_is_not_there_is_named(void **state)
{
  (void)state;
  struct error err = {0};
  assert_null(capture_open(path_of("a.jsonl"), &err));
  assert_int_equal(err.code, ERR_IO);
  assert_string_equal(err.file, path_of("a.jsonl"));
  assert_null(capture_create(path_of("nowhere/a.jsonl"), &err));
  assert_int_equal(err.code, ERR_IO);
}

static void a_full_disk_is_an_error(void **state)
{
  (void)state;
  if (access("/dev/full", W_OK) != 0)
    skip();
  struct error err = {0};
  struct capture_record record = {.topic = SLICE("t")};
  struct capture_writer *writer = capture_create("/dev/full", &err);
  assert_true(capture_write(writer, &record, &err));
  assert_false(capture_commit(writer, &err));
  assert_int_equal(err.code, ERR_IO);
}

int main(void)
{
#define IN_DIRECTORY(test) cmocka_unit_test_setup_teardown(test, make_directory, remove_directory)
  const struct CMUnitTest tests[] = {
      IN_DIRECTORY(what_was_written_plain_is_read_whatever_its_bytes),
      IN_DIRECTORY(what_was_written_through_zstd_is_read_whatever_its_bytes),
      IN_DIRECTORY(a_line_longer_than_every_buffer_is_read),
      IN_DIRECTORY(what_is_discarded_leaves_no_trace),
      IN_DIRECTORY(a_capture_cut_at_any_byte_gives_the_records_before_and_says_so),
      IN_DIRECTORY(a_zstd_capture_cut_at_any_byte_is_never_taken_for_whole),
      IN_DIRECTORY(records_before_the_cut_of_a_long_zstd_capture_are_usable),
      IN_DIRECTORY(a_changed_byte_of_a_zstd_capture_is_seen_or_changes_nothing),
      IN_DIRECTORY(zstd_frames_one_after_the_other_are_one_capture),
      IN_DIRECTORY(a_line_that_is_no_record_is_named),
      IN_DIRECTORY(blank_lines_are_skipped_and_the_last_line_needs_no_end),
      IN_DIRECTORY(a_file_that_is_not_there_is_named),
      cmocka_unit_test(a_full_disk_is_an_error),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
