/* SPDX-License-Identifier: Apache-2.0 */
/* What a value is and where a query runs: typeof(), current_database(); choices that are CASE under
 * another name. */
#include "base/ascii.h"
#include "base/buffer.h"
#include "sql/functions/list.h"

static struct expr *text_of(const struct call *c, struct slice text)
{
  struct column value;
  column_make_text(&value, text, c->b->arena);
  return expr_literal(c->b->arena, value, c->at);
}

/* DataType.catalogString: "array<struct<a:int>>" */
static void append_type(struct type t, struct buffer *out)
{
  char name[100];
  struct type bare = t;
  bare.items = 0;
  struct slice text = slice_of(type_name(bare, name, sizeof name));
  for (size_t i = 0; i < text.n; i++)
    buffer_put(out, ascii_lower(text.p[i]));
  for (unsigned k = 0; k < t.items; k++) {
    buffer_put(out, k == 0 ? '<' : ',');
    if (t.kind == TYPE_STRUCT) {
      buffer_add(out, t.item[k].name);
      buffer_put(out, ':');
    }
    append_type(t.item[k].type, out);
  }
  if (t.items != 0)
    buffer_put(out, '>');
}

struct expr *bind_typeof(struct call *c)
{
  struct buffer name = {0};
  if (type_holds(c->arg[0]->type, TYPE_INTERVAL))
    return call_refuse(c, ERR_UNSUPPORTED, "typeof() of an interval is not supported");
  append_type(c->arg[0]->type, &name);
  struct expr *e = text_of(c, (struct slice){arena_copy(c->b->arena, name.p, name.n), name.n});
  buffer_free(&name);
  return e;
}

/* variant: index of the answer, which is that of a session without a metastore. */
struct expr *bind_current(struct call *c)
{
  return text_of(c, c->function->variant ? SLICE("spark_catalog") : SLICE("default"));
}

/* All rows are in one partition. */
struct expr *bind_partition_id(struct call *c)
{
  return call_int(c, 0);
}

/* equal_null(a, b) is a <=> b. */
struct expr *bind_equal_null(struct call *c)
{
  return call_other(c, "<=>", c->arg, 2);
}

/* decode(x, a, b, ..[, else]): CASE WHEN x <=> a THEN b .. */
struct expr *bind_decode(struct call *c)
{
  struct expr **arg = arena_take(c->b->arena, c->args, sizeof *arg);
  size_t args = 0;
  for (size_t i = 1; i < c->args; i++) {
    bool is_search = i % 2 == 1 && i + 1 < c->args;
    struct expr *pair[2] = {c->arg[0], c->arg[i]};
    arg[args] = is_search ? call_other(c, "<=>", pair, 2) : c->arg[i];
    if (arg[args++] == NULL)
      return NULL;
  }
  return call_other(c, "case", arg, args);
}

/* elt(n, a, b, ..): a for 1, b for 2; null for others. */
struct expr *bind_elt(struct call *c)
{
  struct expr **arg = arena_take(c->b->arena, 2 * c->args, sizeof *arg);
  size_t args = 0;
  if (!call_accept(c, 0, type_of(TYPE_INT)) || !call_accept_texts(c, 1, c->args))
    return NULL;
  for (size_t i = 1; i < c->args; i++) {
    struct expr *pair[2] = {c->arg[0], call_int(c, (int32_t)i)};
    if ((arg[args++] = call_other(c, "=", pair, 2)) == NULL)
      return NULL;
    arg[args++] = c->arg[i];
  }
  return call_other(c, "case", arg, args);
}
