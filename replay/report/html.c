/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/report/html.h"

#include <inttypes.h>

#include "base/nanoseconds.h"
#include "text/number.h"
#include "text/utf8.h"

static const char *escaped(char c)
{
  switch (c) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  case '\'':
    return "&#39;";
  default:
    return NULL;
  }
}

/* Appends the character at the start of the text; returns its bytes. */
static size_t put_character(struct buffer *out, struct slice text)
{
  size_t size = utf8_well_formed_size(text.p, text.n);
  if (size == 0)
    buffer_printf(out, "\xef\xbf\xbd");
  else if ((unsigned char)text.p[0] < ' ' || text.p[0] == 0x7f)
    buffer_put(out, ' ');
  else
    buffer_append(out, text.p, size);
  return size != 0 ? size : 1;
}

void html_clean(struct buffer *out, struct slice text)
{
  for (size_t i = 0; i < text.n;)
    i += put_character(out, (struct slice){text.p + i, text.n - i});
}

void html_text(struct buffer *out, struct slice text)
{
  for (size_t i = 0; i < text.n;) {
    const char *instead = escaped(text.p[i]);
    if (instead == NULL) {
      i += put_character(out, (struct slice){text.p + i, text.n - i});
      continue;
    }
    buffer_add(out, slice_of(instead));
    i++;
  }
}

void html_count(struct buffer *out, uint64_t n)
{
  char digits[NUMBER_GROUPED_BYTES];
  buffer_add(out, slice_of(number_print_grouped(n, digits)));
}

void html_counted(struct buffer *out, uint64_t n, const char *thing)
{
  html_count(out, n);
  buffer_printf(out, " %s%s", thing, n != 1 ? "s" : "");
}

void html_duration(struct buffer *out, int64_t ns)
{
  static const struct {
    double ns;
    const char *name;
  } UNIT[] = {{NS_PER_SECOND, "s"}, {NS_PER_MS, "ms"}, {NS_PER_US, "\xc2\xb5s"}};
  for (size_t i = 0; i < sizeof UNIT / sizeof UNIT[0]; i++) {
    double value = (double)ns / UNIT[i].ns;
    if (value < 0.9995)
      continue;
    buffer_printf(out, "%.*f %s", value < 9.995 ? 2 : value < 99.95 ? 1 : 0, value, UNIT[i].name);
    return;
  }
  buffer_printf(out, "%" PRId64 " ns", ns);
}

void html_clock(struct buffer *out, uint64_t seconds)
{
  buffer_printf(out, "%" PRIu64 ":%02d:%02d", seconds / 3600, (int)(seconds / 60 % 60),
                (int)(seconds % 60));
}

static const char NUMBER_CLASS[] = " class=\"n\"";

void html_table(struct buffer *out, const char *caption, const char *headings)
{
  buffer_printf(out, "<div class=\"wide\"><table>\n<caption>%s</caption>\n<thead><tr>", caption);
  while (*headings != '\0') {
    size_t n = strcspn(headings, "|");
    bool number = n != 0 && headings[n - 1] == '#';
    buffer_printf(out, "<th scope=\"col\"%s>%.*s</th>", number ? NUMBER_CLASS : "",
                  (int)(n - number), headings);
    headings += n + (headings[n] == '|');
  }
  buffer_printf(out, "</tr></thead>\n<tbody>\n");
}

void html_table_end(struct buffer *out)
{
  buffer_printf(out, "</tbody></table></div>\n");
}

void html_row(struct buffer *out, struct slice name)
{
  buffer_printf(out, "<tr><th scope=\"row\">");
  html_text(out, name);
  buffer_printf(out, "</th>");
}

void html_cell(struct buffer *out, struct slice text)
{
  buffer_printf(out, "<td>");
  html_text(out, text);
  buffer_printf(out, "</td>");
}

void html_cell_code(struct buffer *out, struct slice text)
{
  buffer_printf(out, "<td><code>");
  html_text(out, text);
  buffer_printf(out, "</code></td>");
}

void html_cell_count(struct buffer *out, uint64_t n)
{
  buffer_printf(out, "<td%s>", NUMBER_CLASS);
  html_count(out, n);
  buffer_printf(out, "</td>");
}

void html_cell_duration(struct buffer *out, int64_t ns)
{
  buffer_printf(out, "<td%s title=\"%" PRId64 " ns\">", NUMBER_CLASS, ns);
  html_duration(out, ns);
  buffer_printf(out, "</td>");
}

void html_row_end(struct buffer *out)
{
  buffer_printf(out, "</tr>\n");
}
