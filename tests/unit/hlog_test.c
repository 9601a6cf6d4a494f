/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/hlog.h"

#include <stdlib.h>

#include "tests/support/check.h"
#include "tests/support/data.h"
#include "tests/support/durations.h"

static struct slice all(const struct buffer *b)
{
  return (struct slice){b->p, b->n};
}

static struct hist *of_set;
static struct buffer encoded_by_java;

static void begin_set(const struct slice *field)
{
  free(of_set);
  of_set = durations_record(field);
}

static void end_sets(void)
{
  free(of_set);
  of_set = NULL;
  buffer_free(&encoded_by_java);
}

/* A decoded histogram has the buckets, and stands for durations in the middle of each. */
static void assert_same_buckets(const struct hist *a, const struct hist *b)
{
  struct hist_bucket x = {0}, y = {0};
  assert_int_equal(a->totals.count, b->totals.count);
  while (hist_next(a, &x)) {
    assert_true(hist_next(b, &y));
    assert_int_equal(x.index, y.index);
    assert_int_equal(x.count, y.count);
  }
  assert_false(hist_next(b, &y));
}

/* encoded bytes */
static void check_encoded(const struct slice *field)
{
  struct buffer ours = {0};
  if (slice_is(field[0], "set")) {
    begin_set(field);
  } else if (slice_is(field[0], "encoded")) {
    encoded_by_java.n = 0;
    data_bytes(field[1], &encoded_by_java);
    hist_encode(of_set, &ours);
    assert_int_equal(ours.n, encoded_by_java.n);
    assert_memory_equal(ours.p, encoded_by_java.p, ours.n);
  }
  buffer_free(&ours);
}

static void encodings_are_byte_for_byte_those_of_hdrhistogram(void **state)
{
  (void)state;
  data_each("histogram_java.tsv", 2, check_encoded);
  end_sets();
}

/* encoded bytes; many value count bytes */
static void check_decoded(const struct slice *field)
{
  bool is_set = slice_is(field[0], "encoded"), is_many = slice_is(field[0], "many");
  if (slice_is(field[0], "set"))
    begin_set(field);
  if (!is_set && !is_many)
    return;
  struct buffer bytes = {0}, again = {0};
  struct hist *h = hist_decode(data_bytes(field[is_set ? 1 : 3], &bytes), NULL);
  assert_non_null(h);
  if (is_set) {
    assert_same_buckets(of_set, h);
  } else {
    int64_t value = data_number(field[1]);
    assert_int_equal(h->bucket[hist_index(h, value)], data_number(field[2]));
    assert_int_equal(h->totals.count, data_number(field[2]) + 1);
    assert_int_equal(h->totals.max, hist_bucket_high(h, hist_index(h, value)));
    assert_int_equal(h->totals.min, hist_bucket_low(h, hist_index(h, value / 2)));
  }
  hist_encode(h, &again);
  assert_int_equal(again.n, bytes.n);
  assert_memory_equal(again.p, bytes.p, bytes.n);
  free(h);
  buffer_free(&bytes);
  buffer_free(&again);
}

static void what_hdrhistogram_encoded_is_decoded_with_counts_of_any_size(void **state)
{
  (void)state;
  data_each("histogram_java.tsv", 2, check_decoded);
  end_sets();
}

/* log line */
static void check_line(const struct slice *field)
{
  struct buffer encoded = {0}, written = {0}, again = {0};
  struct hlog_interval interval, back;
  if (slice_is(field[0], "set"))
    begin_set(field);
  if (slice_is(field[0], "encoded")) {
    encoded_by_java.n = 0;
    data_bytes(field[1], &encoded_by_java);
  }
  if (!slice_is(field[0], "log"))
    return;
  assert_true(hlog_read(field[1], &interval, &encoded, NULL));
  assert_true(slice_is(interval.tag, "produce-to-ack"));
  assert_int_equal(interval.start_ns, 12500000000);
  assert_int_equal(interval.length_ns, 1000000000);
  assert_true(slice_equal(all(&encoded), all(&encoded_by_java)));
  hlog_add(&written, &interval, all(&encoded));
  assert_true(hlog_read(all(&written), &back, &again, NULL));
  assert_int_equal(back.max_ns, interval.max_ns);
  assert_int_equal(back.start_ns, interval.start_ns);
  assert_true(slice_equal(all(&again), all(&encoded_by_java)));
  buffer_free(&encoded);
  buffer_free(&written);
  buffer_free(&again);
}

static void lines_of_hdrhistograms_log_are_read_and_written(void **state)
{
  (void)state;
  data_each("histogram_java.tsv", 2, check_line);
  end_sets();
}

static void the_head_says_when_the_log_began(void **state)
{
  (void)state;
  struct buffer out = {0};
  hlog_start(&out, 1735689600123999999);
  buffer_put(&out, '\0');
  assert_string_equal(
      out.p, "#[Histogram log format version 1.3]\n"
             "#[StartTime: 1735689600.124 (seconds since epoch), 2025-01-01 00:00:00.123999 UTC]\n"
             "#[BaseTime: 1735689600.124 (seconds since epoch)]\n"
             "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\","
             "\"Interval_Compressed_Histogram\"\n");
  buffer_free(&out);
}

static void assert_times(struct hlog_interval interval, const char *start)
{
  struct hist *h = hist_new(INT64_MAX, 3, NULL);
  struct buffer encoded = {0}, out = {0}, again = {0};
  struct hlog_interval back;
  interval.tag = SLICE("x");
  hist_encode(h, &encoded);
  hlog_add(&out, &interval, all(&encoded));
  assert_true(out.n > strlen(start));
  if (memcmp(out.p, start, strlen(start)) != 0)
    fail_msg("%.*s, expected %s", (int)strlen(start), out.p, start);
  assert_true(hlog_read(all(&out), &back, &again, NULL));
  assert_true(interval.start_ns - back.start_ns <= 500000);
  assert_true(back.start_ns - interval.start_ns <= 500000);
  assert_true(back.max_ns >= interval.max_ns - 500);
  assert_true(back.max_ns - 500 <= interval.max_ns);
  free(h);
  buffer_free(&encoded);
  buffer_free(&out);
  buffer_free(&again);
}

static void times_have_three_decimals_rounded_half_up(void **state)
{
  (void)state;
  assert_times((struct hlog_interval){.start_ns = 0, .length_ns = 999499999, .max_ns = 499},
               "Tag=x,0.000,0.999,0.000,HIST");
  assert_times((struct hlog_interval){.start_ns = 500000, .length_ns = 999500000, .max_ns = 500},
               "Tag=x,0.001,1.000,0.001,HIST");
  assert_times((struct hlog_interval){.start_ns = -1500000000, .length_ns = 1, .max_ns = INT64_MAX},
               "Tag=x,-1.500,0.000,9223372036854.776,HIST");
}

static void assert_no_histogram(struct buffer *bytes, size_t at, char byte, enum error_code code)
{
  struct error err = {0};
  char was = bytes->p[at];
  bytes->p[at] = byte;
  assert_null(hist_decode(all(bytes), &err));
  assert_int_equal(err.code, code);
  bytes->p[at] = was;
}

static void bytes_that_are_no_histogram_are_refused(void **state)
{
  (void)state;
  struct hist *h = hist_new(1000, 3, NULL);
  struct buffer bytes = {0};
  hist_record(h, 1000);
  hist_encode(h, &bytes);
  for (size_t n = 0; n < bytes.n; n++)
    assert_null(hist_decode((struct slice){bytes.p, n}, NULL));
  assert_no_histogram(&bytes, 3, 0x12, ERR_DATA);         /* cookie */
  assert_no_histogram(&bytes, 7, 1, ERR_DATA);            /* bytes of the counts */
  assert_no_histogram(&bytes, 11, 1, ERR_UNSUPPORTED);    /* normalizing offset */
  assert_no_histogram(&bytes, 15, 6, ERR_RANGE);          /* digits */
  assert_no_histogram(&bytes, 12, (char)0x80, ERR_RANGE); /* of a negative number */
  assert_no_histogram(&bytes, 23, 2, ERR_UNSUPPORTED);    /* lowest */
  assert_no_histogram(&bytes, 24, (char)0x80, ERR_RANGE); /* highest */
  assert_no_histogram(&bytes, 30, 1, ERR_DATA);           /* highest: more counts than buckets */
  assert_no_histogram(&bytes, 32, 0x40, ERR_UNSUPPORTED); /* ratio */
  assert_no_histogram(&bytes, bytes.n - 1, -1, ERR_DATA); /* half a count */
  assert_no_histogram(&bytes, HIST_HEADER_BYTES, -1, ERR_DATA);
  buffer_put(&bytes, 2); /* one more count, behind the last bucket */
  assert_no_histogram(&bytes, 7, (char)(bytes.n - HIST_HEADER_BYTES), ERR_DATA);
  free(h);
  buffer_free(&bytes);
}

static void lines_that_are_none_are_refused(void **state)
{
  (void)state;
  static const char good[] = "Tag=x,0.000,1.000,0.000,HISTFAAAAB542pNpmSzMwMDAyAABzFCasf4/BNh/"
                             "gIoAAJ/JCfM=";
  static const char *const bad[] = {
      "",
      "#[Histogram log format version 1.3]",
      "Tag=x",
      "0.000,1.000,0.000,HISTFAAAAB542pNpmSzMwMDAyAABzFCasf4/BNh/gIoAAJ/JCfM=",
      "Tag=x,0.00,1.000,0.000,HISTFAAAAB542pNpmSzMwMDAyAABzFCasf4/BNh/gIoAAJ/JCfM=",
      "Tag=x,0.000,,0.000,HISTFAAAAB542pNpmSzMwMDAyAABzFCasf4/BNh/gIoAAJ/JCfM=",
      "Tag=x,0.000,1.000,0.000,",
      "Tag=x,0.000,1.000,0.000,HIST",
      "Tag=x,0.000,1.000,0.000,HISTFAAAAB5",
      "Tag=x,0.000,1.000,0.000,HISTFAAAAB542pNpmSzMwMDAyAABzFCasf4/BNh/gIoAAJ/JCfM",
      "Tag=x,0.000,1.000,0.000,HIST!AAAAB542pNpmSzMwMDAyAABzFCasf4/BNh/gIoAAJ/JCfM=",
      "Tag=x,0.000,1.000,0.000,HISTFAAAAB542pNpmSzMwMDAyAABzFCasf4/BNh/gIoAAJ/JCfN=",
      "Tag=x,0.000,1.000,0.000,HISTEwAAAAAAAAAA",
  };
  struct buffer encoded = {0};
  struct hlog_interval interval;
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    struct error err = {0};
    encoded.n = 0;
    if (hlog_read(slice_of(bad[i]), &interval, &encoded, &err))
      fail_msg("read: %s", bad[i]);
    assert_int_equal(err.code, ERR_DATA);
    assert_int_equal(encoded.n, 0);
  }
  assert_true(hlog_read(slice_of(good), &interval, &encoded, NULL));
  buffer_free(&encoded);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(encodings_are_byte_for_byte_those_of_hdrhistogram),
      cmocka_unit_test(what_hdrhistogram_encoded_is_decoded_with_counts_of_any_size),
      cmocka_unit_test(lines_of_hdrhistograms_log_are_read_and_written),
      cmocka_unit_test(the_head_says_when_the_log_began),
      cmocka_unit_test(times_have_three_decimals_rounded_half_up),
      cmocka_unit_test(bytes_that_are_no_histogram_are_refused),
      cmocka_unit_test(lines_that_are_none_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
