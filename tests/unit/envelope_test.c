/* SPDX-License-Identifier: Apache-2.0 */
#include "capture/envelope.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/infile.h"
#include "broker/headers.h"
#include "capture/envelope_decode.h"
#include "tests/support/check.h"
#include "tests/support/data.h"
#include "text/utf8.h"

static struct envelope_room room;

static int free_room(void **state)
{
  (void)state;
  envelope_room_free(&room);
  room = (struct envelope_room){0};
  return 0;
}

static struct slice bytes_of(const struct buffer *b)
{
  return (struct slice){b->p, b->n};
}

static struct capture_record decode(struct slice line)
{
  struct capture_record record;
  struct error err;
  if (!envelope_decode(line, &record, &room, &err))
    fail_msg("%s in %.*s", err.text, SLICE_PRINT(line));
  return record;
}

static void assert_encodes(const struct capture_record *record, struct slice line)
{
  struct buffer out = {0};
  envelope_encode(record, &out);
  assert_true(out.n == line.n + 1 && out.p[line.n] == '\n');
  assert_memory_equal(out.p, line.p, line.n);
  buffer_free(&out);
}

static void assert_refused(const char *line, enum error_code code, const char *reason)
{
  struct capture_record record;
  struct error err = {0};
  assert_false(envelope_decode(slice_of(line), &record, &room, &err));
  assert_int_equal(err.code, code);
  if (strstr(err.text, reason) == NULL)
    fail_msg("'%s', not '%s'", err.text, reason);
}

/* --- what kcat printed: tests/data/capture/kcat.sh --- */

static struct buffer printed;

/* Line `index` of it, from 0. */
static struct slice line_of_kcat(size_t index)
{
  char path[512];
  struct error err;
  if (printed.n == 0) {
    snprintf(path, sizeof path, "%s/tests/data/capture/kcat.jsonl", getenv("srcdir"));
    if (!infile_read(path, &printed, &err))
      fail_msg("%s", err.text);
  }
  const char *p = printed.p, *end = printed.p + printed.n;
  for (; index > 0 && p < end; index--)
    p = (const char *)memchr(p, '\n', (size_t)(end - p)) + 1;
  if (p == end)
    return SLICE("");
  return (struct slice){p, (size_t)((const char *)memchr(p, '\n', (size_t)(end - p)) - p)};
}

static void what_kcat_prints_is_written_the_same_and_needs_no_parser(void **state)
{
  (void)state;
  size_t count = 0, same = 0;
  for (struct slice line; (line = line_of_kcat(count)).n != 0; count++) {
    struct capture_record record;
    assert_true(envelope_decode_layout(line, &record, &room));
    if (!utf8_is_well_formed(line))
      continue;
    assert_encodes(&record, line);
    same++;
  }
  assert_int_equal(count, 10);
  assert_int_equal(same, 9);
}

static void what_was_sent_through_kcat_is_read(void **state)
{
  (void)state;
  struct capture_record plain = decode(line_of_kcat(0));
  assert_true(slice_is(plain.record.value, "plain") && !plain.record.keyed);
  assert_true(plain.record.partition == 0 && plain.record.offset == 0 && plain.broker == 1);
  assert_true(plain.time == CAPTURE_CREATE && plain.record.timestamp_ms > 1700000000000);
  assert_int_equal(plain.record.headers.n, 0);
  struct capture_record tombstone = decode(line_of_kcat(2));
  assert_true(slice_is(tombstone.record.key, "k") && tombstone.record.tombstone);
  struct capture_record empty_key = decode(line_of_kcat(3));
  assert_true(empty_key.record.keyed && empty_key.record.key.n == 0);
  struct capture_record empty = decode(line_of_kcat(4));
  assert_true(!empty.record.tombstone && empty.record.value.n == 0);
  struct capture_record ascii = decode(line_of_kcat(6));
  assert_int_equal(ascii.record.value.n, 128);
  for (size_t i = 0; i < 128; i++)
    assert_int_equal(ascii.record.value.p[i], (int)i);
  struct capture_record utf_8 = decode(line_of_kcat(7));
  assert_true(slice_is(utf_8.record.value, "</script> \xe2\x80\xa8\xe2\x80\xa9 \xc3\xa9 "
                                           "\xe2\x82\xac \xf0\x9f\x98\x80 \xef\xbb\xbf "
                                           "\xf4\x8f\xbf\xbf"));
  struct capture_record json = decode(line_of_kcat(8));
  assert_true(slice_is(json.record.value,
                       "{\"cpu_pct\": 81.48, \"server\": \"server_1\", \"path\": \"C:\\\\x\"}"));
}

static void headers_keep_their_order_doubles_and_nulls(void **state)
{
  (void)state;
  static const struct {
    const char *name, *value;
  } expected[] = {{"a", "1"},     {"b", "2"},    {"a", "3"},
                  {"none", NULL}, {"empty", ""}, {"quote\"", "\\ \""}};
  struct capture_record record = decode(line_of_kcat(5));
  struct header header;
  size_t at = 0, i = 0;
  for (; headers_next(record.record.headers, &at, &header); i++) {
    assert_true(slice_is(header.name, expected[i].name));
    assert_int_equal(header.null, expected[i].value == NULL);
    assert_true(header.null || slice_is(header.value, expected[i].value));
  }
  assert_int_equal(i, 6);
}

static void bytes_that_are_no_utf_8_are_read_as_kcat_left_them_and_written_in_base64(void **state)
{
  (void)state;
  struct capture_record record = decode(line_of_kcat(9));
  struct slice value = SLICE("\0\xff\xc0\x80\xed\xa0\x80\"\\"), row;
  assert_true(slice_equal(record.record.value, value));
  assert_true(slice_is(record.record.key, "\x80"));
  assert_true(headers_find(record.record.headers, SLICE("row"), &row) &&
              slice_equal(row, SLICE("\1\x80")));
  record.topic = SLICE("t"), record.record.timestamp_ms = 5; /* these differ from run to run */
  assert_encodes(&record, SLICE("{\"topic\":\"t\",\"partition\":0,\"offset\":1,"
                                "\"tstype\":\"create\",\"ts\":5,\"broker\":1,"
                                "\"headers\":[\"row\",{\"base64\":\"AYA=\"}],"
                                "\"key\":{\"base64\":\"gA==\"},"
                                "\"payload\":{\"base64\":\"AP/AgO2ggCJc\"}}"));
}

/* --- what Python writes: tests/data/capture/envelopes.py --- */

static struct buffer fields;

/* The bytes of a field, copied to the end of `fields`, which never moves. */
static struct slice field_bytes(struct slice text, bool *null)
{
  size_t before = fields.n;
  *null = slice_is(text, "~");
  if (*null || slice_is(text, "-"))
    return SLICE("");
  data_bytes(text, &fields);
  return (struct slice){fields.p + before, fields.n - before};
}

static void add_headers(struct slice pairs, struct buffer *block)
{
  const char *p = pairs.p, *end = pairs.p + pairs.n;
  if (slice_is(pairs, "none"))
    return;
  while (p < end) {
    const char *equals = memchr(p, '=', (size_t)(end - p));
    const char *comma = memchr(equals, ',', (size_t)(end - equals));
    const char *stop = comma != NULL ? comma : end;
    bool null;
    struct slice name = field_bytes((struct slice){p, (size_t)(equals - p)}, &null);
    struct slice value =
        field_bytes((struct slice){equals + 1, (size_t)(stop - equals - 1)}, &null);
    if (null)
      headers_add_null(block, name);
    else
      headers_add(block, name, value);
    p = stop + (stop < end);
  }
}

static void check_line_of_python(const struct slice *field)
{
  struct buffer block = {0};
  bool null;
  fields.n = 0;
  buffer_room(&fields, 1 << 16);
  struct slice topic = field_bytes(field[1], &null), line = field[10];
  struct capture_record record = decode(line), expected = {.topic = topic};
  struct broker_record *r = &expected.record;
  expected.time = *field[4].p == 'c'   ? CAPTURE_CREATE
                  : *field[4].p == 'l' ? CAPTURE_LOG_APPEND
                                       : CAPTURE_NO_TIME;
  expected.broker = (int32_t)data_number(field[6]);
  r->partition = (uint32_t)data_number(field[2]);
  r->offset = data_number(field[3]);
  r->timestamp_ms = data_number(field[5]);
  add_headers(field[7], &block);
  r->headers = bytes_of(&block);
  r->key = field_bytes(field[8], &null);
  r->keyed = !null;
  r->value = field_bytes(field[9], &r->tombstone);
  assert_true(slice_equal(record.topic, expected.topic));
  assert_int_equal(record.record.partition, r->partition);
  assert_true(record.record.offset == r->offset && record.broker == expected.broker);
  assert_int_equal(record.time, expected.time);
  assert_true(record.record.timestamp_ms == r->timestamp_ms);
  assert_true(slice_equal(record.record.headers, r->headers));
  assert_int_equal(record.record.keyed, r->keyed);
  assert_true(slice_equal(record.record.key, r->key));
  assert_int_equal(record.record.tombstone, r->tombstone);
  assert_true(slice_equal(record.record.value, r->value));
  if (slice_is(field[0], "same"))
    assert_encodes(&expected, line);
  buffer_free(&block);
}

static void python_and_retrial_write_and_read_the_same_envelopes(void **state)
{
  (void)state;
  assert_int_equal(data_each("capture/envelopes.tsv", 11, check_line_of_python), 300);
}

/* --- other spellings, and what is none --- */

static void what_retrial_writes_needs_no_parser(void **state)
{
  (void)state;
  struct capture_record record = {.topic = SLICE("t"), .time = CAPTURE_NO_TIME, .broker = -1}, read;
  struct buffer out = {0};
  record.record.value = SLICE("\xff");
  envelope_encode(&record, &out);
  assert_true(envelope_decode_layout((struct slice){out.p, out.n - 1}, &read, &room));
  assert_true(slice_is(read.record.value, "\xff") && read.time == CAPTURE_NO_TIME);
  assert_true(read.record.timestamp_ms == -1 && read.broker == -1);
  buffer_free(&out);
}

static void a_line_may_name_no_more_than_what_makes_a_record(void **state)
{
  (void)state;
  struct capture_record record =
      decode(SLICE("{ \"payload\": null, \"key\": \"\\ud83d\\ude00\\u0000\", \"x\": {\"y\": 1},"
                   " \"topic\": \"t\", \"partition\": 3 }\r"));
  assert_true(slice_equal(record.record.key, SLICE("\xf0\x9f\x98\x80\0")));
  assert_true(record.record.tombstone && record.record.partition == 3);
  assert_true(record.record.offset == -1 && record.broker == -1);
  assert_true(record.time == CAPTURE_NO_TIME && record.record.timestamp_ms == -1);
}

static void headers_may_be_a_map(void **state)
{
  (void)state;
  struct capture_record record =
      decode(SLICE("{\"topic\":\"t\",\"partition\":0,\"headers\":{\"a\":[\"1\",null],\"b\":\"2\"},"
                   "\"key\":null,\"payload\":\"\"}"));
  struct header header;
  size_t at = 0;
  assert_true(headers_next(record.record.headers, &at, &header) && slice_is(header.value, "1"));
  assert_true(headers_next(record.record.headers, &at, &header) && header.null);
  assert_true(headers_next(record.record.headers, &at, &header) && slice_is(header.name, "b"));
  assert_false(headers_next(record.record.headers, &at, &header));
}

#define RECORD(members)                                                                            \
  "{\"topic\":\"t\",\"partition\":0,\"key\":null,\"payload\":\"\"," members "}"

static void what_is_no_record_is_refused_with_the_reason(void **state)
{
  (void)state;
  assert_refused("", ERR_SYNTAX, "not valid JSON");
  assert_refused("{\"topic\":\"t\"", ERR_SYNTAX, "not valid JSON");
  assert_refused("[1]", ERR_DATA, "no JSON object");
  assert_refused("{}", ERR_DATA, "'topic' is missing");
  assert_refused("{\"topic\":\"t\",\"partition\":0,\"key\":null}", ERR_DATA,
                 "'payload' is missing");
  assert_refused("{\"topic\":\"t\",\"key\":null,\"payload\":null}", ERR_DATA,
                 "'partition' is missing");
  assert_refused("{\"topic\":1,\"partition\":0,\"key\":null,\"payload\":\"\"}", ERR_DATA,
                 "'topic' is no text");
  assert_refused("{\"topic\":\"t\",\"partition\":-1,\"key\":null,\"payload\":\"\"}", ERR_DATA,
                 "'partition' is no integer from 0 to 2147483647");
  assert_refused("{\"topic\":\"t\",\"partition\":0,\"key\":null,\"payload\":{\"a\":1}}", ERR_DATA,
                 "'payload' is no text");
  assert_refused("{\"topic\":\"t\",\"partition\":0,\"key\":null,\"payload\":{\"base64\":\"A\"}}",
                 ERR_DATA, "'payload' is not valid base64");
  assert_refused("{\"topic\":\"t\",\"partition\":0,\"key\":null,\"payload\":null,"
                 "\"payload_error\":\"no schema\"}",
                 ERR_DATA, "'payload' is lost (payload_error: no schema)");
  assert_refused(RECORD("\"topic\":\"u\""), ERR_SYNTAX, "duplicate");
  assert_refused(RECORD("\"headers\":[\"a\"]"), ERR_DATA, "a name without a value");
  assert_refused(RECORD("\"headers\":7"), ERR_DATA, "'headers' is no array");
  assert_refused(RECORD("\"headers\":[null,\"a\"]"), ERR_DATA, "'headers' is no text");
  assert_refused(RECORD("\"ts\":1.5"), ERR_DATA, "'ts' is no integer");
  assert_refused(RECORD("\"tstype\":\"x\",\"ts\":1"), ERR_DATA, "'tstype' is none of");
}

static void a_name_of_a_header_that_is_too_long_is_refused_and_not_cut(void **state)
{
  (void)state;
  char line[512], name[257];
  memset(name, 'n', 256), name[256] = '\0';
  snprintf(line, sizeof line, RECORD("\"headers\":[\"%s\",\"v\"]"), name);
  assert_refused(line, ERR_DATA, "256 bytes, the most is 255");
  snprintf(line, sizeof line, RECORD("\"headers\":[\"%s\",\"v\"]"), name + 1);
  decode(slice_of(line));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_kcat_prints_is_written_the_same_and_needs_no_parser),
      cmocka_unit_test(what_was_sent_through_kcat_is_read),
      cmocka_unit_test(headers_keep_their_order_doubles_and_nulls),
      cmocka_unit_test(bytes_that_are_no_utf_8_are_read_as_kcat_left_them_and_written_in_base64),
      cmocka_unit_test(python_and_retrial_write_and_read_the_same_envelopes),
      cmocka_unit_test(what_retrial_writes_needs_no_parser),
      cmocka_unit_test(a_line_may_name_no_more_than_what_makes_a_record),
      cmocka_unit_test(headers_may_be_a_map),
      cmocka_unit_test(what_is_no_record_is_refused_with_the_reason),
      cmocka_unit_test(a_name_of_a_header_that_is_too_long_is_refused_and_not_cut),
  };
  int failed = cmocka_run_group_tests(tests, NULL, free_room);
  buffer_free(&printed);
  buffer_free(&fields);
  return failed;
}
