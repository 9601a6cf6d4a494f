/* SPDX-License-Identifier: Apache-2.0 */
/* The tree of an expression printed as Spark does; see column_name.h. */
#include "sql/names/column_name.h"

#include "sql/bind/bind_subquery.h"

void name_text(struct naming *n, const char *text)
{
  buffer_add(&n->text, slice_of(text));
}

void name_list(struct naming *n, struct ast_expr *const *e, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    name_text(n, i == 0 ? "" : ", ");
    name_expr(n, e[i]);
  }
}

/* Nothing that this binding finds out is kept but for the names of outer columns, if wanted.
 * Columns beside groups are known to the groups, those inside an aggregate to the input. */
static struct expr *bind_again(const struct naming *n, const struct ast_expr *e,
                               struct outer_names *outer_names)
{
  struct error ignored;
  struct binder silent = *n->c->binder;
  struct binding_size size = *silent.size;
  struct subquery_joins joins = {0}, below = {0};
  struct context trial = *n->c;
  struct grouping copy = {0};
  silent.b.err = &ignored;
  silent.size = &size;
  size.scalars = NULL;
  trial.binder = &silent;
  trial.peeking = true;
  trial.subqueries = &joins;
  trial.below = &below;
  trial.outer_names = outer_names;
  struct over_list overs = {.level = n->select};
  trial.over = &overs;
  struct expr *bound = NULL;
  if (n->c->grouping != NULL) {
    copy = *n->c->grouping;
    trial.grouping = &copy;
    bound = bind_expr(&trial, e);
  }
  trial.grouping = NULL;
  overs.uses = 0;
  return bound != NULL ? bound : bind_expr(&trial, e);
}

struct expr *name_trial(const struct naming *n, const struct ast_expr *e)
{
  return bind_again(n, e, NULL);
}

/* ---- names ---- */

static bool scope_has(const struct context *c, struct slice table, struct slice name)
{
  for (size_t i = 0; i < c->scope->columns; i++) {
    const struct scope_column *column = &c->scope->column[i];
    if (slice_equal_nocase(column->name, name) &&
        (table.n == 0 || slice_equal_nocase(column->table, table)))
      return true;
  }
  return false;
}

/* How many parts of the name are a qualifier. */
static size_t qualifiers(const struct context *c, const struct ast_expr *e)
{
  return e->name.parts >= 2 && scope_has(c, e->name.part[0], e->name.part[1]) ? 1 : 0;
}

/* An earlier item of the same SELECT, referred to by its name. */
static bool is_lateral_alias(const struct context *c, const struct ast_expr *e)
{
  struct slice none = {0};
  if (qualifiers(c, e) != 0 || scope_has(c, none, e->name.part[0]))
    return false;
  for (size_t i = 0; i < c->aliases; i++)
    if (slice_equal_nocase(c->alias[i].name, e->name.part[0]))
      return true;
  return false;
}

static bool is_parameter(const struct naming *n, const struct ast_expr *e)
{
  for (const struct naming_lambda *l = n->lambda; l != NULL; l = l->outer)
    for (size_t i = 0; i < l->ast->name.parts; i++)
      if (slice_equal_nocase(l->ast->name.part[i], e->name.part[0]))
        return true;
  return false;
}

/* Parameters all look the same. */
static void name_parameter(struct naming *n, const struct ast_expr *e)
{
  name_text(n, "namedlambdavariable()");
  for (size_t i = 1; i < e->name.parts; i++)
    buffer_printf(&n->text, ".%.*s", SLICE_PRINT(e->name.part[i]));
}

static void name_lambda(struct naming *n, const struct ast_expr *e)
{
  struct naming_lambda inner = {n->lambda, e};
  n->lambda = &inner;
  name_text(n, "lambdafunction(");
  name_expr(n, e->arg[0]);
  for (size_t i = 0; i < e->name.parts; i++)
    name_text(n, ", namedlambdavariable()");
  name_text(n, ")");
  n->lambda = inner.outer;
}

static void name_name(struct naming *n, const struct ast_expr *e)
{
  if (is_parameter(n, e)) {
    name_parameter(n, e);
    return;
  }
  bool lateral = is_lateral_alias(n->c, e);
  name_text(n, lateral ? "lateralAliasReference(" : "");
  for (size_t first = qualifiers(n->c, e), i = first; i < e->name.parts; i++) {
    name_text(n, i == first ? "" : ".");
    buffer_add(&n->text, e->name.part[i]);
  }
  name_text(n, lateral ? ")" : "");
}

/* ---- operators ---- */

static void name_infix(struct naming *n, const char *op, const struct ast_expr *a,
                       const struct ast_expr *b)
{
  name_text(n, "(");
  name_expr(n, a);
  buffer_printf(&n->text, " %s ", op);
  name_expr(n, b);
  name_text(n, ")");
}

static void name_unary(struct naming *n, const struct ast_expr *e)
{
  if (strcmp(e->op, "~") == 0) {
    name_text(n, "~");
    name_expr(n, e->arg[0]);
    return;
  }
  if (strcmp(e->op, "interval_months") == 0) {
    name_months(n, e);
    return;
  }
  buffer_printf(&n->text, "(%s ", strcmp(e->op, "not") == 0 ? "NOT" : e->op);
  name_expr(n, e->arg[0]);
  name_text(n, ")");
}

static void name_binary(struct naming *n, const struct ast_expr *e)
{
  static const char *const compared[] = {"=", "<", "<=", ">", ">=", "<=>"};
  static const char *const added[] = {"+", "-", "*", "/"};
  const char *op = e->op;
  for (size_t i = 0; i < sizeof compared / sizeof compared[0]; i++)
    if (strcmp(op, compared[i]) == 0) {
      name_comparison(n, op, e->arg[0], e->arg[1]);
      return;
    }
  for (size_t i = 0; i < sizeof added / sizeof added[0]; i++)
    if (strcmp(op, added[i]) == 0) {
      name_arithmetic(n, e);
      return;
    }
  if (strcmp(op, "<>") == 0) {
    name_text(n, "(NOT ");
    name_comparison(n, "=", e->arg[0], e->arg[1]);
    name_text(n, ")");
  } else if (strcmp(op, "||") == 0) {
    name_text(n, "concat(");
    name_list(n, e->arg, 2);
    name_text(n, ")");
  } else {
    bool and = strcmp(op, "and") == 0;
    name_infix(n, and? "AND" : strcmp(op, "or") == 0 ? "OR" : op, e->arg[0], e->arg[1]);
  }
}

static void name_between(struct naming *n, const struct ast_expr *e)
{
  name_text(n, "(");
  name_comparison(n, ">=", e->arg[0], e->arg[1]);
  name_text(n, " AND ");
  name_comparison(n, "<=", e->arg[0], e->arg[2]);
  name_text(n, ")");
}

/* The escape character of LIKE is not shown. */
static void name_like(struct naming *n, const struct ast_expr *e)
{
  if (strcmp(e->op, "like") == 0) {
    name_expr(n, e->arg[0]);
    name_text(n, " LIKE ");
    name_expr(n, e->arg[1]);
    return;
  }
  name_text(n, strcmp(e->op, "rlike") == 0 ? "RLIKE(" : "ilike(");
  name_list(n, e->arg, 2);
  name_text(n, ")");
}

/* What AstBuilder can evaluate before it has resolved anything. */
static bool is_constant_text(const struct ast_expr *e)
{
  if (e->kind == AST_LITERAL)
    return e->value.type.kind == TYPE_STRING;
  if (e->kind == AST_CAST)
    return e->type.kind == TYPE_STRING && e->arg[0]->kind == AST_LITERAL;
  return e->kind == AST_BINARY && strcmp(e->op, "||") == 0 && is_constant_text(e->arg[0]) &&
         is_constant_text(e->arg[1]);
}

/* Constant patterns are one expression, which does not show them (LikeAny and its like). */
static void name_like_list(struct naming *n, const struct ast_expr *e)
{
  bool any = e->kind == AST_LIKE_ANY, constant = true, lowered = strcmp(e->op, "ilike") == 0;
  for (size_t i = 1; i < e->args; i++)
    constant &= is_constant_text(e->arg[i]);
  if (constant) {
    name_text(n, e->negated ? "not" : "");
    buffer_printf(&n->text, "like%s(%s", any ? "any" : "all", lowered ? "lower(" : "");
    name_expr(n, e->arg[0]);
    name_text(n, lowered ? "))" : ")");
    return;
  }
  for (size_t i = 2; i < e->args; i++)
    name_text(n, "(");
  for (size_t i = 1; i < e->args; i++) {
    struct ast_expr *pair[] = {e->arg[0], e->arg[i]};
    struct ast_expr one = {.kind = AST_LIKE, .op = e->op, .args = 2, .arg = pair};
    one.negated = e->negated;
    name_text(n, i == 1 ? "" : any ? " OR " : " AND ");
    name_expr(n, &one);
    name_text(n, i == 1 ? "" : ")");
  }
}

static void name_is(struct naming *n, const struct ast_expr *e)
{
  bool null = strcmp(e->op, "null") == 0 || strcmp(e->op, "unknown") == 0;
  name_text(n, !null && e->negated ? "(NOT (" : "(");
  name_expr(n, e->arg[0]);
  if (null)
    name_text(n, e->negated ? " IS NOT NULL)" : " IS NULL)");
  else
    buffer_printf(&n->text, " <=> %s)%s", e->op, e->negated ? ")" : "");
}

static void name_case(struct naming *n, const struct ast_expr *e)
{
  size_t first = e->has_operand ? 1 : 0;
  name_text(n, "CASE");
  for (size_t i = first; i + 1 < e->args; i += 2) {
    name_text(n, " WHEN ");
    if (e->has_operand)
      name_comparison(n, "=", e->arg[0], e->arg[i]);
    else
      name_expr(n, e->arg[i]);
    name_text(n, " THEN ");
    name_expr(n, e->arg[i + 1]);
  }
  if (e->has_else) {
    name_text(n, " ELSE ");
    name_expr(n, e->arg[e->args - 1]);
  }
  name_text(n, " END");
}

/* A cast to ARRAY, MAP or STRUCT is not shown (Cast.sql). */
static void name_cast(struct naming *n, const struct ast_expr *e)
{
  char type[400];
  if (strcmp(e->op, "literal") == 0) {
    name_typed_literal(n, e);
    return;
  }
  if (e->type.items != 0) {
    name_expr(n, e->arg[0]);
    return;
  }
  name_text(n, strcmp(e->op, "try_cast") == 0 ? "TRY_CAST(" : "CAST(");
  name_expr(n, e->arg[0]);
  buffer_printf(&n->text, " AS %s)", type_name(e->type, type, sizeof type));
}

/* x.name and x[i]: what is shown depends on whether x is a struct. */
static void name_field(struct naming *n, const struct ast_expr *e)
{
  const struct expr *base = name_trial(n, e->arg[0]);
  bool map = base != NULL && base->type.kind == TYPE_MAP;
  name_expr(n, e->arg[0]);
  buffer_printf(&n->text, map ? "[%.*s]" : ".%.*s", SLICE_PRINT(e->name.part[0]));
}

static void name_index(struct naming *n, const struct ast_expr *e)
{
  const struct expr *base = name_trial(n, e->arg[0]);
  bool field = base != NULL && base->type.kind == TYPE_STRUCT;
  name_expr(n, e->arg[0]);
  name_text(n, field ? "." : "[");
  name_expr(n, e->arg[1]);
  name_text(n, field ? "" : "]");
}

/* ---- subqueries ---- */

/* A subquery shows the columns of the outer query that it names. */
static void name_subquery(struct naming *n, const char *name, const struct ast_expr *e)
{
  struct outer_names outer = {0};
  bind_again(n, e, &outer);
  buffer_printf(&n->text, "%s(", name);
  for (size_t i = 0; i < outer.count; i++) {
    name_text(n, i == 0 ? "" : ", ");
    buffer_add(&n->text, outer.name[i]);
  }
  name_text(n, ")");
}

static void name_in(struct naming *n, const struct ast_expr *e)
{
  name_text(n, "(");
  n->quotes = e->kind == AST_IN_QUERY;
  name_expr(n, e->arg[0]);
  n->quotes = false;
  name_text(n, " IN (");
  if (e->kind == AST_IN_QUERY)
    name_subquery(n, "listquery", e);
  else
    name_list(n, e->arg + 1, e->args - 1);
  name_text(n, "))");
}

/* ---- the way in ---- */

static void name_plain(struct naming *n, const struct ast_expr *e)
{
  switch (e->kind) {
  case AST_LITERAL:
    name_literal(n, e);
    return;
  case AST_NAME:
    if (bind_grouping_column(n->c, e) != NULL) {
      name_text(n, "grouping_id()");
      return;
    }
    name_name(n, e);
    return;
  case AST_STAR:
    buffer_add(&n->text, e->source);
    return;
  case AST_CALL:
    name_call(n, e);
    return;
  case AST_UNARY:
    name_unary(n, e);
    return;
  case AST_BINARY:
    name_binary(n, e);
    return;
  case AST_CASE:
    name_case(n, e);
    return;
  case AST_CAST:
    name_cast(n, e);
    return;
  case AST_BETWEEN:
    name_between(n, e);
    return;
  case AST_IN_LIST:
  case AST_IN_QUERY:
    name_in(n, e);
    return;
  case AST_EXISTS:
    name_subquery(n, "exists", e);
    return;
  case AST_SUBQUERY:
    name_subquery(n, "scalarsubquery", e);
    return;
  case AST_LIKE:
    name_like(n, e);
    return;
  case AST_LIKE_ANY:
  case AST_LIKE_ALL:
    name_like_list(n, e);
    return;
  case AST_IS:
    name_is(n, e);
    return;
  case AST_DISTINCT:
    name_comparison(n, "<=>", e->arg[0], e->arg[1]);
    return;
  case AST_FIELD:
    name_field(n, e);
    return;
  case AST_INDEX:
    name_index(n, e);
    return;
  case AST_LAMBDA:
    name_lambda(n, e);
    return;
  }
}

void name_expr(struct naming *n, const struct ast_expr *e)
{
  /* These say it in a text of their own. */
  bool said = e->kind == AST_IS || e->kind == AST_LIKE_ANY || e->kind == AST_LIKE_ALL;
  bool negated = !said && (e->kind == AST_DISTINCT ? !e->negated : e->negated);
  name_text(n, negated ? "(NOT " : "");
  name_plain(n, e);
  name_text(n, negated ? ")" : "");
}

/* A cast of a column is called like the column, and so is the column itself. */
static const struct ast_expr *column_of(const struct context *c, const struct ast_expr *e)
{
  bool cast = (e->kind == AST_CAST && strcmp(e->op, "literal") != 0) || name_is_cast_call(e);
  if (!cast)
    return e->kind == AST_NAME ? e : NULL;
  const struct ast_expr *inner = e->arg[0];
  bool plain = inner->kind == AST_NAME && inner->name.parts == qualifiers(c, inner) + 1;
  return plain ? inner : NULL;
}

struct slice column_name(const struct context *c, const struct ast_select *select,
                         const struct ast_expr *ast)
{
  const struct ast_expr *column = column_of(c, ast);
  bool is_grouping = column != NULL && bind_grouping_column(c, column) != NULL;
  bool has_sets = c->grouping != NULL && c->grouping->sets != 0;
  if (has_sets && column != NULL && column == ast &&
      slice_equal_nocase(ast_name(column), SLICE("grouping__id")))
    return SLICE("grouping__id"); /* whatever it is written like */
  if (column != NULL && !is_grouping)
    return ast_name(column);
  struct naming n = {.c = c, .select = select};
  name_expr(&n, ast);
  struct slice name = {arena_copy(c->binder->b.arena, n.text.p, n.text.n), n.text.n};
  buffer_free(&n.text);
  return name;
}
