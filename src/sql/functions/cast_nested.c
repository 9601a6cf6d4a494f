/* SPDX-License-Identifier: Apache-2.0 */
/* CAST between arrays, maps or structs: the cast of each item, over all elements at once. */
#include "sql/functions/array_rows.h"
#include "sql/functions/call.h"
#include "sql/functions/cast.h"
#include "sql/functions/result.h"

static bool nested_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  struct expr *const *cast = e->state;
  bool has_runs = e->type.kind != TYPE_STRUCT;
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  if (has_runs)
    memcpy(out->end, arg[0].end, rows * sizeof *out->end);
  for (unsigned k = 0; k < e->type.items; k++) {
    struct column item = arg[0].item[k], done;
    struct batch in = {
        .rows = has_runs ? array_items(&arg[0], rows) : rows, .columns = 1, .column = &item};
    if (in.rows == 0)
      column_make_null(&done, e->type.item[k].type, ev->arena);
    else if (!expr_eval(cast[k], &in, ev, &done))
      return false;
    column_spread(&done, in.rows, &out->item[k], ev->arena);
  }
  return true;
}

struct expr *cast_nested(struct call *c, struct type to)
{
  struct type from = c->arg[0]->type;
  struct expr **cast = arena_take(c->b->arena, to.items, sizeof *cast);
  for (unsigned k = 0; k < to.items; k++) {
    struct expr *item = expr_column(c->b->arena, 0, from.item[k].type, c->at);
    if ((cast[k] = expr_cast(c->b, item, to.item[k].type, c->at)) == NULL)
      return NULL;
  }
  return call_result(c, to, nested_kernel, cast);
}
