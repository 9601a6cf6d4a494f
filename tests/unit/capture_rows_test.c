/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/capture_rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/nanoseconds.h"
#include "base/outfile.h"
#include "tests/support/check.h"

static const int64_t START_MS = 1000000;

static char path[256];

static int name_file(void **state)
{
  (void)state;
  snprintf(path, sizeof path, "%s/capture_rows_test.XXXXXX",
           getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp");
  int fd = mkstemp(path);
  return fd < 0 || close(fd) != 0;
}

static int remove_file(void **state)
{
  (void)state;
  return unlink(path);
}

/* Writes a capture with these times, sends it with its own times shifted, `slower` times as slow as
 * it is, and compares the times that the records have then. */
static void assert_shifted(const int64_t *given_ms, const int64_t *expected_ms, size_t records,
                           uint64_t slower)
{
  static const uint32_t partitions = 1;
  struct buffer text = {0};
  struct capture_topics topics;
  struct error err = {0};
  for (size_t i = 0; i < records; i++)
    buffer_printf(&text,
                  "{\"topic\":\"t\",\"partition\":0,\"tstype\":\"create\",\"ts\":%" PRId64
                  ",\"key\":null,\"payload\":\"\"}\n",
                  given_ms[i]);
  assert_true(outfile_put(path, (struct slice){text.p, text.n}, &err));
  if (!capture_topics_read(path, NULL, 0, &topics, &err))
    fail_msg("%s", err.text);
  struct capture_rows_setup setup = {
      .topics = &topics,
      .partitions = &partitions,
      .shifts = true,
      .start_ns = START_MS * NS_PER_MS,
      .speed = {1, slower},
      .rounds = 1,
  };
  struct source *source = capture_rows_new(&setup, &err);
  assert_non_null(source);
  for (size_t i = 0; i < records; i++) {
    struct broker_record record;
    int64_t scheduled_ns;
    uint32_t topic;
    bool end;
    assert_true(source->ops->find(source, &scheduled_ns, &end, &err) && !end);
    assert_true(source->ops->message(source, 0, &topic, &record));
    assert_int_equal(record.timestamp_ms, expected_ms[i]);
    source->ops->sent(source, 0, 0);
  }
  source_close(source);
  capture_topics_free(&topics);
  buffer_free(&text);
}

static void shifted_times_keep_their_gaps_by_the_speed(void **state)
{
  (void)state;
  assert_shifted((const int64_t[]){5000, 5010, 4990, 0, -1}, /* -1: it has none */
                 (const int64_t[]){START_MS, START_MS + 20, START_MS - 20, START_MS - 10000, -1}, 5,
                 2);
}

static void no_shifted_time_is_before_1970_or_the_present_to_librdkafka(void **state)
{
  (void)state;
  assert_shifted((const int64_t[]){2 * START_MS, START_MS + 2, START_MS + 1, START_MS, 0},
                 (const int64_t[]){START_MS, 2, 1, 1, 1}, 5, 1);
  assert_shifted((const int64_t[]){INT64_MAX, 0}, (const int64_t[]){START_MS, 1}, 2, 1);
}

static void the_line_of_a_time_of_0_is_known(void **state)
{
  (void)state;
  static const char text[] =
      "{\"topic\":\"t\",\"partition\":0,\"key\":null,\"payload\":\"without a time\"}\n"
      "\n"
      "{\"topic\":\"t\",\"partition\":0,\"tstype\":\"create\",\"ts\":0,\"key\":\"\",\"payload\":"
      "\"\"}";
  struct capture_topics topics;
  assert_true(outfile_put(path, SLICE(text), NULL));
  assert_true(capture_topics_read(path, NULL, 0, &topics, NULL));
  assert_int_equal(topics.records, 2);
  assert_int_equal(topics.zero_line, 3);
  capture_topics_free(&topics);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(shifted_times_keep_their_gaps_by_the_speed),
      cmocka_unit_test(no_shifted_time_is_before_1970_or_the_present_to_librdkafka),
      cmocka_unit_test(the_line_of_a_time_of_0_is_known),
  };
  return cmocka_run_group_tests(tests, name_file, remove_file);
}
