/* SPDX-License-Identifier: Apache-2.0 */
/* Literals: their text made values. */
#include "base/ascii.h"
#include "sql/parse/parser_internal.h"

#include "base/buffer.h"
#include "text/decimal.h"
#include "text/interval.h"
#include "text/number.h"
#include "text/utf8.h"

struct ast_expr *constant_expr(struct parser *p, struct type type, const struct token *start)
{
  struct ast_expr *e = expr_new(p, AST_LITERAL, start);
  column_make(&e->value, type, 1, p->arena);
  e->value.constant = true;
  return e;
}

struct ast_expr *string_expr(struct parser *p, struct slice text, const struct token *start)
{
  struct ast_expr *e = expr_new(p, AST_LITERAL, start);
  column_make_text(&e->value, text, p->arena);
  return expr_done(p, e);
}

/* ---- strings ---- */

/* The `digits` hexadecimal digits at from, or -1. */
static int64_t hex_at(struct slice s, size_t from, size_t digits)
{
  int64_t value = 0;
  if (s.n < from + digits)
    return -1;
  for (size_t i = from; i < from + digits; i++) {
    int digit = ascii_hex_digit(s.p[i]);
    if (digit < 0)
      return -1;
    value = value * 16 + digit;
  }
  return value;
}

/* UTF-8; what is no character becomes '?', as Java writes a lone surrogate. */
static char *put_character(char *out, int64_t c)
{
  if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
    c = '?';
  return out + utf8_write((uint32_t)c, out);
}

/* \u and four digits, a pair of them beyond 0xffff. Adds the length to *i; false if it is none. */
static bool take_u16(struct slice s, size_t *i, int64_t *c)
{
  *c = hex_at(s, *i + 2, 4);
  if (*c < 0)
    return false;
  *i += 6;
  bool high = *c >= 0xd800 && *c < 0xdc00;
  if (high && s.n - *i >= 6 && s.p[*i] == '\\' && s.p[*i + 1] == 'u') {
    int64_t low = hex_at(s, *i + 2, 4);
    if (low >= 0xdc00 && low < 0xe000) {
      *c = 0x10000 + ((*c - 0xd800) << 10) + (low - 0xdc00);
      *i += 6;
    }
  }
  return true;
}

static bool is_octal(char c)
{
  return c >= '0' && c <= '7';
}

static char *put_escaped(char *out, char c)
{
  static const char from[] = "0bnrtZ", to[] = "\0\b\n\r\t\x1a";
  const char *found = c != '\0' ? strchr(from, c) : NULL;
  if (c == '%' || c == '_') /* LIKE needs the backslash */
    *out++ = '\\';
  *out++ = found != NULL ? to[found - from] : c;
  return out;
}

/* One escape at s.p[*i], which is a backslash that something follows
 * (ParserUtils.unescapeSQLString). Never writes more bytes than it reads. */
static char *put_escape(char *out, struct slice s, size_t *i)
{
  const char *p = s.p + *i;
  size_t left = s.n - *i;
  int64_t c;
  if (p[1] == 'u' && take_u16(s, i, &c))
    return put_character(out, c);
  if (p[1] == 'U' && (c = hex_at(s, *i + 2, 8)) >= 0) {
    *i += 10;
    return put_character(out, c);
  }
  if (left >= 4 && (p[1] == '0' || p[1] == '1') && is_octal(p[2]) && is_octal(p[3])) {
    *i += 4;
    *out++ = (char)((p[1] - '0') * 64 + (p[2] - '0') * 8 + (p[3] - '0'));
    return out;
  }
  *i += 2;
  return put_escaped(out, p[1]);
}

static char *put_unescaped(char *out, struct slice s)
{
  for (size_t i = 0; i < s.n;) {
    if (s.p[i] == '\\' && i + 1 < s.n)
      out = put_escape(out, s, &i);
    else
      *out++ = s.p[i++];
  }
  return out;
}

/* Without quotes and r. */
static struct slice inside_quotes(struct slice text, bool *raw)
{
  *raw = text.p[0] == 'r' || text.p[0] == 'R';
  return (struct slice){text.p + 1 + *raw, text.n - 2 - *raw};
}

/* The strings at now, joined. */
static struct slice string_text(struct parser *p)
{
  bool raw;
  struct slice text = inside_quotes(p->now.text, &raw);
  bool plain = raw || text.n == 0 || memchr(text.p, '\\', text.n) == NULL;
  if (plain && p->next.kind != TOKEN_STRING) {
    advance(p);
    return text;
  }
  struct buffer joined = {0};
  for (; p->now.kind == TOKEN_STRING; advance(p)) {
    text = inside_quotes(p->now.text, &raw);
    char *out = buffer_room(&joined, text.n + 1);
    if (raw)
      buffer_add(&joined, text);
    else
      joined.n += (size_t)(put_unescaped(out, text) - out);
  }
  struct slice whole = {arena_copy(p->arena, joined.p, joined.n), joined.n};
  buffer_free(&joined);
  return whole;
}

bool at_one_string(struct parser *p)
{
  if (p->next.kind != TOKEN_STRING)
    return true;
  advance(p);
  return unexpected(p, "one string");
}

struct slice unquoted_name(struct parser *p, struct slice text)
{
  struct slice inside = {text.p + 1, text.n - 2};
  if (inside.n == 0 || memchr(inside.p, '`', inside.n) == NULL)
    return inside;
  char *out = arena_take(p->arena, inside.n, 1);
  size_t n = 0;
  for (size_t i = 0; i < inside.n; i++) {
    out[n++] = inside.p[i];
    i += inside.p[i] == '`'; /* two stand for one */
  }
  return (struct slice){out, n};
}

struct ast_expr *parse_string(struct parser *p)
{
  struct token start = p->now;
  struct slice text = string_text(p);
  return string_expr(p, text, &start);
}

/* ---- numbers ---- */

static bool too_large(struct parser *p, const struct token *start, struct slice text, bool negative,
                      const char *type)
{
  return fail_at(p, ERR_RANGE, start->at, "number %s%.*s does not fit into %s", negative ? "-" : "",
                 SLICE_PRINT(text), type);
}

static struct ast_expr *decimal_expr(struct parser *p, struct slice text, bool negative,
                                     const struct token *start)
{
  struct decimal value;
  int precision;
  if (!decimal_literal(text, &value, &precision)) {
    fail_at(p, ERR_RANGE, start->at,
            "number %.*s has more than %d digits; write it as DOUBLE, with D behind it",
            text.n > 60 ? 60 : (int)text.n, text.p, (int)DECIMAL_MAX_DIGITS);
    return NULL;
  }
  struct ast_expr *e = constant_expr(p, type_decimal(precision, value.scale), start);
  e->value.decimal[0] = negative ? -value.unscaled : value.unscaled;
  return e;
}

/* Digits alone, or with L, S or Y behind: the width that the letter, else the value, asks for. */
static struct ast_expr *integer_expr(struct parser *p, struct slice digits, char suffix,
                                     bool negative, const struct token *start)
{
  static const struct {
    char suffix;
    enum type_kind kind;
    int64_t most;
    const char *name;
  } widths[] = {{'Y', TYPE_TINYINT, INT8_MAX, "TINYINT"},
                {'S', TYPE_SMALLINT, INT16_MAX, "SMALLINT"},
                {0, TYPE_INT, INT32_MAX, "INT"},
                {0, TYPE_BIGINT, INT64_MAX, "BIGINT"},
                {'L', TYPE_BIGINT, INT64_MAX, "BIGINT"}};
  struct slice text = {negative ? arena_printf(p->arena, "-%.*s", SLICE_PRINT(digits)) : digits.p,
                       digits.n + negative};
  for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
    int64_t value;
    if (widths[i].suffix != suffix)
      continue;
    if (!number_parse_int(text, -widths[i].most - 1, widths[i].most, &value)) {
      if (suffix == 0)
        continue;
      too_large(p, start, digits, negative, widths[i].name);
      return NULL;
    }
    struct ast_expr *e = constant_expr(p, type_of(widths[i].kind), start);
    if (widths[i].kind == TYPE_BIGINT)
      e->value.i64[0] = value;
    else
      e->value.i32[0] = (int32_t)value;
    return e;
  }
  return decimal_expr(p, digits, negative, start);
}

/* Spark refuses a float literal beyond its type's range (INVALID_NUMERIC_LITERAL_RANGE). */
static struct ast_expr *float_expr(struct parser *p, struct slice text, bool is_float,
                                   bool negative, const struct token *start)
{
  struct ast_expr *e = constant_expr(p, type_of(is_float ? TYPE_FLOAT : TYPE_DOUBLE), start);
  double x = 0;
  float f = 0;
  if (is_float)
    number_parse_float(text, &f);
  else
    number_parse_double(text, &x);
  bool infinite = is_float ? f - f != 0 : x - x != 0;
  if (infinite) {
    too_large(p, start, text, negative, is_float ? "FLOAT" : "DOUBLE");
    return NULL;
  }
  if (is_float)
    e->value.f32[0] = negative ? -f : f;
  else
    e->value.f64[0] = negative ? -x : x;
  return e;
}

struct ast_expr *parse_number(struct parser *p, bool negative, const struct token *start)
{
  struct slice text = p->now.text;
  char last = ascii_upper(text.p[text.n - 1]);
  char before = text.n > 1 ? ascii_upper(text.p[text.n - 2]) : '\0';
  bool has_point = memchr(text.p, '.', text.n) != NULL;
  bool has_exponent = memchr(text.p, 'e', text.n) != NULL || memchr(text.p, 'E', text.n) != NULL;
  struct ast_expr *e;
  advance(p);
  if (last == 'D' && before == 'B')
    e = decimal_expr(p, (struct slice){text.p, text.n - 2}, negative, start);
  else if (last == 'D' || last == 'F')
    e = float_expr(p, (struct slice){text.p, text.n - 1}, last == 'F', negative, start);
  else if (has_exponent)
    e = float_expr(p, text, false, negative, start);
  else if (has_point)
    e = decimal_expr(p, text, negative, start);
  else if (last > '9')
    e = integer_expr(p, (struct slice){text.p, text.n - 1}, last, negative, start);
  else
    e = integer_expr(p, text, '\0', negative, start);
  return e != NULL ? expr_done(p, e) : NULL;
}

/* ---- intervals ---- */

static bool is_interval_unit(const struct token *token)
{
  static const char *const units[] = {"year",        "month",     "week",   "day",
                                      "hour",        "minute",    "second", "millisecond",
                                      "microsecond", "nanosecond"};
  struct slice word = token->text;
  if (token->kind != TOKEN_WORD)
    return false;
  if (word.n > 1 && ascii_upper(word.p[word.n - 1]) == 'S')
    word.n--;
  for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
    if (slice_equal_nocase(word, slice_of(units[i])))
      return true;
  return false;
}

/* `interval` is a column's name too: interval - 5 is a difference, INTERVAL - 5 DAYS is none. */
bool at_interval(const struct parser *p)
{
  if (!at_keyword(p, KW_INTERVAL))
    return false;
  if (!next_is_sign(p, SIGN_MINUS) && !next_is_sign(p, SIGN_PLUS))
    return p->next.kind == TOKEN_STRING || p->next.kind == TOKEN_NUMBER;
  struct lexer ahead = p->lexer;
  ahead.err = NULL;
  struct token value = lexer_next(&ahead), unit = lexer_next(&ahead);
  return (value.kind == TOKEN_STRING || value.kind == TOKEN_NUMBER) && is_interval_unit(&unit);
}

/* [-] number or string, then its unit. `only` allows a string without one: '1 day 2 hours'. */
static bool interval_part(struct parser *p, bool only, struct buffer *text)
{
  bool minus = at_sign(p, SIGN_MINUS);
  if (!take_sign(p, SIGN_MINUS))
    take_sign(p, SIGN_PLUS);
  bool is_string = p->now.kind == TOKEN_STRING;
  if (!is_string && p->now.kind != TOKEN_NUMBER)
    return unexpected(p, "a number and a unit");
  struct slice value = p->now.text;
  if (is_string && !at_one_string(p))
    return false;
  if (is_string)
    value = slice_trim(string_text(p));
  else
    advance(p);
  if (minus && value.n != 0 && value.p[0] == '-') {
    minus = false;
    value = (struct slice){value.p + 1, value.n - 1};
  }
  buffer_printf(text, "%s%.*s ", minus ? "-" : "", SLICE_PRINT(value));
  if (!is_interval_unit(&p->now))
    return (is_string && only && !minus) || unexpected(p, "a unit such as SECONDS");
  buffer_add(text, p->now.text);
  buffer_put(text, ' ');
  advance(p);
  return true;
}

static bool interval_parts(struct parser *p, struct buffer *text)
{
  if (!interval_part(p, true, text))
    return false;
  while (p->now.kind == TOKEN_NUMBER || p->now.kind == TOKEN_STRING ||
         ((at_sign(p, SIGN_MINUS) || at_sign(p, SIGN_PLUS)) && p->next.kind == TOKEN_STRING))
    if (!interval_part(p, false, text))
      return false;
  return true;
}

/* From the words of "1 day 2 hours", which interval_parse() takes. */
static struct span_units units_of(struct slice text)
{
  static const enum span_unit units[] = {['y' - 'a'] = SPAN_YEAR,
                                         ['w' - 'a'] = SPAN_DAY,
                                         ['d' - 'a'] = SPAN_DAY,
                                         ['h' - 'a'] = SPAN_HOUR,
                                         ['s' - 'a'] = SPAN_SECOND};
  struct span_units found = {SPAN_SECOND, SPAN_YEAR};
  for (size_t i = 0; i < text.n; i++) {
    char c = (char)(ascii_upper(text.p[i]) + ('a' - 'A'));
    bool opens = c >= 'a' && c <= 'z' && (i == 0 || ascii_upper(text.p[i - 1]) < 'A');
    if (!opens || c == 'i') /* INTERVAL itself */
      continue;
    size_t n = text.n - i;
    bool minute = c == 'm' && n >= 3 && ascii_upper(text.p[i + 2]) == 'N';
    bool month = c == 'm' && n >= 3 && ascii_upper(text.p[i + 1]) == 'O';
    enum span_unit unit = month      ? SPAN_MONTH
                          : minute   ? SPAN_MINUTE
                          : c == 'm' ? SPAN_SECOND
                                     : units[c - 'a'];
    if (c == 'n')
      unit = SPAN_SECOND;
    found.from = unit < found.from ? unit : found.from;
    found.to = unit > found.to ? unit : found.to;
  }
  return found;
}

/* The literal of a value in microseconds or months. */
static struct ast_expr *interval_literal(struct parser *p, int64_t value, struct span_units units,
                                         const struct token *start)
{
  bool months = units.to <= SPAN_MONTH;
  struct type type =
      months ? type_of(TYPE_INT)
             : type_interval((enum interval_unit)units.from, (enum interval_unit)units.to);
  struct ast_expr *e = constant_expr(p, type, start);
  if (months)
    e->value.i32[0] = (int32_t)value;
  else
    e->value.i64[0] = value;
  e->units = units;
  e = expr_done(p, e);
  if (months && e != NULL) {
    e = expr_of(p, AST_UNARY, "interval_months", start, 1, e, NULL);
    e->units = units;
  }
  return e;
}

static struct ast_expr *interval_expr(struct parser *p, struct slice text,
                                      const struct token *start)
{
  struct interval interval;
  struct error why;
  int64_t micros;
  if (!interval_parse(text, &interval, &why)) {
    fail_at(p, why.code, start->at, "%s", why.text);
    return NULL;
  }
  struct span_units units = units_of(text);
  if (units.from <= SPAN_MONTH && units.to > SPAN_MONTH) {
    fail_at(p, ERR_SYNTAX, start->at,
            "an INTERVAL has years and months, or days and shorter units, not both");
    return NULL;
  }
  if (units.to <= SPAN_MONTH)
    return interval_literal(p, interval.months, units, start);
  if (!interval_micros(&interval, &micros, &why)) {
    fail_at(p, why.code, start->at, "%s", why.text);
    return NULL;
  }
  return interval_literal(p, micros, units, start);
}

/* '1 02:03' DAY TO MINUTE; text is "1 02:03 DAY ", now is TO. */
static struct ast_expr *interval_from_to(struct parser *p, struct slice text,
                                         const struct token *start)
{
  enum interval_unit first, last;
  int64_t value;
  text = slice_trim(text);
  size_t at = text.n;
  while (at > 0 && text.p[at - 1] != ' ')
    at--;
  struct slice unit = {text.p + at, text.n - at};
  struct slice number = slice_trim((struct slice){text.p, at});
  advance(p);
  bool known = interval_unit_find(unit, &first) && p->now.kind == TOKEN_WORD &&
               interval_unit_find(p->now.text, &last) && first < last &&
               (first <= INTERVAL_MONTH) == (last <= INTERVAL_MONTH);
  if (!known) {
    fail_at(p, ERR_SYNTAX, start->at,
            "an INTERVAL goes from a unit TO a shorter one, as DAY TO SECOND");
    return NULL;
  }
  if (!interval_parse_units(number, first, last, &value)) {
    fail_at(p, ERR_SYNTAX, start->at, "'%.*s' is no INTERVAL %s TO %s", SLICE_PRINT(number),
            interval_unit_name(first), interval_unit_name(last));
    return NULL;
  }
  advance(p);
  struct span_units units = {(enum span_unit)first, (enum span_unit)last};
  return interval_literal(p, value, units, start);
}

struct ast_expr *parse_interval(struct parser *p)
{
  struct token start = p->now;
  struct buffer text = {0};
  struct ast_expr *e = NULL;
  advance(p);
  if (interval_parts(p, &text)) {
    struct slice all = {text.p, text.n};
    e = at_keyword(p, KW_TO) ? interval_from_to(p, all, &start) : interval_expr(p, all, &start);
  }
  buffer_free(&text);
  return e;
}
