/* SPDX-License-Identifier: Apache-2.0 */
#include "sql/names/expr_text.h"

/* How tightly operators bind, from the loosest (SqlBaseParser.g4). */
enum {
  BINDS_OR = 1,
  BINDS_AND,
  BINDS_NOT,
  BINDS_COMPARISON,
  BINDS_BIT_OR,
  BINDS_BIT_XOR,
  BINDS_BIT_AND,
  BINDS_SUM,
  BINDS_PRODUCT,
  BINDS_SIGN,
  BINDS_ALL,
};

static const struct infix {
  const char *name, *text;
  int binds;
} infixes[] = {
    {"or", " OR ", BINDS_OR},
    {"and", " AND ", BINDS_AND},
    {"=", " = ", BINDS_COMPARISON},
    {"==", " = ", BINDS_COMPARISON},
    {"<>", " <> ", BINDS_COMPARISON},
    {"!=", " <> ", BINDS_COMPARISON},
    {"<", " < ", BINDS_COMPARISON},
    {"<=", " <= ", BINDS_COMPARISON},
    {">", " > ", BINDS_COMPARISON},
    {">=", " >= ", BINDS_COMPARISON},
    {"<=>", " <=> ", BINDS_COMPARISON},
    {"like", " LIKE ", BINDS_COMPARISON},
    {"ilike", " ILIKE ", BINDS_COMPARISON},
    {"rlike", " RLIKE ", BINDS_COMPARISON},
    {"|", " | ", BINDS_BIT_OR},
    {"^", " ^ ", BINDS_BIT_XOR},
    {"&", " & ", BINDS_BIT_AND},
    {"+", " + ", BINDS_SUM},
    {"-", " - ", BINDS_SUM},
    {"||", " || ", BINDS_SUM},
    {"*", " * ", BINDS_PRODUCT},
    {"/", " / ", BINDS_PRODUCT},
    {"%", " % ", BINDS_PRODUCT},
    {"div", " div ", BINDS_PRODUCT},
};

static const struct postfix {
  const char *name, *text;
} postfixes[] = {
    {"isnull", " IS NULL"},
    {"isnotnull", " IS NOT NULL"},
    {"is true", " IS TRUE"},
    {"is false", " IS FALSE"},
};

static const struct infix *find_infix(const struct expr *e)
{
  for (size_t i = 0; e->args == 2 && i < sizeof infixes / sizeof infixes[0]; i++)
    if (strcmp(infixes[i].name, e->name) == 0)
      return &infixes[i];
  return NULL;
}

static const struct postfix *find_postfix(const struct expr *e)
{
  for (size_t i = 0; e->args == 1 && i < sizeof postfixes / sizeof postfixes[0]; i++)
    if (strcmp(postfixes[i].name, e->name) == 0)
      return &postfixes[i];
  return NULL;
}

static void add(struct buffer *out, const char *text)
{
  buffer_add(out, slice_of(text));
}

static void put_quoted(struct slice text, struct buffer *out)
{
  buffer_put(out, '\'');
  for (size_t i = 0; i < text.n; i++) {
    if (text.p[i] == '\'' || text.p[i] == '\\')
      buffer_put(out, '\\');
    if (text.p[i] == '\n')
      add(out, "\\n");
    else
      buffer_put(out, text.p[i]);
  }
  buffer_put(out, '\'');
}

/* As CAST(e AS STRING) writes it, in quotes where its type has them. */
static void put_literal(const struct expr *e, const struct column_names *names, struct buffer *out)
{
  struct expr *text = NULL;
  if (column_is_null(&e->value, 0)) {
    add(out, "NULL");
    return;
  }
  if (e->type.kind == TYPE_DATE)
    add(out, "DATE ");
  if (e->type.kind == TYPE_TIMESTAMP)
    add(out, "TIMESTAMP ");
  text = expr_cast(names->binding, (struct expr *)e, type_of(TYPE_STRING), e->at);
  if (text == NULL || text->kind != EXPR_LITERAL || column_is_null(&text->value, 0))
    add(out, "?");
  else if (e->type.kind == TYPE_STRING || e->type.kind == TYPE_DATE ||
           e->type.kind == TYPE_TIMESTAMP)
    put_quoted(text->value.text[0], out);
  else
    buffer_add(out, text->value.text[0]);
}

static void put(const struct expr *e, int binds, const struct column_names *names,
                struct buffer *out);

static void put_list(struct expr *const *e, size_t count, const struct column_names *names,
                     struct buffer *out)
{
  for (size_t i = 0; i < count; i++) {
    if (i != 0)
      add(out, ", ");
    put(e[i], 0, names, out);
  }
}

static void put_case(const struct expr *e, const struct column_names *names, struct buffer *out)
{
  size_t i = 0;
  add(out, "CASE");
  for (; i + 1 < e->args; i += 2) {
    add(out, " WHEN ");
    put(e->arg[i], 0, names, out);
    add(out, " THEN ");
    put(e->arg[i + 1], 0, names, out);
  }
  if (i < e->args) {
    add(out, " ELSE ");
    put(e->arg[i], 0, names, out);
  }
  add(out, " END");
}

static void put_infix(const struct expr *e, const struct infix *infix, int binds,
                      const struct column_names *names, struct buffer *out)
{
  bool apart = infix->binds < binds;
  bool chains = infix->binds != BINDS_COMPARISON;
  bool is_logic = infix->binds <= BINDS_AND;
  if (apart)
    buffer_put(out, '(');
  put(e->arg[0], infix->binds + !chains, names, out);
  add(out, infix->text);
  put(e->arg[1], infix->binds + !is_logic, names, out);
  if (apart)
    buffer_put(out, ')');
}

static void put_unary(const char *sign, const struct expr *arg, int own, int binds,
                      const struct column_names *names, struct buffer *out)
{
  if (own < binds)
    buffer_put(out, '(');
  add(out, sign);
  put(arg, own, names, out);
  if (own < binds)
    buffer_put(out, ')');
}

/* Forms with a syntax of their own; false if it is an ordinary call. */
static bool put_form(const struct expr *e, int binds, const struct column_names *names,
                     struct buffer *out)
{
  char type[256];
  if (strcmp(e->name, "cast") == 0) {
    add(out, "CAST(");
    put(e->arg[0], 0, names, out);
    buffer_printf(out, " AS %s)", type_name(e->type, type, sizeof type));
  } else if (strcmp(e->name, "case") == 0) {
    put_case(e, names, out);
  } else if (strcmp(e->name, "not") == 0) {
    put_unary("NOT ", e->arg[0], BINDS_NOT, binds, names, out);
  } else if (strcmp(e->name, "negative") == 0) {
    put_unary("-", e->arg[0], BINDS_SIGN, binds, names, out);
  } else if (strcmp(e->name, "in") == 0) {
    put(e->arg[0], BINDS_BIT_OR, names, out);
    add(out, " IN (");
    put_list(e->arg + 1, e->args - 1, names, out);
    buffer_put(out, ')');
  } else if (strcmp(e->name, "field") == 0 && e->arg[1]->kind == EXPR_LITERAL) {
    put(e->arg[0], BINDS_ALL, names, out);
    buffer_put(out, '.');
    buffer_add(out, e->arg[1]->value.text[0]);
  } else if (strcmp(e->name, "element") == 0) {
    put(e->arg[0], BINDS_ALL, names, out);
    buffer_put(out, '[');
    put(e->arg[1], 0, names, out);
    buffer_put(out, ']');
  } else {
    return false;
  }
  return true;
}

static void put_call(const struct expr *e, int binds, const struct column_names *names,
                     struct buffer *out)
{
  const struct infix *infix = find_infix(e);
  const struct postfix *postfix = find_postfix(e);
  if (infix != NULL) {
    put_infix(e, infix, binds, names, out);
  } else if (postfix != NULL) {
    put(e->arg[0], BINDS_BIT_OR, names, out);
    add(out, postfix->text);
  } else if (!put_form(e, binds, names, out)) {
    add(out, e->name);
    buffer_put(out, '(');
    put_list(e->arg, e->args, names, out);
    buffer_put(out, ')');
  }
}

/* `binds`: how tightly what stands around it does. */
static void put(const struct expr *e, int binds, const struct column_names *names,
                struct buffer *out)
{
  switch (e->kind) {
  case EXPR_COLUMN:
    names->name(names->argument, e->index, out);
    break;
  case EXPR_LITERAL:
    put_literal(e, names, out);
    break;
  case EXPR_CALL:
    put_call(e, binds, names, out);
    break;
  case EXPR_LAMBDA:
    add(out, "lambda");
    break;
  case EXPR_SCALAR:
    add(out, "(subquery)");
    break;
  }
}

void expr_text(const struct expr *e, const struct column_names *names, struct buffer *out)
{
  put(e, 0, names, out);
}
