/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/latency.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/infile.h"
#include "base/random.h"
#include "measure/hlog.h"
#include "measure/latency_write.h"
#include "replay/latency_table.h"
#include "tests/support/check.h"

#define SECOND INT64_C(1000000000)
#define MS INT64_C(1000000)
#define START INT64_C(1735689600000000000) /* 2025-01-01T00:00:00Z */

static void assert_text(const struct buffer *out, const char *expected)
{
  if (!slice_is((struct slice){out->p, out->n}, expected))
    fail_msg("%.*s, expected %s", (int)out->n, out->p, expected);
}

static void corrected_counts_from_the_intended_time_and_uncorrected_from_the_sent_one(void **state)
{
  (void)state;
  struct latency *l = latency_new(START);
  latency_record(l, LATENCY_PRODUCE_TO_ACK, START, START + 30 * MS, START + 50 * MS);
  assert_int_equal(latency_corrected(l, LATENCY_PRODUCE_TO_ACK)->totals.max, 50 * MS);
  assert_int_equal(latency_uncorrected(l, LATENCY_PRODUCE_TO_ACK)->totals.max, 20 * MS);
  assert_int_equal(latency_count(l, LATENCY_PRODUCE_TO_ACK), 1);
  assert_int_equal(latency_count(l, LATENCY_PRODUCE_TO_CONSUME), 0);
  latency_free(l);
}

static void the_schedules_lag_has_one_side(void **state)
{
  (void)state;
  struct latency *l = latency_new(START);
  latency_record(l, LATENCY_SCHEDULE_LAG, START, START + 3, START + 3);
  assert_int_equal(latency_corrected(l, LATENCY_SCHEDULE_LAG)->totals.max, 3);
  assert_null(latency_uncorrected(l, LATENCY_SCHEDULE_LAG));
  latency_free(l);
}

static void record_lag(struct latency *l, int64_t done_ns, int64_t lag_ns)
{
  latency_record(l, LATENCY_SCHEDULE_LAG, START + done_ns - lag_ns, START + done_ns,
                 START + done_ns);
}

static void an_event_belongs_to_the_second_in_which_it_was_done(void **state)
{
  (void)state;
  struct latency *l = latency_new(START);
  record_lag(l, 0, 5);
  record_lag(l, SECOND - 1, 2 * SECOND); /* intended before the start */
  record_lag(l, SECOND, 7);
  record_lag(l, 9 * SECOND + 1, 8);
  const struct seconds *s = latency_seconds(l, LATENCY_SCHEDULE_LAG);
  assert_int_equal(s->n, 3);
  assert_int_equal(s->second[0].second, 0);
  assert_int_equal(s->second[0].totals.count, 2);
  assert_int_equal(s->second[0].totals.max, 2 * SECOND);
  assert_int_equal(s->second[1].second, 1);
  assert_int_equal(s->second[1].totals.count, 1);
  assert_int_equal(s->second[2].second, 9);
  assert_int_equal(s->second[2].totals.max, 8);
  latency_free(l);
}

static void looking_at_a_second_does_not_end_it(void **state)
{
  (void)state;
  struct latency *l = latency_new(START);
  record_lag(l, 1, 5);
  assert_int_equal(latency_seconds(l, LATENCY_SCHEDULE_LAG)->second[0].totals.count, 1);
  record_lag(l, 2, 6);
  const struct seconds *s = latency_seconds(l, LATENCY_SCHEDULE_LAG);
  assert_int_equal(s->n, 1);
  assert_int_equal(s->second[0].totals.count, 2);
  assert_int_equal(s->second[0].totals.min, 5);
  assert_int_equal(latency_corrected(l, LATENCY_SCHEDULE_LAG)->totals.count, 2);
  latency_free(l);
}

static void a_time_that_went_backwards_loses_nothing(void **state)
{
  (void)state;
  struct latency *l = latency_new(START);
  record_lag(l, 5 * SECOND, 1);
  record_lag(l, 2 * SECOND, 2);
  record_lag(l, 5 * SECOND, 3);
  record_lag(l, -1, 4);
  const struct seconds *s = latency_seconds(l, LATENCY_SCHEDULE_LAG);
  assert_int_equal(s->n, 3);
  assert_int_equal(s->second[0].second, -1);
  assert_int_equal(s->second[1].second, 2);
  assert_int_equal(s->second[2].second, 5);
  assert_int_equal(s->second[2].totals.count, 2);
  assert_int_equal(latency_corrected(l, LATENCY_SCHEDULE_LAG)->totals.count, 4);
  latency_free(l);
}

static void a_negative_duration_is_counted_as_one(void **state)
{
  (void)state;
  struct latency *l = latency_new(START);
  record_lag(l, 10, -3);
  record_lag(l, SECOND, 3);
  assert_int_equal(latency_corrected(l, LATENCY_SCHEDULE_LAG)->totals.negative, 1);
  assert_int_equal(latency_seconds(l, LATENCY_SCHEDULE_LAG)->second[0].totals.negative, 1);
  assert_int_equal(latency_count(l, LATENCY_SCHEDULE_LAG), 2);
  latency_free(l);
}

/* The bytes that both writers give. */
static void write_all(struct latency *l, struct buffer *out)
{
  latency_write_hlog(l, out);
  latency_write_json(l, true, out);
}

static void threads_that_merge_give_the_bytes_of_one_in_any_order(void **state)
{
  (void)state;
  enum { THREADS = 4, EVENTS = 20000 };
  struct latency *thread[THREADS], *one = latency_new(START), *upwards = latency_new(START),
                                   *downwards = latency_new(START);
  struct random r;
  random_seed(&r, 1);
  for (size_t i = 0; i < THREADS; i++)
    thread[i] = latency_new(START);
  for (int64_t i = 0; i < EVENTS; i++) {
    enum latency_metric metric = (enum latency_metric)random_below(&r, LATENCY_METRICS);
    int64_t done = START + i * MS / 2, sent = done - random_between(&r, -1, 30 * MS);
    int64_t intended = sent - random_between(&r, 0, SECOND);
    latency_record(one, metric, intended, sent, done);
    /* seconds that all have, that one has alone, and that overlap */
    latency_record(thread[i < EVENTS / 2 ? i % THREADS : i * 3 / EVENTS], metric, intended, sent,
                   done);
  }
  for (size_t i = 0; i < THREADS; i++) {
    latency_merge(upwards, thread[i]);
    latency_merge(downwards, thread[THREADS - 1 - i]);
  }
  struct buffer of_one = {0}, of_upwards = {0}, of_downwards = {0};
  write_all(one, &of_one);
  write_all(upwards, &of_upwards);
  write_all(downwards, &of_downwards);
  assert_int_equal(of_one.n, of_upwards.n);
  assert_memory_equal(of_one.p, of_upwards.p, of_one.n);
  assert_int_equal(of_one.n, of_downwards.n);
  assert_memory_equal(of_one.p, of_downwards.p, of_one.n);
  assert_int_equal(latency_corrected(one, LATENCY_EVENT_TO_ALERT)->totals.negative,
                   latency_corrected(upwards, LATENCY_EVENT_TO_ALERT)->totals.negative);
  for (size_t i = 0; i < THREADS; i++)
    latency_free(thread[i]);
  latency_free(one);
  latency_free(upwards);
  latency_free(downwards);
  buffer_free(&of_one);
  buffer_free(&of_upwards);
  buffer_free(&of_downwards);
}

static void both_of_a_merge_can_go_on_with_the_seconds_at_hand(void **state)
{
  (void)state;
  struct latency *into = latency_new(START), *from = latency_new(START);
  record_lag(into, 3 * SECOND, 1);
  record_lag(from, 2 * SECOND, 2);
  record_lag(from, 3 * SECOND, 3);
  latency_merge(into, from);
  record_lag(into, 3 * SECOND, 4);
  record_lag(from, 3 * SECOND, 5);
  const struct seconds *s = latency_seconds(into, LATENCY_SCHEDULE_LAG);
  assert_int_equal(s->n, 2);
  assert_int_equal(s->second[0].second, 2);
  assert_int_equal(s->second[0].totals.count, 1);
  assert_int_equal(s->second[1].totals.count, 3);
  assert_int_equal(s->second[1].totals.max, 4);
  s = latency_seconds(from, LATENCY_SCHEDULE_LAG);
  assert_int_equal(s->n, 2);
  assert_int_equal(s->second[1].totals.count, 2);
  assert_int_equal(s->second[1].totals.max, 5);
  latency_free(into);
  latency_free(from);
}

/* Five acknowledgements within two seconds; the fourth waited for the third. */
static struct latency *small_run(void)
{
  struct latency *l = latency_new(START);
  int64_t intended[] = {0, 100, 200, 300, 1000}, sent[] = {0, 100, 200, 700, 1000};
  int64_t acked[] = {1, 102, 700, 703, 1001}; /* ms */
  for (size_t i = 0; i < 5; i++) {
    latency_record(l, LATENCY_SCHEDULE_LAG, START + intended[i] * MS, START + sent[i] * MS,
                   START + sent[i] * MS);
    latency_record(l, LATENCY_PRODUCE_TO_ACK, START + intended[i] * MS, START + sent[i] * MS,
                   START + acked[i] * MS);
  }
  return l;
}

static void json_is_as_it_was_agreed(void **state)
{
  (void)state;
  const char *top = getenv("srcdir");
  char path[4096];
  snprintf(path, sizeof path, "%s/tests/data/latency.json", top != NULL ? top : ".");
  struct latency *l = small_run();
  struct buffer out = {0}, expected = {0};
  latency_write_json(l, true, &out);
  assert_true(infile_read(path, &expected, NULL));
  buffer_put(&expected, '\0');
  assert_text(&out, expected.p);
  latency_free(l);
  buffer_free(&out);
  buffer_free(&expected);
}

static void a_run_without_events_has_no_metrics(void **state)
{
  (void)state;
  struct latency *l = latency_new(START + 1500000);
  struct buffer out = {0};
  latency_write_json(l, false, &out);
  assert_text(&out, "{\n"
                    "  \"format\": 1,\n"
                    "  \"unit\": \"ns\",\n"
                    "  \"clock\": \"real\",\n"
                    "  \"start\": \"2025-01-01T00:00:00.0015Z\",\n"
                    "  \"metrics\": []\n"
                    "}\n");
  latency_free(l);
  buffer_free(&out);
}

/* Up to the histogram; decodes that. */
static struct hist *read_line(struct slice *rest, const char *expected)
{
  const char *end = memchr(rest->p, '\n', rest->n);
  size_t n = strlen(expected);
  struct hlog_interval interval;
  struct buffer encoded = {0};
  assert_non_null(end);
  struct slice line = {rest->p, (size_t)(end - rest->p)};
  if (line.n < n || memcmp(line.p, expected, n) != 0)
    fail_msg("%.*s, expected %s", SLICE_PRINT(line), expected);
  assert_true(hlog_read(line, &interval, &encoded, NULL));
  struct hist *h = hist_decode((struct slice){encoded.p, encoded.n}, NULL);
  buffer_free(&encoded);
  *rest = (struct slice){end + 1, rest->n - line.n - 1};
  return h;
}

static void
the_log_has_a_line_for_each_second_in_its_order_and_uncorrected_ones_behind(void **state)
{
  (void)state;
  static const struct {
    const char *start;
    uint64_t count;
  } EXPECTED[] = {
      {"Tag=schedule-lag,0.000,1.000,400.000,HIST", 4},
      {"Tag=produce-to-ack,0.000,1.000,500.000,HIST", 4},
      {"Tag=schedule-lag,1.000,1.000,0.000,HIST", 1},
      {"Tag=produce-to-ack,1.000,1.000,1.000,HIST", 1},
      {"Tag=produce-to-ack-uncorrected,0.000,2.000,500.000,HIST", 5},
  };
  struct latency *l = small_run();
  struct buffer out = {0}, head = {0};
  latency_write_hlog(l, &out);
  hlog_start(&head, START);
  struct slice rest = {out.p + head.n, out.n - head.n};
  assert_memory_equal(out.p, head.p, head.n);
  for (size_t i = 0; i < sizeof EXPECTED / sizeof EXPECTED[0]; i++) {
    struct hist *h = read_line(&rest, EXPECTED[i].start);
    assert_int_equal(h->totals.count, EXPECTED[i].count);
    free(h);
  }
  assert_int_equal(rest.n, 0);
  latency_free(l);
  buffer_free(&out);
  buffer_free(&head);
}

static char *table_of(struct latency *l)
{
  char *text = NULL;
  size_t n = 0;
  FILE *out = open_memstream(&text, &n);
  latency_print_table(l, out);
  fclose(out);
  return text;
}

static void the_table_has_a_row_for_each_metric_and_side(void **state)
{
  (void)state;
  struct latency *l = small_run();
  char *text = table_of(l);
  assert_string_equal(text, "                count       p50       p99     p99.9       max\n"
                            "schedule lag        5      0 ns  400.0 ms  400.0 ms  400.0 ms\n"
                            "produce to ack      5  2.000 ms  500.0 ms  500.0 ms  500.0 ms\n"
                            "  uncorrected       5  2.000 ms  500.0 ms  500.0 ms  500.0 ms\n");
  free(text);
  latency_free(l);
}

static void the_table_of_nothing_is_empty(void **state)
{
  (void)state;
  struct latency *l = latency_new(START);
  char *text = table_of(l);
  assert_string_equal(text, "");
  free(text);
  latency_free(l);
}

static void the_table_fits_80_columns(void **state)
{
  (void)state;
  struct latency *l = latency_new(0);
  for (int doubling = 0; doubling < 33; doubling++) { /* 4,294,967,296 events of 11 days */
    struct latency *same = latency_new(0);
    if (doubling == 0)
      latency_record(l, LATENCY_PRODUCE_TO_CONSUME, 0, 0, INT64_C(999999) * SECOND);
    latency_merge(same, l);
    latency_merge(l, same);
    latency_free(same);
  }
  char *text = table_of(l), *rest = text;
  for (char *line; (line = strtok_r(rest, "\n", &rest)) != NULL;)
    assert_true(strlen(line) <= 80);
  free(text);
  latency_free(l);
}

static void durations_are_told_with_four_digits(void **state)
{
  (void)state;
  static const struct {
    int64_t ns;
    const char *text;
  } EXPECTED[] = {
      {0, "0 ns"},
      {999, "999 ns"},
      {1000, "1.000 us"},
      {1234567, "1.234 ms"},
      {12345678, "12.34 ms"},
      {123456789, "123.4 ms"},
      {999999999, "999.9 ms"},
      {1005000000, "1.005 s"},
      {59999000000, "59.99 s"},
      {4800 * SECOND, "4800 s"},
      {INT64_MAX, "9223372036 s"},
  };
  char out[LATENCY_TEXT_BYTES];
  for (size_t i = 0; i < sizeof EXPECTED / sizeof EXPECTED[0]; i++)
    assert_string_equal(latency_text(EXPECTED[i].ns, out), EXPECTED[i].text);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(corrected_counts_from_the_intended_time_and_uncorrected_from_the_sent_one),
      cmocka_unit_test(the_schedules_lag_has_one_side),
      cmocka_unit_test(an_event_belongs_to_the_second_in_which_it_was_done),
      cmocka_unit_test(looking_at_a_second_does_not_end_it),
      cmocka_unit_test(a_time_that_went_backwards_loses_nothing),
      cmocka_unit_test(a_negative_duration_is_counted_as_one),
      cmocka_unit_test(threads_that_merge_give_the_bytes_of_one_in_any_order),
      cmocka_unit_test(both_of_a_merge_can_go_on_with_the_seconds_at_hand),
      cmocka_unit_test(json_is_as_it_was_agreed),
      cmocka_unit_test(a_run_without_events_has_no_metrics),
      cmocka_unit_test(the_log_has_a_line_for_each_second_in_its_order_and_uncorrected_ones_behind),
      cmocka_unit_test(the_table_has_a_row_for_each_metric_and_side),
      cmocka_unit_test(the_table_of_nothing_is_empty),
      cmocka_unit_test(the_table_fits_80_columns),
      cmocka_unit_test(durations_are_told_with_four_digits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
