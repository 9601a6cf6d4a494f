/* SPDX-License-Identifier: Apache-2.0 */
/* Functions OVER a window of rows. */
#include "sql/binder_internal.h"

size_t count_over(const struct ast_expr *ast)
{
  size_t count = ast->over != NULL;
  for (size_t i = 0; i < ast->args; i++)
    count += count_over(ast->arg[i]);
  return count;
}

bool has_over(const struct ast_expr *ast)
{
  return count_over(ast) != 0;
}

struct over_name {
  const char *name;
  enum over_kind kind;
};

static const struct over_name over_names[] = {
    {"dense_rank", OVER_DENSE_RANK}, {"rank", OVER_RANK}, {"row_number", OVER_ROW_NUMBER}};

const char *over_name(size_t i)
{
  return i < sizeof over_names / sizeof over_names[0] ? over_names[i].name : NULL;
}

static bool find_over(struct context *c, const struct ast_expr *ast, enum over_kind *kind)
{
  struct slice name = ast->name.part[ast->name.parts - 1];
  for (size_t i = 0; i < sizeof over_names / sizeof over_names[0]; i++)
    if (slice_equal_nocase(slice_of(over_names[i].name), name)) {
      *kind = over_names[i].kind;
      return true;
    }
  return bind_fails(c, ERR_UNSUPPORTED, ast->at,
                    "function '%.*s' OVER a window of rows is not supported (row_number, rank and "
                    "dense_rank are)",
                    SLICE_PRINT(name));
}

static bool check_over(struct context *c, const struct ast_expr *ast)
{
  const struct ast_over *over = ast->over;
  struct slice name = ast->name.part[ast->name.parts - 1];
  if (c->over == NULL)
    return bind_fails(c, ERR_TYPE, ast->at, "'%.*s' OVER (...) cannot stand in %s",
                      SLICE_PRINT(name), c->clause);
  if (ast->args != 0)
    return bind_fails(c, ERR_TYPE, ast->at, "%.*s() takes no argument, not %zu", SLICE_PRINT(name),
                      ast->args);
  if (over->name.n != 0)
    return bind_fails(c, ERR_UNSUPPORTED, ast->at,
                      "a named window is not supported; write its definition in OVER (...)");
  if (over->frame.given)
    return bind_fails(c, ERR_UNSUPPORTED, ast->at, "%.*s() takes no frame", SLICE_PRINT(name));
  if (over->sorts == 0)
    return bind_fails(c, ERR_TYPE, ast->at, "%.*s() needs ORDER BY inside OVER (...)",
                      SLICE_PRINT(name));
  return true;
}

struct expr *bind_over(struct context *c, const struct ast_expr *ast)
{
  struct over_use use = {.function.type = type_of(TYPE_INT)};
  if (!find_over(c, ast, &use.function.kind) || !check_over(c, ast))
    return NULL;
  struct context inside = *c;
  inside.over = NULL;
  inside.clause = "another OVER (...)";
  const struct ast_over *over = ast->over;
  use.partitions = over->partitions;
  use.partition = arena_take(c->binder->b.arena, use.partitions, sizeof(struct expr *));
  for (size_t i = 0; i < use.partitions; i++)
    if ((use.partition[i] = bind_expr(&inside, over->partition[i])) == NULL)
      return NULL;
  use.sorts = over->sorts;
  if ((use.sort = bind_sorts(&inside, over->sort, over->sorts)) == NULL)
    return NULL;
  c->over[c->overs] = use;
  return expr_column(c->binder->b.arena, OVER_PLACEHOLDER + c->overs++, use.function.type, ast->at);
}

static bool same_over(const struct over_use *a, const struct over_use *b)
{
  if (a->partitions != b->partitions || a->sorts != b->sorts)
    return false;
  for (size_t i = 0; i < a->partitions; i++)
    if (!expr_equal(a->partition[i], b->partition[i]))
      return false;
  for (size_t i = 0; i < a->sorts; i++)
    if (a->sort[i].descending != b->sort[i].descending ||
        a->sort[i].nulls_last != b->sort[i].nulls_last ||
        !expr_equal(a->sort[i].expr, b->sort[i].expr))
      return false;
  return true;
}

static struct plan *sort_for_over(const struct binder *binder, struct plan *input,
                                  const struct over_use *use)
{
  size_t sorts = use->partitions + use->sorts;
  struct sort_key *sort = arena_zero(binder->b.arena, sorts, sizeof *sort);
  for (size_t i = 0; i < use->partitions; i++)
    sort[i].expr = use->partition[i];
  memcpy(sort + use->partitions, use->sort, use->sorts * sizeof *sort);
  struct plan *plan = plan_sort(binder, input, sort, sorts);
  plan->for_over = true;
  return plan;
}

struct plan *plan_over(const struct context *c, struct plan *input, struct expr **output,
                       size_t outputs)
{
  const struct binder *binder = c->binder;
  bool *done = arena_zero(binder->b.arena, c->overs, sizeof *done);
  for (size_t first = 0; first < c->overs; first++) {
    if (done[first])
      continue;
    const struct over_use *use = &c->over[first];
    struct plan *plan = plan_new(binder, PLAN_OVER, 1, sort_for_over(binder, input, use), NULL);
    size_t columns = input->schema.columns;
    plan_columns(binder, plan, columns + c->overs - first);
    memcpy(plan->schema.column, input->schema.column, columns * sizeof(struct field));
    plan->exprs = use->partitions;
    plan->expr = use->partition;
    plan->sorts = use->sorts;
    plan->sort = use->sort;
    plan->function = arena_take(binder->b.arena, c->overs, sizeof *plan->function);
    for (size_t i = first; i < c->overs; i++) {
      if (done[i] || !same_over(use, &c->over[i]))
        continue;
      done[i] = true;
      plan->schema.column[columns] = (struct field){SLICE("over"), c->over[i].function.type};
      plan->function[plan->functions++] = c->over[i].function;
      for (size_t k = 0; k < outputs; k++)
        place_column(output[k], OVER_PLACEHOLDER + i, columns);
      columns++;
    }
    plan->schema.columns = columns;
    input = plan;
  }
  return input;
}
