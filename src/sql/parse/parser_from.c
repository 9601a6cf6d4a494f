/* SPDX-License-Identifier: Apache-2.0 */
/* FROM: tables, subqueries, VALUES, joins. */
#include "sql/parse/parser_internal.h"

struct ast_relation *relation_new(struct parser *p, enum relation_kind kind)
{
  struct ast_relation *r = arena_zero(p->arena, 1, sizeof *r);
  r->kind = kind;
  r->at = p->now.at;
  return r;
}

/* (a JOIN b ...) AS x is (SELECT * FROM a JOIN b ...) AS x. */
static void select_all(struct parser *p, struct ast_relation *r)
{
  struct ast_relation *inner = arena_take(p->arena, 1, sizeof *inner);
  struct ast_query *query = arena_zero(p->arena, 1, sizeof *query);
  *inner = *r;
  *r = (struct ast_relation){.kind = RELATION_QUERY, .at = inner->at, .query = query};
  query->body = star_of(p, inner);
  raise_height(&query->height, query->body->height);
  raise_height(&r->height, query->height);
}

/* Behind WHERE ( ... ): nothing that goes on with an expression. */
static bool ends_relation(const struct parser *p)
{
  static const enum keyword followers[] = {
      KW_CLUSTER,   KW_CROSS, KW_DISTRIBUTE, KW_EXCEPT, KW_FULL,  KW_GROUP, KW_HAVING,  KW_INNER,
      KW_INTERSECT, KW_JOIN,  KW_LATERAL,    KW_LEFT,   KW_LIMIT, KW_MINUS, KW_NATURAL, KW_OFFSET,
      KW_ON,        KW_ORDER, KW_RIGHT,      KW_SORT,   KW_UNION, KW_USING, KW_WHERE,   KW_WINDOW};
  for (size_t i = 0; i < sizeof followers / sizeof followers[0]; i++)
    if (at_keyword(p, followers[i]))
      return true;
  return p->now.kind == TOKEN_END || at_sign(p, SIGN_COMMA) || at_sign(p, SIGN_RIGHT_PAREN) ||
         at_sign(p, SIGN_SEMICOLON);
}

/* WHERE is a name like any other to Spark's grammar, and one with a list of columns goes before a
 * condition: FROM t WHERE (a). */
static bool at_where_as_alias(const struct parser *p)
{
  struct parser ahead = *p;
  if (!at_keyword(p, KW_WHERE) || !next_is_sign(p, SIGN_LEFT_PAREN))
    return false;
  advance(&ahead);
  do {
    advance(&ahead);
    if (ahead.now.kind != TOKEN_WORD && ahead.now.kind != TOKEN_QUOTED)
      return false;
    advance(&ahead);
  } while (at_sign(&ahead, SIGN_COMMA));
  return take_sign(&ahead, SIGN_RIGHT_PAREN) && ends_relation(&ahead);
}

/* [AS] name [(columns)] */
static bool parse_table_alias(struct parser *p, struct ast_relation *r)
{
  if (at_keyword(p, KW_TABLESAMPLE))
    return unsupported(p, "TABLESAMPLE");
  if (at_pivot(p) || at_keywords(p, KW_LATERAL, KW_VIEW))
    return true;
  if (at_keyword(p, KW_LATERAL))
    return unsupported(p, "LATERAL");
  struct slice alias = {0};
  if (!take_alias(p, "a name after AS", &alias))
    return false;
  if (alias.n == 0 && at_where_as_alias(p))
    return fail_at(
        p, ERR_UNSUPPORTED, p->now.at,
        "Spark takes WHERE with nothing but names in parentheses as a name of what stands "
        "before it; leave the parentheses out");
  if (alias.n == 0)
    return true;
  bool is_whole = r->alias.n == 0 && (r->kind == RELATION_TABLE || r->kind == RELATION_QUERY ||
                                      r->kind == RELATION_VALUES);
  if (!is_whole)
    select_all(p, r);
  r->alias = alias;
  if (!at_sign(p, SIGN_LEFT_PAREN))
    return true;
  return need_name_list(p, "a column's name", &r->aliases, &r->column_alias);
}

/* ---- VALUES ---- */

/* (a, b), or a alone. Every row has to be as wide as the first. */
static bool parse_row(struct parser *p, struct ast_relation *r)
{
  struct position at = p->now.at;
  size_t count = r->rows * r->width;
  size_t before = count;
  if (take_sign(p, SIGN_LEFT_PAREN)) {
    if (!parse_expr_list(p, &count, &r->value) || !need_sign(p, SIGN_RIGHT_PAREN, "',' or ')'"))
      return false;
  } else {
    struct ast_expr *e = parse_expr(p);
    if (e == NULL)
      return false;
    r->value = list_room(p, r->value, count, sizeof *r->value);
    r->value[count++] = e;
  }
  if (r->rows == 0)
    r->width = count;
  if (count - before != r->width)
    return fail_at(p, ERR_SYNTAX, at, "this row of VALUES is %zu wide, the first one %zu",
                   count - before, r->width);
  for (size_t i = before; i < count; i++)
    raise_height(&r->height, r->value[i]->height);
  r->rows++;
  return true;
}

struct ast_relation *parse_values(struct parser *p)
{
  struct ast_relation *r = relation_new(p, RELATION_VALUES);
  advance(p);
  do {
    if (!parse_row(p, r))
      return NULL;
  } while (take_sign(p, SIGN_COMMA));
  return parse_table_alias(p, r) ? r : NULL;
}

/* ---- tables and parentheses ---- */

/* A word that opens a clause names a table, too, where nothing else can be meant: at the end of
 * FROM, or before the next clause; ORDER and GROUP without BY. */
static bool at_table_name(const struct parser *p)
{
  const struct token *next = &p->next;
  if (p->now.kind != TOKEN_WORD ||
      (keyword_flags(p->now.keyword) & (WORD_NO_ALIAS | WORD_NO_NAME)) == 0)
    return true;
  if (next->kind == TOKEN_WORD && next->keyword == KW_BY)
    return false;
  if (next->kind == TOKEN_WORD && (at_keyword(p, KW_ORDER) || at_keyword(p, KW_GROUP)))
    return true;
  return next->kind == TOKEN_END || next_is_sign(p, SIGN_COMMA) ||
         next_is_sign(p, SIGN_RIGHT_PAREN) || next_is_sign(p, SIGN_SEMICOLON) ||
         (next->kind == TOKEN_WORD && (keyword_flags(next->keyword) & WORD_NO_ALIAS) != 0);
}

struct ast_relation *parse_table(struct parser *p)
{
  struct ast_relation *r = relation_new(p, RELATION_TABLE);
  if (!at_table_name(p)) {
    unexpected(p, "a table's name, '(' or VALUES");
    return NULL;
  }
  if (!need_name(p, "a table's name, '(' or VALUES", &r->name))
    return NULL;
  if (at_sign(p, SIGN_DOT)) {
    unsupported(p, "a table's name of several parts");
    return NULL;
  }
  return r;
}

/* explode(...) or range(...) in the place of a table. */
static struct ast_relation *parse_table_function(struct parser *p)
{
  struct ast_relation *r = relation_new(p, RELATION_FUNCTION);
  r->generator = parse_primary(p);
  if (r->generator == NULL)
    return NULL;
  raise_height(&r->height, r->generator->height);
  return check_height(p, r->height, r->at) ? r : NULL;
}

static struct ast_relation *parse_joins(struct parser *p);

static bool set_query(struct ast_relation *r, struct ast_query *query)
{
  r->kind = RELATION_QUERY;
  r->query = query;
  if (query != NULL)
    raise_height(&r->height, query->height);
  return query != NULL;
}

/* (query) or (relation); now is behind "(". Two parentheses may open either. */
static struct ast_relation *parse_parenthesized(struct parser *p, struct ast_relation *r)
{
  if (at_query(p))
    return set_query(r, parse_query(p)) ? r : NULL;
  struct ast_relation *inner = parse_joins(p);
  if (inner == NULL)
    return NULL;
  bool is_query = inner->kind == RELATION_QUERY && inner->alias.n == 0;
  if (is_query && at_query_continuation(p))
    return set_query(r, continue_query(p, inner->query, inner->at)) ? r : NULL;
  return inner;
}

static struct ast_relation *parse_relation_primary(struct parser *p)
{
  struct ast_relation *r;
  if (at_keyword(p, KW_LATERAL)) {
    unsupported(p, "LATERAL");
    return NULL;
  }
  if (at_query(p) && at_keyword(p, KW_VALUES))
    return parse_values(p);
  if (!at_sign(p, SIGN_LEFT_PAREN)) {
    bool call = p->now.kind == TOKEN_WORD && next_is_sign(p, SIGN_LEFT_PAREN);
    r = call ? parse_table_function(p) : parse_table(p);
    return r != NULL && parse_table_alias(p, r) ? r : NULL;
  }
  if (!enter(p))
    return NULL;
  r = relation_new(p, RELATION_QUERY);
  advance(p);
  r = parse_parenthesized(p, r);
  leave(p);
  if (r == NULL || !need_sign(p, SIGN_RIGHT_PAREN, "')'") || !parse_table_alias(p, r))
    return NULL;
  return r;
}

/* ---- joins ---- */

static bool at_join(const struct parser *p)
{
  static const enum keyword openers[] = {KW_JOIN, KW_INNER, KW_CROSS, KW_LEFT,   KW_RIGHT,
                                         KW_FULL, KW_SEMI,  KW_ANTI,  KW_NATURAL};
  for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++)
    if (at_keyword(p, openers[i]))
      return true;
  return false;
}

/* LEFT may be followed by OUTER, SEMI or ANTI. */
static enum join_kind take_left(struct parser *p)
{
  take_keyword(p, KW_LEFT);
  if (take_keyword(p, KW_SEMI))
    return JOIN_LEFT_SEMI;
  if (take_keyword(p, KW_ANTI))
    return JOIN_LEFT_ANTI;
  take_keyword(p, KW_OUTER);
  return JOIN_LEFT;
}

static enum join_kind take_join_kind(struct parser *p)
{
  if (take_keyword(p, KW_CROSS))
    return JOIN_CROSS;
  if (at_keyword(p, KW_LEFT) || at_keyword(p, KW_SEMI) || at_keyword(p, KW_ANTI))
    return take_left(p);
  bool right = at_keyword(p, KW_RIGHT);
  if (right || at_keyword(p, KW_FULL)) {
    advance(p);
    take_keyword(p, KW_OUTER);
    return right ? JOIN_RIGHT : JOIN_FULL;
  }
  take_keyword(p, KW_INNER);
  return JOIN_INNER;
}

static bool parse_join_condition(struct parser *p, struct ast_relation *join)
{
  if (join->natural)
    return true;
  if (take_keyword(p, KW_ON)) {
    join->on = parse_expr(p);
    if (join->on != NULL)
      raise_height(&join->height, join->on->height);
    return join->on != NULL;
  }
  if (!take_keyword(p, KW_USING))
    return true;
  return need_name_list(p, "a column's name", &join->usings, &join->using_column);
}

static struct ast_relation *join_of(struct parser *p, struct ast_relation *join,
                                    struct ast_relation *left, struct ast_relation *right)
{
  if (right == NULL)
    return NULL;
  join->left = left;
  join->right = right;
  raise_height(&join->height, left->height);
  raise_height(&join->height, right->height);
  return check_height(p, join->height, join->at) ? join : NULL;
}

static struct ast_relation *parse_joins(struct parser *p)
{
  struct ast_relation *left = parse_pivots(p, parse_relation_primary(p));
  while (left != NULL && at_join(p)) {
    struct ast_relation *join = relation_new(p, RELATION_JOIN);
    join->natural = take_keyword(p, KW_NATURAL);
    join->join = take_join_kind(p);
    if (!need_keyword(p, KW_JOIN))
      return NULL;
    left = join_of(p, join, left, parse_relation_primary(p));
    if (left == NULL || !parse_join_condition(p, join) || !check_height(p, join->height, join->at))
      return NULL;
    left = parse_pivots(p, left);
  }
  return left;
}

/* LATERAL VIEW [OUTER] generator(...) table [[AS] column, ...] */
static struct ast_relation *parse_lateral_view(struct parser *p, struct ast_relation *left)
{
  struct ast_relation *view = relation_new(p, RELATION_LATERAL_VIEW);
  struct slice name = {0};
  advance(p);
  advance(p);
  view->outer = take_keyword(p, KW_OUTER);
  view->left = left;
  view->generator = parse_primary(p);
  if (view->generator == NULL || !need_name(p, "a name for the view", &view->alias) ||
      !take_alias(p, "a column's name", &name))
    return NULL;
  for (bool more = name.n != 0; more; more = take_sign(p, SIGN_COMMA)) {
    if (view->aliases != 0 && !need_name(p, "a column's name", &name))
      return NULL;
    view->column_alias =
        list_room(p, view->column_alias, view->aliases, sizeof *view->column_alias);
    view->column_alias[view->aliases++] = name;
  }
  raise_height(&view->height, left->height);
  raise_height(&view->height, view->generator->height);
  return check_height(p, view->height, view->at) ? view : NULL;
}

struct ast_relation *parse_lateral_views(struct parser *p, struct ast_relation *left)
{
  while (left != NULL && at_keywords(p, KW_LATERAL, KW_VIEW))
    left = parse_lateral_view(p, left);
  return left;
}

/* FROM is behind; the comma binds less tightly than JOIN. */
struct ast_relation *parse_from(struct parser *p)
{
  bool in_pivot = p->in_pivot;
  p->in_pivot = false;
  struct ast_relation *left = parse_joins(p);
  while (left != NULL && at_sign(p, SIGN_COMMA)) {
    struct ast_relation *join = relation_new(p, RELATION_JOIN);
    join->join = JOIN_CROSS;
    advance(p);
    left = join_of(p, join, left, parse_joins(p));
  }
  p->in_pivot = in_pivot;
  return parse_lateral_views(p, left);
}
