/* SPDX-License-Identifier: Apache-2.0 */
/* What WHERE says about joins: it compares the sides of inner ones, which makes keys of them and
 * decides their order (ReorderJoin), and it makes inner joins of outer ones whose missing rows it
 * would not let through (EliminateOuterJoin). Both show in the order of the rows. */
#include "sql/bind/binder_internal.h"

enum { MAX_ITEMS = 64 }; /* inputs of one chain of inner joins that are ordered anew */

struct parts {
  size_t count;
  struct expr **part;
};

static bool is_inner(const struct plan *plan)
{
  return plan->kind == PLAN_JOIN && (plan->join == JOIN_INNER || plan->join == JOIN_CROSS);
}

static void add_parts(struct parts *p, struct expr *e)
{
  if (expr_is_binary(e, "and")) {
    add_parts(p, e->arg[0]);
    add_parts(p, e->arg[1]);
  } else {
    p->part[p->count++] = e;
  }
}

/* The columns that the expression reads lie in low .. high-1; false if it reads none. */
static bool range_of(const struct expr *e, size_t *low, size_t *high)
{
  bool any = e->kind == EXPR_COLUMN;
  if (any) {
    *low = e->index < *low ? e->index : *low;
    *high = e->index >= *high ? e->index + 1 : *high;
  }
  for (size_t i = 0; i < e->args; i++)
    any |= range_of(e->arg[i], low, high);
  return any;
}

/* Whether it reads columns from .. to-1 and no others. */
static bool reads_only(const struct expr *e, size_t from, size_t to)
{
  size_t low = SIZE_MAX, high = 0;
  return range_of(e, &low, &high) && low >= from && high <= to;
}

static void move_columns(struct expr *e, size_t down)
{
  if (e->kind == EXPR_COLUMN)
    e->index -= down;
  for (size_t i = 0; i < e->args; i++)
    move_columns(e->arg[i], down);
}

/* ---- outer joins ---- */

static bool can_evaluate(const struct expr *e)
{
  if (e->kind == EXPR_SCALAR || e->kind == EXPR_LAMBDA)
    return false;
  for (size_t i = 0; i < e->args; i++)
    if (!can_evaluate(e->arg[i]))
      return false;
  return true;
}

/* Whether the condition keeps out a row of nothing but nulls. */
static bool rejects_nulls(const struct schema *schema, const struct expr *e)
{
  struct arena arena = {0};
  struct error ignored;
  struct evaluation ev = {&arena, &ignored};
  struct batch in = {.rows = 1, .columns = schema->columns};
  struct column value;
  in.column = arena_take(&arena, in.columns, sizeof *in.column);
  for (size_t i = 0; i < in.columns; i++)
    column_make_null(&in.column[i], schema->column[i].type, &arena);
  bool rejects = can_evaluate(e) && expr_eval(e, &in, &ev, &value) && !column_is_true(&value, 0);
  arena_free(&arena);
  return rejects;
}

static bool is_comparison(const struct expr *e)
{
  static const char *const names[] = {"=", "<", "<=", ">", ">="};
  for (size_t i = 0; e->kind == EXPR_CALL && i < sizeof names / sizeof names[0]; i++)
    if (strcmp(e->name, names[i]) == 0)
      return true;
  return false;
}

/* Whether a part lets no row through whose columns from .. to-1 are null: it reads only these, or
 * it compares one of them with another column. */
static bool part_rejects(const struct schema *schema, const struct expr *e, size_t from, size_t to)
{
  if (reads_only(e, from, to))
    return rejects_nulls(schema, e);
  for (size_t i = 0; is_comparison(e) && i < e->args; i++) {
    const struct expr *side = e->arg[i];
    while (side->kind == EXPR_CALL && strcmp(side->name, "cast") == 0)
      side = side->arg[0];
    if (side->kind == EXPR_COLUMN && side->index >= from && side->index < to)
      return true;
  }
  return false;
}

static void eliminate_outer(struct plan *plan, const struct parts *p)
{
  size_t lefts = plan->input[0]->schema.columns, columns = plan->schema.columns;
  bool left = false, right = false;
  for (size_t i = 0; i < p->count; i++) {
    left |= part_rejects(&plan->schema, p->part[i], plan->merged, plan->merged + lefts);
    right |= part_rejects(&plan->schema, p->part[i], plan->merged + lefts, columns);
  }
  if (plan->join == JOIN_FULL && plan->merged == 0)
    plan->join = left && right ? JOIN_INNER : left ? JOIN_LEFT : right ? JOIN_RIGHT : JOIN_FULL;
  else if ((plan->join == JOIN_LEFT && right) ||
           (plan->join == JOIN_RIGHT && left && plan->merged == 0))
    plan->join = JOIN_INNER;
}

/* ---- inner joins ---- */

struct chain {
  size_t items, columns;
  struct plan *item[MAX_ITEMS];
  size_t base[MAX_ITEMS + 1]; /* its first column among those of all */
  struct parts condition;     /* that the joins have, over all columns */
};

static struct expr *key_part(const struct binder *binder, const struct plan *plan, size_t key,
                             size_t base)
{
  size_t lefts = plan->input[0]->schema.columns;
  struct expr **side = arena_take(binder->b.arena, 2, sizeof(struct expr *));
  side[0] = expr_copy(binder->b.arena, plan->left_key[key]);
  side[1] = expr_copy(binder->b.arena, plan->right_key[key]);
  expr_shift(side[0], base, SIZE_MAX);
  expr_shift(side[1], base + lefts, SIZE_MAX);
  const char *name = plan->null_safe != NULL && plan->null_safe[key] ? "<=>" : "=";
  return function_bind(&binder->b, slice_of(name), side, 2, side[0]->at);
}

static bool refuse_long_chain(const struct binding *b)
{
  return error_at(
      b->err, ERR_UNSUPPORTED, b->file, 0, 0,
      "more than %d tables in a chain of inner joins are not supported; store the join of "
      "some of them as a table first",
      (int)MAX_ITEMS);
}

/* Spark flattens what hangs on the left. False with an error. */
static bool flatten(const struct binder *binder, struct plan *plan, struct chain *c)
{
  if (!is_inner(plan) || plan->merged != 0) {
    c->item[0] = plan;
    c->items = 1;
    c->base[1] = plan->schema.columns;
    return true;
  }
  if (!flatten(binder, plan->input[0], c))
    return false;
  if (c->items == MAX_ITEMS)
    return refuse_long_chain(&binder->b);
  c->item[c->items++] = plan->input[1];
  c->base[c->items] = c->base[c->items - 1] + plan->input[1]->schema.columns;
  size_t most = c->condition.count + plan->keys;
  most += plan->condition != NULL ? expr_conjuncts(plan->condition) : 0;
  struct expr **grown = arena_take(binder->b.arena, most, sizeof(struct expr *));
  for (size_t i = 0; i < c->condition.count; i++)
    grown[i] = c->condition.part[i];
  c->condition.part = grown;
  for (size_t i = 0; i < plan->keys; i++)
    if ((grown[c->condition.count++] = key_part(binder, plan, i, 0)) == NULL)
      return false;
  if (plan->condition != NULL)
    add_parts(&c->condition, plan->condition);
  return true;
}

static void mark_items(const struct chain *c, const struct expr *e, bool *reads)
{
  for (size_t i = 0; e->kind == EXPR_COLUMN && i < c->items; i++)
    reads[i] |= e->index >= c->base[i] && e->index < c->base[i + 1];
  for (size_t i = 0; i < e->args; i++)
    mark_items(c, e->arg[i], reads);
}

/* Whether the condition joins the item to those that are in already. */
static bool joins_item(const struct chain *c, const struct expr *e, const bool *in, size_t item)
{
  bool reads[MAX_ITEMS] = {false}, others = false;
  mark_items(c, e, reads);
  for (size_t i = 0; i < c->items; i++) {
    if (reads[i] && !in[i] && i != item)
      return false;
    others |= reads[i] && in[i];
  }
  return reads[item] && others;
}

static size_t next_item(const struct chain *c, const bool *in)
{
  size_t first = c->items;
  for (size_t i = c->items; i-- > 0;)
    if (!in[i])
      first = i;
  for (size_t i = first; i < c->items; i++)
    for (size_t k = 0; !in[i] && k < c->condition.count; k++)
      if (c->condition.part[k] != NULL && joins_item(c, c->condition.part[k], in, i))
        return i;
  return first;
}

static void place_columns(struct expr *e, const size_t *place)
{
  if (e->kind == EXPR_COLUMN)
    e->index = place[e->index];
  for (size_t i = 0; i < e->args; i++)
    place_columns(e->arg[i], place);
}

static bool is_ready(const struct chain *c, const struct expr *e, const bool *in)
{
  bool reads[MAX_ITEMS] = {false};
  mark_items(c, e, reads);
  for (size_t i = 0; i < c->items; i++)
    if (reads[i] && !in[i])
      return false;
  return true;
}

static struct plan *join_item(const struct binder *binder, struct chain *c, struct plan *left,
                              size_t item, const bool *in, const size_t *place)
{
  struct plan *plan = plan_new(binder, PLAN_JOIN, 2, left, c->item[item]);
  plan->join = JOIN_INNER;
  for (size_t k = 0; k < c->condition.count; k++) {
    if (c->condition.part[k] == NULL || !is_ready(c, c->condition.part[k], in))
      continue;
    struct expr *e = expr_copy(binder->b.arena, c->condition.part[k]);
    place_columns(e, place);
    if (!plan_join_condition(binder, plan, e))
      return NULL;
    c->condition.part[k] = NULL;
  }
  join_schema(binder, plan);
  return plan;
}

/* The columns in the order in which FROM has them. */
static struct plan *restore_order(const struct binder *binder, struct plan *joined,
                                  const struct plan *before, const size_t *place)
{
  struct plan *plan = plan_new(binder, PLAN_PROJECT, 1, joined, NULL);
  struct position none = {0};
  plan->schema = before->schema;
  plan->exprs = before->schema.columns;
  plan->expr = arena_take(binder->b.arena, plan->exprs, sizeof(struct expr *));
  for (size_t i = 0; i < plan->exprs; i++)
    plan->expr[i] = expr_column(binder->b.arena, place[i], before->schema.column[i].type, none);
  return plan;
}

/* Joins each next item that a condition ties to those before it; the first one left over, where
 * there is none (ReorderJoin.createOrderedJoin). */
static struct plan *order_items(const struct binder *binder, const struct plan *before,
                                struct chain *c)
{
  size_t *place = arena_take(binder->b.arena, before->schema.columns, sizeof *place);
  bool in[MAX_ITEMS] = {true}, moved = false;
  struct plan *plan = c->item[0];
  for (size_t i = 0; i < c->base[1]; i++)
    place[i] = i;
  for (size_t n = 1; n < c->items; n++) {
    size_t item = c->items > 2 ? next_item(c, in) : 1;
    moved |= item != n;
    for (size_t i = c->base[item]; i < c->base[item + 1]; i++)
      place[i] = plan->schema.columns + i - c->base[item];
    in[item] = true;
    if ((plan = join_item(binder, c, plan, item, in, place)) == NULL)
      return NULL;
  }
  return moved ? restore_order(binder, plan, before, place) : plan;
}

/* ---- WHERE ---- */

static struct plan *push(const struct binder *binder, struct plan *plan, struct parts *p);

/* Hands the parts that read only this item's columns on to it; those that it took are NULL. */
static struct plan *push_down(const struct binder *binder, struct plan *item, size_t from,
                              struct parts *p)
{
  struct parts own = {0};
  size_t *number = arena_take(binder->b.arena, p->count, sizeof *number);
  own.part = arena_take(binder->b.arena, p->count, sizeof(struct expr *));
  if (item->kind != PLAN_JOIN)
    return item;
  for (size_t i = 0; i < p->count; i++)
    if (p->part[i] != NULL && reads_only(p->part[i], from, from + item->schema.columns)) {
      number[own.count] = i;
      own.part[own.count] = expr_copy(binder->b.arena, p->part[i]);
      move_columns(own.part[own.count++], from);
    }
  struct plan *pushed = push(binder, item, &own);
  for (size_t i = 0; i < own.count; i++)
    if (own.part[i] == NULL)
      p->part[number[i]] = NULL;
  return pushed;
}

static struct plan *push_inner(const struct binder *binder, struct plan *plan, struct parts *p)
{
  struct chain c = {0};
  if (!flatten(binder, plan, &c))
    return NULL;
  struct expr **all = arena_take(binder->b.arena, c.condition.count + p->count, sizeof *all);
  size_t count = c.condition.count;
  for (size_t i = 0; i < count; i++)
    all[i] = c.condition.part[i];
  for (size_t i = 0; i < c.items; i++)
    if ((c.item[i] = push_down(binder, c.item[i], c.base[i], p)) == NULL)
      return NULL;
  for (size_t i = 0; i < p->count; i++) {
    bool reads[MAX_ITEMS] = {false};
    size_t items = 0;
    if (p->part[i] != NULL)
      mark_items(&c, p->part[i], reads);
    for (size_t k = 0; k < c.items; k++)
      items += reads[k];
    if (items < 2)
      continue;
    all[count++] = p->part[i];
    p->part[i] = NULL;
  }
  c.condition = (struct parts){count, all};
  return order_items(binder, plan, &c);
}

/* The expression over what the projection reads. */
static struct expr *see_through(struct arena *arena, const struct plan *project,
                                const struct expr *e)
{
  if (e->kind == EXPR_COLUMN)
    return expr_copy(arena, project->expr[e->index]);
  struct expr *copy = expr_copy(arena, e);
  for (size_t i = 0; i < e->args; i++)
    copy->arg[i] = see_through(arena, project, e->arg[i]);
  return copy;
}

/* Through the projection of a subquery (PushPredicateThroughNonJoin). */
static struct plan *push_through(const struct binder *binder, struct plan *project, struct parts *p)
{
  struct arena *arena = binder->b.arena;
  struct parts below = {0};
  size_t *number = arena_take(arena, p->count, sizeof *number);
  below.part = arena_take(arena, p->count, sizeof(struct expr *));
  for (size_t i = 0; i < p->count; i++)
    if (p->part[i] != NULL && can_evaluate(p->part[i])) {
      number[below.count] = i;
      below.part[below.count++] = see_through(arena, project, p->part[i]);
    }
  if ((project->input[0] = push(binder, project->input[0], &below)) == NULL)
    return NULL;
  for (size_t i = 0; i < below.count; i++)
    if (below.part[i] == NULL)
      p->part[number[i]] = NULL;
  return project;
}

/* A filter is done below a sort: rows that tie show it. */
static struct plan *push_below_sort(const struct binder *binder, struct plan *sort, struct parts *p)
{
  struct plan *below = push(binder, sort->input[0], p);
  for (size_t i = 0; below != NULL && i < p->count; i++) {
    if (p->part[i] != NULL)
      below = plan_filter(binder, below, p->part[i]);
    p->part[i] = NULL;
  }
  sort->input[0] = below;
  return below != NULL ? sort : NULL;
}

/* Sets the parts that became conditions of joins, or filters below, to NULL. */
static struct plan *push(const struct binder *binder, struct plan *plan, struct parts *p)
{
  if (plan->kind == PLAN_PROJECT)
    return push_through(binder, plan, p);
  if (plan->kind == PLAN_SORT && !plan->for_over)
    return push_below_sort(binder, plan, p);
  if (plan->kind == PLAN_FILTER) {
    plan->input[0] = push(binder, plan->input[0], p);
    return plan->input[0] != NULL ? plan : NULL;
  }
  if (plan->kind != PLAN_JOIN || plan_is_semi_join(plan))
    return plan;
  eliminate_outer(plan, p);
  if (is_inner(plan) && plan->merged == 0)
    return push_inner(binder, plan, p);
  bool left = is_inner(plan) || plan->join == JOIN_LEFT;
  bool right = is_inner(plan) || plan->join == JOIN_RIGHT;
  size_t lefts = plan->input[0]->schema.columns;
  if (left && (plan->input[0] = push_down(binder, plan->input[0], plan->merged, p)) == NULL)
    return NULL;
  if (right &&
      (plan->input[1] = push_down(binder, plan->input[1], plan->merged + lefts, p)) == NULL)
    return NULL;
  return plan;
}

struct plan *plan_push_filter(const struct binder *binder, struct plan *plan,
                              struct expr **condition)
{
  struct parts p = {0};
  size_t count = *condition != NULL ? expr_conjuncts(*condition) : 0;
  p.part = arena_take(binder->b.arena, count, sizeof(struct expr *));
  if (*condition != NULL)
    add_parts(&p, *condition);
  plan = push(binder, plan, &p);
  *condition = NULL;
  for (size_t i = 0; plan != NULL && i < p.count; i++)
    if (p.part[i] != NULL)
      *condition = *condition == NULL ? p.part[i] : expr_and(&binder->b, *condition, p.part[i]);
  return plan;
}
