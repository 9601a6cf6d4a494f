/* SPDX-License-Identifier: Apache-2.0 */
/* Operators, from OR down to the signs: booleanExpression and valueExpression of
 * SqlBaseParser.g4. */
#include "sql/parse/parser_internal.h"

struct ast_expr *expr_new(struct parser *p, enum ast_kind kind, const struct token *start)
{
  struct ast_expr *e = arena_zero(p->arena, 1, sizeof *e);
  e->kind = kind;
  e->at = start->at;
  e->source.p = start->text.p;
  return e;
}

struct ast_expr *expr_done(struct parser *p, struct ast_expr *e)
{
  e->source.n = (size_t)(p->end - e->source.p);
  for (size_t i = 0; i < e->args; i++)
    raise_height(&e->height, e->arg[i]->height);
  if (e->filter != NULL)
    raise_height(&e->height, e->filter->height);
  if (e->query != NULL)
    raise_height(&e->height, e->query->height);
  for (size_t i = 0; e->over != NULL && i < e->over->partitions; i++)
    raise_height(&e->height, e->over->partition[i]->height);
  for (size_t i = 0; e->over != NULL && i < e->over->sorts; i++)
    raise_height(&e->height, e->over->sort[i].expr->height);
  return check_height(p, e->height, e->at) ? e : NULL;
}

struct ast_expr *expr_of(struct parser *p, enum ast_kind kind, const char *op,
                         const struct token *start, size_t args, struct ast_expr *first,
                         struct ast_expr *second)
{
  struct ast_expr *e = expr_new(p, kind, start);
  e->op = op;
  e->args = args;
  e->arg = arena_take(p->arena, 2, sizeof *e->arg);
  e->arg[0] = first;
  e->arg[1] = second;
  if (first == NULL || (args > 1 && second == NULL))
    return NULL;
  return expr_done(p, e);
}

bool expr_add(struct parser *p, struct ast_expr *e, struct ast_expr *argument)
{
  if (argument == NULL)
    return false;
  e->arg = list_room(p, e->arg, e->args, sizeof *e->arg);
  e->arg[e->args++] = argument;
  return true;
}

bool parse_expr_list(struct parser *p, size_t *count, struct ast_expr ***list)
{
  do {
    struct ast_expr *e = parse_expr(p);
    if (e == NULL)
      return false;
    *list = list_room(p, *list, *count, sizeof **list);
    (*list)[(*count)++] = e;
  } while (take_sign(p, SIGN_COMMA));
  return true;
}

/* ---- signs ---- */

/* How tightly the binary operators bind; the order of valueExpression's alternatives. */
enum { BIND_NOT_AT_ALL, BIND_COMPARE, BIND_OR, BIND_XOR, BIND_AND, BIND_ADD, BIND_MULTIPLY };

static int binary_operator(const struct parser *p, const char **op)
{
  static const struct {
    int bind;
    const char *op;
  } operators[] = {
      [SIGN_EQUAL] = {BIND_COMPARE, "="},
      [SIGN_NOT_EQUAL] = {BIND_COMPARE, "<>"},
      [SIGN_LESS] = {BIND_COMPARE, "<"},
      [SIGN_LESS_EQUAL] = {BIND_COMPARE, "<="},
      [SIGN_GREATER] = {BIND_COMPARE, ">"},
      [SIGN_GREATER_EQUAL] = {BIND_COMPARE, ">="},
      [SIGN_OR] = {BIND_OR, "|"},
      [SIGN_NULL_SAFE_EQUAL] = {BIND_COMPARE, "<=>"},
      [SIGN_XOR] = {BIND_XOR, "^"},
      [SIGN_AND] = {BIND_AND, "&"},
      [SIGN_PLUS] = {BIND_ADD, "+"},
      [SIGN_MINUS] = {BIND_ADD, "-"},
      [SIGN_CONCAT] = {BIND_ADD, "||"},
      [SIGN_STAR] = {BIND_MULTIPLY, "*"},
      [SIGN_SLASH] = {BIND_MULTIPLY, "/"},
      [SIGN_PERCENT] = {BIND_MULTIPLY, "%"},
      [SIGN_DOUBLE_COLON] = {BIND_NOT_AT_ALL, NULL},
  };
  *op = "div";
  if (at_keyword(p, KW_DIV))
    return BIND_MULTIPLY;
  if (p->now.kind != TOKEN_SIGN)
    return BIND_NOT_AT_ALL;
  *op = operators[p->now.sign].op;
  return operators[p->now.sign].bind;
}

/* A minus directly before a number belongs to it: -128Y fits, 128Y does not. */
static struct ast_expr *parse_unary(struct parser *p)
{
  struct token start = p->now;
  const char *op = at_sign(p, SIGN_MINUS)   ? "-"
                   : at_sign(p, SIGN_PLUS)  ? "+"
                   : at_sign(p, SIGN_TILDE) ? "~"
                                            : NULL;
  if (op == NULL || (*op == '-' && p->next.kind == TOKEN_NUMBER))
    return parse_primary(p);
  if (!enter(p))
    return NULL;
  advance(p);
  struct ast_expr *e = expr_of(p, AST_UNARY, op, &start, 1, parse_unary(p), NULL);
  leave(p);
  return e;
}

/* OVER w - name: Spark reads w-name as one misspelled name of a window (errorCapturingIdentifier in
 * SqlBaseParser.g4) wherever that can be meant. The minus is behind. */
static bool minus_is_of_a_name(struct parser *p, const char *minus_behind)
{
  const struct token *next = &p->next;
  if (minus_behind != p->window_end || (p->now.kind != TOKEN_WORD && p->now.kind != TOKEN_QUOTED))
    return false;
  return !next_is_sign(p, SIGN_LEFT_PAREN) && next->kind != TOKEN_STRING &&
         next->kind != TOKEN_NUMBER &&
         (!at_keyword(p, KW_CASE) || (next->kind == TOKEN_WORD && next->keyword == KW_WHEN));
}

/* Operators that bind at least as tightly as `least`, by precedence climbing. */
static struct ast_expr *parse_binary(struct parser *p, int least)
{
  struct token start = p->now;
  struct ast_expr *left = parse_unary(p);
  const char *op;
  int bind;
  while (left != NULL && (bind = binary_operator(p, &op)) >= least) {
    const char *left_end = p->end;
    advance(p);
    if (*op == '-' && minus_is_of_a_name(p, left_end)) {
      fail_at(p, ERR_SYNTAX, p->now.at,
              "Spark takes the minus and this name for a part of the window's name; write the call "
              "with its OVER in parentheses, or OVER (w)");
      return NULL;
    }
    struct ast_expr *right = parse_binary(p, bind + 1);
    left = expr_of(p, AST_BINARY, op, &start, 2, left, right);
  }
  return left;
}

/* Every way back into an expression leads through here, but for the list of IN. */
struct ast_expr *parse_value_expr(struct parser *p)
{
  if (!enter(p))
    return NULL;
  struct ast_expr *e = parse_binary(p, BIND_COMPARE);
  leave(p);
  return e;
}

/* ---- predicates ---- */

static struct ast_expr *parse_between(struct parser *p, struct ast_expr *e)
{
  e->kind = AST_BETWEEN;
  e->args = 3;
  e->arg[1] = parse_value_expr(p);
  if (e->arg[1] == NULL || !need_keyword(p, KW_AND))
    return NULL;
  e->arg[2] = parse_value_expr(p);
  return e->arg[2] != NULL ? expr_done(p, e) : NULL;
}

static struct ast_expr *parse_in_query(struct parser *p, struct ast_expr *e,
                                       struct ast_query *query)
{
  e->kind = AST_IN_QUERY;
  e->query = query;
  if (query == NULL || !need_sign(p, SIGN_RIGHT_PAREN, "')'"))
    return NULL;
  return expr_done(p, e);
}

/* IN ((SELECT ...), 1) is a list, IN ((SELECT ...) UNION SELECT ...) a query: the first element
 * tells. */
static struct ast_expr *parse_in(struct parser *p, struct ast_expr *e)
{
  struct position at = p->now.at;
  if (!need_sign(p, SIGN_LEFT_PAREN, "'('"))
    return NULL;
  if (at_query(p))
    return parse_in_query(p, e, parse_query(p));
  e->kind = AST_IN_LIST;
  if (!parse_expr_list(p, &e->args, &e->arg))
    return NULL;
  if (e->args == 2 && e->arg[1]->kind == AST_SUBQUERY && at_query_continuation(p)) {
    struct ast_query *first = e->arg[1]->query;
    e->args = 1;
    return parse_in_query(p, e, continue_query(p, first, at));
  }
  return need_sign(p, SIGN_RIGHT_PAREN, "',' or ')'") ? expr_done(p, e) : NULL;
}

/* (pattern, ...) behind ANY, SOME or ALL. */
static struct ast_expr *parse_like_list(struct parser *p, struct ast_expr *e)
{
  e->kind = at_keyword(p, KW_ALL) ? AST_LIKE_ALL : AST_LIKE_ANY;
  advance(p);
  advance(p);
  if (!enter(p))
    return NULL;
  bool ok = parse_expr_list(p, &e->args, &e->arg);
  leave(p);
  return ok && need_sign(p, SIGN_RIGHT_PAREN, "',' or ')'") ? expr_done(p, e) : NULL;
}

static struct ast_expr *parse_like(struct parser *p, struct ast_expr *e)
{
  e->kind = AST_LIKE;
  e->op = at_keyword(p, KW_LIKE) ? "like" : at_keyword(p, KW_ILIKE) ? "ilike" : "rlike";
  advance(p);
  bool quantified = at_keyword(p, KW_ALL) || at_keyword(p, KW_ANY) || at_keyword(p, KW_SOME);
  if (quantified && e->op[0] != 'r' && next_is_sign(p, SIGN_LEFT_PAREN))
    return parse_like_list(p, e);
  e->args = 2;
  e->arg[1] = parse_value_expr(p);
  if (e->arg[1] == NULL)
    return NULL;
  if (e->op[0] != 'r' && take_keyword(p, KW_ESCAPE)) {
    if (p->now.kind != TOKEN_STRING) {
      unexpected(p, "a string of one character");
      return NULL;
    }
    e->args = 3;
    e->arg[2] = parse_string(p);
  }
  return expr_done(p, e);
}

static struct ast_expr *parse_is(struct parser *p, struct ast_expr *e)
{
  static const struct {
    enum keyword keyword;
    const char *op;
  } tests[] = {{KW_NULL, "null"}, {KW_TRUE, "true"}, {KW_FALSE, "false"}, {KW_UNKNOWN, "unknown"}};
  e->kind = AST_IS;
  e->negated = take_keyword(p, KW_NOT);
  if (take_keyword(p, KW_DISTINCT)) {
    e->kind = AST_DISTINCT;
    e->args = 2;
    if (!need_keyword(p, KW_FROM) || (e->arg[1] = parse_value_expr(p)) == NULL)
      return NULL;
    return expr_done(p, e);
  }
  for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++)
    if (take_keyword(p, tests[i].keyword)) {
      e->op = tests[i].op;
      return expr_done(p, e);
    }
  unexpected(p, e->negated ? "NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM"
                           : "NOT, NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM");
  return NULL;
}

/* A comparison and at most one of BETWEEN, IN, LIKE, IS behind it. */
static struct ast_expr *parse_predicate(struct parser *p)
{
  struct token start = p->now;
  struct ast_expr *operand = parse_value_expr(p);
  if (operand == NULL)
    return NULL;
  bool negated = at_keyword(p, KW_NOT);
  const struct token *test = negated ? &p->next : &p->now;
  enum keyword keyword = test->kind == TOKEN_WORD ? test->keyword : KW_NONE;
  bool is_like =
      keyword == KW_LIKE || keyword == KW_ILIKE || keyword == KW_RLIKE || keyword == KW_REGEXP;
  bool is_test = keyword == KW_BETWEEN || keyword == KW_IN || is_like;
  if (!is_test && (keyword != KW_IS || negated))
    return operand;
  struct ast_expr *e = expr_new(p, AST_IS, &start);
  e->args = 1;
  e->arg = arena_take(p->arena, 3, sizeof *e->arg);
  e->arg[0] = operand;
  e->negated = negated;
  if (negated)
    advance(p);
  if (is_like)
    return parse_like(p, e);
  advance(p);
  if (keyword != KW_IN)
    return keyword == KW_BETWEEN ? parse_between(p, e) : parse_is(p, e);
  if (!enter(p))
    return NULL;
  e = parse_in(p, e);
  leave(p);
  return e;
}

/* ---- NOT, AND, OR ---- */

static struct ast_expr *parse_not(struct parser *p)
{
  struct token start = p->now;
  if (!at_keyword(p, KW_NOT))
    return parse_predicate(p);
  if (!enter(p))
    return NULL;
  advance(p);
  struct ast_expr *e = expr_of(p, AST_UNARY, "not", &start, 1, parse_not(p), NULL);
  leave(p);
  return e;
}

struct operand {
  struct ast_expr *expr;
  struct token start;
  const char *end; /* with its parentheses */
};

/* Halves a chain as AstBuilder.visitLogicalBinary does, so that ten thousand conditions make a tree
 * of fourteen levels. */
static struct ast_expr *halve(struct parser *p, const char *op, const struct operand *operand,
                              size_t low, size_t high)
{
  if (low == high)
    return operand[low].expr;
  size_t middle = low + (high - low) / 2;
  if (high - low == 1)
    middle = low;
  struct ast_expr *left = halve(p, op, operand, low, middle);
  struct ast_expr *right = halve(p, op, operand, middle + 1, high);
  struct ast_expr *e = expr_of(p, AST_BINARY, op, &operand[low].start, 2, left, right);
  if (e != NULL)
    e->source.n = (size_t)(operand[high].end - e->source.p);
  return e;
}

static struct ast_expr *parse_chain(struct parser *p, enum keyword keyword, const char *op,
                                    struct ast_expr *(*parse_operand)(struct parser *))
{
  struct operand first = {.start = p->now}, *operand = &first;
  first.expr = parse_operand(p);
  if (first.expr == NULL || !at_keyword(p, keyword))
    return first.expr;
  first.end = p->end;
  operand = list_room(p, NULL, 0, sizeof *operand);
  operand[0] = first;
  size_t count = 1;
  while (take_keyword(p, keyword)) {
    operand = list_room(p, operand, count, sizeof *operand);
    operand[count].start = p->now;
    operand[count].expr = parse_operand(p);
    if (operand[count].expr == NULL)
      return NULL;
    operand[count++].end = p->end;
  }
  return halve(p, op, operand, 0, count - 1);
}

static struct ast_expr *parse_and(struct parser *p)
{
  return parse_chain(p, KW_AND, "and", parse_not);
}

struct ast_expr *parse_expr(struct parser *p)
{
  return parse_chain(p, KW_OR, "or", parse_and);
}
