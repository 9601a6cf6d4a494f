/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/driver/driver.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/infile.h"
#include "base/outfile.h"
#include "broker/faulty.h"
#include "broker/memory.h"
#include "replay/run_record.h"
#include "replay/threads.h"
#include "tests/support/check.h"

/* So many rows that a topic does not fit into one segment of the broker. */
enum { GROUPS = 500, ROWS = 2 * GROUPS };

/* A pipeline of two topics in a directory of its own; outputs go to out/ in it. */
static char top[4096], out[4096 + 8];

static char *in_top(const char *name)
{
  static char path[2][8192];
  static int turn;
  turn = !turn;
  snprintf(path[turn], sizeof path[turn], "%s/%s", top, name);
  return path[turn];
}

static void write_file(const char *name, struct slice text)
{
  struct error err = {0};
  if (!outfile_put(in_top(name), text, &err))
    fail_msg("%s: %s", err.file, err.text);
}

static void write_pipeline(const char *every)
{
  struct buffer text = {0};
  buffer_printf(&text,
                "pipeline: small\n"
                "dataset: {file: data.csv, schema: \"ts STRING, id STRING, a DOUBLE, n INT\",\n"
                "          time: \"to_timestamp(ts, 'HH:mm:ss')\"}\n"
                "schedule: {group_by: ts, every: %s}\n"
                "topics:\n"
                "  topic-a: {key: id, json: [sent: sent, ts, id, a]}\n"
                "  topic-n: {json: [ts, id, n]}\n"
                "consumers:\n"
                "  one: {topics: [topic-a], idle_timeout: 30s}\n"
                "  two: {topics: [topic-n], idle_timeout: 30s}\n"
                "tables:\n"
                "  a_data: {from: topic-a, columns: \"ts, id, a\", store: a.csv}\n"
                "  n_data: {from: topic-n, columns: \"n, ts, id\", store: n.csv}\n"
                "jobs:\n"
                "  J: {query: j.sql, output: j.csv}\n",
                every);
  write_file("pipeline.yaml", (struct slice){text.p, text.n});
  buffer_free(&text);
}

static int set_up(void **state)
{
  (void)state;
  const char *directory = getenv("TMPDIR");
  snprintf(top, sizeof top, "%s/replay-test.XXXXXX", directory != NULL ? directory : "/tmp");
  if (mkdtemp(top) == NULL)
    return -1;
  snprintf(out, sizeof out, "%s/out", top);
  struct buffer text = {0};
  buffer_printf(&text, "ts,id,a,n\n");
  for (int i = 0; i < ROWS; i++)
    buffer_printf(&text, "10:%02d:%02d,server_%d,%d.25,%d\n", i / 120, i / 2 % 60, i % 7, i, -i);
  write_file("data.csv", (struct slice){text.p, text.n});
  buffer_free(&text);
  write_file("j.sql", SLICE("SELECT id, count(n) AS n FROM n_data GROUP BY id ORDER BY id\n"));
  write_pipeline("1s");
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  char command[8192];
  snprintf(command, sizeof command, "rm -rf '%s'", top);
  return system(command);
}

static bool run(struct replay_options options, unsigned tasks, struct replay_result *result,
                struct error *err)
{
  struct threads *threads = threads_new(tasks);
  *err = (struct error){0};
  struct pipeline *pipeline = pipeline_load(top, NULL, 0, err);
  if (pipeline == NULL)
    fail_msg("%s:%u: %s", err->file, err->line, err->text);
  options.directory = out;
  options.executor = threads_executor(threads);
  bool good = replay_run(pipeline, &options, result, err);
  threads_free(threads);
  pipeline_free(pipeline);
  return good;
}

static bool has_output(const char *name)
{
  char path[8192];
  snprintf(path, sizeof path, "%s/%s", out, name);
  return access(path, F_OK) == 0;
}

static void read_output(const char *name, struct buffer *bytes)
{
  char path[8192];
  struct error err = {0};
  snprintf(path, sizeof path, "%s/%s", out, name);
  if (!infile_read(path, bytes, &err))
    fail_msg("%s: %s", err.file, err.text);
}

/* The run over a broker with that fault in record 11 of a topic fails and says this. */
static void assert_noticed_by(unsigned tasks, enum fault_kind kind, uint32_t topic,
                              enum error_code code, const char *text)
{
  struct fault fault = {kind, topic, 11};
  struct replay_result result;
  struct error err;
  struct broker *broker = faulty_broker_new(memory_broker_new(MEMORY_LIMIT_BYTES), fault);
  assert_false(run((struct replay_options){.broker = broker}, tasks, &result, &err));
  assert_int_equal(err.code, code);
  assert_string_equal(err.text, text);
  assert_false(has_output(RUN_RECORD));
  assert_false(has_output("a.csv"));
  assert_false(has_output("j.csv"));
  replay_result_free(&result);
  broker_close(broker);
}

/* With a second thread the job has begun when the fault is met. */
static void assert_noticed(enum fault_kind kind, uint32_t topic, enum error_code code,
                           const char *text)
{
  assert_noticed_by(1, kind, topic, code, text);
  assert_noticed_by(2, kind, topic, code, text);
}

static void a_record_lost_or_doubled_anywhere_fails_the_run(void **state)
{
  (void)state;
  assert_noticed(FAULT_LOSE, 0, ERR_ACCOUNT,
                 "topic-a: 1000 acked, 999 appended: 1 record was lost");
  assert_noticed(FAULT_DOUBLE, 0, ERR_ACCOUNT,
                 "topic-a: 1000 acked, 1001 appended: 1 record too many");
  assert_noticed(FAULT_REFUSE, 1, ERR_BROKER,
                 "row 11 of the dataset: the broker refused a record on purpose");
  assert_noticed(FAULT_SKIP, 0, ERR_ACCOUNT,
                 "topic-a: 1000 appended, 999 fetched: 1 record was lost");
  assert_noticed(FAULT_REPEAT, 1, ERR_ACCOUNT,
                 "topic-n: 1000 appended, 1001 fetched: 1 record too many");
}

static void a_consumer_that_gives_up_too_early_fails_the_run(void **state)
{
  (void)state;
  struct replay_result result;
  struct error err;
  write_pipeline("60s");
  assert_false(run((struct replay_options){0}, 1, &result, &err));
  assert_int_equal(err.code, ERR_ACCOUNT);
  assert_string_equal(err.text, "topic-a: 1000 appended, 2 fetched: 998 records were lost");
  replay_result_free(&result);
}

static void an_unreadable_message_is_rejected_kept_and_accounted_for(void **state)
{
  (void)state;
  struct fault fault = {FAULT_GARBLE, 1, 3};
  struct replay_result result;
  struct error err;
  struct broker *broker = faulty_broker_new(memory_broker_new(MEMORY_LIMIT_BYTES), fault);
  struct buffer rejected = {0}, table = {0};
  bool good = run((struct replay_options){.broker = broker}, 1, &result, &err);
  if (!good)
    fail_msg("%s", err.text);
  assert_int_equal(result.rejected, 1);
  assert_int_equal(result.account.reader[1].rejected, 1);
  assert_int_equal(result.account.reader[1].decoded, ROWS - 1);
  read_output("rejected.jsonl", &rejected);
  struct slice line = {rejected.p, rejected.n},
               start = SLICE("{\"topic\": \"topic-n\", \"partition\": 0, "
                             "\"offset\": 3, \"row\": 3, \"reason\": \"");
  assert_true(line.n > start.n && memcmp(line.p, start.p, start.n) == 0);
  read_output("n.csv", &table);
  buffer_put(&table, '\0');
  assert_non_null(strstr(table.p, "\n-2,10:00:01,server_2\n-4,10:00:02,server_4\n"));
  buffer_free(&rejected);
  buffer_free(&table);
  replay_result_free(&result);
  broker_close(broker);
}

static void assert_same_outputs(struct replay_options options, const struct buffer *expected)
{
  static const char *const name[] = {"a.csv", "n.csv", "j.csv"};
  struct replay_result result;
  struct error err;
  if (!run(options, 1 + (unsigned)(options.seed & 1), &result, &err))
    fail_msg("%s", err.text);
  assert_int_equal(result.rows, ROWS);
  for (int i = 0; i < 3; i++) {
    struct buffer bytes = {0};
    read_output(name[i], &bytes);
    assert_int_equal(bytes.n, expected[i].n);
    assert_memory_equal(bytes.p, expected[i].p, bytes.n);
    buffer_free(&bytes);
  }
  replay_result_free(&result);
}

static void outputs_depend_neither_on_partitions_nor_seed_nor_room(void **state)
{
  (void)state;
  struct buffer expected[3] = {{0}};
  buffer_printf(&expected[0], "ts,id,a\n");
  buffer_printf(&expected[1], "n,ts,id\n");
  buffer_printf(&expected[2], "id,n\n");
  for (int i = 0; i < ROWS; i++) {
    buffer_printf(&expected[0], "10:%02d:%02d,server_%d,%d.25\n", i / 120, i / 2 % 60, i % 7, i);
    buffer_printf(&expected[1], "%d,10:%02d:%02d,server_%d\n", -i, i / 120, i / 2 % 60, i % 7);
  }
  for (int id = 0; id < 7; id++)
    buffer_printf(&expected[2], "server_%d,%d\n", id, ROWS / 7 + (id < ROWS % 7));
  static const uint32_t partitions[] = {0, 1, 2, 7, 100};
  for (size_t i = 0; i < sizeof partitions / sizeof *partitions; i++)
    for (uint64_t seed = 0; seed < 5; seed++)
      assert_same_outputs((struct replay_options){.partitions = partitions[i], .seed = seed},
                          expected);
  struct broker *narrow = memory_broker_new(1);
  assert_same_outputs((struct replay_options){.broker = narrow}, expected);
  broker_close(narrow);
  for (uint64_t record = 0; record < ROWS; record += 333) {
    struct fault fault = {FAULT_HOLD, 1, record};
    struct broker *full = faulty_broker_new(memory_broker_new(MEMORY_LIMIT_BYTES), fault);
    assert_same_outputs((struct replay_options){.broker = full}, expected);
    broker_close(full);
  }
  for (int i = 0; i < 3; i++)
    buffer_free(&expected[i]);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(a_record_lost_or_doubled_anywhere_fails_the_run, set_up,
                                      tear_down),
      cmocka_unit_test_setup_teardown(a_consumer_that_gives_up_too_early_fails_the_run, set_up,
                                      tear_down),
      cmocka_unit_test_setup_teardown(an_unreadable_message_is_rejected_kept_and_accounted_for,
                                      set_up, tear_down),
      cmocka_unit_test_setup_teardown(outputs_depend_neither_on_partitions_nor_seed_nor_room,
                                      set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
