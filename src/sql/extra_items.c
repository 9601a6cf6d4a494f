/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/extra_items.h"

#include <string.h>

#include "sql/parser.h"

static bool add_item(struct ast_select *select, struct slice text, struct arena *arena,
                     struct error *err)
{
  struct ast_item *item = &select->item[select->items];
  *item = (struct ast_item){.expr = sql_parse_expression(text, NULL, arena, err)};
  /* A name of its own keeps an ORDER BY from finding it. */
  item->alias = slice_of(arena_printf(arena, "(extra item %zu)", select->items++));
  return item->expr != NULL;
}

bool sql_add_items(struct ast_script *script, size_t extras, const struct slice *extra,
                   struct arena *arena, struct error *err)
{
  const struct ast_body *body = script->query->body;
  if (body->kind != BODY_SELECT || body->select->distinct || body->select->group_by_all)
    return error_set(
        err, ERR_UNSUPPORTED,
        "the query must be one SELECT (WITH may stand before it), without DISTINCT and "
        "GROUP BY ALL");
  struct ast_select *select = body->select;
  struct ast_item *item = arena_take(arena, select->items + extras, sizeof *item);
  memcpy(item, select->item, select->items * sizeof *item);
  select->item = item;
  for (size_t i = 0; i < extras; i++)
    if (!add_item(select, extra[i], arena, err))
      return false;
  return true;
}
