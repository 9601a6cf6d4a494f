/* SPDX-License-Identifier: Apache-2.0 */
/* Functions in the place of a table: the rows of explode() and its like, and range(). They see no
 * columns. */
#include "sql/bind/binder_internal.h"
#include "sql/functions/array_rows.h"

enum { MOST_ROWS = 10000000 }; /* of range(), which are held in memory */

/* One row of no columns, which a generator turns into its own. */
static struct plan *one_row(const struct binder *binder)
{
  struct plan *plan = plan_new(binder, PLAN_VALUES, 0, NULL, NULL);
  plan->rows = 1;
  return plan;
}

/* Argument i of range(): BIGINT, and a constant. */
static bool bind_bound(struct context *c, const struct ast_expr *ast, size_t i, int64_t *value)
{
  struct expr *e = bind_expr(c, ast->arg[i]);
  if (e == NULL)
    return false;
  bool castable = type_is_numeric(e->type) || e->type.kind == TYPE_STRING;
  struct expr *bound =
      castable ? expr_cast(&c->binder->b, e, type_of(TYPE_BIGINT), ast->arg[i]->at) : NULL;
  if (castable && bound == NULL)
    return false;
  if (bound == NULL || bound->kind != EXPR_LITERAL || column_is_null(&bound->value, 0))
    return bind_fails(c, ERR_TYPE, ast->arg[i]->at, "'range' takes constant whole numbers");
  *value = bound->value.i64[0];
  return true;
}

/* The array of `count` numbers from `start` on. */
static struct expr *numbers(struct context *c, int64_t start, int64_t step, size_t count,
                            struct position at)
{
  const struct binding *b = &c->binder->b;
  struct column column, *item;
  column_make(&column, type_array(b->arena, type_of(TYPE_BIGINT)), 1, b->arena);
  column.end[0] = (uint32_t)count;
  item = &column.item[0];
  column_make(item, type_of(TYPE_BIGINT), count, b->arena);
  for (size_t i = 0; i < count; i++)
    item->i64[i] = start + (int64_t)i * step;
  return expr_literal(b->arena, column, at);
}

/* range([start,] end [, step [, partitions]]): Range.numElements. */
static bool bind_range(struct context *c, const struct ast_expr *ast, struct generator *out)
{
  int64_t value[4] = {0, 0, 1, 1};
  if (ast->args == 0 || ast->args > 4)
    return bind_fails(c, ERR_TYPE, ast->at, "'range' takes one to four whole numbers");
  for (size_t i = 0; i < ast->args; i++)
    if (!bind_bound(c, ast, i, &value[ast->args == 1 ? 1 : i]))
      return false;
  int64_t start = value[0], end = value[1], step = value[2];
  if (step == 0)
    return bind_fails(c, ERR_RANGE, ast->at, "the step of range() is zero");
  if (value[3] != 1)
    return bind_fails(c, ERR_UNSUPPORTED, ast->at,
                      "range() of several partitions is not supported");
  int128 distance = (int128)end - start, count = distance / step + (distance % step != 0);
  if ((distance > 0) != (step > 0))
    count = 0;
  if (count > MOST_ROWS)
    return bind_fails(c, ERR_UNSUPPORTED, ast->at, "range() of more than %d rows is not supported",
                      (int)MOST_ROWS);
  *out = (struct generator){.list = numbers(c, start, step, (size_t)count, ast->at), .columns = 1};
  out->column = arena_take(c->binder->b.arena, 1, sizeof *out->column);
  out->column[0] = (struct field){SLICE("id"), type_of(TYPE_BIGINT)};
  return true;
}

bool bind_table_function(const struct binder *binder, const struct ast_expr *ast, struct plan **out)
{
  struct scope nothing = {0};
  struct context c = {.binder = binder, .scope = &nothing, .clause = "a table function"};
  struct slice name = ast->kind == AST_CALL ? ast->name.part[ast->name.parts - 1] : ast->source;
  bool plain = ast->kind == AST_CALL && ast->name.parts == 1 && ast->over == NULL &&
               !ast->distinct && ast->filter == NULL;
  struct generator g;
  if (plain && slice_equal_nocase(name, SLICE("range"))) {
    if (!bind_range(&c, ast, &g))
      return false;
  } else if (plain && is_generator_call(ast)) {
    if (!bind_generator(&c, ast, NULL, 0, &g))
      return false;
  } else {
    return bind_fails(&c, ERR_UNSUPPORTED, ast->at, "table function '%.*s' is not supported",
                      SLICE_PRINT(name));
  }
  *out = plan_generate(binder, one_row(binder), &g);
  return true;
}
