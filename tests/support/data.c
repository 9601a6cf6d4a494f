/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/data.h"

#include <stdio.h>
#include <stdlib.h>

enum { FIELDS = 16 };

static FILE *open_data(const char *name)
{
  const char *top = getenv("srcdir"); /* set by make check; else the tests run at the top */
  char path[4096];
  snprintf(path, sizeof path, "%s/tests/data/%s", top != NULL ? top : ".", name);
  FILE *file = fopen(path, "r");
  if (file == NULL) {
    perror(path);
    abort();
  }
  return file;
}

static size_t split(struct slice line, struct slice *field)
{
  size_t n = 0;
  while (n < FIELDS) {
    const char *tab = memchr(line.p, '\t', line.n);
    size_t length = tab != NULL ? (size_t)(tab - line.p) : line.n;
    field[n++] = (struct slice){line.p, length};
    if (tab == NULL)
      break;
    line = (struct slice){tab + 1, line.n - length - 1};
  }
  return n;
}

size_t data_each(const char *name, size_t fields, void (*visit)(const struct slice *field))
{
  FILE *file = open_data(name);
  char *line = NULL;
  size_t capacity = 0, lines = 0;
  ssize_t n;
  while ((n = getline(&line, &capacity, file)) > 0) {
    struct slice text = slice_trim((struct slice){line, (size_t)n});
    struct slice field[FIELDS];
    if (text.n == 0 || text.p[0] == '#')
      continue;
    if (split(text, field) < fields) {
      fprintf(stderr, "%s: a line of too few fields: %s", name, line);
      abort();
    }
    visit(field);
    lines++;
  }
  free(line);
  fclose(file);
  return lines;
}

struct slice data_bytes(struct slice hexadecimal, struct buffer *out)
{
  size_t start = out->n;
  for (size_t i = 0; i + 1 < hexadecimal.n; i += 2) {
    char digits[] = {hexadecimal.p[i], hexadecimal.p[i + 1], '\0'};
    buffer_put(out, (char)strtoul(digits, NULL, 16));
  }
  return (struct slice){out->p + start, out->n - start};
}

int64_t data_number(struct slice field)
{
  char digits[32] = "";
  memcpy(digits, field.p, field.n < sizeof digits ? field.n : sizeof digits - 1);
  return strtoll(digits, NULL, 10);
}
