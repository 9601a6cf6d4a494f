/* SPDX-License-Identifier: Apache-2.0 */
/* After Daniel Lemire, "Number Parsing at a Gigabyte per Second", 2021: a 64-bit integer times 128
 * bits of a power of ten decides nearly every number. Here the product is kept as an interval; when
 * both its ends round to the same number that is the answer, and when they do not, or when there
 * are more than 19 digits that matter, integers of some thousand bits decide. */
#include "text/to_binary.h"

#include <string.h>

#include "text/powers_of_ten.h"
#include "text/wide.h"

typedef unsigned __int128 uint128;

/* IEEE 754 binary64 and binary32. A number is coded as its bit pattern: larger code, larger
 * number. */
struct format {
  int bits;         /* of the significand */
  int min_exponent; /* of the first bit of the smallest normal number */
  uint64_t infinity;
};

/* 10^309 is infinite. */
enum { MAX_EXPONENT = 308 };

static const struct format binary64 = {53, -1022, (uint64_t)2047 << 52};
static const struct format binary32 = {24, -126, (uint64_t)255 << 23};

/* The code of (top, or a little more if `more`) * 2^(exponent - 63), where top has its highest bit
 * set, so that `exponent` is the first bit's. */
static uint64_t encode(const struct format *f, uint64_t top, bool more, int64_t exponent)
{
  int64_t subnormal = f->min_exponent - exponent;
  int cut = 64 - f->bits;
  if (subnormal > f->bits)
    return 0;
  if (subnormal > 0)
    cut += (int)subnormal; /* at most 64: then nothing is left but the rounding */
  uint64_t half = (uint64_t)1 << (cut - 1);
  uint64_t rest = top & (2 * half - 1);
  uint64_t significand = top >> (cut - 1) >> 1;
  significand += rest > half || (rest == half && (more || (significand & 1)));
  if (subnormal > 0)
    return significand; /* a carry makes it the smallest normal number */
  /* The significand's first bit adds one to the exponent field, and so does a carry. */
  if (exponent - f->min_exponent > 4096)
    return f->infinity;
  uint64_t code = ((uint64_t)(exponent - f->min_exponent) << (f->bits - 1)) + significand;
  return code < f->infinity ? code : f->infinity;
}

/* 192 bits. */
struct product {
  uint64_t top, middle, low;
};

static struct product multiply(uint64_t w, struct power_of_ten power)
{
  uint128 low = (uint128)w * power.low;
  uint128 high = (uint128)w * power.high + (uint64_t)(low >> 64);
  return (struct product){(uint64_t)(high >> 64), (uint64_t)high, (uint64_t)low};
}

/* The code of the product, or of a little more, that stands for a number whose highest possible
 * bit, 2^191 of the product, is 2^exponent. */
static uint64_t encode_product(const struct format *f, struct product p, bool more, int exponent)
{
  more |= (p.middle << 1 | p.low) != 0;
  if (p.top >> 63)
    return encode(f, p.top, more || p.middle >> 63, exponent);
  return encode(f, p.top << 1 | p.middle >> 63, more, exponent - 1);
}

/* The codes between which head * 10^exponent lies; equal nearly always. */
static void bracket(const struct format *f, uint64_t head, int exponent, uint64_t *low,
                    uint64_t *high)
{
  int zeros = __builtin_clzll(head);
  uint64_t w = head << zeros;
  struct product p = multiply(w, power_of_ten(exponent));
  int first = power_of_ten_log2(exponent) + 64 - zeros;
  bool exact = exponent >= 0 && exponent <= POWER_OF_TEN_EXACT;
  *low = *high = encode_product(f, p, !exact, first);
  /* The power is less than one unit larger than its 128 bits, so the product is less than w units
   * larger; that matters only if it carries up to the bits that encode() looks at. */
  bool carry = p.low + (w - 1) < p.low;
  if (exact || !carry || ++p.middle << 1 != 0)
    return;
  p.top += p.middle == 0;
  *high = encode_product(f, p, true, first);
}

/* x as an integer times 10^exponent. Digits behind the 780th of the rest cannot matter but for
 * being there: the point half-way between two doubles has fewer than 770. */
static int64_t widen(const struct decimal_number *x, struct wide *out)
{
  enum { DIGITS = 780 };
  int64_t exponent = x->exponent;
  bool more = false;
  int digits = 0;
  wide_set(out, x->head);
  for (size_t i = 0; i < x->rest.n; i++) {
    unsigned digit = (unsigned)(unsigned char)x->rest.p[i] - '0';
    if (digit > 9)
      continue; /* the point */
    if (digits == DIGITS) {
      more |= digit != 0;
      continue;
    }
    wide_multiply_add(out, 10, digit);
    digits++;
    exponent--;
  }
  if (more) {
    wide_multiply_add(out, 10, 1);
    exponent--;
  }
  return exponent;
}

/* Compares a * 10^exponent to b * 2^power; they are near to each other. */
static int compare(struct wide *a, int64_t exponent, struct wide *b, int64_t power)
{
  if (exponent >= 0)
    wide_multiply_power_of_five(a, (unsigned)exponent);
  else
    wide_multiply_power_of_five(b, (unsigned)-exponent);
  if (power >= exponent)
    wide_shift_left(b, (unsigned)(power - exponent));
  else
    wide_shift_left(a, (unsigned)(exponent - power));
  return wide_compare(a, b);
}

/* The significand and the power of two of a code below infinity. */
static uint64_t decode(const struct format *f, uint64_t code, int *power)
{
  int field = (int)(code >> (f->bits - 1));
  uint64_t hidden = (uint64_t)1 << (f->bits - 1);
  uint64_t fraction = code & (hidden - 1);
  *power = f->min_exponent - f->bits + 1 + (field > 1 ? field - 1 : 0);
  return field > 0 ? fraction | hidden : fraction;
}

/* x rounds to `code` or to the next one: compares it to the point half-way between. */
static uint64_t decide(const struct format *f, const struct decimal_number *x, uint64_t code)
{
  struct wide a, b;
  int power;
  wide_set(&b, 2 * decode(f, code, &power) + 1);
  int64_t exponent = widen(x, &a);
  int order = compare(&a, exponent, &b, power - 1);
  return code + (order > 0 || (order == 0 && (code & 1)));
}

/* Whether bracket() settles value * 10^exponent; *low is the code, or the lower one of two. */
static bool settle(const struct format *f, uint64_t value, int64_t exponent, uint64_t *low)
{
  uint64_t high;
  if (value == 0 || exponent < POWER_OF_TEN_MIN || exponent > MAX_EXPONENT) {
    *low = value == 0 || exponent < 0 ? 0 : f->infinity;
    return true;
  }
  bracket(f, value, (int)exponent, low, &high);
  return *low == high;
}

static uint64_t code_of_decimal(const struct format *f, const struct decimal_number *x)
{
  uint64_t low, above;
  bool settled = settle(f, x->head, x->exponent, &low);
  if (settled && x->rest.n != 0)
    settled = settle(f, x->head + 1, x->exponent, &above) && above == low;
  return settled ? low : decide(f, x, low);
}

static uint64_t code_of_scaled(const struct format *f, uint64_t value, int64_t exponent)
{
  uint64_t code;
  if (settle(f, value, exponent, &code))
    return code;
  return decide(f, &(struct decimal_number){value, exponent, {NULL, 0}}, code);
}

static double double_of_code(uint64_t code)
{
  double x;
  memcpy(&x, &code, sizeof x);
  return x;
}

static float float_of_code(uint64_t code)
{
  uint32_t bits = (uint32_t)code;
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

double double_of_decimal(const struct decimal_number *x)
{
  return double_of_code(code_of_decimal(&binary64, x));
}

float float_of_decimal(const struct decimal_number *x)
{
  return float_of_code(code_of_decimal(&binary32, x));
}

double double_of_scaled(uint64_t value, int64_t exponent)
{
  return double_of_code(code_of_scaled(&binary64, value, exponent));
}

float float_of_scaled(uint64_t value, int64_t exponent)
{
  return float_of_code(code_of_scaled(&binary32, value, exponent));
}

static uint64_t code_of_binary(const struct format *f, uint64_t significand, bool more,
                               int64_t exponent)
{
  if (significand == 0)
    return 0;
  int zeros = __builtin_clzll(significand);
  return encode(f, significand << zeros, more, exponent + 63 - zeros);
}

double double_of_binary(uint64_t significand, bool more, int64_t exponent)
{
  return double_of_code(code_of_binary(&binary64, significand, more, exponent));
}

float float_of_binary(uint64_t significand, bool more, int64_t exponent)
{
  return float_of_code(code_of_binary(&binary32, significand, more, exponent));
}

int decimal_compare_double(uint64_t value, int exponent, double x)
{
  struct wide a, b;
  uint64_t code;
  int power;
  memcpy(&code, &x, sizeof code);
  wide_set(&a, value);
  wide_set(&b, decode(&binary64, code, &power));
  return compare(&a, exponent, &b, power);
}
