/* SPDX-License-Identifier: Apache-2.0 */
/* Queries: WITH, SELECT and its clauses, set operations, ORDER BY and LIMIT. */
#include "sql/parse/parser_internal.h"

static bool next_is_name(const struct parser *p)
{
  return p->next.kind == TOKEN_WORD || p->next.kind == TOKEN_QUOTED;
}

bool at_query(const struct parser *p)
{
  if (at_keyword(p, KW_VALUES))
    return next_is_sign(p, SIGN_LEFT_PAREN) || p->next.kind == TOKEN_NUMBER ||
           p->next.kind == TOKEN_STRING;
  if (at_keyword(p, KW_TABLE))
    return next_is_name(p) && (keyword_flags(p->next.keyword) & WORD_NO_NAME) == 0;
  return at_keyword(p, KW_SELECT) || at_keyword(p, KW_FROM) ||
         (at_keyword(p, KW_WITH) && next_is_name(p));
}

static bool at_set_operator(const struct parser *p)
{
  return at_keyword(p, KW_UNION) || at_keyword(p, KW_EXCEPT) || at_keyword(p, KW_MINUS) ||
         at_keyword(p, KW_INTERSECT);
}

static bool at_spreading(const struct parser *p)
{
  return at_keywords(p, KW_SORT, KW_BY) || at_keywords(p, KW_CLUSTER, KW_BY) ||
         at_keywords(p, KW_DISTRIBUTE, KW_BY);
}

bool at_query_continuation(const struct parser *p)
{
  return at_set_operator(p) || at_keyword(p, KW_ORDER) || at_keyword(p, KW_LIMIT) ||
         at_keyword(p, KW_OFFSET) || at_spreading(p);
}

/* ---- SELECT ---- */

static bool parse_item(struct parser *p, struct ast_item *item)
{
  *item = (struct ast_item){0};
  item->expr = parse_expr(p);
  if (item->expr == NULL)
    return false;
  bool list = at_keyword(p, KW_AS) && next_is_sign(p, SIGN_LEFT_PAREN);
  if (list)
    advance(p);
  if (list || at_sign(p, SIGN_LEFT_PAREN))
    return need_name_list(p, "a column's name", &item->aliases, &item->column_alias);
  return take_alias(p, "a name after AS", &item->alias);
}

bool parse_item_list(struct parser *p, size_t *count, struct ast_item **items)
{
  do {
    struct ast_item item;
    if (!parse_item(p, &item))
      return false;
    *items = list_room(p, *items, *count, sizeof **items);
    (*items)[(*count)++] = item;
  } while (take_sign(p, SIGN_COMMA));
  return true;
}

bool parse_sort_list(struct parser *p, size_t *count, struct ast_sort **sorts)
{
  do {
    struct ast_sort sort = {.expr = parse_expr(p)};
    if (sort.expr == NULL)
      return false;
    if (take_keyword(p, KW_DESC))
      sort.direction = SORT_DESCENDING;
    else
      take_keyword(p, KW_ASC);
    if (take_keyword(p, KW_NULLS)) {
      if (!at_keyword(p, KW_FIRST) && !at_keyword(p, KW_LAST))
        return unexpected(p, "FIRST or LAST");
      sort.nulls = at_keyword(p, KW_FIRST) ? NULLS_FIRST : NULLS_LAST;
      advance(p);
    }
    *sorts = list_room(p, *sorts, *count, sizeof **sorts);
    (*sorts)[(*count)++] = sort;
  } while (take_sign(p, SIGN_COMMA));
  return true;
}

/* WINDOW w AS (...), v AS (...) */
static bool parse_named_windows(struct parser *p, struct ast_select *select)
{
  if (!at_keyword(p, KW_WINDOW) || !next_is_name(p))
    return true;
  advance(p);
  do {
    struct ast_named_over named = {0};
    if (!need_name(p, "a window's name", &named.name) || !need_keyword(p, KW_AS) ||
        !need_sign(p, SIGN_LEFT_PAREN, "'('") || !parse_over_body(p, &named.over) ||
        !need_sign(p, SIGN_RIGHT_PAREN, "')'"))
      return false;
    select->over = list_room(p, select->over, select->overs, sizeof *select->over);
    select->over[select->overs++] = named;
  } while (take_sign(p, SIGN_COMMA));
  p->clause = KW_WINDOW;
  return true;
}

/* WHERE or HAVING and its condition, or nothing. */
static bool parse_condition(struct parser *p, enum keyword keyword, struct ast_expr **condition)
{
  if (!take_keyword(p, keyword))
    return true;
  *condition = parse_expr(p);
  p->clause = keyword;
  return *condition != NULL;
}

/* The items and FROM, unless that stood before SELECT. */
static bool parse_select_list(struct parser *p, struct ast_select *select)
{
  if (!parse_hints(p))
    return false;
  select->distinct = take_keyword(p, KW_DISTINCT);
  if (!select->distinct)
    take_all(p);
  if (!parse_item_list(p, &select->items, &select->item))
    return false;
  p->clause = KW_SELECT;
  if (select->from != NULL)
    return (select->from = parse_lateral_views(p, select->from)) != NULL;
  if (!take_keyword(p, KW_FROM))
    return true;
  select->from = parse_from(p);
  p->clause = KW_FROM;
  return select->from != NULL;
}

static void select_height(const struct ast_select *s, uint32_t *height)
{
  for (size_t i = 0; i < s->items; i++)
    raise_height(height, s->item[i].expr->height);
  for (size_t i = 0; i < s->groups; i++)
    raise_height(height, s->group[i]->height);
  for (size_t i = 0; i < s->overs; i++) {
    const struct ast_over *over = &s->over[i].over;
    for (size_t k = 0; k < over->partitions; k++)
      raise_height(height, over->partition[k]->height);
    for (size_t k = 0; k < over->sorts; k++)
      raise_height(height, over->sort[k].expr->height);
  }
  if (s->from != NULL)
    raise_height(height, s->from->height);
  if (s->where != NULL)
    raise_height(height, s->where->height);
  if (s->having != NULL)
    raise_height(height, s->having->height);
}

/* Whether what follows a SELECT may follow it; the best place to speak of a mistyped clause. */
static bool at_end_of_select(struct parser *p, const struct ast_select *select, bool is_from_first)
{
  if (p->now.kind == TOKEN_END || at_sign(p, SIGN_RIGHT_PAREN) || at_sign(p, SIGN_SEMICOLON) ||
      at_query_continuation(p) || (is_from_first && at_keyword(p, KW_SELECT)))
    return true;
  if (select->from == NULL)
    return unexpected(p, "',' or FROM");
  return unexpected(p, p->clause == KW_FROM    ? "WHERE, GROUP BY, ORDER BY or the end of the query"
                       : p->clause == KW_WHERE ? "GROUP BY, ORDER BY or the end of the query"
                                               : "the end of the query");
}

static struct ast_select *parse_select(struct parser *p, struct ast_relation *from,
                                       uint32_t *height)
{
  struct ast_select *select = arena_zero(p->arena, 1, sizeof *select);
  select->at = p->now.at;
  select->from = from;
  advance(p);
  if (!parse_select_list(p, select) || !parse_condition(p, KW_WHERE, &select->where) ||
      !parse_group_by(p, select) || !parse_condition(p, KW_HAVING, &select->having) ||
      !parse_named_windows(p, select) || !at_end_of_select(p, select, from != NULL))
    return NULL;
  select_height(select, height);
  return select;
}

/* ---- queries that do not begin with SELECT ---- */

static struct ast_query *finish_query(struct parser *p, struct ast_query *query,
                                      struct position at);

static void set_query(struct ast_body *body, struct ast_query *query)
{
  body->kind = BODY_QUERY;
  body->query = query;
  raise_height(&body->height, query->height);
}

/* SELECT of FROM t SELECT ..., with the ORDER BY and LIMIT that go with it. */
static struct ast_body *parse_select_from(struct parser *p, struct ast_relation *from)
{
  struct ast_body *body = arena_zero(p->arena, 1, sizeof *body);
  struct ast_query *query = arena_zero(p->arena, 1, sizeof *query);
  query->body = arena_zero(p->arena, 1, sizeof *query->body);
  query->body->kind = BODY_SELECT;
  body->at = query->body->at = p->now.at;
  if (!at_keyword(p, KW_SELECT)) {
    unexpected(p, "SELECT");
    return NULL;
  }
  query->body->select = parse_select(p, from, &query->body->height);
  if (query->body->select == NULL || finish_query(p, query, body->at) == NULL)
    return NULL;
  set_query(body, query);
  return body;
}

/* FROM t SELECT ... [SELECT ...]: several are a UNION ALL of them. */
static bool parse_from_first(struct parser *p, struct ast_body *out)
{
  advance(p);
  struct ast_relation *from = parse_from(p);
  struct ast_body *left = from != NULL ? parse_select_from(p, from) : NULL;
  while (left != NULL && at_keyword(p, KW_SELECT)) {
    struct ast_body *both = arena_zero(p->arena, 1, sizeof *both);
    *both = (struct ast_body){.kind = BODY_SET, .at = p->now.at, .all = true, .left = left};
    both->right = parse_select_from(p, from);
    if (both->right == NULL)
      return false;
    raise_height(&both->height, both->left->height);
    raise_height(&both->height, both->right->height);
    left = check_height(p, both->height, both->at) ? both : NULL;
  }
  if (left != NULL)
    *out = *left;
  return left != NULL;
}

struct ast_body *star_of(struct parser *p, struct ast_relation *from)
{
  struct ast_body *body = arena_zero(p->arena, 1, sizeof *body);
  struct ast_select *select = arena_zero(p->arena, 1, sizeof *select);
  struct ast_expr *star = arena_zero(p->arena, 1, sizeof *star);
  *star = (struct ast_expr){.kind = AST_STAR, .at = from->at, .source = SLICE("*")};
  select->item = list_room(p, NULL, 0, sizeof *select->item);
  select->item[0] = (struct ast_item){.expr = star};
  select->items = 1;
  select->from = from;
  select->at = body->at = from->at;
  body->kind = BODY_SELECT;
  body->select = select;
  select_height(select, &body->height);
  return body;
}

/* TABLE t is SELECT * FROM t. */
static bool parse_table_query(struct parser *p, struct ast_body *body)
{
  advance(p);
  struct ast_relation *table = parse_table(p);
  if (table != NULL)
    *body = *star_of(p, table);
  return table != NULL;
}

/* ---- set operations ---- */

static bool parse_body_primary(struct parser *p, struct ast_body *body)
{
  if (at_keyword(p, KW_SELECT)) {
    body->kind = BODY_SELECT;
    body->select = parse_select(p, NULL, &body->height);
    return body->select != NULL;
  }
  if (at_keyword(p, KW_FROM))
    return parse_from_first(p, body);
  if (at_keyword(p, KW_TABLE) && at_query(p))
    return parse_table_query(p, body);
  if (at_query(p)) { /* VALUES; WITH was taken */
    body->kind = BODY_VALUES;
    body->values = parse_values(p);
    if (body->values != NULL)
      raise_height(&body->height, body->values->height);
    return body->values != NULL;
  }
  if (at_sign(p, SIGN_LEFT_PAREN)) {
    advance(p);
    struct ast_query *query = parse_query(p);
    if (query != NULL)
      set_query(body, query);
    return query != NULL && need_sign(p, SIGN_RIGHT_PAREN, "')'");
  }
  return unexpected(p, "SELECT, WITH, VALUES or '('");
}

enum { BIND_UNION = 1, BIND_INTERSECT };

static struct ast_body *parse_body(struct parser *p, int least);

/* UNION, EXCEPT and INTERSECT behind `left`; INTERSECT binds more tightly. */
static struct ast_body *parse_body_rest(struct parser *p, struct ast_body *left, int least)
{
  while (left != NULL && at_set_operator(p)) {
    bool intersect = at_keyword(p, KW_INTERSECT);
    int bind = intersect ? BIND_INTERSECT : BIND_UNION;
    if (bind < least)
      break;
    struct ast_body *body = arena_zero(p->arena, 1, sizeof *body);
    body->kind = BODY_SET;
    body->at = p->now.at;
    body->set = intersect ? SET_INTERSECT : at_keyword(p, KW_UNION) ? SET_UNION : SET_EXCEPT;
    advance(p);
    body->all = take_keyword(p, KW_ALL);
    if (!body->all)
      take_keyword(p, KW_DISTINCT);
    body->left = left;
    body->right = parse_body(p, bind + 1);
    if (body->right == NULL)
      return NULL;
    raise_height(&body->height, left->height);
    raise_height(&body->height, body->right->height);
    left = check_height(p, body->height, body->at) ? body : NULL;
  }
  return left;
}

static struct ast_body *parse_body(struct parser *p, int least)
{
  struct ast_body *body = arena_zero(p->arena, 1, sizeof *body);
  body->at = p->now.at;
  if (!parse_body_primary(p, body) || !check_height(p, body->height, body->at))
    return NULL;
  return parse_body_rest(p, body, least);
}

/* ---- whole queries ---- */

/* name [(columns)] [AS] (query) */
static bool parse_cte(struct parser *p, struct ast_cte *cte)
{
  *cte = (struct ast_cte){.at = p->now.at};
  if (!need_name(p, "a name", &cte->name))
    return false;
  if (at_sign(p, SIGN_LEFT_PAREN) && p->next.kind != TOKEN_END &&
      !(p->next.kind == TOKEN_WORD && p->next.keyword == KW_SELECT) &&
      !need_name_list(p, "a column's name", &cte->aliases, &cte->column_alias))
    return false;
  bool as = take_keyword(p, KW_AS);
  if (!need_sign(p, SIGN_LEFT_PAREN, as ? "'('" : "AS"))
    return false;
  cte->query = parse_query(p);
  return cte->query != NULL && need_sign(p, SIGN_RIGHT_PAREN, "')' behind the query of WITH");
}

static bool parse_ctes(struct parser *p, struct ast_query *query)
{
  if (!at_keyword(p, KW_WITH))
    return true;
  advance(p);
  do {
    struct ast_cte cte;
    if (!parse_cte(p, &cte))
      return false;
    query->cte = list_room(p, query->cte, query->ctes, sizeof *query->cte);
    query->cte[query->ctes++] = cte;
    raise_height(&query->height, cte.query->height);
  } while (take_sign(p, SIGN_COMMA));
  return true;
}

static bool parse_count(struct parser *p, enum keyword keyword, struct ast_expr **count)
{
  if (!take_keyword(p, keyword))
    return true;
  p->clause = keyword;
  if (keyword == KW_LIMIT && take_keyword(p, KW_ALL))
    return true;
  *count = parse_expr(p);
  p->clause = keyword;
  return *count != NULL;
}

/* SORT BY, DISTRIBUTE BY [SORT BY], CLUSTER BY */
static bool parse_spreading(struct parser *p, struct ast_query *query)
{
  bool ordered = query->sorts != 0, sorted = false;
  struct position at = p->now.at;
  while (at_spreading(p)) {
    enum keyword keyword = p->now.keyword;
    if (ordered || sorted || (keyword != KW_SORT && query->sorts != 0))
      return fail_at(p, ERR_SYNTAX, p->now.at, "%s BY does not go with what stands before it",
                     keyword_name(keyword).p);
    advance(p);
    advance(p);
    size_t before = query->sorts;
    if (!parse_sort_list(p, &query->sorts, &query->sort))
      return false;
    query->spreads += keyword == KW_DISTRIBUTE ? query->sorts : 0;
    query->is_by_partition = true;
    sorted = keyword != KW_DISTRIBUTE;
    for (size_t i = before; keyword != KW_SORT && i < query->sorts; i++)
      if (query->sort[i].direction != SORT_ASCENDING || query->sort[i].nulls != NULLS_DEFAULT)
        return fail_at(p, ERR_SYNTAX, at, "%s BY takes expressions without a direction",
                       keyword_name(keyword).p);
    p->clause = KW_ORDER;
  }
  return true;
}

/* ORDER BY, LIMIT, OFFSET */
static bool parse_organization(struct parser *p, struct ast_query *query)
{
  if (take_keyword(p, KW_ORDER)) {
    if (!need_keyword(p, KW_BY) || !parse_sort_list(p, &query->sorts, &query->sort))
      return false;
    p->clause = KW_ORDER;
  }
  return parse_spreading(p, query) && parse_count(p, KW_LIMIT, &query->limit) &&
         parse_count(p, KW_OFFSET, &query->offset);
}

static struct ast_query *finish_query(struct parser *p, struct ast_query *query, struct position at)
{
  if (query->body == NULL || !parse_organization(p, query))
    return NULL;
  raise_height(&query->height, query->body->height);
  for (size_t i = 0; i < query->sorts; i++)
    raise_height(&query->height, query->sort[i].expr->height);
  if (query->limit != NULL)
    raise_height(&query->height, query->limit->height);
  if (query->offset != NULL)
    raise_height(&query->height, query->offset->height);
  return check_height(p, query->height, at) ? query : NULL;
}

struct ast_query *parse_query(struct parser *p)
{
  if (!enter(p))
    return NULL;
  struct ast_query *query = arena_zero(p->arena, 1, sizeof *query);
  struct position at = p->now.at;
  enum keyword outer = p->clause;
  p->clause = KW_NONE;
  if (parse_ctes(p, query))
    query->body = parse_body(p, BIND_UNION);
  query = finish_query(p, query, at);
  if (p->depth > 1) /* at the top the last clause is of use behind the query, too */
    p->clause = outer;
  leave(p);
  return query;
}

struct ast_query *continue_query(struct parser *p, struct ast_query *first, struct position at)
{
  struct ast_query *query = arena_zero(p->arena, 1, sizeof *query);
  struct ast_body *body = arena_zero(p->arena, 1, sizeof *body);
  body->at = at;
  set_query(body, first);
  query->body = parse_body_rest(p, body, BIND_UNION);
  return finish_query(p, query, at);
}
