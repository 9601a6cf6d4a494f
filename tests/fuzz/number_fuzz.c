/* SPDX-License-Identifier: Apache-2.0 */
/* Each line of any bytes as a number, as bits of numbers, and as a format: what was read and
 * printed reads back as the same, by whichever way. Built with tests/fuzz/mutate.c, or with clang's
 * -fsanitize=fuzzer. */
#include <assert.h>

#include "tests/support/number_fields.h"
#include "text/decimal.h"
#include "text/format_number.h"
#include "text/format_string.h"
#include "text/number.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

enum { PADDED = 1000 }; /* wider formats only take time */

static void check_double(double x)
{
  char java[NUMBER_DOUBLE_BYTES], python[NUMBER_DOUBLE_BYTES];
  double back = 0;
  struct slice text = {java, number_print_double(x, java)};
  assert(text.n <= NUMBER_DOUBLE_BYTES);
  assert(number_read_double(text, &back) && same_double(back, x));
  assert(number_cast_double(text, &back) && same_double(back, x));
  text = (struct slice){python, number_print_json(x, python)};
  assert(number_read_double(text, &back) && same_double(back, x));
  for (int digits = 0; digits <= 6; digits++) {
    double once = round_double(x, digits, ROUND_HALF_UP);
    assert(same_double(round_double(once, digits, ROUND_HALF_UP), once));
    double even = round_double(x, digits, ROUND_HALF_EVEN);
    assert(x != x || (even <= once || x < 0));
  }
}

static void check_float(float x)
{
  char out[NUMBER_FLOAT_BYTES];
  float back = 0;
  struct slice text = {out, number_print_float(x, out)};
  assert(text.n <= NUMBER_FLOAT_BYTES);
  assert(number_read_float(text, &back) && same_float(back, x));
  text.n = number_print_json_float(x, out);
  assert(number_read_float(text, &back) && same_float(back, x));
}

static void check_bits(struct slice text)
{
  double x;
  float f;
  if (text.n >= sizeof x) {
    memcpy(&x, text.p, sizeof x);
    check_double(x);
  }
  if (text.n >= sizeof f) {
    memcpy(&f, text.p, sizeof f);
    check_float(f);
  }
}

/* The fast way and the full one agree, and CAST takes what the reader takes. */
static void check_reading(struct slice text)
{
  double fast = 0, full = 0, cast = 0;
  float fast_float = 0, full_float = 0;
  bool read = number_parse_double(text, &full);
  assert(number_read_double(text, &fast) == read);
  assert(number_read_float(text, &fast_float) == read);
  assert(number_parse_float(text, &full_float) == read);
  if (!read)
    return;
  assert(same_double(fast, full) && same_float(fast_float, full_float));
  assert(number_cast_double(text, &cast) && same_double(cast, full));
  check_double(full);
  check_float(full_float);
}

static void check_integer(struct slice text)
{
  int64_t fast = 0, full = 0, cast = 0;
  char out[NUMBER_INT_BYTES];
  bool read = number_parse_int(text, INT64_MIN, INT64_MAX, &full);
  assert(number_read_int(text, INT64_MIN, INT64_MAX, &fast) == read);
  if (!read)
    return;
  assert(fast == full);
  struct slice printed = {out, number_print_int(full, out)};
  assert(number_cast_int(printed, INT64_MIN, INT64_MAX, &cast) && cast == full);
}

static void check_decimal(struct slice text)
{
  int128 x = 0, back = 0;
  char out[DECIMAL_BYTES];
  if (!decimal_parse(text, 38, 10, &x))
    return;
  struct decimal decimal = {x, 10};
  struct slice printed = {out, decimal_print(decimal, out)};
  assert(printed.n <= DECIMAL_BYTES);
  assert(decimal_parse(printed, 38, 10, &back) && back == x);
  if (decimal_add(decimal, decimal, 38, 10, &back)) {
    struct decimal twice = {back, 10}, two = {2, 0};
    assert(decimal_divide(twice, two, 38, 10, &back) && back == x);
    assert(decimal_compare(twice, decimal) == (x > 0) - (x < 0));
  }
}

static void check_format(struct slice text)
{
  struct slice piece;
  struct format_spec spec;
  struct buffer out = {0};
  enum format_piece kind;
  while ((kind = format_next(&text, &piece, &spec)) != FORMAT_END) {
    if (kind != FORMAT_SPEC || spec.width > PADDED || spec.precision > PADDED)
      continue;
    size_t before = out.n;
    bool done = format_int(&out, &spec, INT64_MIN, 64) || format_double(&out, &spec, -1.005) ||
                format_text(&out, &spec, piece) || format_boolean(&out, &spec, true);
    assert(done ? out.n - before >= (size_t)(spec.width > 0 ? spec.width : 0) : out.n == before);
  }
  buffer_free(&out);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
  struct slice rest = {(const char *)data, size};
  while (rest.n != 0) {
    const char *end = memchr(rest.p, '\n', rest.n);
    size_t n = end != NULL ? (size_t)(end - rest.p) : rest.n;
    struct slice line = {rest.p, n};
    check_bits(line);
    check_reading(line);
    check_integer(line);
    check_decimal(line);
    check_format(line);
    n += end != NULL;
    rest = (struct slice){rest.p + n, rest.n - n};
  }
  return 0;
}
