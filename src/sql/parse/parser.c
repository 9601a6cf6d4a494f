/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens, errors and the statements of a script. */
#include "sql/parse/parser_internal.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/suggest.h"

/* Recursion of the parser itself: parentheses, CASE, subqueries. */
enum { MAX_DEPTH = 500, SHOWN_BYTES = 40, SHORTEST_TYPO = 3 };

void advance(struct parser *p)
{
  p->end = p->now.text.p + p->now.text.n;
  p->now = p->next;
  p->next = lexer_next(&p->lexer);
}

bool at_keyword(const struct parser *p, enum keyword keyword)
{
  return p->now.kind == TOKEN_WORD && p->now.keyword == keyword;
}

bool at_keywords(const struct parser *p, enum keyword first, enum keyword second)
{
  return at_keyword(p, first) && p->next.kind == TOKEN_WORD && p->next.keyword == second;
}

bool at_sign(const struct parser *p, enum sign sign)
{
  return p->now.kind == TOKEN_SIGN && p->now.sign == sign;
}

bool next_is_sign(const struct parser *p, enum sign sign)
{
  return p->next.kind == TOKEN_SIGN && p->next.sign == sign;
}

bool take_keyword(struct parser *p, enum keyword keyword)
{
  bool taken = at_keyword(p, keyword);
  if (taken)
    advance(p);
  return taken;
}

bool take_sign(struct parser *p, enum sign sign)
{
  bool taken = at_sign(p, sign);
  if (taken)
    advance(p);
  return taken;
}

bool need_keyword(struct parser *p, enum keyword keyword)
{
  return take_keyword(p, keyword) || unexpected(p, keyword_name(keyword).p);
}

bool need_sign(struct parser *p, enum sign sign, const char *what)
{
  return take_sign(p, sign) || unexpected(p, what);
}

bool need_name(struct parser *p, const char *what, struct slice *name)
{
  if (p->now.kind != TOKEN_WORD && p->now.kind != TOKEN_QUOTED)
    return unexpected(p, what);
  *name = p->now.kind == TOKEN_QUOTED ? unquoted_name(p, p->now.text) : p->now.text;
  if (name->n == 0)
    return fail_at(p, ERR_SYNTAX, p->now.at, "a name is empty");
  advance(p);
  return true;
}

void take_all(struct parser *p)
{
  const struct token *next = &p->next;
  bool opens = next->kind == TOKEN_NUMBER || next->kind == TOKEN_STRING ||
               next->kind == TOKEN_QUOTED || next_is_sign(p, SIGN_LEFT_PAREN) ||
               next_is_sign(p, SIGN_STAR) || next_is_sign(p, SIGN_MINUS);
  if (next->kind == TOKEN_WORD)
    opens = next->keyword == KW_CASE || next->keyword == KW_NOT ||
            (keyword_flags(next->keyword) & WORD_NO_NAME) == 0;
  if (at_keyword(p, KW_ALL) && opens)
    advance(p);
}

/* Whether a name follows now that goes on with no clause. */
static bool next_is_own_name(const struct parser *p)
{
  const struct token *next = &p->next;
  return next->kind == TOKEN_QUOTED ||
         (next->kind == TOKEN_WORD && (keyword_flags(next->keyword) & WORD_NO_ALIAS) == 0);
}

/* A word that may be an alias without AS. */
static bool at_bare_alias(const struct parser *p)
{
  if (p->now.kind != TOKEN_WORD)
    return p->now.kind == TOKEN_QUOTED;
  if (p->now.keyword == KW_FOR && p->in_pivot)
    return false;
  if (p->now.keyword == KW_WINDOW) /* WINDOW w AS (...) */
    return !next_is_own_name(p);
  return (keyword_flags(p->now.keyword) & WORD_NO_ALIAS) == 0;
}

/* After AS: FROM may be the name, but not before a table. */
static bool at_from_table(const struct parser *p)
{
  return at_keyword(p, KW_FROM) && (next_is_own_name(p) || next_is_sign(p, SIGN_LEFT_PAREN));
}

bool take_alias(struct parser *p, const char *what, struct slice *alias)
{
  if (take_keyword(p, KW_AS))
    return at_from_table(p) ? unexpected(p, what) : need_name(p, what, alias);
  if (!at_bare_alias(p))
    return true;
  p->bare_alias = p->now;
  return need_name(p, what, alias);
}

bool need_name_list(struct parser *p, const char *what, size_t *count, struct slice **names)
{
  if (!need_sign(p, SIGN_LEFT_PAREN, "'('"))
    return false;
  do {
    *names = list_room(p, *names, *count, sizeof **names);
    if (!need_name(p, what, &(*names)[*count]))
      return false;
    ++*count;
  } while (take_sign(p, SIGN_COMMA));
  return need_sign(p, SIGN_RIGHT_PAREN, "',' or ')'");
}

bool fail_at(struct parser *p, enum error_code code, struct position at, const char *format, ...)
{
  if (p->lexer.failed) /* the first error counts */
    return false;
  char text[600];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  p->lexer.failed = true;
  return error_at(p->lexer.err, code, p->lexer.file, at.line, at.column, "%s", text);
}

bool unsupported(struct parser *p, const char *what)
{
  return fail_at(p, ERR_UNSUPPORTED, p->now.at, "%s is not supported", what);
}

/* The token in words, on one line. */
static void describe(const struct token *token, char *out, size_t size)
{
  static const char *const kinds[TOKEN_SIGN + 1] = {
      [TOKEN_QUOTED] = "name ", [TOKEN_STRING] = "string ", [TOKEN_NUMBER] = "number "};
  char shown[SHOWN_BYTES + 1];
  if (token->kind == TOKEN_END) {
    snprintf(out, size, "the end of the text");
    return;
  }
  size_t n = token->text.n < SHOWN_BYTES ? token->text.n : SHOWN_BYTES;
  for (size_t i = 0; i < n; i++) {
    unsigned char c = (unsigned char)token->text.p[i];
    shown[i] = (char)(c < ' ' || c >= 0x7f ? '?' : c);
  }
  shown[n] = '\0';
  const char *kind = kinds[token->kind] != NULL ? kinds[token->kind] : "";
  const char *quote = kind[0] != '\0' ? "" : "'";
  snprintf(out, size, "%s%s%s%s%s", kind, quote, shown, n < token->text.n ? "..." : "", quote);
}

static bool is_capital(char c)
{
  return c >= 'A' && c <= 'Z';
}

/* The keywords in `expected`; behind a query those of its clauses, too. */
static size_t expected_keywords(const char *expected, struct slice *keyword, size_t room)
{
  static const char *const clauses[] = {"AND",  "WHERE", "GROUP",  "HAVING", "ORDER", "LIMIT",
                                        "JOIN", "UNION", "EXCEPT", "OFFSET", "INNER", "LEFT"};
  size_t count = 0;
  for (const char *p = expected; *p != '\0' && count < room; p++) {
    size_t n = 0;
    while (is_capital(p[n]))
      n++;
    if (n > 1)
      keyword[count++] = (struct slice){p, n};
    p += n > 1 ? n - 1 : 0;
  }
  bool ends = strstr(expected, "the end of the query") != NULL;
  for (size_t i = 0; ends && i < sizeof clauses / sizeof clauses[0] && count < room; i++)
    keyword[count++] = slice_of(clauses[i]);
  return count;
}

/* "expected ..., found FORM (did you mean FROM?)" about a word of the user's own. False, and no
 * error, if it is near to none of the keywords that could stand there. */
static bool blame_typo(struct parser *p, const struct token *token, const char *expected)
{
  struct slice keyword[24];
  char found[SHOWN_BYTES + 20], hint[80];
  if (token->kind != TOKEN_WORD || token->keyword != KW_NONE || token->text.n < SHORTEST_TYPO)
    return false;
  size_t count = expected_keywords(expected, keyword, sizeof keyword / sizeof keyword[0]);
  suggest_hint(token->text, keyword, count, hint, sizeof hint);
  if (hint[0] == '\0')
    return false;
  describe(token, found, sizeof found);
  fail_at(p, ERR_SYNTAX, token->at, "expected %s, found %s%s", expected, found, hint);
  return true;
}

/* The order in which the clauses of a query stand. */
static int clause_rank(enum keyword keyword)
{
  static const enum keyword order[] = {KW_SELECT, KW_FROM,  KW_WHERE, KW_GROUP, KW_HAVING,
                                       KW_WINDOW, KW_ORDER, KW_LIMIT, KW_OFFSET};
  for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
    if (order[i] == keyword)
      return (int)i;
  return -1;
}

static const char *by(enum keyword clause)
{
  return clause == KW_GROUP || clause == KW_ORDER ? " BY" : "";
}

static bool blame_order(struct parser *p)
{
  int rank = p->now.kind == TOKEN_WORD ? clause_rank(p->now.keyword) : -1;
  if (rank <= 0 || rank > clause_rank(p->clause))
    return false;
  const char *name = keyword_name(p->now.keyword).p, *clause = keyword_name(p->clause).p;
  if (p->now.keyword == p->clause)
    fail_at(p, ERR_SYNTAX, p->now.at, "a second %s%s in one query", name, by(p->now.keyword));
  else
    fail_at(p, ERR_SYNTAX, p->now.at, "%s%s has to stand before %s%s", name, by(p->now.keyword),
            clause, by(p->clause));
  return true;
}

bool unexpected(struct parser *p, const char *expected)
{
  if (p->lexer.failed)
    return false;
  bool after_alias =
      p->bare_alias.text.n != 0 && p->bare_alias.text.p + p->bare_alias.text.n == p->end;
  if ((after_alias && blame_typo(p, &p->bare_alias, expected)) || blame_order(p) ||
      blame_typo(p, &p->now, expected))
    return false;
  char found[SHOWN_BYTES + 20];
  describe(&p->now, found, sizeof found);
  bool is_reserved =
      p->now.kind == TOKEN_WORD && p->now.keyword != KW_NONE && clause_rank(p->now.keyword) < 0;
  bool wants_name = strstr(expected, "an expression") != NULL || strstr(expected, "name") != NULL;
  return fail_at(p, ERR_SYNTAX, p->now.at, "expected %s, found %s%s", expected, found,
                 is_reserved && wants_name ? " (a name like this stands between back quotes)" : "");
}

bool enter(struct parser *p)
{
  if (p->depth == MAX_DEPTH)
    return fail_at(p, ERR_RANGE, p->now.at, "the query is nested more than %d levels deep",
                   (int)MAX_DEPTH);
  p->depth++;
  return true;
}

void leave(struct parser *p)
{
  p->depth--;
}

void *list_room(struct parser *p, void *list, size_t count, size_t size)
{
  if ((count & (count - 1)) != 0) /* full only at powers of two */
    return list;
  void *larger = arena_take(p->arena, count == 0 ? 1 : 2 * count, size);
  if (count != 0)
    memcpy(larger, list, count * size);
  return larger;
}

void raise_height(uint32_t *height, uint32_t below)
{
  if (*height <= below)
    *height = below + 1;
}

bool check_height(struct parser *p, uint32_t height, struct position at)
{
  if (height < AST_MAX_HEIGHT)
    return true;
  return fail_at(p, ERR_RANGE, at,
                 "more than %d operations build on each other here; group them in parentheses or "
                 "subqueries",
                 (int)AST_MAX_HEIGHT);
}

static void start(struct parser *p, struct slice text, const char *file, struct arena *arena,
                  struct error *err)
{
  *p = (struct parser){.arena = arena};
  lexer_init(&p->lexer, text, file, err);
  p->now = lexer_next(&p->lexer);
  p->next = lexer_next(&p->lexer);
}

/* CREATE [OR REPLACE] TEMPORARY VIEW name [(columns)] AS query; now is CREATE. */
static bool parse_view(struct parser *p, struct ast_cte *view)
{
  view->at = p->now.at;
  advance(p);
  if (take_keyword(p, KW_OR) && !need_keyword(p, KW_REPLACE))
    return false;
  if (at_keyword(p, KW_GLOBAL))
    return unsupported(p, "a GLOBAL view");
  if (at_keyword(p, KW_TABLE) || at_keyword(p, KW_VIEW))
    return fail_at(p, ERR_UNSUPPORTED, p->now.at,
                   "only CREATE TEMPORARY VIEW is supported: nothing outlives the query");
  if (!take_keyword(p, KW_TEMPORARY) && !take_keyword(p, KW_TEMP))
    return unexpected(p, "TEMPORARY VIEW");
  if (!need_keyword(p, KW_VIEW) || !need_name(p, "the view's name", &view->name))
    return false;
  if (at_sign(p, SIGN_LEFT_PAREN) &&
      !need_name_list(p, "a column's name", &view->aliases, &view->column_alias))
    return false;
  if (!need_keyword(p, KW_AS))
    return false;
  view->query = parse_query(p);
  return view->query != NULL;
}

/* Whether `now` opens a statement that Spark has and retrial has not. */
static bool refuse_statement(struct parser *p)
{
  static const char *const others[] = {
      "ALTER", "ANALYZE", "CACHE",   "DELETE", "DESCRIBE", "DROP",     "EXPLAIN", "INSERT", "MAP",
      "MERGE", "REDUCE",  "REFRESH", "SET",    "SHOW",     "TRUNCATE", "UNCACHE", "UPDATE", "USE",
  };
  for (size_t i = 0; p->now.kind == TOKEN_WORD && i < sizeof others / sizeof others[0]; i++)
    if (slice_equal_nocase(p->now.text, slice_of(others[i])))
      return fail_at(p, ERR_UNSUPPORTED, p->now.at,
                     "%s is not supported: a file holds CREATE TEMPORARY VIEW statements and one "
                     "query",
                     others[i]);
  return true;
}

static void skip_semicolons(struct parser *p)
{
  while (take_sign(p, SIGN_SEMICOLON))
    ;
}

static bool parse_views(struct parser *p, struct ast_script *script)
{
  while (at_keyword(p, KW_CREATE)) {
    script->view = list_room(p, script->view, script->views, sizeof *script->view);
    struct ast_cte *view = &script->view[script->views++];
    *view = (struct ast_cte){0};
    if (!parse_view(p, view))
      return false;
    if (p->now.kind == TOKEN_END)
      return fail_at(p, ERR_SYNTAX, p->now.at, "a query has to follow the views");
    if (!need_sign(p, SIGN_SEMICOLON, "';' or the end of the view's query"))
      return false;
    skip_semicolons(p);
  }
  return true;
}

static bool parse_script(struct parser *p, struct ast_script *script)
{
  skip_semicolons(p);
  if (!parse_views(p, script) || !refuse_statement(p))
    return false;
  if (p->now.kind == TOKEN_END)
    return fail_at(p, ERR_SYNTAX, p->now.at,
                   script->views == 0 ? "the query is empty" : "a query has to follow the views");
  script->query = parse_query(p);
  if (script->query == NULL)
    return false;
  bool ended = at_sign(p, SIGN_SEMICOLON);
  skip_semicolons(p);
  if (p->now.kind == TOKEN_END)
    return true;
  if (ended && p->now.kind != TOKEN_BAD)
    return fail_at(p, ERR_SYNTAX, p->now.at,
                   "a second statement behind the query; a file holds one query, the last");
  return unexpected(p, "the end of the query");
}

struct ast_script *sql_parse(struct slice text, const char *file, struct arena *arena,
                             struct error *err)
{
  struct parser p;
  start(&p, text, file, arena, err);
  struct ast_script *script = arena_zero(arena, 1, sizeof *script);
  return parse_script(&p, script) ? script : NULL;
}

struct ast_expr *sql_parse_expression(struct slice text, const char *file, struct arena *arena,
                                      struct error *err)
{
  struct parser p;
  start(&p, text, file, arena, err);
  struct ast_expr *e = parse_expr(&p);
  if (e != NULL && p.now.kind != TOKEN_END)
    unexpected(&p, "the end of the expression");
  return p.lexer.failed ? NULL : e;
}
