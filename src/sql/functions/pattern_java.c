/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/functions/pattern_java.h"

#include "base/ascii.h"

/* A walk over the expression. */
struct walk {
  struct slice regex;
  size_t i;
  bool in_class;
  struct buffer *out;
  struct error *err;
};

static bool refuse(const struct walk *w, const char *what)
{
  return error_set(w->err, ERR_UNSUPPORTED, "%s in the regular expression '%.*s' is not supported",
                   what, SLICE_PRINT(w->regex));
}

static bool at(const struct walk *w, const char *text)
{
  size_t n = strlen(text);
  return w->regex.n - w->i >= n && memcmp(w->regex.p + w->i, text, n) == 0;
}

static void copy(struct walk *w, size_t n)
{
  buffer_append(w->out, w->regex.p + w->i, n);
  w->i += n;
}

static bool is_hex(char c)
{
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* \uXXXX is \x{XXXX} */
static bool unicode_escape(struct walk *w)
{
  size_t digits = 0;
  while (digits < 4 && w->i + 2 + digits < w->regex.n && is_hex(w->regex.p[w->i + 2 + digits]))
    digits++;
  if (digits < 4)
    return refuse(w, "\\u without four digits");
  buffer_add(w->out, SLICE("\\x{"));
  w->i += 2;
  copy(w, 4);
  buffer_put(w->out, '}');
  return true;
}

/* Java's names of POSIX classes: \p{Alpha} is [[:alpha:]]. Of the others only general categories
 * (\p{L}, \pN, \p{Lu}) mean the same on both sides. */
static const struct {
  const char *java, *posix;
} posix_classes[] = {
    {"Lower", "lower"}, {"Upper", "upper"}, {"Alpha", "alpha"}, {"Digit", "digit"},
    {"Alnum", "alnum"}, {"Punct", "punct"}, {"Graph", "graph"}, {"Print", "print"},
    {"Blank", "blank"}, {"Cntrl", "cntrl"}, {"Space", "space"}, {"XDigit", "xdigit"},
};

static bool property(struct walk *w)
{
  bool negated = w->regex.p[w->i + 1] == 'P';
  if (w->i + 2 < w->regex.n && w->regex.p[w->i + 2] != '{') {
    copy(w, 3);
    return true;
  }
  size_t end = w->i + 3;
  while (end < w->regex.n && w->regex.p[end] != '}')
    end++;
  if (end >= w->regex.n)
    return refuse(w, "\\p{ without its end");
  struct slice name = {w->regex.p + w->i + 3, end - w->i - 3};
  for (size_t k = 0; k < sizeof posix_classes / sizeof posix_classes[0]; k++)
    if (slice_is(name, posix_classes[k].java)) {
      buffer_printf(w->out, "%s[:%s%s:]%s", w->in_class ? "" : "[", negated ? "^" : "",
                    posix_classes[k].posix, w->in_class ? "" : "]");
      w->i = end + 1;
      return true;
    }
  if (name.n > 2)
    return refuse(w, "a property other than a general category");
  copy(w, end + 1 - w->i);
  return true;
}

/* \Q..\E: every character stands for itself. */
static bool quotation(struct walk *w)
{
  for (w->i += 2; w->i < w->regex.n && !at(w, "\\E");) {
    char c = w->regex.p[w->i];
    if ((unsigned char)c < 0x80 && !ascii_is_digit(c) && !ascii_is_letter(c))
      buffer_put(w->out, '\\');
    copy(w, 1);
  }
  w->i += at(w, "\\E") ? 2 : 0;
  return true;
}

static bool escape(struct walk *w)
{
  if (w->i + 1 >= w->regex.n)
    return error_set(w->err, ERR_SYNTAX, "the regular expression '%.*s' ends in a backslash",
                     SLICE_PRINT(w->regex));
  char c = w->regex.p[w->i + 1];
  if (c == 'u')
    return unicode_escape(w);
  if (c == 'p' || c == 'P')
    return property(w);
  if (c == 'Q')
    return quotation(w);
  if (ascii_is_letter(c) && strchr("tnrfaedDsSwWbBAzZGhHvVRXxk", c) == NULL)
    return refuse(w, "this escape of a letter");
  copy(w, 2);
  return true;
}

/* After "(?": what Java has as well, and PCRE2 reads alike. */
static bool group(struct walk *w)
{
  static const char *const alike[] = {"(?:", "(?=", "(?!", "(?>", "(?<=", "(?<!"};
  for (size_t k = 0; k < sizeof alike / sizeof alike[0]; k++)
    if (at(w, alike[k])) {
      copy(w, strlen(alike[k]));
      return true;
    }
  size_t end = w->i + 2;
  if (at(w, "(?<")) {
    copy(w, 3); /* a named group */
    return true;
  }
  while (end < w->regex.n && strchr("ismx-", w->regex.p[end]) != NULL)
    end++;
  if (end == w->i + 2 || end >= w->regex.n || (w->regex.p[end] != ')' && w->regex.p[end] != ':'))
    return refuse(w, "this kind of (?..) group");
  copy(w, end + 1 - w->i);
  return true;
}

/* Java has classes within classes and intersections, PCRE2 reads them as characters. */
static bool class_character(struct walk *w)
{
  if (at(w, "["))
    return refuse(w, "a class within a class");
  if (at(w, "&&"))
    return refuse(w, "&&, the intersection of classes,");
  w->in_class = !at(w, "]");
  copy(w, 1);
  return true;
}

static bool class_start(struct walk *w)
{
  w->in_class = true;
  copy(w, at(w, "[^") ? 2 : 1);
  if (at(w, "]")) /* a class that starts with a bracket holds it, with both */
    copy(w, 1);
  return true;
}

static bool step(struct walk *w)
{
  if (at(w, "\\"))
    return escape(w);
  if (w->in_class)
    return class_character(w);
  if (at(w, "["))
    return class_start(w);
  if (at(w, "(?"))
    return group(w);
  if (at(w, "(*"))
    return error_set(w->err, ERR_SYNTAX, "nothing to repeat before '*' in '%.*s'",
                     SLICE_PRINT(w->regex));
  copy(w, 1);
  return true;
}

bool pattern_from_java(struct slice regex, struct buffer *out, struct error *err)
{
  struct walk w = {regex, 0, false, out, err};
  while (w.i < regex.n)
    if (!step(&w))
      return false;
  return true;
}
