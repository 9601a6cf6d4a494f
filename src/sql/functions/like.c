/* SPDX-License-Identifier: Apache-2.0 */
/* LIKE and ILIKE: % is any run of characters, _ one character, the escape makes them plain. */
#include "base/buffer.h"
#include "sql/functions/list.h"
#include "sql/functions/result.h"
#include "text/utf8.h"

/* A pattern as its characters: a plain one has its text, the two special ones have none. */
struct like_part {
  enum { LIKE_PLAIN, LIKE_ANY_ONE, LIKE_ANY_RUN } kind;
  struct slice text; /* of neighbouring plain characters together */
};

struct like {
  size_t parts;
  const struct like_part *part;
};

static void add_part(struct buffer *parts, int kind)
{
  struct like_part part = {.kind = kind, .text = {NULL, 0}};
  buffer_append(parts, &part, sizeof part);
}

static struct like_part *last_part(const struct buffer *parts)
{
  return parts->n == 0 ? NULL : (struct like_part *)(void *)(parts->p + parts->n) - 1;
}

/* Adds a plain character; `bytes` is where the characters of the pattern are gathered. */
static void add_plain(struct buffer *parts, char *bytes, size_t *used, const char *p, size_t size)
{
  struct like_part *last = last_part(parts);
  if (last == NULL || last->kind != LIKE_PLAIN) {
    add_part(parts, LIKE_PLAIN);
    last = last_part(parts);
    last->text.p = bytes + *used;
  }
  memcpy(bytes + *used, p, size);
  *used += size;
  last->text.n += size;
}

/* Spark refuses an escape before anything but %, _ and itself, and one at the end. */
static bool read_pattern(struct slice pattern, char escape, char *bytes, struct buffer *parts)
{
  size_t used = 0;
  for (size_t i = 0; i < pattern.n;) {
    char c = pattern.p[i];
    if (c == escape) {
      if (++i >= pattern.n ||
          (pattern.p[i] != '%' && pattern.p[i] != '_' && pattern.p[i] != escape))
        return false;
      add_plain(parts, bytes, &used, pattern.p + i++, 1);
    } else if (c == '%' || c == '_') {
      const struct like_part *last = last_part(parts);
      if (c == '_' || last == NULL || last->kind != LIKE_ANY_RUN)
        add_part(parts, c == '%' ? LIKE_ANY_RUN : LIKE_ANY_ONE);
      i++;
    } else {
      size_t size = utf8_size(pattern.p + i, pattern.n - i);
      add_plain(parts, bytes, &used, pattern.p + i, size);
      i += size;
    }
  }
  return true;
}

static struct like *compile(struct slice pattern, char escape, struct arena *arena)
{
  struct buffer parts = {0};
  char *bytes = arena_take(arena, pattern.n, 1);
  struct like *like = NULL;
  if (read_pattern(pattern, escape, bytes, &parts)) {
    like = arena_take(arena, 1, sizeof *like);
    like->parts = parts.n / sizeof(struct like_part);
    like->part = (const void *)arena_copy(arena, parts.p != NULL ? parts.p : "", parts.n);
  }
  buffer_free(&parts);
  return like;
}

/* Whether `part` matches at byte i; *i moves behind it. */
static bool step(const struct like_part *part, struct slice s, size_t *i)
{
  if (part->kind == LIKE_ANY_ONE) {
    if (*i >= s.n)
      return false;
    *i += utf8_size(s.p + *i, s.n - *i);
    return true;
  }
  if (s.n - *i < part->text.n || memcmp(s.p + *i, part->text.p, part->text.n) != 0)
    return false;
  *i += part->text.n;
  return true;
}

/* Greedy with one point to go back to: a later % makes the earlier ones' choices final. */
static bool matches(const struct like *like, struct slice s)
{
  size_t k = 0, i = 0, back_part = SIZE_MAX, back = 0;
  for (;;) {
    if (k < like->parts && like->part[k].kind == LIKE_ANY_RUN) {
      back_part = ++k;
      back = i;
      if (k == like->parts)
        return true;
    } else if (k < like->parts && step(&like->part[k], s, &i)) {
      k++;
    } else if (k == like->parts && i == s.n) {
      return true;
    } else {
      if (back_part == SIZE_MAX || back >= s.n)
        return false;
      back += utf8_size(s.p + back, s.n - back);
      i = back;
      k = back_part;
    }
  }
}

static bool like_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                        size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++)
    out->boolean[i] =
        !result_is_null(out, i) && matches(e->state, arg[0].text[column_index(&arg[0], i)]);
  return true;
}

static bool take_escape(struct call *c, char *escape)
{
  bool null;
  *escape = '\\';
  if (c->args < 3)
    return true;
  if (!call_accept(c, 2, type_of(TYPE_STRING)) || !call_constant(c, 2, "escape", &null))
    return false;
  if (null || c->arg[2]->value.text[0].n != 1) {
    call_refuse(c, ERR_TYPE, "the escape of '%.*s' must be one ASCII character",
                SLICE_PRINT(c->function->name));
    return false;
  }
  *escape = c->arg[2]->value.text[0].p[0];
  return true;
}

/* variant: 1 for ILIKE, which compares both sides in lower case. */
struct expr *bind_like(struct call *c)
{
  char escape;
  if (!call_accept_texts(c, 0, 2) || !take_escape(c, &escape))
    return NULL;
  for (size_t i = 0; c->function->variant && i < 2; i++)
    if ((c->arg[i] = call_other(c, "lower", c->arg + i, 1)) == NULL)
      return NULL;
  if (c->arg[1]->kind != EXPR_LITERAL)
    return call_refuse(c, ERR_UNSUPPORTED,
                       "a pattern of '%.*s' that is not constant is not "
                       "supported",
                       SLICE_PRINT(c->function->name));
  if (column_is_null(&c->arg[1]->value, 0))
    return call_null(c, type_of(TYPE_BOOLEAN));
  const struct like *like = compile(c->arg[1]->value.text[0], escape, c->b->arena);
  if (like == NULL)
    return call_refuse(c, ERR_SYNTAX,
                       "the pattern '%.*s' has an escape before something other than %%, _ and "
                       "itself",
                       SLICE_PRINT(c->arg[1]->value.text[0]));
  return call_result(c, type_of(TYPE_BOOLEAN), like_kernel, like);
}
