/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "tests/support/check.h"
#include "tests/support/data.h"
#include "text/message.h"
#include "text/number.h"

static struct message_layout *cpu_layout(void)
{
  const struct slice name[] = {SLICE("timestamp"), SLICE("original_ts"), SLICE("server_id"),
                               SLICE("cpu_pct")};
  const enum message_kind kind[] = {MESSAGE_TEXT, MESSAGE_TEXT, MESSAGE_TEXT, MESSAGE_NUMBER};
  return message_layout_new(4, name, kind);
}

static struct message_layout *every_kind(void)
{
  const struct slice name[] = {SLICE("text"), SLICE("number"), SLICE("integer"), SLICE("boolean")};
  const enum message_kind kind[] = {MESSAGE_TEXT, MESSAGE_NUMBER, MESSAGE_INTEGER, MESSAGE_BOOLEAN};
  return message_layout_new(4, name, kind);
}

static struct message_value text(const char *s)
{
  return (struct message_value){.text = slice_of(s)};
}

static void assert_bytes(struct slice actual, struct slice expected)
{
  if (!slice_equal(actual, expected))
    fail_msg("\"%.*s\" instead of \"%.*s\"", SLICE_PRINT(actual), SLICE_PRINT(expected));
}

static void a_message_has_the_published_bytes(void **state)
{
  (void)state;
  struct message_layout *layout = cpu_layout();
  struct message_value value[] = {
      text("20:53:00"), text("20:53:00"), text("server_1"), {.number = 26.49}};
  struct buffer out = {0};
  message_encode(layout, value, &out);
  assert_bytes((struct slice){out.p, out.n},
               SLICE("{\"timestamp\": \"20:53:00\", \"original_ts\": \"20:53:00\", "
                     "\"server_id\": \"server_1\", \"cpu_pct\": 26.49}"));
  buffer_free(&out);
  message_layout_free(layout);
}

static void check_python(const struct slice *field)
{
  struct message_layout *layout = every_kind();
  struct buffer bytes = {0}, out = {0};
  struct arena arena = {0};
  char bits[17] = "";
  memcpy(bits, field[1].p, 16);
  uint64_t word = strtoull(bits, NULL, 16);
  struct message_value value[4] = {{.text = data_bytes(field[0], &bytes)}}, back[4];
  memcpy(&value[1].number, &word, 8);
  assert_true(number_parse_int(field[2], INT64_MIN, INT64_MAX, &value[2].integer));
  value[3].boolean = slice_is(field[3], "true");

  message_encode(layout, value, &out);
  assert_bytes((struct slice){out.p, out.n}, field[4]);

  struct error err = {0};
  struct slice message = {out.p, out.n};
  assert_true(message_decode(layout, message, back, &arena, &err));
  assert_bytes(back[0].text, value[0].text);
  assert_memory_equal(&back[1].number, &word, 8);
  assert_true(back[2].integer == value[2].integer);
  assert_int_equal(back[3].boolean, value[3].boolean);
  arena_free(&arena);
  buffer_free(&out);
  buffer_free(&bytes);
  message_layout_free(layout);
}

static void a_message_has_the_bytes_of_python_and_reads_back(void **state)
{
  (void)state;
  assert_int_equal(data_each("python_json.tsv", 5, check_python), 68);
}

static void nan_and_infinities_are_read_as_python_writes_them(void **state)
{
  (void)state;
  const struct slice name = SLICE("x");
  const enum message_kind kind = MESSAGE_NUMBER;
  struct message_layout *layout = message_layout_new(1, &name, &kind);
  struct message_value value;
  assert_true(message_decode(layout, SLICE("{\"x\": NaN}"), &value, NULL, NULL));
  assert_true(value.number != value.number);
  assert_true(message_decode(layout, SLICE("{\"x\": Infinity}"), &value, NULL, NULL));
  assert_true(value.number > 1e308);
  assert_true(message_decode(layout, SLICE("{\"x\": -Infinity}"), &value, NULL, NULL));
  assert_true(value.number < -1e308);
  message_layout_free(layout);
}

static void null_is_of_every_kind(void **state)
{
  (void)state;
  struct message_layout *layout = every_kind();
  struct message_value value[4] = {{.null = true}, {.null = true}, {.null = true}, {.null = true}};
  struct message_value back[4];
  struct buffer out = {0};
  message_encode(layout, value, &out);
  assert_bytes((struct slice){out.p, out.n},
               SLICE("{\"text\": null, \"number\": null, \"integer\": null, \"boolean\": null}"));
  assert_true(message_decode(layout, (struct slice){out.p, out.n}, back, NULL, NULL));
  for (int i = 0; i < 4; i++)
    assert_true(back[i].null);
  buffer_free(&out);
  message_layout_free(layout);
}

static void bytes_that_are_no_utf_8_become_the_replacement_character(void **state)
{
  (void)state;
  const struct slice name = SLICE("a");
  const enum message_kind kind = MESSAGE_TEXT;
  struct message_layout *layout = message_layout_new(1, &name, &kind);
  struct message_value value = {.text = SLICE("x\xc3(\xed\xa0\x80\xf0\x9f")};
  struct buffer out = {0};
  message_encode(layout, &value, &out);
  assert_bytes((struct slice){out.p, out.n},
               SLICE("{\"a\": \"x\\ufffd(\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd\"}"));
  buffer_free(&out);
  message_layout_free(layout);
}

static void names_may_be_long_short_and_odd(void **state)
{
  (void)state;
  const struct slice name[] = {SLICE("event_server_status_color_name_severity_level"), SLICE("x"),
                               SLICE("a\"b"), SLICE("")};
  const enum message_kind kind[] = {MESSAGE_TEXT, MESSAGE_INTEGER, MESSAGE_NUMBER, MESSAGE_TEXT};
  struct message_layout *layout = message_layout_new(4, name, kind);
  struct message_value value[] = {
      text("Red|Severity 1"), {.integer = -7}, {.number = 0.5}, text("")};
  struct message_value back[4];
  struct buffer out = {0};
  message_encode(layout, value, &out);
  assert_bytes((struct slice){out.p, out.n},
               SLICE("{\"event_server_status_color_name_severity_level\": \"Red|Severity 1\", "
                     "\"x\": -7, \"a\\\"b\": 0.5, \"\": \"\"}"));
  assert_true(message_decode(layout, (struct slice){out.p, out.n}, back, NULL, NULL));
  assert_bytes(back[0].text, SLICE("Red|Severity 1"));
  assert_int_equal(back[1].integer, -7);
  buffer_free(&out);
  message_layout_free(layout);
}

static void any_spelling_of_the_object_is_read(void **state)
{
  (void)state;
  static const char *const spelling[] = {
      "{\"timestamp\":\"a\",\"original_ts\":\"20:53:00\",\"server_id\":\"s 1\",\"cpu_pct\":26.5}",
      "{\"cpu_pct\": 26.5, \"server_id\": \"s 1\", \"original_ts\": \"20:53:00\", "
      "\"timestamp\": \"a\"}",
      " {\n\"timestamp\" : \"\\u0061\", \"original_ts\": \"20:53\\u003a00\", \"more\": [1, {}],\n"
      "\"server_id\": \"s\\u00201\", \"cpu_pct\": 2.65e1 } ",
      "{\"timestamp\": \"a\", \"original_ts\": \"20:53:00\", \"server_id\": \"s 1\", "
      "\"cpu_pct\": 0.0, \"cpu_pct\": 26.5}",
      "{\"timestamp\": \"a\", \"original_ts\": \"20:53:00\", \"server_id\": \"s 1\", "
      "\"cpu_pct\": 26.50000000000000000000}",
  };
  struct message_layout *layout = cpu_layout();
  struct arena arena = {0};
  for (size_t i = 0; i < sizeof spelling / sizeof *spelling; i++) {
    struct message_value value[4];
    struct error err = {0};
    if (!message_decode(layout, slice_of(spelling[i]), value, &arena, &err))
      fail_msg("%s: %s", spelling[i], err.text);
    assert_bytes(value[0].text, SLICE("a"));
    assert_bytes(value[1].text, SLICE("20:53:00"));
    assert_bytes(value[2].text, SLICE("s 1"));
    assert_true(value[3].number == 26.5);
  }
  arena_free(&arena);
  message_layout_free(layout);
}

static void what_is_no_such_message_is_rejected_with_a_reason(void **state)
{
  (void)state;
#define END ", \"original_ts\": \"b\", \"server_id\": \"c\", \"cpu_pct\": 1}"
#define START "{\"timestamp\": \"a\", \"original_ts\": \"b\", \"server_id\": \"c\", "
  static const struct {
    const char *message, *reason;
  } bad[] = {
      {"", "byte 0: no JSON ('[' or '{' expected near end of file)"},
      {"[1]", "an array, not an object"},
      {START "\"cpu\": 1.5}", "field 'cpu_pct' is missing"},
      {START "\"cpu_pct\": \"1.5\"}", "field 'cpu_pct' is a string, not a number"},
      {START "\"cpu_pct\": true}", "field 'cpu_pct' is a boolean, not a number"},
      {"{\"timestamp\": 5, \"original_ts\": \"b\", \"server_id\": \"c\", \"cpu_pct\": 1}",
       "field 'timestamp' is an integer, not a string"},
  };
  static const char *const torn[] = {
      START "\"cpu_pct\": 1.5",
      START "\"cpu_pct\": }",
      START "\"cpu_pct\": 01.5}",
      START "\"cpu_pct\": 1.}",
      START "\"cpu_pct\": .5}",
      START "\"cpu_pct\": -}",
      START "\"cpu_pct\": +1.5}",
      START "\"cpu_pct\": 1.5}}",
      START "\"cpu_pct\": 1.5} x",
      START "\"cpu_pct\": 1.5e}",
      START "\"cpu_pct\": 1e+}",
      START "\"cpu_pct\": 00e1}",
      START "\"cpu_pct\": 1.e1}",
      "{\"timestamp\": \"\\u12\"" END,
      "{\"timestamp\": \"\\ud83d\"" END,
      "{\"timestamp\": \"\\udc00\"" END,
      "{\"timestamp\": \"\\x\"" END,
      "{\"timestamp\": \"\\",
      START "\"cpu_pct\": nul}",
      START "\"cpu_pct\": 1e999}",
      START "\"cpu_pct\": n",
      "{\"timestamp\": \"a\nb\"}",
      "{\"timestamp\": \"a",
      "{\"timestamp\": \"\xff\"}",
      "{\"timestamp\": ",
      "{",
  };
#undef START
#undef END
  struct message_layout *layout = cpu_layout();
  struct message_value value[4];
  struct arena arena = {0};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    struct error err = {0};
    assert_false(message_decode(layout, slice_of(bad[i].message), value, &arena, &err));
    assert_int_equal(err.code, ERR_DATA);
    assert_string_equal(err.text, bad[i].reason);
  }
  for (size_t i = 0; i < sizeof torn / sizeof *torn; i++) {
    struct error err = {0};
    if (message_decode(layout, slice_of(torn[i]), value, &arena, &err))
      fail_msg("%s was read", torn[i]);
    assert_int_equal(err.code, ERR_DATA);
  }
  arena_free(&arena);
  message_layout_free(layout);
}

/* Each message in memory of exactly its size, so that a sanitizer sees a byte too far. */
static void a_message_cut_anywhere_is_rejected(void **state)
{
  (void)state;
  struct message_layout *layout = cpu_layout();
  struct slice whole = SLICE("{\"timestamp\": \"20:53:00\", \"original_ts\": \"20:53:00\", "
                             "\"server_id\": \"server_1\", \"cpu_pct\": 26.49}");
  struct message_value value[4];
  struct arena arena = {0};
  for (size_t n = 0; n <= whole.n; n++) {
    char *cut = malloc(n + (n == 0));
    memcpy(cut, whole.p, n);
    struct error err = {0};
    assert_int_equal(message_decode(layout, (struct slice){cut, n}, value, &arena, &err),
                     n == whole.n);
    free(cut);
  }
  arena_free(&arena);
  message_layout_free(layout);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_message_has_the_published_bytes),
      cmocka_unit_test(a_message_has_the_bytes_of_python_and_reads_back),
      cmocka_unit_test(nan_and_infinities_are_read_as_python_writes_them),
      cmocka_unit_test(null_is_of_every_kind),
      cmocka_unit_test(bytes_that_are_no_utf_8_become_the_replacement_character),
      cmocka_unit_test(names_may_be_long_short_and_odd),
      cmocka_unit_test(any_spelling_of_the_object_is_read),
      cmocka_unit_test(what_is_no_such_message_is_rejected_with_a_reason),
      cmocka_unit_test(a_message_cut_anywhere_is_rejected),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
