/* SPDX-License-Identifier: Apache-2.0 */
/* Where a regular expression matches, and all of its matches: regexp_instr(), regexp_substr(),
 * regexp_extract_all(). */
#include "sql/functions/array_rows.h"
#include "sql/functions/list.h"
#include "sql/functions/regexp.h"
#include "sql/functions/text_rows.h"
#include "text/utf8.h"

/* From 1, in characters; 0 if it does not match. */
static bool instr_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                         size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct matcher *m = matcher_new(e->state);
  enum match match = MATCH_NONE;
  for (size_t i = 0; i < rows && match != MATCH_FAILED; i++) {
    size_t start, end;
    out->i32[i] = 0;
    if (result_is_null(out, i))
      continue;
    match = matcher_find(m, TEXT(0), 0, ev->err);
    if (match == MATCH_FOUND && matcher_group(m, 0, &start, &end))
      out->i32[i] = utf8_count((struct slice){TEXT(0).p, start}) + 1;
  }
  matcher_free(m);
  return match != MATCH_FAILED;
}

struct expr *bind_regexp_instr(struct call *c)
{
  const struct pattern *pattern;
  if (!call_accept(c, 0, type_of(TYPE_STRING)) || !regexp_take(c, 1, &pattern) ||
      (c->args == 3 && !call_accept(c, 2, type_of(TYPE_INT))))
    return NULL;
  return pattern != NULL ? call_result(c, type_of(TYPE_INT), instr_kernel, pattern)
                         : call_null(c, type_of(TYPE_INT));
}

/* The first match; null if there is none. */
static bool substr_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  uint8_t *null = NULL;
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct matcher *m = matcher_new(e->state);
  enum match match = MATCH_NONE;
  for (size_t i = 0; i < rows && match != MATCH_FAILED; i++) {
    size_t start = 0, end = 0;
    out->text[i] = (struct slice){0};
    if (result_is_null(out, i))
      continue;
    match = matcher_find(m, TEXT(0), 0, ev->err);
    if (match == MATCH_FOUND)
      matcher_group(m, 0, &start, &end);
    if (end > start) /* an empty match counts as none: NULLIF(.., '') */
      out->text[i] = (struct slice){TEXT(0).p + start, end - start};
    else
      result_null(ev, out, rows, i, &null);
  }
  matcher_free(m);
  return match != MATCH_FAILED;
}

struct expr *bind_regexp_substr(struct call *c)
{
  const struct pattern *pattern;
  if (!call_accept(c, 0, type_of(TYPE_STRING)) || !regexp_take(c, 1, &pattern))
    return NULL;
  return pattern != NULL ? call_result(c, type_of(TYPE_STRING), substr_kernel, pattern)
                         : call_null(c, type_of(TYPE_STRING));
}

/* The pieces that were gathered become the elements of out. */
static void finish_texts(struct evaluation *ev, struct buffer *pieces, struct column *out)
{
  size_t n = pieces->n / sizeof(struct slice);
  column_make(out, type_of(TYPE_STRING), n, ev->arena);
  if (n != 0)
    memcpy(out->text, pieces->p, pieces->n);
  buffer_free(pieces);
}

static enum match extract_row(struct matcher *m, struct slice text, unsigned group,
                              struct buffer *pieces, struct error *err)
{
  enum match match;
  size_t from = 0, start, end;
  while ((match = matcher_find(m, text, from, err)) == MATCH_FOUND) {
    struct slice piece = {text.p, 0};
    if (matcher_group(m, group, &start, &end))
      piece = (struct slice){text.p + start, end - start};
    buffer_append(pieces, &piece, sizeof piece);
    from = matcher_next(m, text);
  }
  return match;
}

static bool extract_all_kernel(struct evaluation *ev, const struct expr *e,
                               const struct column *arg, size_t rows, struct column *out)
{
  const struct pattern *pattern = e->state;
  struct buffer pieces = {0};
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct matcher *m = matcher_new(pattern);
  bool done = true;
  for (size_t i = 0; i < rows && done; i++) {
    int32_t group = e->args == 3 ? INT(2) : 1;
    if (!result_is_null(out, i) && (group < 0 || (unsigned)group > pattern_groups(pattern)))
      done = error_set(ev->err, ERR_RANGE,
                       "regexp_extract_all(): group %d: the regular expression has %u", group,
                       pattern_groups(pattern));
    else if (!result_is_null(out, i))
      done = extract_row(m, TEXT(0), (unsigned)group, &pieces, ev->err) != MATCH_FAILED;
    out->end[i] = (uint32_t)(pieces.n / sizeof(struct slice));
  }
  matcher_free(m);
  finish_texts(ev, &pieces, &out->item[0]);
  return done;
}

struct expr *bind_regexp_extract_all(struct call *c)
{
  const struct pattern *pattern;
  struct type type = type_array(c->b->arena, type_of(TYPE_STRING));
  if (!call_accept(c, 0, type_of(TYPE_STRING)) || !regexp_take(c, 1, &pattern) ||
      (c->args == 3 && !call_accept(c, 2, type_of(TYPE_INT))))
    return NULL;
  return pattern != NULL ? call_result(c, type, extract_all_kernel, pattern) : call_null(c, type);
}
