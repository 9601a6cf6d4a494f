/* SPDX-License-Identifier: Apache-2.0 */
#include "text/format_number.h"

#include "text/decimal_digits.h"
#include "text/decimal_scale.h"
#include "text/fixed_text.h"
#include "text/number.h"
#include "text/shortest.h"
#include "text/to_binary.h"

/* DecimalFormat has no more digits behind the point for a double or a long. */
enum { MAX_DECIMALS = 340 };

/* DecimalFormat takes its digits from FloatingDecimal, as Double.toString did before Java 19: for
 * an integer from 2^53 to 2^63 these are all but those that its unit in the last place covers. */
static struct shortest digits_of(double x)
{
  if (x < 0x1p53 || x >= 0x1p63)
    return shortest_double(x, SHORTEST_TWO_DIGITS);
  uint64_t value = (uint64_t)x;
  int spare = 63 - __builtin_clzll(value) - 54;   /* bits */
  int cut = spare > 1 ? (spare * 1233) >> 12 : 0; /* floor(spare * log10(2)) */
  return (struct shortest){round_digits(value, cut, ROUND_HALF_UP), cut};
}

/* These digits, cut to `decimals`. Whether a tie of theirs is one is told by the exact
 * value, as DigitList.shouldRoundUp does. */
static struct shortest round_exactly(double x, int decimals)
{
  struct shortest text = digits_of(x);
  int64_t cut = -(int64_t)decimals - text.exponent;
  if (cut <= 0)
    return text;
  uint64_t even = round_digits(text.value, cut, ROUND_HALF_EVEN);
  uint64_t up = round_digits(text.value, cut, ROUND_HALF_UP);
  uint64_t down = round_digits(text.value - 1, cut, ROUND_HALF_UP); /* differs at a tie only */
  if (text.value == 5 && x < 1e-3) {
    even = 0; /* FloatingDecimal gives "50" here, and then DigitList does not ask any further */
  } else if (up != down) {
    int order = decimal_compare_double(text.value, text.exponent, x);
    even = order < 0 ? up : order > 0 ? down : even;
  }
  return (struct shortest){even, -decimals};
}

void format_number_double(struct buffer *out, double x, int decimals)
{
  char digit[DIGITS_BYTES];
  double size = __builtin_fabs(x);
  struct shortest text = {0, 0};
  if (x != x) {
    buffer_add(out, SLICE("NaN"));
    return;
  }
  if (__builtin_signbit(x))
    buffer_put(out, '-');
  if (size - size != 0) {
    buffer_add(out, SLICE("\xe2\x88\x9e")); /* U+221E */
    return;
  }
  if (decimals > MAX_DECIMALS)
    decimals = MAX_DECIMALS;
  if (size != 0)
    text = round_exactly(size, decimals);
  if (text.value == 0)
    text.exponent = -decimals;
  size_t n = digits_put(text.value, digit);
  fixed_text(out, digit, n, text.exponent, decimals, true);
}

void format_number_int(struct buffer *out, int64_t x, int decimals)
{
  char digit[NUMBER_INT_BYTES];
  size_t sign = x < 0;
  size_t n = number_print_int(x, digit);
  if (decimals > MAX_DECIMALS)
    decimals = MAX_DECIMALS;
  buffer_append(out, digit, sign);
  fixed_text(out, digit + sign, n - sign, 0, decimals, true);
}

void format_number_decimal(struct buffer *out, struct decimal x, int decimals)
{
  char digit[DECIMAL_BYTES];
  struct decimal rounded = {0, 0};
  int keep = decimals < x.scale ? decimals : x.scale;
  if (x.unscaled < 0)
    buffer_put(out, '-');
  x.unscaled = (int128)decimal_magnitude(x.unscaled);
  /* At most 38 digits are left, whatever is rounded. */
  decimal_round(x, keep, ROUND_HALF_EVEN, DECIMAL_MAX_DIGITS, keep, &rounded.unscaled);
  size_t n = decimal_print_plain(rounded, digit);
  fixed_text(out, digit, n, -keep, decimals, true);
}
