/* SPDX-License-Identifier: Apache-2.0 */
/* Whole queries: WITH, set operations, ORDER BY and LIMIT; views. */
#include "sql/bind/binder_internal.h"

enum { MAX_DEPTH = 250 }; /* of queries inside of queries */

/* Of one WITH; another one may use the name again. */
static bool check_names_differ(const struct binder *binder, const struct ast_cte *cte, size_t ctes)
{
  const struct binding *b = &binder->b;
  for (size_t i = 0; i < ctes; i++)
    for (size_t k = 0; k < i; k++)
      if (slice_equal(cte[i].name, cte[k].name)) /* x and X are two */
        return error_at(b->err, ERR_NAME, b->file, cte[i].at.line, cte[i].at.column,
                        "WITH names two queries '%.*s'", SLICE_PRINT(cte[i].name));
  return true;
}

/* WITH's queries, each seeing those before it. */
static const struct named_query *add_names(const struct binder *binder, const struct ast_cte *cte,
                                           size_t ctes, const struct named_query *names,
                                           bool is_view)
{
  for (size_t i = 0; i < ctes; i++) {
    struct named_query *next = arena_take(binder->b.arena, 1, sizeof *next);
    bool *is_used = arena_zero(binder->b.arena, 1, sizeof *is_used);
    *next = (struct named_query){names, cte[i].name, &cte[i], names, is_view, is_used};
    names = next;
  }
  return names;
}

bool check_with(const struct binder *binder, const struct ast_query *ast,
                const struct named_query *names)
{
  const struct binding *b = &binder->b;
  for (size_t i = 0; i < ast->ctes; i++)
    for (const struct named_query *n = names; n != NULL; n = n->outer)
      if (!n->is_view && slice_equal_nocase(n->name, ast->cte[i].name))
        return error_at(b->err, ERR_NAME, b->file, ast->cte[i].at.line, ast->cte[i].at.column,
                        "WITH around this query names '%.*s' too; give one another name",
                        SLICE_PRINT(n->name));
  return true;
}

bool bind_body(const struct binder *binder, const struct ast_body *ast,
               const struct named_query *names, struct relation *out)
{
  switch (ast->kind) {
  case BODY_SELECT:
    return bind_select(binder, ast->select, names, NULL, 0, out);
  case BODY_VALUES:
    return bind_from(binder, ast->values, names, out);
  case BODY_QUERY:
    return bind_query(binder, ast->query, names, out);
  case BODY_SET:
    return bind_set(binder, ast, names, out);
  }
  return false;
}

/* ORDER BY behind anything but a plain SELECT: over the columns that come out. */
static bool sort_output(const struct binder *binder, const struct ast_query *ast,
                        struct relation *out)
{
  if (ast->sorts == 0)
    return true;
  struct alias *alias = arena_take(binder->b.arena, out->scope.columns, sizeof *alias);
  for (size_t i = 0; i < out->scope.columns; i++) {
    const struct scope_column *column = &out->scope.column[i];
    alias[i].name = column->name;
    alias[i].expr = expr_column(binder->b.arena, column->index, column->type, ast->body->at);
  }
  struct context c = {.binder = binder,
                      .scope = &out->scope,
                      .clause = "ORDER BY",
                      .aliases = out->scope.columns,
                      .alias = alias,
                      .alias_first = true};
  size_t sorts = ast->sorts;
  struct sort_key *sort = bind_order_by(&c, ast->sort, &sorts);
  if (sort == NULL)
    return false;
  out->plan = plan_sort(binder, out->plan, sort, sorts);
  return true;
}

/* LIMIT and OFFSET take a constant that is not negative. */
static bool take_count(const struct binder *binder, const struct ast_expr *ast, const char *clause,
                       uint64_t *count)
{
  if (ast == NULL)
    return true;
  struct scope nothing = {0};
  struct context c = {.binder = binder, .scope = &nothing, .clause = clause};
  struct expr *e = bind_expr(&c, ast);
  if (e == NULL || (strcmp(clause, "OFFSET") == 0 && !bind_needs_3_4(&c, ast->at, clause)))
    return false;
  if (e->kind != EXPR_LITERAL || e->type.kind != TYPE_INT || column_is_null(&e->value, 0) ||
      e->value.i32[0] < 0)
    return bind_fails(&c, ERR_TYPE, ast->at, "%s needs a whole number from 0", clause);
  *count = (uint64_t)e->value.i32[0];
  return true;
}

static bool limit_output(const struct binder *binder, const struct ast_query *ast,
                         struct relation *out)
{
  if (ast->limit == NULL && ast->offset == NULL)
    return true;
  struct plan *plan = plan_new(binder, PLAN_LIMIT, 1, out->plan, NULL);
  plan->limit = UINT64_MAX;
  if (!take_count(binder, ast->limit, "LIMIT", &plan->limit) ||
      !take_count(binder, ast->offset, "OFFSET", &plan->offset))
    return false;
  struct plan *sort = plan_top(plan);
  if (sort != NULL)
    sort->top = plan->limit + plan->offset;
  out->plan = plan;
  return true;
}

/* SORT BY and DISTRIBUTE BY: the sort, which binding has made of both, is by the former's keys. */
static bool sort_partitions(const struct binder *binder, const struct ast_query *ast,
                            struct relation *out)
{
  if (!ast->is_by_partition)
    return true;
  struct plan **at = &out->plan;
  while ((*at)->kind == PLAN_PROJECT)
    at = &(*at)->input[0];
  struct plan *sort = *at;
  sort->sort += ast->spreads;
  sort->sorts -= ast->spreads;
  sort->by_partition = true;
  const struct binding *b = &binder->b;
  const struct ast_expr *first = ast->sort[0].expr;
  for (size_t i = 0; i < ast->spreads; i++)
    if (has_aggregate(ast->sort[i].expr) || has_over(ast->sort[i].expr))
      return error_at(b->err, ERR_TYPE, b->file, first->at.line, first->at.column,
                      "DISTRIBUTE BY takes no aggregate function and none with OVER, only the "
                      "item's name");
  if (ast->spreads == 0 && !plan_is_one_partition(sort->input[0]))
    return error_at(b->err, ERR_UNSUPPORTED, b->file, first->at.line, first->at.column,
                    "SORT BY of a UNION sorts each of its queries in Spark, and is not supported; "
                    "use ORDER BY");
  if (sort->sorts == 0)
    *at = sort->input[0];
  return true;
}

/* What is named and never used has to be right all the same; its plan is forgotten. */
static bool check_unused(const struct binder *binder, const struct named_query *names,
                         const struct named_query *outer)
{
  struct binder alone = *binder;
  struct scalar_query **end = &binder->size->scalars;
  struct relation unused;
  alone.outer = NULL;
  while (*end != NULL)
    end = &(*end)->next;
  for (; names != outer; names = names->outer)
    if (!*names->is_used && !bind_query(&alone, names->cte->query, names->visible, &unused))
      return false;
  *end = NULL;
  return true;
}

static bool bind_inner(const struct binder *binder, const struct ast_query *ast,
                       const struct named_query *names, struct relation *out)
{
  if (!check_names_differ(binder, ast->cte, ast->ctes))
    return false;
  const struct named_query *outer = names;
  names = add_names(binder, ast->cte, ast->ctes, names, false);
  if (ast->body->kind == BODY_SELECT && !ast->body->select->distinct) {
    if (!bind_select(binder, ast->body->select, names, ast->sort, ast->sorts, out))
      return false;
  } else if (!bind_body(binder, ast->body, names, out) || !sort_output(binder, ast, out)) {
    return false;
  }
  return sort_partitions(binder, ast, out) && limit_output(binder, ast, out) &&
         check_unused(binder, names, outer);
}

bool bind_query(const struct binder *binder, const struct ast_query *ast,
                const struct named_query *names, struct relation *out)
{
  const struct binding *b = &binder->b;
  if (binder->size->depth == MAX_DEPTH)
    return error_at(b->err, ERR_RANGE, b->file, ast->body->at.line, ast->body->at.column,
                    "more than %d queries stand in each other here; join some of them into one",
                    (int)MAX_DEPTH);
  binder->size->depth++;
  bool good = bind_inner(binder, ast, names, out);
  binder->size->depth--;
  return good;
}

struct plan *sql_bind(const struct ast_script *script, const struct catalog *catalog,
                      const struct binding *b)
{
  struct binding_size size = {0};
  struct binder binder = {.b = *b, .catalog = catalog, .size = &size};
  struct relation result;
  const struct named_query *names = add_names(&binder, script->view, script->views, NULL, true);
  if (!bind_query(&binder, script->query, names, &result) || !check_unused(&binder, names, NULL))
    return NULL;
  for (struct scalar_query *s = size.scalars; s != NULL; s = s->next)
    s->plan = plan_settle_order(&binder, s->plan);
  struct plan *plan = plan_settle_order(&binder, result.plan);
  struct field *field = arena_take(b->arena, result.scope.columns, sizeof *field);
  for (size_t i = 0; i < result.scope.columns; i++)
    field[i] = (struct field){result.scope.column[i].name, result.scope.column[i].type};
  plan->schema = (struct schema){result.scope.columns, field};
  plan->scalars = size.scalars;
  return plan;
}
