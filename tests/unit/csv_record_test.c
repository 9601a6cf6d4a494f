/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "table/csv_record.h"
#include "tests/support/check.h"
#include "tests/support/data.h"

static struct buffer bytes, fields;

static bool has(struct slice flags, char flag)
{
  return memchr(flags.p, flag, flags.n) != NULL;
}

static struct csv_dialect dialect_of(const struct slice *field)
{
  struct csv_read_options options;
  struct csv_dialect dialect;
  struct slice flags = field[4];
  csv_read_defaults(&options);
  options.multi_line = slice_is(field[0], "M");
  bytes.n = 0;
  data_bytes(field[1], &bytes);
  data_bytes(field[2], &bytes);
  data_bytes(field[3], &bytes);
  options.separator = (struct slice){bytes.p, bytes.n - 2};
  options.quote = bytes.p[bytes.n - 2];
  options.escape = bytes.p[bytes.n - 1];
  options.comment = has(flags, 'c') ? '#' : 0;
  options.ignore_leading_blanks = has(flags, 'l');
  options.ignore_trailing_blanks = has(flags, 't');
  if (has(flags, 'n'))
    options.null_value = SLICE("N");
  if (has(flags, 'e'))
    options.empty_value = SLICE("E");
  csv_dialect_of(&dialect, &options);
  return dialect;
}

static void add_record(const struct csv_scanner *s)
{
  for (size_t i = 0; i < s->fields; i++) {
    struct slice field = csv_scanner_field(s, i);
    if (fields.n != 0)
      buffer_put(&fields, i == 0 ? ' ' : ',');
    for (size_t k = 0; k < field.n; k++)
      buffer_printf(&fields, "%02x", (unsigned char)field.p[k]);
    if (field.n == 0)
      buffer_put(&fields, '-');
  }
}

static void detect(struct csv_dialect *dialect, struct slice input)
{
  for (size_t i = 0; i < input.n && input.p[i] != '\n'; i++)
    if (input.p[i] == '\r') {
      dialect->line_end[0] = '\r';
      dialect->line_end[1] = i + 1 < input.n && input.p[i + 1] == '\n' ? '\n' : 0;
      break;
    }
}

/* Scans the input, of which `step` bytes more are seen each time that the scanner wants more. */
static void scan_all(struct csv_dialect *dialect, struct slice input, size_t step)
{
  struct csv_scanner s = {.dialect = dialect};
  const char *p = input.p;
  size_t seen = dialect->lines ? input.n : 0;
  fields.n = 0;
  do {
    enum csv_scan found = csv_scan(&s, &p, input.p + seen, seen == input.n);
    if (found == CSV_SCAN_MORE)
      seen = seen + step < input.n ? seen + step : input.n;
    else if (found == CSV_SCAN_RECORD)
      add_record(&s);
  } while (!s.ended && !dialect->lines);
  csv_scanner_free(&s);
}

static void check_record(const struct slice *field)
{
  static struct buffer input;
  struct csv_dialect dialect = dialect_of(field);
  input.n = 0;
  data_bytes(field[5], &input);
  struct slice text = {malloc(input.n + 1), input.n}; /* so that a sanitizer knows its end */
  memcpy((char *)(uintptr_t)text.p, input.p, input.n);
  if (!dialect.lines)
    detect(&dialect, text);
  for (size_t step = 1; step < 1000; step = step * 3 + 1) {
    scan_all(&dialect, text, step);
    if (!slice_equal((struct slice){fields.p, fields.n}, field[6]))
      fail_msg("%.*s %.*s %.*s: got %.*s, univocity %.*s", SLICE_PRINT(field[0]),
               SLICE_PRINT(field[4]), SLICE_PRINT(field[5]), (int)fields.n, fields.p,
               SLICE_PRINT(field[6]));
  }
  free((char *)(uintptr_t)text.p);
}

static void fields_are_those_of_univocity_wherever_the_input_is_cut(void **state)
{
  (void)state;
  assert_true(data_each("csv/records.tsv", 7, check_record) > 1500);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fields_are_those_of_univocity_wherever_the_input_is_cut),
  };
  int failed = cmocka_run_group_tests_name("csv_record", tests, NULL, NULL);
  buffer_free(&bytes);
  buffer_free(&fields);
  return failed;
}
