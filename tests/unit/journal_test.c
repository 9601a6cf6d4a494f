/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/journal.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/infile.h"
#include "base/outfile.h"
#include "tests/support/check.h"

enum { MOST = 64 };

/* What was visited: a line for each record. */
struct seen {
  size_t records;
  char line[MOST][256];
};

static char directory[4096], path[4096 + 16];

static const char *show(struct slice s, bool there)
{
  static char text[4][64];
  static unsigned turn;
  char *t = text[turn++ % 4];
  snprintf(t, sizeof *text, there ? "'%.*s'" : "none", SLICE_PRINT(s));
  return t;
}

static bool see(void *argument, const struct broker_record *r, struct error *err)
{
  (void)err;
  struct seen *seen = argument;
  assert_true(seen->records < MOST);
  snprintf(seen->line[seen->records++], sizeof *seen->line, "%u@%lld at %lld: %s %s %s",
           r->partition, (long long)r->offset, (long long)r->timestamp_ms, show(r->key, r->keyed),
           show(r->headers, true), show(r->value, !r->tombstone));
  return true;
}

static void fail_with(const struct error *err)
{
  fail_msg("%s: %s", err->file, err->text);
}

/* Opens the journal; what it has is in *seen. */
static struct journal *reopen(int64_t from, struct seen *seen, int64_t *next)
{
  struct error err = {0};
  struct journal *journal;
  *seen = (struct seen){0};
  enum journal_opened opened = journal_open(path, from, see, seen, next, &journal, &err);
  if (opened != JOURNAL_OPEN)
    fail_with(&err);
  return journal;
}

static void append(struct journal *journal, const struct broker_record *record, size_t records)
{
  struct error err = {0};
  if (!journal_append(journal, record, records, &err))
    fail_with(&err);
}

static struct broker_record plain(int64_t offset, const char *value)
{
  return (struct broker_record){
      .value = slice_of(value), .offset = offset, .timestamp_ms = 1000 + offset};
}

static const char *const VALUES[] = {"a", "of eight", "somewhat longer", "", "last"};
enum { VALUE_COUNT = sizeof VALUES / sizeof *VALUES };

/* A journal of five records, from offset 10 on, and its bytes. */
static struct buffer five_records(void)
{
  struct seen seen;
  struct error err = {0};
  int64_t next;
  struct buffer bytes = {0};
  unlink(path);
  struct journal *journal = reopen(0, &seen, &next);
  for (size_t i = 0; i < VALUE_COUNT; i++) {
    struct broker_record record = plain(10 + (int64_t)i, VALUES[i]);
    append(journal, &record, 1);
  }
  journal_close(journal);
  if (!infile_read(path, &bytes, &err))
    fail_with(&err);
  return bytes;
}

static void put(struct slice bytes)
{
  struct error err = {0};
  if (!outfile_put(path, bytes, &err))
    fail_with(&err);
}

static off_t size_of_file(void)
{
  struct stat status;
  assert_int_equal(stat(path, &status), 0);
  return status.st_size;
}

static void what_was_appended_is_read_back_as_it_was(void **state)
{
  (void)state;
  const struct broker_record record[] = {
      {.key = SLICE("k"), .keyed = true, .headers = SLICE("h"), .value = SLICE("v"), .offset = 3},
      {.keyed = true, .value = SLICE("the key is empty"), .partition = 7, .offset = 4},
      {.value = SLICE("no key"), .timestamp_ms = -1, .offset = 5},
      {.key = SLICE("gone"), .keyed = true, .tombstone = true, .offset = 9},
      {.offset = 0x7ffffffffffffff0, .partition = 0xffffffff, .timestamp_ms = INT64_MAX},
  };
  struct seen seen;
  int64_t next;
  unlink(path);
  struct journal *journal = reopen(0, &seen, &next);
  assert_int_equal(next, -1);
  append(journal, record, 2);
  append(journal, record, 0);
  append(journal, record + 2, 3);
  journal_close(journal);
  journal_close(reopen(0, &seen, &next));
  assert_int_equal(seen.records, 5);
  assert_string_equal(seen.line[0], "0@3 at 0: 'k' 'h' 'v'");
  assert_string_equal(seen.line[1], "7@4 at 0: '' '' 'the key is empty'");
  assert_string_equal(seen.line[2], "0@5 at -1: none '' 'no key'");
  assert_string_equal(seen.line[3], "0@9 at 0: 'gone' '' none");
  assert_string_equal(seen.line[4],
                      "4294967295@9223372036854775792 at 9223372036854775807: none '' ''");
  assert_int_equal(next, 0x7ffffffffffffff1);
}

static void only_what_is_asked_for_is_visited(void **state)
{
  (void)state;
  struct buffer bytes = five_records();
  struct seen seen;
  struct error err = {0};
  int64_t next;
  journal_close(reopen(13, &seen, &next));
  assert_int_equal(seen.records, 2);
  assert_string_equal(seen.line[0], "0@13 at 1013: none '' ''");
  assert_int_equal(next, 15);
  seen = (struct seen){0};
  assert_true(journal_visit(path, 15, see, &seen, &next, &err));
  assert_int_equal(seen.records, 0);
  assert_int_equal(next, 15);
  buffer_free(&bytes);
}

static void a_journal_that_is_not_there_has_nothing(void **state)
{
  (void)state;
  struct seen seen = {0};
  struct error err = {0};
  int64_t next = 0;
  unlink(path);
  assert_true(journal_visit(path, 0, see, &seen, &next, &err));
  assert_int_equal(next, -1);
  assert_int_not_equal(access(path, F_OK), 0);
}

/* Cut at any byte: what is whole in front of it stays, the rest goes, and appending goes on. */
static void a_torn_end_is_cut_off_wherever_it_was_torn(void **state)
{
  (void)state;
  struct buffer bytes = five_records();
  const struct broker_record again = plain(77, "again");
  size_t whole = 0, before = 0;
  for (size_t n = 0; n <= bytes.n; n++) {
    struct seen seen;
    int64_t next;
    put((struct slice){bytes.p, n});
    struct journal *journal = reopen(0, &seen, &next);
    whole = seen.records;
    assert_true(whole == before || whole == before + 1);
    before = whole;
    assert_int_equal(next, whole == 0 ? -1 : 10 + (int64_t)whole);
    append(journal, &again, 1);
    journal_close(journal);
    journal_close(reopen(0, &seen, &next));
    assert_int_equal(seen.records, whole + 1);
    assert_string_equal(seen.line[whole], "0@77 at 1077: none '' 'again'");
  }
  assert_int_equal(whole, VALUE_COUNT);
  buffer_free(&bytes);
}

/* A bit that changed takes its own record and what stands behind it, never gives a wrong one. */
static void a_flipped_bit_ends_the_journal_before_it(void **state)
{
  (void)state;
  struct buffer bytes = five_records();
  struct seen whole, seen;
  int64_t next;
  journal_close(reopen(0, &whole, &next));
  for (size_t bit = 8 * 8; bit < 8 * bytes.n; bit++) {
    bytes.p[bit / 8] ^= (char)(1 << bit % 8);
    put((struct slice){bytes.p, bytes.n});
    bytes.p[bit / 8] ^= (char)(1 << bit % 8);
    journal_close(reopen(0, &seen, &next));
    assert_true(seen.records < VALUE_COUNT);
    for (size_t i = 0; i < seen.records; i++)
      assert_string_equal(seen.line[i], whole.line[i]);
    assert_true((size_t)size_of_file() <= bit / 8);
  }
  buffer_free(&bytes);
}

static void a_file_of_another_kind_is_left_alone(void **state)
{
  (void)state;
  static const struct slice FOREIGN[] = {
      {"x", 1}, {"retriaX", 7}, {"ts,server_id\n20:53:00,server_1\n", 31}};
  for (size_t i = 0; i < sizeof FOREIGN / sizeof *FOREIGN; i++) {
    struct seen seen = {0};
    struct error err = {0};
    struct journal *journal;
    int64_t next;
    put(FOREIGN[i]);
    assert_int_equal(journal_open(path, 0, see, &seen, &next, &journal, &err), JOURNAL_FAILED);
    assert_int_equal(err.code, ERR_DATA);
    assert_string_equal(err.text, "is no journal of retrial; move it away");
    assert_false(journal_visit(path, 0, see, &seen, &next, &err));
    assert_int_equal(size_of_file(), FOREIGN[i].n);
  }
}

static void an_empty_file_is_a_journal_that_was_killed_at_birth(void **state)
{
  (void)state;
  struct seen seen;
  int64_t next;
  put(SLICE(""));
  journal_close(reopen(0, &seen, &next));
  assert_int_equal(next, -1);
  assert_int_equal(size_of_file(), 8);
}

/* The other process holds it until it is killed, and not a moment longer. */
static void one_process_writes_and_others_may_read(void **state)
{
  (void)state;
  struct buffer bytes = five_records();
  struct seen seen;
  struct error err = {0};
  struct journal *journal;
  int64_t next;
  int ready[2];
  char byte;
  assert_int_equal(pipe(ready), 0);
  pid_t other = fork();
  if (other == 0) {
    reopen(0, &seen, &next);
    if (write(ready[1], "x", 1) == 1)
      pause();
    _exit(1);
  }
  assert_int_equal(read(ready[0], &byte, 1), 1);
  seen = (struct seen){0};
  assert_int_equal(journal_open(path, 0, see, &seen, &next, &journal, &err), JOURNAL_LOCKED);
  assert_int_equal(seen.records, 0);
  assert_true(journal_visit(path, 0, see, &seen, &next, &err));
  assert_int_equal(seen.records, VALUE_COUNT);
  kill(other, SIGKILL);
  assert_int_equal(waitpid(other, NULL, 0), other);
  journal_close(reopen(0, &seen, &next));
  assert_int_equal(seen.records, VALUE_COUNT);
  close(ready[0]);
  close(ready[1]);
  buffer_free(&bytes);
}

static void offsets_without_a_record_are_remembered(void **state)
{
  (void)state;
  struct buffer bytes = five_records();
  struct seen seen;
  struct error err = {0};
  int64_t next;
  const struct broker_record behind = plain(21, "behind");
  struct journal *journal = reopen(0, &seen, &next);
  assert_true(journal_skip(journal, 20, &err));
  journal_close(journal);
  journal = reopen(0, &seen, &next);
  assert_int_equal(seen.records, VALUE_COUNT);
  assert_int_equal(next, 20);
  append(journal, &behind, 1);
  journal_close(journal);
  journal_close(reopen(0, &seen, &next));
  assert_int_equal(seen.records, VALUE_COUNT + 1);
  assert_int_equal(next, 22);
  buffer_free(&bytes);
}

/* A limit of the file's size answers as a full disk does: with a part of what was written. */
static void a_full_disk_is_told_and_takes_nothing_away(void **state)
{
  (void)state;
  struct buffer bytes = five_records();
  struct seen seen;
  struct error err = {0};
  int64_t next;
  const struct broker_record record = plain(15, "which does not fit any more");
  struct rlimit old, limit;
  struct journal *journal = reopen(0, &seen, &next);
  signal(SIGXFSZ, SIG_IGN);
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
  limit = (struct rlimit){bytes.n + 20, old.rlim_max};
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
  assert_false(journal_append(journal, &record, 1, &err));
  assert_int_equal(err.code, ERR_IO);
  assert_string_equal(err.text, "cannot be written: File too large");
  journal_close(journal);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
  journal = reopen(0, &seen, &next);
  assert_int_equal(seen.records, VALUE_COUNT);
  append(journal, &record, 1);
  journal_close(journal);
  journal_close(reopen(0, &seen, &next));
  assert_int_equal(seen.records, VALUE_COUNT + 1);
  buffer_free(&bytes);
}

/* More than is read at once, by records of every size around it. */
static void records_of_all_sizes_come_back_whole(void **state)
{
  (void)state;
  static const size_t SIZES[] = {0, 1, 65000, 65472, 65535, 65536, 200000, 3, 1 << 20, 7};
  enum { COUNT = sizeof SIZES / sizeof *SIZES };
  struct seen seen;
  int64_t next;
  char *bytes = malloc(1 << 20);
  unlink(path);
  memset(bytes, 'x', 1 << 20);
  struct journal *journal = reopen(0, &seen, &next);
  for (size_t i = 0; i < COUNT; i++) {
    struct broker_record record = {.value = {bytes, SIZES[i]}, .offset = (int64_t)i};
    append(journal, &record, 1);
  }
  journal_close(journal);
  journal_close(reopen(0, &seen, &next));
  assert_int_equal(seen.records, COUNT);
  assert_int_equal(next, COUNT);
  free(bytes);
}

static int make_directory(void **state)
{
  (void)state;
  const char *base = getenv("TMPDIR");
  snprintf(directory, sizeof directory, "%s/journal.XXXXXX", base != NULL ? base : "/tmp");
  if (mkdtemp(directory) == NULL)
    return -1;
  snprintf(path, sizeof path, "%s/t-0.journal", directory);
  return 0;
}

static int remove_directory(void **state)
{
  (void)state;
  unlink(path);
  return rmdir(directory);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_was_appended_is_read_back_as_it_was),
      cmocka_unit_test(only_what_is_asked_for_is_visited),
      cmocka_unit_test(a_journal_that_is_not_there_has_nothing),
      cmocka_unit_test(a_torn_end_is_cut_off_wherever_it_was_torn),
      cmocka_unit_test(a_flipped_bit_ends_the_journal_before_it),
      cmocka_unit_test(a_file_of_another_kind_is_left_alone),
      cmocka_unit_test(an_empty_file_is_a_journal_that_was_killed_at_birth),
      cmocka_unit_test(one_process_writes_and_others_may_read),
      cmocka_unit_test(offsets_without_a_record_are_remembered),
      cmocka_unit_test(a_full_disk_is_told_and_takes_nothing_away),
      cmocka_unit_test(records_of_all_sizes_come_back_whole),
  };
  return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
