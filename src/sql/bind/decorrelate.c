/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/bind/decorrelate.h"

/* Whether the expression names a column of the outer query. */
static bool has_outer(const struct expr *e)
{
  if (e == NULL)
    return false;
  bool found = e->kind == EXPR_COLUMN && e->index >= OUTER_COLUMN;
  for (size_t i = 0; !found && i < e->args; i++)
    found = has_outer(e->arg[i]);
  return found;
}

static bool has_inner(const struct expr *e)
{
  bool found = e->kind == EXPR_COLUMN && e->index < OUTER_COLUMN;
  for (size_t i = 0; !found && i < e->args; i++)
    found = has_inner(e->arg[i]);
  return found;
}

static bool refuse(const struct correlation *c, struct position at)
{
  const struct binding *b = &c->binder->b;
  return error_at(
      b->err, ERR_UNSUPPORTED, b->file, at.line, at.column,
      "a column of the outer query cannot be used here; only WHERE of a plain subquery, "
      "or of one with GROUP BY where it is compared by '=', may name it");
}

static bool exprs_have_outer(const struct plan *plan)
{
  for (size_t i = 0; i < plan->exprs; i++)
    if (has_outer(plan->expr[i]))
      return true;
  for (size_t i = 0; i < plan->sorts; i++)
    if (has_outer(plan->sort[i].expr))
      return true;
  for (size_t i = 0; i < plan->aggregates; i++) {
    const struct aggregate *a = &plan->aggregate[i];
    if (has_outer(a->filter))
      return true;
    for (size_t k = 0; k < a->args; k++)
      if (has_outer(a->arg[k]))
        return true;
  }
  return has_outer(plan->time);
}

static bool plan_has_outer(const struct plan *plan)
{
  if (exprs_have_outer(plan) || has_outer(plan->condition))
    return true;
  for (size_t i = 0; i < plan->keys; i++)
    if (has_outer(plan->left_key[i]) || has_outer(plan->right_key[i]))
      return true;
  for (size_t i = 0; i < plan->inputs; i++)
    if (plan_has_outer(plan->input[i]))
      return true;
  return false;
}

/* ---- WHERE ---- */

/* Parts of an AND go out if they name an outer column; what stays is `kept`. */
static bool split_parts(struct correlation *c, struct expr *e, struct expr **kept)
{
  if (expr_is_binary(e, "and"))
    return split_parts(c, e->arg[0], kept) && split_parts(c, e->arg[1], kept);
  if (has_outer(e))
    c->condition[c->conditions++] = e;
  else
    *kept = *kept == NULL ? e : expr_and(&c->binder->b, *kept, e);
  return *kept != NULL || has_outer(e);
}

static bool pull_filter(struct correlation *c, struct plan **at)
{
  struct plan *plan = *at;
  if (!pull_conditions(c, &plan->input[0]))
    return false;
  struct expr *kept = NULL, **grown;
  grown = arena_take(c->binder->b.arena, c->conditions + expr_conjuncts(plan->condition),
                     sizeof(struct expr *));
  for (size_t i = 0; i < c->conditions; i++)
    grown[i] = c->condition[i];
  c->condition = grown;
  if (!split_parts(c, plan->condition, &kept))
    return false;
  plan->condition = kept;
  plan->schema = plan->input[0]->schema;
  if (kept == NULL)
    *at = plan->input[0];
  return true;
}

/* ---- columns that the conditions need ---- */

/* The column of the projection that is its input's column `index`; a new one if there is none. */
static size_t column_through(struct correlation *c, struct plan *plan, size_t index)
{
  for (size_t i = 0; i < plan->exprs; i++)
    if (plan->expr[i]->kind == EXPR_COLUMN && plan->expr[i]->index == index)
      return i;
  struct arena *arena = c->binder->b.arena;
  size_t columns = plan->exprs;
  struct expr **expr = arena_take(arena, columns + 1, sizeof(struct expr *));
  struct field *field = arena_take(arena, columns + 1, sizeof *field);
  for (size_t i = 0; i < columns; i++)
    expr[i] = plan->expr[i], field[i] = plan->schema.column[i];
  field[columns] = plan->input[0]->schema.column[index];
  expr[columns] = expr_column(arena, index, field[columns].type, c->at);
  plan->expr = expr;
  plan->schema = (struct schema){columns + 1, field};
  return plan->exprs++;
}

static void lead_through(struct correlation *c, struct plan *plan, struct expr *e)
{
  if (e->kind == EXPR_COLUMN && e->index < OUTER_COLUMN)
    e->index = column_through(c, plan, e->index);
  for (size_t i = 0; i < e->args; i++)
    lead_through(c, plan, e->arg[i]);
}

static bool pull_project(struct correlation *c, struct plan *plan)
{
  if (exprs_have_outer(plan))
    return refuse(c, c->at);
  if (!pull_conditions(c, &plan->input[0]))
    return false;
  for (size_t i = 0; i < c->conditions; i++) {
    c->condition[i] = expr_copy(c->binder->b.arena, c->condition[i]);
    lead_through(c, plan, c->condition[i]);
  }
  return true;
}

/* ---- GROUP BY ---- */

/* The side of `inner = outer` that is the inner one, or NULL. */
static struct expr **inner_side(struct expr *e)
{
  if (!expr_is_binary(e, "=") && !expr_is_binary(e, "<=>"))
    return NULL;
  for (size_t i = 0; i < 2; i++)
    if (!has_outer(e->arg[i]) && has_inner(e->arg[i]) && !has_inner(e->arg[1 - i]))
      return &e->arg[i];
  return NULL;
}

static size_t key_number(struct plan *plan, struct expr *key)
{
  size_t k = 0;
  while (k < plan->exprs && !expr_equal(plan->expr[k], key))
    k++;
  if (k == plan->exprs)
    plan->expr[plan->exprs++] = key;
  return k;
}

/* Above the aggregate: its columns in their old places, the keys that it gained behind them. */
static struct plan *restore_columns(struct correlation *c, struct plan *plan, size_t keys)
{
  struct plan *project = plan_new(c->binder, PLAN_PROJECT, 1, plan, NULL);
  struct arena *arena = c->binder->b.arena;
  size_t added = plan->exprs - keys, columns = plan->exprs + plan->aggregates;
  plan_columns(c->binder, project, columns);
  project->exprs = columns;
  project->expr = arena_take(arena, columns, sizeof(struct expr *));
  for (size_t i = 0; i < columns; i++) {
    size_t from = i < keys ? i : i < columns - added ? i + added : i - plan->aggregates;
    project->schema.column[i] = plan->schema.column[from];
    project->expr[i] = expr_column(arena, from, plan->schema.column[from].type, c->at);
  }
  return project;
}

/* The keys that the query has itself are those that conditions fix, else a group is not one row. */
static void note_aggregate(struct correlation *c, struct plan *plan, size_t keys,
                           const size_t *number)
{
  c->aggregate = plan;
  c->is_global = keys == 0;
  for (size_t k = 0; k < keys; k++) {
    bool fixed = false;
    for (size_t i = 0; i < c->conditions; i++)
      fixed |= number[i] == k;
    c->has_own_keys |= !fixed;
  }
}

static bool pull_aggregate(struct correlation *c, struct plan **at)
{
  struct plan *plan = *at;
  struct arena *arena = c->binder->b.arena;
  if (exprs_have_outer(plan) || plan->time != NULL)
    return refuse(c, c->at);
  if (!pull_conditions(c, &plan->input[0]))
    return false;
  size_t keys = plan->exprs, *number = arena_take(arena, c->conditions, sizeof *number);
  struct expr **expr = arena_take(arena, keys + c->conditions, sizeof(struct expr *));
  for (size_t i = 0; i < keys; i++)
    expr[i] = plan->expr[i];
  plan->expr = expr;
  for (size_t i = 0; i < c->conditions; i++) {
    c->condition[i] = expr_copy(arena, c->condition[i]);
    struct expr **inner = inner_side(c->condition[i]);
    if (!has_inner(c->condition[i])) {
      number[i] = SIZE_MAX;
      continue;
    }
    if (inner == NULL)
      return refuse(c, c->condition[i]->at);
    number[i] = key_number(plan, *inner);
    size_t place = number[i] < keys ? number[i] : plan->aggregates + number[i];
    *inner = expr_column(arena, place, (*inner)->type, (*inner)->at);
  }
  note_aggregate(c, plan, keys, number);
  const struct field *results = plan->schema.column + keys;
  plan_columns(c->binder, plan, plan->exprs + plan->aggregates);
  for (size_t i = 0; i < plan->exprs; i++)
    plan->schema.column[i] = (struct field){SLICE("key"), plan->expr[i]->type};
  for (size_t i = 0; i < plan->aggregates; i++)
    plan->schema.column[plan->exprs + i] = results[i];
  *at = restore_columns(c, plan, keys);
  return true;
}

/* ---- joins ---- */

/* An input that is a projection of more columns than before would move the other one's: what is
 * wanted of it has to be there already. */
static bool pull_join(struct correlation *c, struct plan *plan)
{
  bool inner = plan->join == JOIN_INNER || plan->join == JOIN_CROSS;
  bool left = inner || plan->join == JOIN_LEFT || plan_is_semi_join(plan);
  bool right = inner || plan->join == JOIN_RIGHT;
  bool allowed[2] = {left, right};
  if (has_outer(plan->condition))
    return refuse(c, c->at);
  for (size_t k = 0; k < plan->keys; k++)
    if (has_outer(plan->left_key[k]) || has_outer(plan->right_key[k]))
      return refuse(c, c->at);
  for (size_t i = 0, before = plan->merged; i < plan->inputs; i++) {
    size_t columns = plan->input[i]->schema.columns;
    size_t known = c->conditions;
    if (plan_has_outer(plan->input[i]) && (!allowed[i] || !pull_conditions(c, &plan->input[i])))
      return allowed[i] ? false : refuse(c, c->at);
    if (plan->input[i]->schema.columns != columns)
      return refuse(c, c->at);
    for (size_t k = known; k < c->conditions; k++) {
      c->condition[k] = expr_copy(c->binder->b.arena, c->condition[k]);
      expr_shift(c->condition[k], before, OUTER_COLUMN);
    }
    before += columns;
  }
  return true;
}

bool pull_conditions(struct correlation *c, struct plan **at)
{
  struct plan *plan = *at;
  if (!plan_has_outer(plan))
    return true;
  switch (plan->kind) {
  case PLAN_FILTER:
    return pull_filter(c, at);
  case PLAN_PROJECT:
    return pull_project(c, plan);
  case PLAN_AGGREGATE:
    return pull_aggregate(c, at);
  case PLAN_JOIN:
    return pull_join(c, plan);
  case PLAN_SORT:
    if (exprs_have_outer(plan))
      return refuse(c, c->at);
    if (!pull_conditions(c, &plan->input[0]))
      return false;
    plan->schema = plan->input[0]->schema;
    return true;
  default:
    return refuse(c, c->at);
  }
}

/* ---- no rows ---- */

static struct expr *null_of(struct correlation *c, struct type type)
{
  struct column value;
  column_make_null(&value, type, c->binder->b.arena);
  return expr_literal(c->binder->b.arena, value, c->at);
}

static struct expr *result_of_nothing(struct correlation *c, const struct plan *plan, size_t index)
{
  struct type type = plan->schema.column[index].type;
  bool counts =
      index >= plan->exprs && plan->aggregate[index - plan->exprs].kind == AGGREGATE_COUNT;
  if (!counts)
    return null_of(c, type);
  struct column zero;
  column_make(&zero, type, 1, c->binder->b.arena);
  zero.i64[0] = 0;
  return expr_literal(c->binder->b.arena, zero, c->at);
}

/* A copy of e with what its columns are then. */
static struct expr *expr_of_nothing(struct correlation *c, const struct plan *input,
                                    const struct expr *e)
{
  if (e->kind == EXPR_COLUMN)
    return value_of_nothing(c, input, e->index);
  struct arena *arena = c->binder->b.arena;
  struct expr *copy = arena_take(arena, 1, sizeof *copy);
  *copy = *e;
  copy->arg = arena_take(arena, e->args, sizeof(struct expr *));
  for (size_t i = 0; i < e->args; i++)
    if ((copy->arg[i] = expr_of_nothing(c, input, e->arg[i])) == NULL)
      return NULL;
  return expr_fold(copy, arena, c->binder->b.err);
}

struct expr *value_of_nothing(struct correlation *c, const struct plan *plan, size_t index)
{
  if (plan == c->aggregate)
    return result_of_nothing(c, plan, index);
  const struct plan *input = plan->inputs != 0 ? plan->input[0] : NULL;
  if (plan->kind == PLAN_PROJECT)
    return expr_of_nothing(c, input, plan->expr[index]);
  if (plan->kind == PLAN_SORT)
    return value_of_nothing(c, input, index);
  if (plan->kind != PLAN_FILTER) {
    refuse(c, c->at);
    return NULL;
  }
  struct expr *condition = expr_of_nothing(c, input, plan->condition);
  if (condition == NULL)
    return NULL;
  bool holds = condition->kind == EXPR_LITERAL && column_is_true(&condition->value, 0);
  return holds ? value_of_nothing(c, input, index) : null_of(c, plan->schema.column[index].type);
}
