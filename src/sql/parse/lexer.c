/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/parse/lexer.h"

#include <stdio.h>

#include "base/ascii.h"

static bool is_word(char c)
{
  return ascii_is_letter(c) || ascii_is_digit(c) || c == '_';
}

static struct position position_of(const struct lexer *l, const char *p)
{
  return (struct position){l->line, (uint32_t)(p - l->line_start) + 1};
}

/* Moves to `to`, counting lines on the way. */
static void move(struct lexer *l, const char *to)
{
  const char *newline;
  while (l->p < to && (newline = memchr(l->p, '\n', (size_t)(to - l->p))) != NULL) {
    l->line++;
    l->p = l->line_start = newline + 1;
  }
  l->p = to;
}

static bool fail(struct lexer *l, struct position at, const char *text)
{
  l->failed = true;
  return error_at(l->err, ERR_SYNTAX, l->file, at.line, at.column, "%s", text);
}

/* Bytes of the character at p, 0 if it is none (RFC 3629). */
static size_t character_size(const char *p, const char *end)
{
  unsigned char c = (unsigned char)p[0];
  size_t size = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
  if (size > (size_t)(end - p))
    return 0;
  for (size_t i = 1; i < size; i++)
    if (((unsigned char)p[i] & 0xc0) != 0x80)
      return 0;
  unsigned char next = size > 2 ? (unsigned char)p[1] : 0x90;
  bool overlong = (c == 0xe0 && next < 0xa0) || (c == 0xf0 && next < 0x90);
  bool beyond = (c == 0xed && next >= 0xa0) || (c == 0xf4 && next >= 0x90);
  return overlong || beyond ? 0 : size;
}

/* A text in another encoding would be taken for what it is not. */
static void check_encoding(struct lexer *l)
{
  struct lexer at = *l;
  char text[80];
  for (const char *p = l->p; p < l->end;) {
    size_t size = character_size(p, l->end);
    if (size == 0) {
      move(&at, p);
      snprintf(text, sizeof text, "byte 0x%02x is not UTF-8; save the query in that encoding",
               (unsigned char)*p);
      fail(l, position_of(&at, p), text);
      return;
    }
    p += size;
  }
}

void lexer_init(struct lexer *lexer, struct slice text, const char *file, struct error *err)
{
  static const char byte_order_mark[] = "\xef\xbb\xbf";
  *lexer = (struct lexer){.p = text.p, .line = 1, .file = file, .err = err};
  if (text.n == 0)
    lexer->p = "";
  lexer->end = lexer->p + text.n;
  if (text.n >= 3 && memcmp(text.p, byte_order_mark, 3) == 0)
    lexer->p += 3;
  lexer->line_start = lexer->p;
  check_encoding(lexer);
}

static bool starts(const struct lexer *l, const char *two)
{
  return l->end - l->p >= 2 && l->p[0] == two[0] && l->p[1] == two[1];
}

/* To the line's end; a backslash before it lets the comment go on. */
static void skip_line_comment(struct lexer *l)
{
  const char *p = l->p;
  while (p < l->end && *p != '\n' && *p != '\r')
    p += *p == '\\' && p + 1 < l->end && p[1] == '\n' ? 2 : 1;
  move(l, p);
}

static bool skip_bracketed_comment(struct lexer *l)
{
  struct position at = position_of(l, l->p);
  size_t depth = 0;
  const char *p = l->p;
  while (l->end - p >= 2) {
    if (p[0] == '/' && p[1] == '*') {
      depth++;
      p += 2;
    } else if (p[0] == '*' && p[1] == '/') {
      depth--;
      p += 2;
      if (depth == 0) {
        move(l, p);
        return true;
      }
    } else {
      p++;
    }
  }
  return fail(l, at, "this comment is not closed: '*/' is missing");
}

/* Blanks and comments. */
static bool skip(struct lexer *l)
{
  for (;;) {
    const char *p = l->p;
    while (p < l->end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
      p++;
    move(l, p);
    if (starts(l, "--"))
      skip_line_comment(l);
    else if (!starts(l, "/*") || (l->end - l->p > 2 && l->p[2] == '+'))
      return true;
    else if (!skip_bracketed_comment(l))
      return false;
  }
}

static const char *skip_digits(const char *p, const char *end)
{
  while (p < end && ascii_is_digit(*p))
    p++;
  return p;
}

/* e+3, or p itself. */
static const char *skip_exponent(const char *p, const char *end)
{
  if (p == end || ascii_lower(*p) != 'e')
    return p;
  const char *digits = p + 1;
  if (digits < end && (*digits == '+' || *digits == '-'))
    digits++;
  const char *after = skip_digits(digits, end);
  return after > digits ? after : p;
}

/* One of F, D, BD, or p itself. */
static const char *skip_fraction_suffix(const char *p, const char *end)
{
  if (p < end && (ascii_lower(*p) == 'f' || ascii_lower(*p) == 'd'))
    return p + 1;
  if (end - p >= 2 && ascii_lower(p[0]) == 'b' && ascii_lower(p[1]) == 'd')
    return p + 2;
  return p;
}

/* A number with a point, or NULL: no letter may follow (SqlBaseLexer's isValidDecimal). */
static const char *scan_decimal(const char *p, const char *end)
{
  const char *point = skip_digits(p, end);
  if (point == end || *point != '.')
    return NULL;
  const char *after = skip_digits(point + 1, end);
  if (point == p && after == point + 1)
    return NULL;
  after = skip_fraction_suffix(skip_exponent(after, end), end);
  return after < end && is_word(*after) ? NULL : after;
}

/* Where the number at p ends; p if there is none. A word may start with a digit, and the longer
 * token wins: 2a is a word, 2e5 is a number. */
static const char *scan_number(const char *p, const char *end)
{
  const char *decimal = scan_decimal(p, end);
  if (decimal != NULL || !ascii_is_digit(*p))
    return decimal != NULL ? decimal : p;
  const char *digits = skip_digits(p, end), *number = skip_exponent(digits, end);
  const char *suffix = skip_fraction_suffix(number, end);
  if (suffix == number && number == digits && digits < end &&
      (ascii_lower(*digits) == 'l' || ascii_lower(*digits) == 's' || ascii_lower(*digits) == 'y'))
    suffix = digits + 1;
  const char *word = p;
  while (word < end && is_word(*word))
    word++;
  return word > suffix ? p : suffix;
}

/* `p` is behind the opening quote; NULL if there is no closing one. */
static const char *scan_quoted(const char *p, const char *end, char quote, bool escapes)
{
  for (; p < end; p++) {
    if (*p == quote)
      return p + 1;
    if (escapes && *p == '\\' && p + 1 < end)
      p++;
  }
  return NULL;
}

static const char *scan_back_quoted(const char *p, const char *end)
{
  for (; p < end; p++) {
    if (*p != '`')
      continue;
    if (p + 1 == end || p[1] != '`')
      return p + 1;
    p++;
  }
  return NULL;
}

static const char *scan_sign(const char *p, const char *end, struct token *token)
{
  static const struct {
    const char *text;
    enum sign sign;
  } signs[] = {
      /* a longer sign stands before its beginnings */
      {"<=>", SIGN_NULL_SAFE_EQUAL},
      {"/*+", SIGN_HINT_START},
      {"*/", SIGN_HINT_END},
      {"<=", SIGN_LESS_EQUAL},
      {"<>", SIGN_NOT_EQUAL},
      {"!=", SIGN_NOT_EQUAL},
      {"!>", SIGN_LESS_EQUAL},
      {"!<", SIGN_GREATER_EQUAL},
      {">=", SIGN_GREATER_EQUAL},
      {"==", SIGN_EQUAL},
      {"=>", SIGN_FAT_ARROW},
      {"->", SIGN_ARROW},
      {"||", SIGN_CONCAT},
      {"::", SIGN_DOUBLE_COLON},
      {"(", SIGN_LEFT_PAREN},
      {")", SIGN_RIGHT_PAREN},
      {"[", SIGN_LEFT_BRACKET},
      {"]", SIGN_RIGHT_BRACKET},
      {",", SIGN_COMMA},
      {".", SIGN_DOT},
      {";", SIGN_SEMICOLON},
      {"+", SIGN_PLUS},
      {"-", SIGN_MINUS},
      {"*", SIGN_STAR},
      {"/", SIGN_SLASH},
      {"%", SIGN_PERCENT},
      {"~", SIGN_TILDE},
      {"&", SIGN_AND},
      {"|", SIGN_OR},
      {"^", SIGN_XOR},
      {"=", SIGN_EQUAL},
      {"<", SIGN_LESS},
      {">", SIGN_GREATER},
      {":", SIGN_COLON},
  };
  for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
    size_t n = strlen(signs[i].text);
    if ((size_t)(end - p) >= n && memcmp(p, signs[i].text, n) == 0) {
      token->kind = TOKEN_SIGN;
      token->sign = signs[i].sign;
      return p + n;
    }
  }
  return NULL;
}

static bool bad_character(struct lexer *l, struct position at)
{
  unsigned char c = (unsigned char)*l->p;
  char text[120];
  if (starts(l, "${"))
    return fail(l, at, "a ${variable} that nothing has replaced");
  if (c >= 0x80)
    return fail(l, at, "a letter beyond ASCII; put such a name between back quotes");
  if (c < ' ' || c == 0x7f)
    snprintf(text, sizeof text, "byte 0x%02x has no place in a query", c);
  else
    snprintf(text, sizeof text, "character '%c' has no place in a query", c);
  return fail(l, at, text);
}

static bool is_raw_string(const char *p, const char *end)
{
  return end - p >= 2 && ascii_lower(p[0]) == 'r' && (p[1] == '\'' || p[1] == '"');
}

/* The token at l->p, which is no blank. Returns where it ends; NULL with an error. */
static const char *scan(struct lexer *l, struct token *token)
{
  const char *p = l->p, *after;
  if (*p == '\'' || *p == '"' || is_raw_string(p, l->end)) {
    bool raw = is_raw_string(p, l->end);
    token->kind = TOKEN_STRING;
    after = scan_quoted(p + raw + 1, l->end, p[raw], !raw);
    if (after == NULL)
      fail(l, token->at,
           p[raw] == '"' ? "this string is not closed: '\"' is missing"
                         : "this string is not closed: \"'\" is missing");
    return after;
  }
  if (*p == '`') {
    token->kind = TOKEN_QUOTED;
    after = scan_back_quoted(p + 1, l->end);
    if (after == NULL)
      fail(l, token->at, "this name is not closed: '`' is missing");
    return after;
  }
  after = scan_number(p, l->end);
  if (after > p) {
    token->kind = TOKEN_NUMBER;
    return after;
  }
  if (is_word(*p)) {
    token->kind = TOKEN_WORD;
    for (after = p; after < l->end && is_word(*after); after++)
      ;
    token->keyword = keyword_find((struct slice){p, (size_t)(after - p)});
    return after;
  }
  after = scan_sign(p, l->end, token);
  if (after == NULL && *p == '!') {
    token->kind = TOKEN_WORD;
    token->keyword = KW_NOT;
    after = p + 1;
  }
  if (after == NULL)
    bad_character(l, token->at);
  return after;
}

struct token lexer_next(struct lexer *l)
{
  struct token token = {.kind = TOKEN_BAD};
  if (l->failed || !skip(l))
    return token;
  token.at = position_of(l, l->p);
  token.text.p = l->p;
  token.kind = TOKEN_END;
  if (l->p == l->end)
    return token;
  const char *after = scan(l, &token);
  if (after == NULL) {
    token.kind = TOKEN_BAD;
    return token;
  }
  token.text.n = (size_t)(after - l->p);
  move(l, after);
  return token;
}
