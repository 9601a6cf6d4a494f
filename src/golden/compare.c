/* SPDX-License-Identifier: Apache-2.0 */
#include "golden/compare.h"

#include <stdlib.h>

#include "base/memory.h"

enum { SHOWN_BYTES = 200 };

static size_t count_lines(struct slice text)
{
  size_t n = 0;
  for (size_t i = 0; i < text.n; i++)
    n += text.p[i] == '\n';
  return n + (text.n != 0 && text.p[text.n - 1] != '\n');
}

/* The line that starts at `start`, without its LF. */
static struct slice line_at(struct slice text, size_t start)
{
  const char *p = text.p + start;
  const char *end = memchr(p, '\n', text.n - start);
  return (struct slice){p, end != NULL ? (size_t)(end - p) : text.n - start};
}

static int by_bytes(const void *a, const void *b)
{
  return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static struct slice *sorted_lines(struct slice text, size_t count)
{
  struct slice *line = mem_new(count, sizeof *line);
  size_t start = 0;
  for (size_t i = 0; i < count; i++) {
    line[i] = line_at(text, start);
    start += line[i].n + 1;
  }
  qsort(line, count, sizeof *line, by_bytes);
  return line;
}

/* By line and not by place: one line more does not make all that follow it differ. */
static void count_unmatched(struct slice expected, struct slice got, struct comparison *c)
{
  struct slice *e = sorted_lines(expected, c->lines_expected);
  struct slice *g = sorted_lines(got, c->lines_got);
  size_t i = 0, k = 0;
  while (i < c->lines_expected || k < c->lines_got) {
    int order = i == c->lines_expected ? 1 : k == c->lines_got ? -1 : slice_compare(e[i], g[k]);
    c->missing += order < 0;
    c->surplus += order > 0;
    i += order <= 0;
    k += order >= 0;
  }
  free(e);
  free(g);
}

void compare_bytes(struct slice expected, struct slice got, struct comparison *out)
{
  *out = (struct comparison){.same = slice_equal(expected, got)};
  out->lines_expected = count_lines(expected);
  out->lines_got = count_lines(got);
  if (out->same)
    return;
  size_t at = 0, start = 0;
  out->line = 1;
  for (; at < expected.n && at < got.n && expected.p[at] == got.p[at]; at++)
    if (expected.p[at] == '\n') {
      out->line++;
      start = at + 1;
    }
  out->column = at - start + 1;
  out->has_expected = start < expected.n;
  out->has_got = start < got.n;
  if (out->has_expected)
    out->expected = line_at(expected, start);
  if (out->has_got)
    out->got = line_at(got, start);
  if (expected.n != 0)
    out->header = line_at(expected, 0);
  count_unmatched(expected, got, out);
}

/* Bytes that a terminal would not show, or act on, as \xNN. */
static void append_visible(struct slice text, struct buffer *out)
{
  for (size_t i = 0; i < text.n && i < SHOWN_BYTES; i++) {
    unsigned char c = (unsigned char)text.p[i];
    if (c == '\r')
      buffer_printf(out, "\\r");
    else if (c < ' ' || c == 0x7f)
      buffer_printf(out, "\\x%02x", c);
    else
      buffer_put(out, text.p[i]);
  }
  if (text.n > SHOWN_BYTES)
    buffer_printf(out, "...");
}

static void append_side(const char *side, bool has, struct slice line, struct buffer *out)
{
  buffer_printf(out, "  %-8s ", side);
  if (has)
    append_visible(line, out);
  else
    buffer_printf(out, "(the file ends before this line)");
  buffer_put(out, '\n');
}

/* Takes the next cell of a CSV line, as it is written. */
static bool next_cell(struct slice *line, struct slice *cell)
{
  bool quoted = false;
  size_t n = 0;
  if (line->p == NULL)
    return false;
  while (n < line->n && (quoted || line->p[n] != ',')) {
    if (line->p[n] == '\\' && quoted && n + 1 < line->n)
      n++;
    else
      quoted ^= line->p[n] == '"';
    n++;
  }
  *cell = (struct slice){line->p, n};
  *line = n < line->n ? (struct slice){line->p + n + 1, line->n - n - 1} : (struct slice){0};
  return true;
}

static void append_cells(const struct comparison *c, struct buffer *out)
{
  struct slice names = c->header, expected = c->expected, got = c->got, name, e, g;
  while (next_cell(&names, &name) && next_cell(&expected, &e) && next_cell(&got, &g)) {
    if (slice_equal(e, g))
      continue;
    buffer_printf(out, "  cell     ");
    append_visible(name, out);
    buffer_printf(out, ": expected '");
    append_visible(e, out);
    buffer_printf(out, "', got '");
    append_visible(g, out);
    buffer_printf(out, "'\n");
  }
}

static const char *plural(size_t n)
{
  return n == 1 ? "" : "s";
}

static void append_summary(const struct comparison *c, const char *name, struct buffer *out)
{
  buffer_printf(out, "%s: differs from line %zu, column %zu on; ", name, c->line, c->column);
  if (c->missing == 0 && c->surplus == 0)
    buffer_printf(out, "the same lines in another order, or other line ends\n");
  else
    buffer_printf(out, "%zu of %zu expected line%s missing, %zu of %zu line%s not expected\n",
                  c->missing, c->lines_expected, plural(c->lines_expected), c->surplus,
                  c->lines_got, plural(c->lines_got));
}

void comparison_describe(const struct comparison *c, const char *name, struct buffer *out)
{
  if (c->same) {
    buffer_printf(out, "%s: same (%zu line%s)\n", name, c->lines_expected,
                  plural(c->lines_expected));
    return;
  }
  append_summary(c, name, out);
  append_side("expected", c->has_expected, c->expected, out);
  append_side("got", c->has_got, c->got, out);
  if (c->has_expected && c->has_got && c->line > 1)
    append_cells(c, out);
}
