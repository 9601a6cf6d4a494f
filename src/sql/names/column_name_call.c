/* SPDX-License-Identifier: Apache-2.0 */
/* How Spark shows calls: the name in lower case and the arguments, but for what stands in these
 * tables (sql, prettyName and the registry's aliases, FunctionRegistry.scala). */
#include "base/ascii.h"
#include "sql/names/column_name.h"

enum { ANY_COUNT = 255 };

/* Functions that are shown under another name; `args`: only with so many arguments. */
static const struct {
  const char *name;
  uint8_t args;
  const char *shown;
} respelled[] = {
    {"acos", ANY_COUNT, "ACOS"},
    {"acosh", ANY_COUNT, "ACOSH"},
    {"array_agg", ANY_COUNT, "collect_list"},
    {"asin", ANY_COUNT, "ASIN"},
    {"asinh", ANY_COUNT, "ASINH"},
    {"atan", ANY_COUNT, "ATAN"},
    {"atan2", ANY_COUNT, "ATAN2"},
    {"atanh", ANY_COUNT, "ATANH"},
    {"cbrt", ANY_COUNT, "CBRT"},
    {"ceil", 1, "CEIL"},
    {"cos", ANY_COUNT, "COS"},
    {"cosh", ANY_COUNT, "COSH"},
    {"cot", ANY_COUNT, "COT"},
    {"csc", ANY_COUNT, "CSC"},
    {"curdate", ANY_COUNT, "current_date"},
    {"current_schema", ANY_COUNT, "current_database"},
    {"dateadd", 2, "date_add"},
    {"degrees", ANY_COUNT, "DEGREES"},
    {"dense_rank", ANY_COUNT, "DENSE_RANK"},
    {"e", ANY_COUNT, "E"},
    {"exp", ANY_COUNT, "EXP"},
    {"expm1", ANY_COUNT, "EXPM1"},
    {"floor", 1, "FLOOR"},
    {"hypot", ANY_COUNT, "HYPOT"},
    {"log", ANY_COUNT, "LOG"},
    {"log10", ANY_COUNT, "LOG10"},
    {"log1p", ANY_COUNT, "LOG1P"},
    {"log2", ANY_COUNT, "LOG2"},
    {"percent_rank", ANY_COUNT, "PERCENT_RANK"},
    {"pi", ANY_COUNT, "PI"},
    {"power", ANY_COUNT, "POWER"},
    {"radians", ANY_COUNT, "RADIANS"},
    {"random", ANY_COUNT, "rand"},
    {"rank", ANY_COUNT, "RANK"},
    {"regexp", ANY_COUNT, "REGEXP"},
    {"regexp_like", ANY_COUNT, "REGEXP_LIKE"},
    {"rlike", ANY_COUNT, "RLIKE"},
    {"sec", ANY_COUNT, "SEC"},
    {"signum", ANY_COUNT, "SIGNUM"},
    {"sin", ANY_COUNT, "SIN"},
    {"sinh", ANY_COUNT, "SINH"},
    {"spark_partition_id", ANY_COUNT, "SPARK_PARTITION_ID"},
    {"sqrt", ANY_COUNT, "SQRT"},
    {"tan", ANY_COUNT, "TAN"},
    {"tanh", ANY_COUNT, "TANH"},
    {"to_varchar", ANY_COUNT, "to_char"},
    {"user", ANY_COUNT, "current_user"},
};

/* Arguments that were left out and are shown all the same. */
static const struct {
  const char *name;
  uint8_t args; /* given */
  const char *first, *last;
} filled[] = {
    {"aggregate", 3, "", ", lambdafunction(namedlambdavariable(), namedlambdavariable())"},
    {"array_sort", 1, "",
     ", lambdafunction((IF(((namedlambdavariable() IS NULL) AND (namedlambdavariable() IS NULL)), "
     "0, (IF((namedlambdavariable() IS NULL), 1, (IF((namedlambdavariable() IS NULL), -1, "
     "(IF((namedlambdavariable() < namedlambdavariable()), -1, (IF((namedlambdavariable() > "
     "namedlambdavariable()), 1, 0)))))))))), namedlambdavariable(), namedlambdavariable())"},
    {"bround", 1, "", ", 0"},
    {"convert_timezone", 2, "current_timezone(), ", ""},
    {"from_unixtime", 1, "", ", yyyy-MM-dd HH:mm:ss"},
    {"hll_sketch_agg", 1, "", ", 12"},
    {"lag", 1, "", ", 1, NULL"},
    {"lag", 2, "", ", NULL"},
    {"lead", 1, "", ", 1, NULL"},
    {"lead", 2, "", ", NULL"},
    {"locate", 2, "", ", 1"},
    {"log", 1, "E(), ", ""},
    {"lpad", 2, "", ",  "},
    {"mask", 1, "", ", X, x, n, NULL"},
    {"mask", 2, "", ", x, n, NULL"},
    {"mask", 3, "", ", n, NULL"},
    {"mask", 4, "", ", NULL"},
    {"months_between", 2, "", ", true"},
    {"overlay", 3, "", ", -1"},
    {"percentile", 2, "", ", 1"},
    {"percentile_approx", 2, "", ", 10000"},
    {"approx_percentile", 2, "", ", 10000"},
    {"position", 2, "", ", 1"},
    {"reduce", 3, "", ", lambdafunction(namedlambdavariable(), namedlambdavariable())"},
    {"regexp_extract", 2, "", ", 1"},
    {"regexp_extract_all", 2, "", ", 1"},
    {"regexp_instr", 2, "", ", 0"},
    {"regexp_replace", 3, "", ", 1"},
    {"replace", 2, "", ", "},
    {"round", 1, "", ", 0"},
    {"rpad", 2, "", ",  "},
    {"sentences", 1, "", ", , "},
    {"sentences", 2, "", ", "},
    {"sort_array", 1, "", ", true"},
    {"split", 2, "", ", -1"},
    {"str_to_map", 1, "", ", ,, :"},
    {"str_to_map", 2, "", ", :"},
    {"substr", 2, "", ", 2147483647"},
    {"substring", 2, "", ", 2147483647"},
    {"to_unix_timestamp", 1, "", ", yyyy-MM-dd HH:mm:ss"},
    {"unix_timestamp", 0, "", "current_timestamp(), yyyy-MM-dd HH:mm:ss"},
    {"unix_timestamp", 1, "", ", yyyy-MM-dd HH:mm:ss"},
};

/* Functions that show so many of their arguments only. */
static const struct {
  const char *name;
  uint8_t args;
} shortened[] = {
    {"any_value", 1},   {"approx_count_distinct", 1},
    {"dense_rank", 0},  {"first", 1},
    {"first_value", 1}, {"from_csv", 1},
    {"from_json", 1},   {"last", 1},
    {"last_value", 1},  {"percent_rank", 0},
    {"rank", 0},        {"to_csv", 1},
    {"to_json", 1},
};

bool name_is_cast_call(const struct ast_expr *e)
{
  static const char *const types[] = {"bigint",   "binary", "boolean",   "date",
                                      "decimal",  "double", "float",     "int",
                                      "smallint", "string", "timestamp", "tinyint"};
  if (e->kind != AST_CALL || e->args != 1)
    return false;
  for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
    if (ast_is_named(e, types[i]))
      return true;
  return false;
}

/* ---- forms of their own ---- */

/* (a, b), which the parser makes a call. */
static bool is_row(const struct ast_expr *e)
{
  return ast_is_named(e, "struct") && e->source.n != 0 && e->source.p[0] == '(';
}

static void name_row(struct naming *n, const struct ast_expr *e)
{
  name_text(n, "named_struct(");
  for (size_t i = 0; i < e->args; i++) {
    const struct ast_expr *field = e->arg[i];
    name_text(n, i == 0 ? "" : ", ");
    name_text(n, n->quotes ? "'" : "");
    if (field->kind == AST_NAME)
      buffer_add(&n->text, ast_name(field));
    else
      buffer_printf(&n->text, n->quotes ? "_%zu" : "col%zu", n->quotes ? i : i + 1);
    name_text(n, n->quotes ? "', " : ", ");
    name_expr(n, field);
  }
  name_text(n, ")");
}

static void name_around(struct naming *n, const char *before, const struct ast_expr *e,
                        const char *after)
{
  name_text(n, before);
  name_expr(n, e);
  name_text(n, after);
}

static bool is_trim(const struct ast_expr *e)
{
  return ast_is_named(e, "trim") || ast_is_named(e, "ltrim") || ast_is_named(e, "rtrim");
}

static void name_trim(struct naming *n, const struct ast_expr *e)
{
  name_text(n, ast_is_named(e, "trim")    ? "TRIM(BOTH "
               : ast_is_named(e, "ltrim") ? "TRIM(LEADING "
                                          : "TRIM(TRAILING ");
  name_expr(n, e->arg[0]);
  name_around(n, " FROM ", e->arg[1], ")");
}

static bool name_special(struct naming *n, const struct ast_expr *e)
{
  if (name_is_cast_call(e))
    name_expr(n, e->arg[0]);
  else if (e->args == 1 && e->arg[0]->kind == AST_STAR && e->arg[0]->name.parts == 0)
    buffer_printf(&n->text, "%s", ast_is_named(e, "count") ? "count(1)" : "");
  else if (ast_is_named(e, "window"))
    name_text(n, "window");
  else if (is_row(e))
    name_row(n, e);
  else if (ast_is_named(e, "isnull") && e->args == 1)
    name_around(n, "(", e->arg[0], " IS NULL)");
  else if (ast_is_named(e, "isnotnull") && e->args == 1)
    name_around(n, "(", e->arg[0], " IS NOT NULL)");
  else if (ast_is_named(e, "positive") && e->args == 1)
    name_around(n, "(+ ", e->arg[0], ")");
  else if (ast_is_named(e, "not") && e->args == 1)
    name_around(n, "(NOT ", e->arg[0], ")");
  else if (is_trim(e) && e->args == 2)
    name_trim(n, e);
  else
    return false;
  return true;
}

/* Forms with something other than a comma between two arguments. */
static bool name_joined(struct naming *n, const struct ast_expr *e)
{
  static const struct {
    const char *name, *before, *between, *after;
  } forms[] = {
      {"datepart", "datepart(", " FROM ", ")"},
      {"div", "(", " div ", ")"},
      {"extract", "extract(", " FROM ", ")"},
      {"like", "", " LIKE ", ""},
  };
  for (size_t i = 0; e->args >= 2 && i < sizeof forms / sizeof forms[0]; i++) {
    if (!ast_is_named(e, forms[i].name))
      continue;
    name_around(n, forms[i].before, e->arg[0], forms[i].between);
    name_expr(n, e->arg[1]);
    name_text(n, forms[i].after);
    return true;
  }
  return false;
}

/* ---- all others ---- */

static void name_lower(struct naming *n, struct slice name)
{
  for (size_t i = 0; i < name.n; i++)
    buffer_put(&n->text, ascii_lower(name.p[i]));
}

/* IGNORE NULLS makes an alias of first() and last() forget its name. */
static struct slice own_name(const struct ast_expr *e)
{
  if (e->ignore_nulls && ast_is_named(e, "first_value"))
    return SLICE("first");
  if (e->ignore_nulls && ast_is_named(e, "last_value"))
    return SLICE("last");
  for (size_t i = 0; i < sizeof respelled / sizeof respelled[0]; i++)
    if (ast_is_named(e, respelled[i].name) &&
        (respelled[i].args == ANY_COUNT || respelled[i].args == e->args))
      return slice_of(respelled[i].shown);
  return (struct slice){0};
}

static size_t shown_arguments(const struct ast_expr *e)
{
  for (size_t i = 0; i < sizeof shortened / sizeof shortened[0]; i++)
    if (ast_is_named(e, shortened[i].name) && e->args > shortened[i].args)
      return shortened[i].args;
  return e->args;
}

static void name_plain_call(struct naming *n, const struct ast_expr *e)
{
  struct slice own = own_name(e);
  const char *first = "", *last = "";
  for (size_t i = 0; i < sizeof filled / sizeof filled[0]; i++)
    if (ast_is_named(e, filled[i].name) && filled[i].args == e->args)
      first = filled[i].first, last = filled[i].last;
  if (own.n != 0)
    buffer_add(&n->text, own);
  else
    name_lower(n, ast_name(e));
  name_text(n, e->distinct ? "(DISTINCT " : "(");
  name_text(n, first);
  if (e->within_group)
    name_expr(n, e->arg[1]);
  else
    name_list(n, e->arg, shown_arguments(e));
  name_text(n, last);
  name_text(n, ")");
  if (e->within_group)
    name_around(n, " WITHIN GROUP (ORDER BY ", e->arg[0], e->within_descending ? " DESC)" : ")");
  if (e->ignore_nulls && ast_is_named(e, "nth_value"))
    name_text(n, " ignore nulls");
}

void name_call(struct naming *n, const struct ast_expr *e)
{
  bool condition = ast_is_named(e, "if");
  name_text(n, condition ? "(IF" : "");
  if (condition) {
    name_text(n, "(");
    name_list(n, e->arg, e->args);
    name_text(n, "))");
  } else if (!name_special(n, e) && !name_joined(n, e)) {
    name_plain_call(n, e);
  }
  if (e->filter != NULL)
    name_around(n, " FILTER (WHERE ", e->filter, ")");
  if (e->over != NULL)
    name_over(n, e);
}
