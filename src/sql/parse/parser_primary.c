/* SPDX-License-Identifier: Apache-2.0 */
/* What operators work on: names, literals, CASE, CAST, parentheses, and what is put behind them. */
#include "sql/parse/parser_internal.h"

#include "table/schema.h"

static struct ast_expr *null_expr(struct parser *p)
{
  struct token start = p->now;
  advance(p);
  struct ast_expr *e = expr_new(p, AST_LITERAL, &start);
  column_make_null(&e->value, type_of(TYPE_NULL), p->arena);
  return expr_done(p, e);
}

static struct ast_expr *boolean_expr(struct parser *p, bool value)
{
  struct token start = p->now;
  advance(p);
  struct ast_expr *e = constant_expr(p, type_of(TYPE_BOOLEAN), &start);
  e->value.boolean[0] = value;
  return expr_done(p, e);
}

/* DATE 'text': the binder reads the text, since a TIMESTAMP depends on the session's zone. */
static struct ast_expr *typed_literal(struct parser *p)
{
  struct token start = p->now;
  enum keyword keyword = start.keyword;
  if (keyword != KW_DATE && keyword != KW_TIMESTAMP) {
    unsupported(p, keyword == KW_X ? "a binary literal X'...'" : "a literal of this type");
    return NULL;
  }
  advance(p);
  if (!at_one_string(p))
    return NULL;
  struct ast_expr *text = parse_string(p);
  struct ast_expr *e = expr_of(p, AST_CAST, "literal", &start, 1, text, NULL);
  if (e != NULL)
    e->type = type_of(keyword == KW_DATE ? TYPE_DATE : TYPE_TIMESTAMP);
  return e;
}

/* CASE [operand] WHEN a THEN b ... [ELSE c] END; now is CASE. */
static struct ast_expr *parse_case(struct parser *p)
{
  struct ast_expr *e = expr_new(p, AST_CASE, &p->now);
  advance(p);
  if (!at_keyword(p, KW_WHEN)) {
    e->has_operand = true;
    if (!expr_add(p, e, parse_expr(p)))
      return NULL;
  }
  do {
    if (!need_keyword(p, KW_WHEN) || !expr_add(p, e, parse_expr(p)) || !need_keyword(p, KW_THEN) ||
        !expr_add(p, e, parse_expr(p)))
      return NULL;
  } while (at_keyword(p, KW_WHEN));
  if (take_keyword(p, KW_ELSE)) {
    e->has_else = true;
    if (!expr_add(p, e, parse_expr(p)))
      return NULL;
  }
  if (!take_keyword(p, KW_END)) {
    unexpected(p, e->has_else ? "END" : "WHEN, ELSE or END");
    return NULL;
  }
  return expr_done(p, e);
}

/* ---- types ---- */

/* The type that the tokens from now up to `end` spell. */
static bool read_type(struct parser *p, struct token start, const char *end, struct type *type)
{
  struct error why;
  struct slice text = {start.text.p, (size_t)(end - start.text.p)};
  if (type_parse(text, type, p->arena, &why))
    return true;
  bool first_line = why.line <= 1 && why.column > 0;
  struct position at = start.at;
  at.column += first_line ? why.column - 1 : 0;
  return fail_at(p, why.code, at, "%s", why.text);
}

/* A type inside CAST: everything up to the parenthesis that closes it. */
static bool parse_cast_type(struct parser *p, struct type *type)
{
  struct token start = p->now;
  size_t open = 0;
  while (open > 0 || !at_sign(p, SIGN_RIGHT_PAREN)) {
    if (p->now.kind == TOKEN_END || p->now.kind == TOKEN_BAD)
      return unexpected(p, "a type and ')'");
    open += at_sign(p, SIGN_LEFT_PAREN);
    open -= at_sign(p, SIGN_RIGHT_PAREN);
    advance(p);
  }
  if (p->now.text.p == start.text.p)
    return unexpected(p, "a type");
  return read_type(p, start, p->end, type);
}

/* CAST(a AS type); now is CAST or TRY_CAST. */
static struct ast_expr *parse_cast(struct parser *p)
{
  struct token start = p->now;
  const char *op = at_keyword(p, KW_CAST) ? "cast" : "try_cast";
  struct type type;
  advance(p);
  advance(p);
  struct ast_expr *operand = parse_expr(p);
  if (operand == NULL || !need_keyword(p, KW_AS) || !parse_cast_type(p, &type) ||
      !need_sign(p, SIGN_RIGHT_PAREN, "')'"))
    return NULL;
  struct ast_expr *e = expr_of(p, AST_CAST, op, &start, 1, operand, NULL);
  if (e != NULL)
    e->type = type;
  return e;
}

/* ---- parentheses ---- */

static struct ast_expr *subquery_expr(struct parser *p, enum ast_kind kind, struct ast_query *query,
                                      const struct token *start)
{
  if (query == NULL || !need_sign(p, SIGN_RIGHT_PAREN, "')'"))
    return NULL;
  struct ast_expr *e = expr_new(p, kind, start);
  e->query = query;
  return expr_done(p, e);
}

/* (a, b) is a struct. */
static struct ast_expr *struct_expr(struct parser *p, struct ast_expr *first,
                                    const struct token *start)
{
  struct ast_expr *e = expr_new(p, AST_CALL, start);
  e->name.parts = 1;
  e->name.part = arena_take(p->arena, 1, sizeof *e->name.part);
  e->name.part[0] = SLICE("struct");
  e->args = 1;
  e->arg = arena_take(p->arena, 1, sizeof *e->arg);
  e->arg[0] = first;
  if (!parse_expr_list(p, &e->args, &e->arg) || !need_sign(p, SIGN_RIGHT_PAREN, "',' or ')'"))
    return NULL;
  return expr_done(p, e);
}

/* What opens with a parenthesis; whether a query stands in two of them shows behind the first. */
static struct ast_expr *parse_parentheses(struct parser *p)
{
  struct token start = p->now;
  advance(p);
  if (at_query(p))
    return subquery_expr(p, AST_SUBQUERY, parse_query(p), &start);
  struct ast_expr *e = parse_expr(p);
  if (e == NULL)
    return NULL;
  if (e->kind == AST_SUBQUERY && at_query_continuation(p))
    return subquery_expr(p, AST_SUBQUERY, continue_query(p, e->query, e->at), &start);
  if (take_sign(p, SIGN_COMMA))
    return struct_expr(p, e, &start);
  return need_sign(p, SIGN_RIGHT_PAREN, "')'") ? e : NULL;
}

static struct ast_expr *parse_exists(struct parser *p)
{
  struct token start = p->now;
  advance(p);
  advance(p);
  if (at_query(p))
    return subquery_expr(p, AST_EXISTS, parse_query(p), &start);
  struct slice *name = arena_take(p->arena, 1, sizeof *name);
  *name = start.text;
  return parse_arguments_of(p, &start, name, 1); /* exists(array, x -> ...) */
}

/* ---- names ---- */

/* a, a.b, a.b.c, a.*, and calls of such names. */
static struct ast_expr *parse_name(struct parser *p)
{
  struct token start = p->now;
  struct slice *part = NULL;
  size_t parts = 0;
  bool star = false;
  do {
    star = parts > 0 && take_sign(p, SIGN_STAR);
    if (star)
      break;
    part = list_room(p, part, parts, sizeof *part);
    if (!need_name(p, "a name", &part[parts]))
      return NULL;
    parts++;
  } while (take_sign(p, SIGN_DOT));
  if (!star && at_sign(p, SIGN_LEFT_PAREN))
    return parse_call(p, &start, part, parts);
  struct ast_expr *e = expr_new(p, star ? AST_STAR : AST_NAME, &start);
  e->name.parts = parts;
  e->name.part = part;
  return expr_done(p, e);
}

static struct ast_expr *parse_star(struct parser *p)
{
  struct ast_expr *e = expr_new(p, AST_STAR, &p->now);
  advance(p);
  return expr_done(p, e);
}

/* CURRENT_DATE without parentheses. */
static struct ast_expr *current_call(struct parser *p)
{
  struct ast_expr *e = expr_new(p, AST_CALL, &p->now);
  e->name.parts = 1;
  e->name.part = arena_take(p->arena, 1, sizeof *e->name.part);
  e->name.part[0] = p->now.text;
  advance(p);
  return expr_done(p, e);
}

/* Words that open an expression of their own; everything else is a name. */
static struct ast_expr *parse_word(struct parser *p)
{
  bool call = next_is_sign(p, SIGN_LEFT_PAREN), dot = next_is_sign(p, SIGN_DOT);
  enum keyword keyword = p->now.keyword;
  if (at_interval(p))
    return parse_interval(p);
  switch (keyword) {
  case KW_CASE:
    return parse_case(p);
  case KW_CAST:
  case KW_TRY_CAST:
    return call ? parse_cast(p) : parse_name(p);
  case KW_EXISTS:
    return call ? parse_exists(p) : parse_name(p);
  case KW_NULL:
    return dot ? parse_name(p) : null_expr(p);
  case KW_TRUE:
  case KW_FALSE:
    return dot ? parse_name(p) : boolean_expr(p, keyword == KW_TRUE);
  case KW_DATE:
  case KW_TIMESTAMP:
  case KW_TIMESTAMP_LTZ:
  case KW_TIMESTAMP_NTZ:
  case KW_X:
    return p->next.kind == TOKEN_STRING ? typed_literal(p) : parse_name(p);
  case KW_CURRENT_DATE:
  case KW_CURRENT_TIMESTAMP:
  case KW_CURRENT_USER:
    return call || dot ? parse_name(p) : current_call(p);
  default:
    break;
  }
  bool like = keyword == KW_LIKE || keyword == KW_ILIKE || keyword == KW_RLIKE ||
              keyword == KW_REGEXP || keyword == KW_DIV;
  if (like && call) /* like(s, 'a%') */
    return parse_name(p);
  bool opens_clause = (keyword == KW_GROUP || keyword == KW_ORDER) && p->next.kind == TOKEN_WORD &&
                      p->next.keyword == KW_BY;
  bool test_as_call = call && (keyword == KW_LIKE || keyword == KW_ILIKE || keyword == KW_RLIKE ||
                               keyword == KW_REGEXP);
  if (((keyword_flags(keyword) & WORD_NO_NAME) != 0 && !test_as_call) || opens_clause) {
    unexpected(p, "an expression");
    return NULL;
  }
  struct ast_expr *e = parse_name(p);
  if (test_as_call && e != NULL && e->args != 2) { /* with a third one, ESCAPE has to be written */
    fail_at(p, ERR_TYPE, e->at, "%.*s() takes 2 arguments, not %zu", SLICE_PRINT(e->name.part[0]),
            e->args);
    return NULL;
  }
  return e;
}

static struct ast_expr *parse_base(struct parser *p)
{
  struct token start = p->now;
  switch (p->now.kind) {
  case TOKEN_NUMBER:
    return parse_number(p, false, &start);
  case TOKEN_STRING:
    return parse_string(p);
  case TOKEN_QUOTED:
    return parse_name(p);
  case TOKEN_WORD:
    return parse_word(p);
  default:
    break;
  }
  if (at_sign(p, SIGN_LEFT_PAREN))
    return parse_parentheses(p);
  if (at_sign(p, SIGN_STAR))
    return parse_star(p);
  if (at_sign(p, SIGN_MINUS) && p->next.kind == TOKEN_NUMBER) {
    advance(p);
    return parse_number(p, true, &start);
  }
  unexpected(p, "an expression");
  return NULL;
}

/* ---- behind a primary ---- */

static struct ast_expr *parse_field(struct parser *p, struct ast_expr *base,
                                    const struct token *start)
{
  struct slice field;
  if (!need_name(p, "a field's name", &field))
    return NULL;
  struct ast_expr *e = expr_of(p, AST_FIELD, NULL, start, 1, base, NULL);
  if (e == NULL)
    return NULL;
  e->name.parts = 1;
  e->name.part = arena_take(p->arena, 1, sizeof *e->name.part);
  e->name.part[0] = field;
  return e;
}

static struct ast_expr *parse_index(struct parser *p, struct ast_expr *base,
                                    const struct token *start)
{
  struct ast_expr *index = parse_value_expr(p);
  if (index == NULL || !need_sign(p, SIGN_RIGHT_BRACKET, "']'"))
    return NULL;
  return expr_of(p, AST_INDEX, NULL, start, 2, base, index);
}

/* Spark 3.5 has no such cast, so the query would not run there. */
static struct ast_expr *refuse_type_cast(struct parser *p, const struct token *start)
{
  fail_at(p, ERR_UNSUPPORTED, start->at, "'x::type' is not supported; write CAST(x AS type)");
  return NULL;
}

/* Of x -> body or (x, y) -> body, which looked like a name or a struct so far. */
static bool take_parameters(struct parser *p, const struct ast_expr *base,
                            const struct token *start, struct ast_expr *lambda)
{
  bool list = base->kind == AST_CALL && base->args > 1 && base->source.p[0] == '(';
  bool lone_in_parentheses = !list && start->text.p[0] == '(';
  size_t count = list ? base->args : 1;
  lambda->name.part = arena_take(p->arena, count, sizeof *lambda->name.part);
  for (size_t i = 0; i < count; i++) {
    const struct ast_expr *name = list ? base->arg[i] : base;
    if (name->kind != AST_NAME || name->name.parts != 1 || lone_in_parentheses)
      return fail_at(p, ERR_SYNTAX, name->at,
                     "before '->' stands a name, or names in parentheses: (a, b) -> a + b");
    lambda->name.part[lambda->name.parts++] = name->name.part[0];
  }
  return true;
}

static struct ast_expr *parse_lambda(struct parser *p, const struct ast_expr *base,
                                     const struct token *start)
{
  struct ast_expr *e = expr_of(p, AST_LAMBDA, NULL, start, 1, parse_expr(p), NULL);
  return e != NULL && take_parameters(p, base, start, e) ? e : NULL;
}

struct ast_expr *parse_primary(struct parser *p)
{
  struct token start = p->now;
  struct ast_expr *e = parse_base(p);
  for (bool more = true; e != NULL && more;) {
    if (take_sign(p, SIGN_DOT))
      e = parse_field(p, e, &start);
    else if (take_sign(p, SIGN_LEFT_BRACKET))
      e = parse_index(p, e, &start);
    else if (take_sign(p, SIGN_DOUBLE_COLON))
      e = refuse_type_cast(p, &start);
    else if (take_sign(p, SIGN_ARROW))
      e = parse_lambda(p, e, &start);
    else
      more = false;
  }
  return e;
}
