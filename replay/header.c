/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/header.h"

#include <stdio.h>
#include <string.h>

#define WORD_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"

/* The first line up to its end. False if there is none, or one that a glance does not split:
 * quotes, a separator of several characters, more than fits. */
static bool read_line(const struct query_table *table, char *line, size_t size)
{
  FILE *in =
      table->options.header && table->options.separator.n == 1 ? fopen(table->path, "r") : NULL;
  bool any = in != NULL && fgets(line, (int)size, in) != NULL && strpbrk(line, "\r\n") != NULL;
  if (in != NULL)
    fclose(in);
  if (!any || strpbrk(line, "\"'`\\") != NULL)
    return false;
  if (strncmp(line, "\xef\xbb\xbf", 3) == 0)
    memmove(line, line + 3, strlen(line + 3) + 1);
  line[strcspn(line, "\r\n")] = '\0';
  return line[0] != '\0';
}

/* The name at *rest, which goes on behind it; NULL behind the last one. */
static struct slice next_name(const struct query_table *table, const char **rest)
{
  const char separator[2] = {table->options.separator.p[0], '\0'};
  struct slice name = {*rest, strcspn(*rest, separator)};
  *rest = name.p[name.n] != '\0' ? name.p + name.n + 1 : NULL;
  return name;
}

void header_propose(const struct query_table *table, struct buffer *out)
{
  char line[1000];
  if (!read_line(table, line, sizeof line)) {
    buffer_printf(out, "ts STRING, ...");
    return;
  }
  for (const char *rest = line; rest != NULL;) {
    bool first = rest == line;
    struct slice name = next_name(table, &rest);
    bool word = name.n != 0 && strspn(name.p, WORD_LETTERS) >= name.n &&
                !(name.p[0] >= '0' && name.p[0] <= '9');
    buffer_printf(out, word ? "%s%.*s STRING" : "%s`%.*s` STRING", first ? "" : ", ",
                  SLICE_PRINT(name));
  }
}

void header_compare(const struct query_table *table, FILE *out)
{
  char line[1000];
  if (!table->options.enforce_schema || !read_line(table, line, sizeof line))
    return;
  const char *rest = line;
  for (size_t i = 0; rest != NULL && i < table->schema.columns; i++) {
    struct slice own = table->schema.column[i].name, name = next_name(table, &rest);
    if (slice_equal_nocase(own, name))
      continue;
    fprintf(out,
            "retrial: note: %s: column %zu is called '%.*s' in the header and '%.*s' in the "
            "schema; columns go by their place\n",
            table->path, i + 1, SLICE_PRINT(name), SLICE_PRINT(own));
    return;
  }
}
