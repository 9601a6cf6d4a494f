/* SPDX-License-Identifier: Apache-2.0 */
/* Which ${...} count as variables: ConfigReader.scala of Spark, without its prefixes. */
#include "sql/variables.h"

#include "base/buffer.h"
#include "base/suggest.h"

enum { MAX_DEPTH = 64, MAX_REPLACEMENTS = 1000000, MAX_BYTES = 64 * 1024 * 1024 };

struct replacement {
  const struct variable *variable;
  size_t count;
  const char *file;
  struct error *err;
  struct arena *arena;
  struct buffer out;
  uint32_t line, column; /* of the outermost ${ */
  size_t replaced;
  size_t depth;
  size_t inside[MAX_DEPTH]; /* the variables whose values are being read */
};

static bool fail(const struct replacement *r, enum error_code code, const char *text,
                 struct slice name, const char *more)
{
  return error_at(r->err, code, r->file, r->line, r->column, text, SLICE_PRINT(name), more);
}

static bool is_blank(char c)
{
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The ${name} that starts at s.p[i], or an empty slice: names have no blanks. */
static struct slice name_at(struct slice s, size_t i)
{
  size_t from = i + 2, to = from;
  if (s.n - i < 3 || s.p[i] != '$' || s.p[i + 1] != '{')
    return (struct slice){0};
  while (to < s.n && s.p[to] != '}' && !is_blank(s.p[to]))
    to++;
  if (to == s.n || s.p[to] != '}')
    return (struct slice){0};
  return (struct slice){s.p + from, to - from};
}

static bool find(const struct replacement *r, struct slice name, size_t *found)
{
  for (*found = 0; *found < r->count; ++*found)
    if (slice_equal(r->variable[*found].name, name))
      return true;
  struct slice *names = arena_take(r->arena, r->count, sizeof *names);
  char hint[100];
  for (size_t i = 0; i < r->count; i++)
    names[i] = r->variable[i].name;
  return fail(r, ERR_NAME, "variable '%.*s' is not set%s", name,
              suggest_hint(name, names, r->count, hint, sizeof hint));
}

static bool replace(struct replacement *r, struct slice text);

static bool replace_name(struct replacement *r, struct slice name)
{
  size_t found;
  if (!find(r, name, &found))
    return false;
  for (size_t i = 0; i < r->depth; i++)
    if (r->inside[i] == found)
      return fail(r, ERR_RANGE, "variable '%.*s' refers to itself%s", name,
                  r->depth > 1 ? " through others" : "");
  if (r->depth == MAX_DEPTH || r->out.n > MAX_BYTES || ++r->replaced > MAX_REPLACEMENTS)
    return fail(r, ERR_RANGE, "variable '%.*s' is one of too many that refer to each other%s", name,
                "");
  r->inside[r->depth++] = found;
  bool done = replace(r, r->variable[found].text);
  r->depth--;
  return done;
}

/* Keeps line and column of r at s.p[*i] while it moves on to `to`. */
static void count_lines(struct replacement *r, struct slice s, size_t from, size_t to)
{
  for (size_t i = from; r->depth == 0 && i < to; i++) {
    r->column++;
    if (s.p[i] == '\n') {
      r->line++;
      r->column = 1;
    }
  }
}

static bool replace(struct replacement *r, struct slice text)
{
  size_t i = 0;
  while (i < text.n) {
    const char *dollar = memchr(text.p + i, '$', text.n - i);
    size_t next = dollar != NULL ? (size_t)(dollar - text.p) : text.n;
    buffer_append(&r->out, text.p + i, next - i);
    count_lines(r, text, i, next);
    i = next;
    struct slice name = dollar != NULL ? name_at(text, i) : (struct slice){0};
    if (name.n != 0 && !replace_name(r, name))
      return false;
    size_t taken = name.n != 0 ? name.n + 3 : dollar != NULL;
    if (name.n == 0)
      buffer_append(&r->out, text.p + i, taken);
    count_lines(r, text, i, i + taken);
    i += taken;
  }
  return true;
}

bool variables_replace(struct slice text, const struct variable *variable, size_t count,
                       const char *file, struct arena *arena, struct slice *out, struct error *err)
{
  struct replacement r = {.variable = variable,
                          .count = count,
                          .file = file,
                          .err = err,
                          .arena = arena,
                          .line = 1,
                          .column = 1};
  bool done = replace(&r, text);
  if (done)
    *out = (struct slice){arena_copy(arena, r.out.p, r.out.n), r.out.n};
  buffer_free(&r.out);
  return done;
}
