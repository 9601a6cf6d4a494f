/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/result_place.h"

static bool gives_many(const struct ast_item *item)
{
  return item->expr->kind == AST_STAR || item->aliases != 0;
}

struct position result_place(const struct ast_script *script, size_t column, size_t columns)
{
  const struct ast_body *body = script->query->body;
  while (body->kind == BODY_SET || body->kind == BODY_QUERY)
    body = body->kind == BODY_SET ? body->left : body->query->body;
  if (body->kind != BODY_SELECT)
    return (struct position){0};
  const struct ast_select *select = body->select;
  for (size_t i = 0; i < select->items; i++)
    if (gives_many(&select->item[i]))
      return select->at;
  return select->items == columns ? select->item[column].expr->at : select->at;
}
