/* SPDX-License-Identifier: Apache-2.0 */
/* RLIKE, regexp_extract(), regexp_replace(), regexp_count(). */
#include "sql/functions/regexp.h"
#include "base/ascii.h"
#include "base/buffer.h"
#include "sql/functions/list.h"
#include "sql/functions/result.h"

#define TEXT(k) (arg[k].text[column_index(&arg[k], i)])

bool regexp_take(struct call *c, size_t i, const struct pattern **pattern)
{
  *pattern = NULL;
  if (!call_accept(c, i, type_of(TYPE_STRING)))
    return false;
  if (c->arg[i]->kind != EXPR_LITERAL) {
    call_refuse(c, ERR_UNSUPPORTED,
                "a regular expression of '%.*s' that is not constant is not supported",
                SLICE_PRINT(c->function->name));
    return false;
  }
  if (column_is_null(&c->arg[i]->value, 0))
    return true;
  struct error why = {0};
  *pattern = pattern_compile(c->arg[i]->value.text[0], c->b->arena, &why);
  if (*pattern == NULL)
    call_refuse(c, why.code, "%s", why.text);
  return *pattern != NULL;
}

static bool rlike_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                         size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct matcher *m = matcher_new(e->state);
  enum match match = MATCH_NONE;
  for (size_t i = 0; i < rows && match != MATCH_FAILED; i++) {
    match = result_is_null(out, i) ? MATCH_NONE : matcher_find(m, TEXT(0), 0, ev->err);
    out->boolean[i] = match == MATCH_FOUND;
  }
  matcher_free(m);
  return match != MATCH_FAILED;
}

/* The call over a constant pattern; null if that is null. */
static struct expr *bind_with_pattern(struct call *c, struct type type, expr_kernel *kernel)
{
  const struct pattern *pattern;
  if (!call_accept(c, 0, type_of(TYPE_STRING)) || !regexp_take(c, 1, &pattern))
    return NULL;
  return pattern != NULL ? call_result(c, type, kernel, pattern) : call_null(c, type);
}

struct expr *bind_rlike(struct call *c)
{
  return bind_with_pattern(c, type_of(TYPE_BOOLEAN), rlike_kernel);
}

static bool count_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                         size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct matcher *m = matcher_new(e->state);
  enum match match = MATCH_NONE;
  for (size_t i = 0; i < rows && match != MATCH_FAILED; i++) {
    size_t from = 0;
    out->i32[i] = 0;
    if (result_is_null(out, i))
      continue;
    while ((match = matcher_find(m, TEXT(0), from, ev->err)) == MATCH_FOUND) {
      out->i32[i]++;
      from = matcher_next(m, TEXT(0));
    }
  }
  matcher_free(m);
  return match != MATCH_FAILED;
}

struct expr *bind_regexp_count(struct call *c)
{
  return bind_with_pattern(c, type_of(TYPE_INT), count_kernel);
}

/* ---- regexp_extract(s, regex[, group]) ---- */

static bool extract_row(struct matcher *m, struct slice text, int32_t group, struct slice *out,
                        struct error *err)
{
  size_t start, end;
  *out = (struct slice){text.p, 0};
  enum match match = matcher_find(m, text, 0, err);
  if (match == MATCH_FOUND && matcher_group(m, (unsigned)group, &start, &end))
    *out = (struct slice){text.p + start, end - start};
  return match != MATCH_FAILED;
}

static bool extract_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                           size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  const struct pattern *pattern = e->state;
  struct matcher *m = matcher_new(pattern);
  bool done = true;
  for (size_t i = 0; i < rows && done; i++) {
    if (result_is_null(out, i))
      continue;
    int32_t group = e->args == 3 ? arg[2].i32[column_index(&arg[2], i)] : 1;
    if (group < 0 || (unsigned)group > pattern_groups(pattern))
      done = error_set(ev->err, ERR_RANGE,
                       "regexp_extract(): there is no group %d; the regular expression has %u",
                       group, pattern_groups(pattern));
    else
      done = extract_row(m, TEXT(0), group, &out->text[i], ev->err);
  }
  matcher_free(m);
  return done;
}

struct expr *bind_regexp_extract(struct call *c)
{
  if (c->args == 3 && !call_accept(c, 2, type_of(TYPE_INT)))
    return NULL;
  return bind_with_pattern(c, type_of(TYPE_STRING), extract_kernel);
}

/* ---- regexp_replace(s, regex, replacement) ---- */

static bool bad_reference(struct error *err, struct slice replacement)
{
  return error_set(err, ERR_RANGE,
                   "regexp_replace(): '%.*s' refers to a group that the regular expression does "
                   "not have (a '$' itself is written '\\\\$')",
                   SLICE_PRINT(replacement));
}

/* "$12" is group 12 if there is one, else group 1 and a 2; "${name}" is a named group. *i stands
 * behind the dollar sign. -1 if there is no such group. */
static int read_reference(const struct pattern *pattern, struct slice r, size_t *i)
{
  unsigned groups = pattern_groups(pattern);
  if (*i < r.n && r.p[*i] == '{') {
    size_t first = ++*i;
    while (*i < r.n && r.p[*i] != '}')
      ++*i;
    struct slice name = {r.p + first, *i - first};
    return (*i)++ < r.n ? pattern_group_named(pattern, name) : -1;
  }
  if (*i >= r.n || !ascii_is_digit(r.p[*i]))
    return -1;
  unsigned group = (unsigned)(r.p[(*i)++] - '0');
  while (*i < r.n && ascii_is_digit(r.p[*i]) && group * 10 + (unsigned)(r.p[*i] - '0') <= groups)
    group = group * 10 + (unsigned)(r.p[(*i)++] - '0');
  return group <= groups ? (int)group : -1;
}

/* The replacement of one match, as Matcher.appendReplacement writes it. */
static bool append_replacement(const struct matcher *m, const struct pattern *pattern,
                               struct slice text, struct slice r, struct buffer *out,
                               struct error *err)
{
  for (size_t i = 0; i < r.n;) {
    if (r.p[i] == '\\' && i + 1 < r.n) {
      buffer_put(out, r.p[i + 1]);
      i += 2;
    } else if (r.p[i] == '$') {
      size_t start, end;
      i++;
      int group = read_reference(pattern, r, &i);
      if (group < 0)
        return bad_reference(err, r);
      if (matcher_group(m, (unsigned)group, &start, &end))
        buffer_append(out, text.p + start, end - start);
    } else {
      buffer_put(out, r.p[i++]);
    }
  }
  return true;
}

/* All matches replaced; *changed is false, and out not written, if there is none. */
static bool replace_all(struct matcher *m, const struct pattern *pattern, struct slice text,
                        struct slice replacement, struct buffer *out, bool *changed,
                        struct error *err)
{
  enum match match = matcher_find(m, text, 0, err);
  *changed = match == MATCH_FOUND;
  out->n = 0;
  size_t copied = 0;
  while (match == MATCH_FOUND) {
    size_t start, end;
    matcher_group(m, 0, &start, &end);
    buffer_append(out, text.p + copied, start - copied);
    if (!append_replacement(m, pattern, text, replacement, out, err))
      return false;
    copied = end;
    match = matcher_find(m, text, matcher_next(m, text), err);
  }
  if (*changed)
    buffer_append(out, text.p + copied, text.n - copied);
  return match != MATCH_FAILED;
}

static bool replace_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                           size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct matcher *m = matcher_new(e->state);
  struct text_writer w = {.arena = ev->arena};
  struct buffer line = {0};
  bool done = true;
  for (size_t i = 0; i < rows && done; i++) {
    bool changed = false;
    out->text[i] = (struct slice){0};
    if (result_is_null(out, i))
      continue;
    out->text[i] = TEXT(0);
    done = replace_all(m, e->state, TEXT(0), TEXT(2), &line, &changed, ev->err);
    if (!changed)
      continue;
    char *p = text_writer_room(&w, line.n);
    if (line.n != 0)
      memcpy(p, line.p, line.n);
    out->text[i] = text_writer_take(&w, line.n);
  }
  buffer_free(&line);
  matcher_free(m);
  return done;
}

struct expr *bind_regexp_replace(struct call *c)
{
  if (c->args == 4) {
    const struct expr *from = c->arg[3];
    bool first = from->kind == EXPR_LITERAL && from->type.kind == TYPE_INT &&
                 !column_is_null(&from->value, 0) && from->value.i32[0] == 1;
    if (!first)
      return call_refuse(c, ERR_UNSUPPORTED,
                         "regexp_replace() from a place other than 1 is not "
                         "supported");
    c->args = 3;
  }
  if (!call_accept(c, 2, type_of(TYPE_STRING)))
    return NULL;
  return bind_with_pattern(c, type_of(TYPE_STRING), replace_kernel);
}
