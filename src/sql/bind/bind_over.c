/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of functions OVER a window of rows (windowExpressions.scala, and what the Analyzer asks of
 * them). */
#include "sql/bind/binder_internal.h"
#include "sql/coercion.h"

enum { ANY_ARGUMENTS = 255 };

/* Functions that exist only with OVER; all of them need ORDER BY there. */
struct over_name {
  const char *name;
  enum over_kind kind;
  uint8_t least, most; /* arguments */
};

/* rank() and its like take arguments and forget them (RankLike.withOrder). */
static const struct over_name over_names[] = {
    {"cume_dist", OVER_CUME_DIST, 0, 0},
    {"dense_rank", OVER_DENSE_RANK, 0, ANY_ARGUMENTS},
    {"lag", OVER_SHIFT, 1, 3},
    {"lead", OVER_SHIFT, 1, 3},
    {"nth_value", OVER_NTH, 2, 2},
    {"ntile", OVER_NTILE, 0, 1},
    {"percent_rank", OVER_PERCENT_RANK, 0, ANY_ARGUMENTS},
    {"rank", OVER_RANK, 0, ANY_ARGUMENTS},
    {"row_number", OVER_ROW_NUMBER, 0, 0},
};

const char *over_name(size_t i)
{
  return i < sizeof over_names / sizeof over_names[0] ? over_names[i].name : NULL;
}

static const struct over_name *find_name(const struct ast_expr *ast)
{
  for (size_t i = 0; i < sizeof over_names / sizeof over_names[0]; i++)
    if (ast_is_named(ast, over_names[i].name))
      return &over_names[i];
  return NULL;
}

bool is_over_name(const struct ast_expr *ast)
{
  return ast->kind == AST_CALL && find_name(ast) != NULL;
}

bool has_over(const struct ast_expr *ast)
{
  if (ast->over != NULL)
    return true;
  for (size_t i = 0; i < ast->args; i++)
    if (has_over(ast->arg[i]))
      return true;
  return false;
}

static void list_expr(struct expr *e, struct expr **out, size_t *count)
{
  if (e == NULL)
    return;
  if (out != NULL)
    out[*count] = e;
  ++*count;
}

size_t over_exprs(const struct over_list *list, struct expr **out)
{
  size_t count = 0;
  for (size_t i = 0; i < list->uses; i++) {
    const struct over_use *use = &list->use[i];
    const struct over_function *f = &use->function;
    for (size_t k = 0; k < use->partitions; k++)
      list_expr(use->partition[k], out, &count);
    for (size_t k = 0; k < use->sorts; k++)
      list_expr(use->sort[k].expr, out, &count);
    for (size_t k = 0; k < f->aggregate.args; k++)
      list_expr(f->aggregate.arg[k], out, &count);
    list_expr(f->aggregate.filter, out, &count);
    list_expr(f->arg, out, &count);
    list_expr(f->otherwise, out, &count);
    list_expr(f->frame.from.value, out, &count);
    list_expr(f->frame.to.value, out, &count);
  }
  return count;
}

/* ---- definitions with a name ---- */

/* Their letters' case counts, unlike that of all other names (AstBuilder.withWindowClause). */
static const struct ast_over *find_definition(const struct ast_select *level, struct slice name)
{
  for (size_t i = 0; i < level->overs; i++)
    if (slice_equal(level->over[i].name, name))
      return &level->over[i].over;
  return NULL;
}

bool check_named_overs(const struct context *c, const struct ast_select *ast)
{
  for (size_t i = 0; i < ast->overs; i++) {
    struct slice name = ast->over[i].name, refers = ast->over[i].over.name;
    if (find_definition(ast, name) != &ast->over[i].over)
      return bind_fails(c, ERR_NAME, ast->at, "WINDOW defines '%.*s' twice", SLICE_PRINT(name));
    if (refers.n == 0)
      continue;
    const struct ast_over *meant = find_definition(ast, refers);
    if (meant == NULL)
      return bind_fails(c, ERR_NAME, ast->at, "WINDOW %.*s AS (%.*s): '%.*s' is not defined",
                        SLICE_PRINT(name), SLICE_PRINT(refers), SLICE_PRINT(refers));
    if (meant->name.n != 0)
      return bind_fails(c, ERR_NAME, ast->at,
                        "WINDOW %.*s AS (%.*s): '%.*s' is itself another window's name",
                        SLICE_PRINT(name), SLICE_PRINT(refers), SLICE_PRINT(refers));
  }
  return true;
}

static const struct ast_over *definition_of(struct context *c, const struct ast_expr *ast)
{
  const struct ast_over *over = ast->over;
  if (over->name.n == 0)
    return over;
  const struct ast_over *found = find_definition(c->over->level, over->name);
  if (found == NULL)
    bind_fails(c, ERR_NAME, ast->at, "WINDOW does not define '%.*s' (the case of letters counts)",
               SLICE_PRINT(over->name));
  else if (found->name.n != 0)
    found = find_definition(c->over->level, found->name);
  return found;
}

/* ---- the functions ---- */

static struct expr *bind_argument(struct context *c, const struct ast_expr *ast, size_t i)
{
  return i < ast->args ? bind_expr(c, ast->arg[i]) : NULL;
}

/* An argument that is a constant INT and no null, as the parameters of these functions have to
 * be. */
static bool take_int(struct context *c, const struct ast_expr *ast, size_t i, int64_t *out)
{
  struct expr *e = bind_argument(c, ast, i);
  if (e == NULL)
    return false;
  if (e->kind != EXPR_LITERAL || e->type.kind != TYPE_INT || column_is_null(&e->value, 0))
    return bind_fails(c, ERR_TYPE, ast->arg[i]->at, "argument %zu of %.*s() is a constant INT",
                      i + 1, SLICE_PRINT(ast_name(ast)));
  *out = e->value.i32[0];
  return true;
}

/* lag(x, n, otherwise), lead(...): 1 row, and null otherwise. */
static bool bind_shift(struct context *c, const struct ast_expr *ast, struct over_function *f)
{
  f->number = 1;
  if ((f->arg = bind_argument(c, ast, 0)) == NULL)
    return false;
  f->type = f->arg->type;
  if (ast->args > 1 && !take_int(c, ast, 1, &f->number))
    return false;
  if (ast_is_named(ast, "lag"))
    f->number = -f->number;
  if (ast->args < 3)
    return true;
  if ((f->otherwise = bind_argument(c, ast, 2)) == NULL)
    return false;
  struct type from = f->otherwise->type;
  char given[100], wanted[100];
  type_name(from, given, sizeof given); /* with the names of fields, which have to be the same */
  type_name(f->type, wanted, sizeof wanted);
  bool fits = strcmp(given, wanted) == 0 || from.kind == TYPE_NULL ||
              (f->type.items == 0 && type_is_implicit(from, f->type));
  if (!fits)
    return bind_fails(c, ERR_TYPE, ast->arg[2]->at, "%.*s() of %s cannot give %s otherwise",
                      SLICE_PRINT(ast_name(ast)), wanted, given);
  f->otherwise = expr_cast(&c->binder->b, f->otherwise, f->type, ast->arg[2]->at);
  return f->otherwise != NULL;
}

/* nth_value(x, n): any number becomes a BIGINT. */
static bool bind_nth(struct context *c, const struct ast_expr *ast, struct over_function *f)
{
  struct type bigint = type_of(TYPE_BIGINT);
  if ((f->arg = bind_argument(c, ast, 0)) == NULL)
    return false;
  f->type = f->arg->type;
  struct expr *n = bind_argument(c, ast, 1);
  if (n == NULL)
    return false;
  if (n->kind == EXPR_LITERAL && type_is_implicit(n->type, bigint) &&
      (n = expr_cast(&c->binder->b, n, bigint, n->at)) == NULL)
    return false;
  if (n->kind != EXPR_LITERAL || n->type.kind != TYPE_BIGINT || column_is_null(&n->value, 0) ||
      n->value.i64[0] <= 0)
    return bind_fails(c, ERR_TYPE, ast->arg[1]->at,
                      "the second argument of nth_value() is a constant number from 1");
  f->number = n->value.i64[0];
  return true;
}

static bool bind_ntile(struct context *c, const struct ast_expr *ast, struct over_function *f)
{
  f->number = 1;
  if (ast->args != 0 && !take_int(c, ast, 0, &f->number))
    return false;
  return f->number > 0 || bind_fails(c, ERR_RANGE, ast->at, "ntile() makes at least 1 bucket");
}

/* What stands behind the arguments: Spark takes none of it from these functions. */
static bool check_tail(struct context *c, const struct ast_expr *ast, bool skips_nulls)
{
  const char *what = ast->distinct                       ? "DISTINCT"
                     : ast->filter != NULL               ? "FILTER"
                     : ast->ignore_nulls && !skips_nulls ? "IGNORE NULLS"
                                                         : NULL;
  return what == NULL || bind_fails(c, ERR_TYPE, ast->at, "%.*s() OVER (...) takes no %s",
                                    SLICE_PRINT(ast_name(ast)), what);
}

static bool bind_named(struct context *c, const struct ast_expr *ast, const struct over_name *name,
                       struct over_function *f)
{
  f->kind = name->kind;
  f->ignore_nulls = ast->ignore_nulls;
  if (!check_tail(c, ast, f->kind == OVER_SHIFT || f->kind == OVER_NTH))
    return false;
  if (ast->args < name->least || (ast->args > name->most && name->most != ANY_ARGUMENTS))
    return bind_fails(c, ERR_TYPE, ast->at, "%s() takes %d to %d arguments, not %zu", name->name,
                      name->least, name->most, ast->args);
  switch (f->kind) {
  case OVER_SHIFT:
    return bind_shift(c, ast, f);
  case OVER_NTH:
    return bind_nth(c, ast, f);
  case OVER_NTILE:
    f->type = type_of(TYPE_INT);
    return bind_ntile(c, ast, f);
  case OVER_PERCENT_RANK:
  case OVER_CUME_DIST:
    f->type = type_of(TYPE_DOUBLE);
    break;
  default:
    f->type = type_of(TYPE_INT);
    break;
  }
  for (size_t i = 0; i < ast->args; i++)
    if (bind_argument(c, ast, i) == NULL)
      return false;
  return true;
}

/* Those aggregate functions that give one of the frame's values look it up. */
static bool bind_over_aggregate(struct context *c, const struct ast_expr *ast,
                                struct over_function *f)
{
  struct aggregate *a = &f->aggregate;
  if (!bind_aggregate_call(c, ast, a))
    return false;
  f->kind = a->kind == AGGREGATE_FIRST  ? OVER_FIRST
            : a->kind == AGGREGATE_LAST ? OVER_LAST
            : a->kind == AGGREGATE_MIN  ? OVER_MIN
            : a->kind == AGGREGATE_MAX  ? OVER_MAX
                                        : OVER_AGGREGATE;
  f->type = a->type;
  f->ignore_nulls = a->ignore_nulls || ast->ignore_nulls;
  if (!check_tail(c, ast, f->kind == OVER_FIRST || f->kind == OVER_LAST))
    return false;
  if (f->kind == OVER_AGGREGATE)
    return true;
  f->arg = a->arg[0];
  *a = (struct aggregate){0};
  return true;
}

static bool bind_function(struct context *c, const struct ast_expr *ast, struct over_function *f)
{
  const struct over_name *name = find_name(ast);
  if (name != NULL)
    return bind_named(c, ast, name, f);
  if (is_aggregate_name(ast))
    return bind_over_aggregate(c, ast, f);
  if (!function_is_callable(ast_name(ast)))
    return function_unknown(&c->binder->b, ast_name(ast), ast->at) != NULL;
  return bind_fails(c, ERR_TYPE, ast->at,
                    "'%.*s' cannot stand before OVER (...): it is no function of many rows",
                    SLICE_PRINT(ast_name(ast)));
}

/* ---- the window ---- */

static bool bind_definition(struct context *c, const struct ast_over *over, struct over_use *use)
{
  use->partition = arena_take(c->binder->b.arena, over->partitions, sizeof(struct expr *));
  for (size_t i = 0; i < over->partitions; i++) {
    struct expr *e = bind_expr(c, over->partition[i]);
    if (e == NULL)
      return false;
    if (e->type.kind == TYPE_MAP)
      return bind_fails(c, ERR_TYPE, over->partition[i]->at, "a MAP cannot part rows");
    if (!expr_is_constant(e)) /* EliminateWindowPartitions */
      use->partition[use->partitions++] = e;
  }
  use->sorts = over->sorts;
  use->sort = bind_sorts(c, over->sort, over->sorts);
  return use->sort != NULL;
}

/* CheckAnalysis: INVALID_WINDOW_SPEC_FOR_AGGREGATION_FUNC */
static bool needs_whole_partition(const struct ast_expr *ast)
{
  static const char *const names[] = {"median", "percentile_cont", "percentile_disc"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (ast_is_named(ast, names[i]))
      return true;
  return false;
}

static bool has_bounds(const struct over_frame *frame, bool rows, enum frame_bound to)
{
  return frame->rows == rows && frame->from.kind == BOUND_UNBOUNDED_PRECEDING &&
         frame->to.kind == to;
}

/* Ranks are of the rows up to the current one; where a frame is written, it has to be that. */
static bool settle_frame(struct context *c, const struct ast_expr *ast, const struct ast_over *over,
                         struct over_use *use)
{
  struct over_frame *frame = &use->function.frame;
  bool is_fixed = find_name(ast) != NULL && use->function.kind != OVER_NTH;
  if (find_name(ast) != NULL && over->sorts == 0)
    return bind_fails(c, ERR_TYPE, ast->at, "%.*s() needs ORDER BY inside OVER (...)",
                      SLICE_PRINT(ast_name(ast)));
  if (!bind_frame(c, over, use, ast->at, frame))
    return false;
  if (needs_whole_partition(ast) &&
      (over->sorts != 0 || !has_bounds(frame, true, BOUND_UNBOUNDED_FOLLOWING)))
    return bind_fails(c, ERR_TYPE, ast->at, "%.*s() OVER (...) takes neither ORDER BY nor a frame",
                      SLICE_PRINT(ast_name(ast)));
  bool fits = use->function.kind != OVER_SHIFT &&
              has_bounds(frame, use->function.kind != OVER_CUME_DIST, BOUND_CURRENT);
  return !is_fixed || !over->frame.given || fits ||
         bind_fails(c, ERR_TYPE, ast->at, "%.*s() takes no frame", SLICE_PRINT(ast_name(ast)));
}

static struct expr *keep_use(struct context *c, const struct over_use *use, struct position at)
{
  struct over_list *list = c->over;
  struct arena *arena = c->binder->b.arena;
  if (list->uses == list->room) {
    list->room = 2 * list->room + 4;
    struct over_use *grown = arena_take(arena, list->room, sizeof *grown);
    if (list->uses != 0)
      memcpy(grown, list->use, list->uses * sizeof *grown);
    list->use = grown;
  }
  list->use[list->uses] = *use;
  return expr_column(arena, OVER_PLACEHOLDER + list->uses++, use->function.type, at);
}

struct expr *bind_over(struct context *c, const struct ast_expr *ast)
{
  if (c->over == NULL) {
    bind_fails(c, ERR_TYPE, ast->at, "'%.*s' OVER (...) cannot stand in %s",
               SLICE_PRINT(ast_name(ast)), c->clause);
    return NULL;
  }
  const struct ast_over *over = definition_of(c, ast);
  struct over_use use = {0};
  struct context inside = *c;
  inside.over = NULL;
  inside.lambda = NULL;
  inside.clause = "another OVER (...)";
  inside.aliases = 0; /* Spark: UNSUPPORTED_FEATURE.LATERAL_COLUMN_ALIAS_IN_WINDOW */
  if (over == NULL || !bind_function(&inside, ast, &use.function) ||
      !bind_definition(&inside, over, &use) || !settle_frame(&inside, ast, over, &use))
    return NULL;
  return keep_use(c, &use, ast->at);
}
