/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/report/svg.h"

#include <stdio.h>

/* Where `needle` is in the text; NULL if nowhere. */
static const char *find(struct slice text, const char *needle)
{
  size_t n = strlen(needle);
  for (size_t i = 0; i + n <= text.n; i++) {
    const char *p = memchr(text.p + i, needle[0], text.n - n - i + 1);
    if (p == NULL)
      return NULL;
    if (memcmp(p, needle, n) == 0)
      return p;
    i = (size_t)(p - text.p);
  }
  return NULL;
}

static struct slice from(struct slice text, const char *p)
{
  return (struct slice){p, (size_t)(text.p + text.n - p)};
}

static bool starts(struct slice text, const char *with)
{
  size_t n = strlen(with);
  return text.n >= n && memcmp(text.p, with, n) == 0;
}

/* How long the element at the start of the text is, if it shows nothing: a title of gnuplot's, an
 * empty group, definitions that nobody uses. 0: it stays. */
static size_t useless(struct slice text, bool keep_definitions)
{
  static const char *const ELEMENT[][2] = {
      {"<title>", "</title>"}, {"<desc>", "</desc>"}, {"<filter", "</filter>"}};
  for (size_t i = 0; i < sizeof ELEMENT / sizeof ELEMENT[0]; i++)
    if (starts(text, ELEMENT[i][0])) {
      const char *end = find(text, ELEMENT[i][1]);
      return end != NULL ? (size_t)(end - text.p) + strlen(ELEMENT[i][1]) : 0;
    }
  if (starts(text, "<defs>") && !keep_definitions) {
    const char *end = find(text, "</defs>");
    return end != NULL ? (size_t)(end - text.p) + strlen("</defs>") : 0;
  }
  if (starts(text, "<g ")) {
    const char *end = memchr(text.p, '>', text.n);
    size_t n = end != NULL ? (size_t)(end - text.p) + 1 : 0;
    while (n != 0 && n < text.n && (text.p[n] == '\n' || text.p[n] == '\t' || text.p[n] == ' '))
      n++;
    return n != 0 && starts(from(text, text.p + n), "</g>") ? n + strlen("</g>") : 0;
  }
  return 0;
}

/* "rgb( 42, 120, 214)" as "#2a78d6"; how long it is, or 0. */
static size_t colour(struct slice text, struct buffer *out)
{
  if (!starts(text, "rgb("))
    return 0;
  unsigned value[3] = {0}, k = 0;
  for (size_t i = 4; i < text.n && k < 3; i++) {
    char c = text.p[i];
    if (c >= '0' && c <= '9')
      value[k] = 10 * value[k] + (unsigned)(c - '0');
    else if (c == ')') {
      buffer_printf(out, "#%02x%02x%02x", value[0] & 0xff, value[1] & 0xff, value[2] & 0xff);
      return i + 1;
    } else if (c == ',')
      k++;
    else if (c != ' ')
      return 0;
  }
  return 0;
}

/* Copies a tag from its '<' on, names and colours replaced; returns its length. */
static size_t copy_tag(struct slice text, const char *id, struct buffer *out)
{
  static const struct {
    const char *found, *written;
  } NAME[] = {{" id='", " id='"}, {" id=\"", " id=\""}, {" xlink:href='#", " href='#"}};
  size_t i = 0;
  while (i < text.n && text.p[i] != '>') {
    struct slice rest = from(text, text.p + i);
    size_t taken = colour(rest, out);
    for (size_t k = 0; taken == 0 && k < sizeof NAME / sizeof NAME[0]; k++)
      if (starts(rest, NAME[k].found)) {
        buffer_printf(out, "%s%s-", NAME[k].written, id);
        taken = strlen(NAME[k].found);
      }
    if (taken == 0)
      buffer_put(out, text.p[i]);
    i += taken != 0 ? taken : 1;
  }
  return i;
}

static void copy_body(struct slice body, const char *id, struct buffer *out)
{
  bool keep_definitions = find(body, "\t<use ") != NULL;
  const char *definitions = find(body, "</defs>");
  if (definitions != NULL)
    keep_definitions = find(from(body, definitions), "<use ") != NULL;
  while (body.n != 0) {
    char c = body.p[0];
    size_t taken = c == '<' ? useless(body, keep_definitions) : 0;
    if (taken == 0 && c == '<')
      taken = copy_tag(body, id, out);
    else if (taken == 0 && (c != '\n' || (out->n != 0 && out->p[out->n - 1] != '\n')) && c != '\t')
      buffer_put(out, c);
    body = from(body, body.p + (taken != 0 ? taken : 1));
  }
}

bool svg_inline(struct slice svg, const struct svg_words *words, struct buffer *out)
{
  const char *start = find(svg, "<svg"), *box = NULL, *open = NULL, *end = NULL;
  if (start != NULL && (box = find(from(svg, start), "viewBox=\"")) != NULL &&
      (open = find(from(svg, box), ">")) != NULL)
    end = find(from(svg, open), "</svg>");
  if (end == NULL)
    return false;
  box += strlen("viewBox=\"");
  const char *quote = memchr(box, '"', (size_t)(open - box));
  if (quote == NULL)
    return false;
  buffer_printf(out,
                "<svg viewBox=\"%.*s\" role=\"img\" aria-labelledby=\"%s-title %s-about\">\n"
                "<title id=\"%s-title\">%s</title>\n<desc id=\"%s-about\">%s</desc>\n",
                (int)(quote - box), box, words->id, words->id, words->id, words->title, words->id,
                words->about);
  copy_body((struct slice){open + 1, (size_t)(end - open - 1)}, words->id, out);
  buffer_printf(out, "</svg>\n");
  return true;
}
