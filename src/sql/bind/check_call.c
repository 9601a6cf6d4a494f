/* SPDX-License-Identifier: Apache-2.0 */
/* What may stand in and behind the parentheses of which call (resolveFunction and
 * validateFunction in Analyzer.scala). */
#include "sql/bind/binder_internal.h"

static bool takes_nulls_clause(struct slice name)
{
  static const char *const names[] = {"any_value", "first",      "first_value", "lag",
                                      "last",      "last_value", "lead",        "nth_value"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (slice_equal_nocase(name, slice_of(names[i])))
      return true;
  return false;
}

/* count(*) is the one call with a star that is supported. */
static bool check_star(const struct context *c, const struct ast_expr *ast)
{
  for (size_t i = 0; i < ast->args; i++) {
    const struct ast_expr *star = ast->arg[i];
    bool count = ast_is_named(ast, "count");
    if (star->kind == AST_STAR && !is_aggregate_name(ast) && !function_is_callable(ast_name(ast)))
      return function_unknown(&c->binder->b, ast_name(ast), ast->at) != NULL;
    if (star->kind != AST_STAR ||
        (count && ast->args == 1 && !ast->distinct && star->name.parts == 0))
      continue;
    return bind_fails(c, ERR_UNSUPPORTED, star->at,
                      "'%.*s' as an argument of %.*s() is not supported; name the columns",
                      SLICE_PRINT(star->source), SLICE_PRINT(ast_name(ast)));
  }
  return true;
}

bool check_call(const struct context *c, const struct ast_expr *ast)
{
  struct slice name = ast_name(ast);
  if (ast->name.parts > 1)
    return bind_fails(c, ERR_NAME, ast->at, "functions have names of one part: write %.*s(...)",
                      SLICE_PRINT(name));
  if (ast->ignore_nulls && !takes_nulls_clause(name))
    return bind_fails(c, ERR_TYPE, ast->at, "%.*s() takes no IGNORE NULLS", SLICE_PRINT(name));
  if (ast->distinct && (ast->args == 0 || is_window_call(ast)))
    return bind_fails(c, ERR_TYPE, ast->at, "%.*s() takes no DISTINCT", SLICE_PRINT(name));
  return check_star(c, ast);
}
