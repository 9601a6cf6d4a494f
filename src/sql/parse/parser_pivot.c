/* SPDX-License-Identifier: Apache-2.0 */
/* PIVOT and UNPIVOT behind a relation. */
#include "sql/parse/parser_internal.h"

bool at_pivot(const struct parser *p)
{
  if (at_keyword(p, KW_PIVOT))
    return next_is_sign(p, SIGN_LEFT_PAREN);
  return at_keyword(p, KW_UNPIVOT) &&
         (next_is_sign(p, SIGN_LEFT_PAREN) || at_keywords(p, KW_UNPIVOT, KW_INCLUDE) ||
          at_keywords(p, KW_UNPIVOT, KW_EXCLUDE));
}

/* a, or t.a where `qualified` */
static bool parse_column(struct parser *p, bool qualified, size_t *count, struct ast_expr ***list)
{
  struct token start = p->now;
  struct ast_expr *e = expr_new(p, AST_NAME, &start);
  do {
    e->name.part = list_room(p, e->name.part, e->name.parts, sizeof *e->name.part);
    if (!need_name(p, "a column's name", &e->name.part[e->name.parts]))
      return false;
    e->name.parts++;
  } while (qualified && take_sign(p, SIGN_DOT));
  *list = list_room(p, *list, *count, sizeof **list);
  (*list)[(*count)++] = e;
  return expr_done(p, e) != NULL;
}

/* a, or (a, b) */
static bool parse_columns(struct parser *p, bool qualified, size_t *count, struct ast_expr ***list)
{
  if (!take_sign(p, SIGN_LEFT_PAREN))
    return parse_column(p, qualified, count, list);
  do {
    if (!parse_column(p, qualified, count, list))
      return false;
  } while (take_sign(p, SIGN_COMMA));
  return need_sign(p, SIGN_RIGHT_PAREN, "',' or ')'");
}

static bool parse_pivot(struct parser *p, struct ast_pivot *pivot)
{
  p->in_pivot = true;
  bool good = parse_item_list(p, &pivot->items, &pivot->item);
  p->in_pivot = false;
  return good && need_keyword(p, KW_FOR) &&
         parse_columns(p, false, &pivot->columns, &pivot->column) && need_keyword(p, KW_IN) &&
         need_sign(p, SIGN_LEFT_PAREN, "'('") &&
         parse_item_list(p, &pivot->values, &pivot->value) &&
         need_sign(p, SIGN_RIGHT_PAREN, "',' or ')'");
}

static bool parse_set(struct parser *p, struct ast_unpivot *unpivot)
{
  struct ast_unpivot_set set = {.at = p->now.at};
  if (!parse_columns(p, true, &set.columns, &set.column) ||
      !take_alias(p, "a name after AS", &set.alias))
    return false;
  unpivot->set = list_room(p, unpivot->set, unpivot->sets, sizeof *unpivot->set);
  unpivot->set[unpivot->sets++] = set;
  if (set.columns == unpivot->values)
    return true;
  return fail_at(p, ERR_SYNTAX, set.at, "UNPIVOT names %zu values, and %zu columns here",
                 unpivot->values, set.columns);
}

static bool parse_unpivot(struct parser *p, struct ast_unpivot *unpivot)
{
  if (at_sign(p, SIGN_LEFT_PAREN)) {
    if (!need_name_list(p, "a name for the values", &unpivot->values, &unpivot->value))
      return false;
  } else {
    unpivot->value = list_room(p, NULL, 0, sizeof *unpivot->value);
    unpivot->values = 1;
    if (!need_name(p, "a name for the values", &unpivot->value[0]))
      return false;
  }
  if (!need_keyword(p, KW_FOR) || !need_name(p, "a name for the names", &unpivot->name) ||
      !need_keyword(p, KW_IN) || !need_sign(p, SIGN_LEFT_PAREN, "'('"))
    return false;
  do {
    if (!parse_set(p, unpivot))
      return false;
  } while (take_sign(p, SIGN_COMMA));
  return need_sign(p, SIGN_RIGHT_PAREN, "',' or ')'");
}

/* [INCLUDE | EXCLUDE] NULLS */
static bool parse_nulls(struct parser *p, struct ast_unpivot *unpivot)
{
  unpivot->include_nulls = take_keyword(p, KW_INCLUDE);
  bool given = unpivot->include_nulls || take_keyword(p, KW_EXCLUDE);
  return !given || need_keyword(p, KW_NULLS);
}

static void pivot_height(struct ast_relation *r)
{
  const struct ast_pivot *pivot = r->pivot;
  raise_height(&r->height, r->left->height);
  for (size_t i = 0; pivot != NULL && i < pivot->items; i++)
    raise_height(&r->height, pivot->item[i].expr->height);
  for (size_t i = 0; pivot != NULL && i < pivot->values; i++)
    raise_height(&r->height, pivot->value[i].expr->height);
}

static struct ast_relation *parse_one(struct parser *p, struct ast_relation *left)
{
  bool is_pivot = at_keyword(p, KW_PIVOT);
  struct ast_relation *r = relation_new(p, is_pivot ? RELATION_PIVOT : RELATION_UNPIVOT);
  r->left = left;
  advance(p);
  if (is_pivot)
    r->pivot = arena_zero(p->arena, 1, sizeof *r->pivot);
  else
    r->unpivot = arena_zero(p->arena, 1, sizeof *r->unpivot);
  if ((!is_pivot && !parse_nulls(p, r->unpivot)) || !need_sign(p, SIGN_LEFT_PAREN, "'('") ||
      !(is_pivot ? parse_pivot(p, r->pivot) : parse_unpivot(p, r->unpivot)) ||
      !need_sign(p, SIGN_RIGHT_PAREN, "')'") ||
      (!is_pivot && !take_alias(p, "a name after AS", &r->alias)))
    return NULL;
  pivot_height(r);
  return check_height(p, r->height, r->at) ? r : NULL;
}

struct ast_relation *parse_pivots(struct parser *p, struct ast_relation *left)
{
  while (left != NULL && at_pivot(p))
    left = parse_one(p, left);
  return left;
}
