/* SPDX-License-Identifier: Apache-2.0 */
/* Calls: arguments, the forms with a syntax of their own, and FILTER, IGNORE NULLS, OVER. */
#include "sql/parse/parser_internal.h"

/* ---- OVER ---- */

static bool parse_bound(struct parser *p, enum frame_bound *bound, struct ast_expr **offset)
{
  if (at_keywords(p, KW_CURRENT, KW_ROW)) {
    advance(p);
    advance(p);
    *bound = BOUND_CURRENT;
    return true;
  }
  bool unbounded =
      at_keywords(p, KW_UNBOUNDED, KW_PRECEDING) || at_keywords(p, KW_UNBOUNDED, KW_FOLLOWING);
  if (unbounded)
    advance(p);
  else if ((*offset = parse_value_expr(p)) == NULL)
    return false;
  if (take_keyword(p, KW_PRECEDING))
    *bound = unbounded ? BOUND_UNBOUNDED_PRECEDING : BOUND_PRECEDING;
  else if (take_keyword(p, KW_FOLLOWING))
    *bound = unbounded ? BOUND_UNBOUNDED_FOLLOWING : BOUND_FOLLOWING;
  else
    return unexpected(p, "PRECEDING or FOLLOWING");
  return true;
}

/* ROWS or RANGE, one bound or BETWEEN two. */
static bool parse_frame(struct parser *p, struct ast_frame *frame)
{
  frame->given = true;
  frame->rows = at_keyword(p, KW_ROWS);
  frame->to = BOUND_CURRENT;
  advance(p);
  if (!take_keyword(p, KW_BETWEEN))
    return parse_bound(p, &frame->from, &frame->from_offset);
  return parse_bound(p, &frame->from, &frame->from_offset) && need_keyword(p, KW_AND) &&
         parse_bound(p, &frame->to, &frame->to_offset);
}

static bool is_name(const struct token *token)
{
  return token->kind == TOKEN_QUOTED || token->kind == TOKEN_WORD;
}

bool parse_over_body(struct parser *p, struct ast_over *over)
{
  if (is_name(&p->now) && next_is_sign(p, SIGN_RIGHT_PAREN))
    return need_name(p, "a window's name", &over->name);
  bool cluster = take_keyword(p, KW_CLUSTER);
  if ((cluster || take_keyword(p, KW_PARTITION) || take_keyword(p, KW_DISTRIBUTE)) &&
      (!need_keyword(p, KW_BY) || !parse_expr_list(p, &over->partitions, &over->partition)))
    return false;
  if (!cluster && (take_keyword(p, KW_ORDER) || take_keyword(p, KW_SORT)) &&
      (!need_keyword(p, KW_BY) || !parse_sort_list(p, &over->sorts, &over->sort)))
    return false;
  if (at_keyword(p, KW_ROWS) || at_keyword(p, KW_RANGE))
    return parse_frame(p, &over->frame);
  if (at_sign(p, SIGN_RIGHT_PAREN))
    return true;
  return unexpected(p, over->sorts > 0        ? "',', ROWS, RANGE or ')'"
                       : over->partitions > 0 ? "',', ORDER BY or ')'"
                                              : "PARTITION BY, ORDER BY or ')'");
}

/* OVER name or OVER (...); now is OVER. */
static bool parse_over(struct parser *p, struct ast_expr *e)
{
  advance(p);
  e->over = arena_zero(p->arena, 1, sizeof *e->over);
  if (!at_sign(p, SIGN_LEFT_PAREN)) {
    bool named = need_name(p, "'(' or a window's name", &e->over->name);
    p->window_end = p->end;
    return named;
  }
  advance(p);
  return parse_over_body(p, e->over) && need_sign(p, SIGN_RIGHT_PAREN, "')'");
}

/* ---- behind the arguments ---- */

static bool parse_filter(struct parser *p, struct ast_expr *e)
{
  advance(p);
  advance(p);
  if (!need_keyword(p, KW_WHERE) || (e->filter = parse_expr(p)) == NULL)
    return false;
  return need_sign(p, SIGN_RIGHT_PAREN, "')'");
}

/* IGNORE NULLS, RESPECT NULLS or nothing. */
static void take_nulls(struct parser *p, struct ast_expr *e)
{
  e->ignore_nulls = at_keywords(p, KW_IGNORE, KW_NULLS);
  if (e->ignore_nulls || at_keywords(p, KW_RESPECT, KW_NULLS)) {
    advance(p);
    advance(p);
  }
}

/* WITHIN GROUP (ORDER BY x): x becomes the first argument. */
static bool parse_within(struct parser *p, struct ast_expr *e)
{
  size_t sorts = 0;
  struct ast_sort *sort = NULL;
  advance(p);
  advance(p);
  if (!need_sign(p, SIGN_LEFT_PAREN, "'('") || !need_keyword(p, KW_ORDER) ||
      !need_keyword(p, KW_BY) || !parse_sort_list(p, &sorts, &sort) ||
      !need_sign(p, SIGN_RIGHT_PAREN, "')'"))
    return false;
  if (sorts != 1 || e->args != 1)
    return unsupported(p, "WITHIN GROUP with more than one argument");
  if (!expr_add(p, e, sort->expr))
    return false;
  e->arg[1] = e->arg[0];
  e->arg[0] = sort->expr;
  e->within_group = true;
  e->within_descending = sort->direction == SORT_DESCENDING;
  return true;
}

/* first(x IGNORE NULLS) is a form of its own, with nothing behind it. */
static bool parse_call_tail(struct parser *p, struct ast_expr *e)
{
  if (e->ignore_nulls)
    return true;
  if (at_keywords(p, KW_WITHIN, KW_GROUP) && !parse_within(p, e))
    return false;
  if (at_keyword(p, KW_FILTER) && next_is_sign(p, SIGN_LEFT_PAREN) && !parse_filter(p, e))
    return false;
  take_nulls(p, e);
  bool over = at_keyword(p, KW_OVER) && (next_is_sign(p, SIGN_LEFT_PAREN) || is_name(&p->next));
  return !over || parse_over(p, e);
}

/* ---- arguments ---- */

static bool is_called(const struct ast_expr *e, const char *name)
{
  return e->name.parts == 1 && slice_equal_nocase(e->name.part[0], slice_of(name));
}

/* trim(BOTH c FROM x) and the like; now is behind "(". */
static bool parse_trim(struct parser *p, struct ast_expr *e)
{
  if (at_keyword(p, KW_LEADING))
    e->name.part[0] = SLICE("ltrim");
  if (at_keyword(p, KW_TRAILING))
    e->name.part[0] = SLICE("rtrim");
  advance(p);
  if (!at_keyword(p, KW_FROM) && !expr_add(p, e, parse_value_expr(p)))
    return false;
  return need_keyword(p, KW_FROM) && expr_add(p, e, parse_value_expr(p));
}

static bool at_trim_side(const struct parser *p)
{
  bool side = at_keyword(p, KW_BOTH) || at_keyword(p, KW_LEADING) || at_keyword(p, KW_TRAILING);
  return side && !next_is_sign(p, SIGN_COMMA) && !next_is_sign(p, SIGN_DOT) &&
         !next_is_sign(p, SIGN_RIGHT_PAREN);
}

/* substring(x FROM a FOR b), trim(c FROM x), extract(f FROM x): what follows the first argument. */
static bool parse_from_form(struct parser *p, struct ast_expr *e)
{
  bool substring = is_called(e, "substring") || is_called(e, "substr");
  bool extract = is_called(e, "extract"), trim = is_called(e, "trim");
  if (!substring && !extract && !trim)
    return unexpected(p, "',' or ')'");
  if (extract && (e->arg[0]->kind != AST_NAME || e->arg[0]->name.parts != 1))
    return fail_at(p, ERR_SYNTAX, e->arg[0]->at, "EXTRACT takes a unit such as YEAR, not a text");
  if (extract) {
    struct token field = {.text = e->arg[0]->source, .at = e->arg[0]->at};
    e->arg[0] = string_expr(p, e->arg[0]->name.part[0], &field);
  }
  if (substring)
    e->name.part[0] = SLICE("substring");
  advance(p);
  if (!expr_add(p, e, parse_value_expr(p)))
    return false;
  return !substring || !take_keyword(p, KW_FOR) || expr_add(p, e, parse_value_expr(p));
}

static bool at_placing(const struct parser *p, const struct ast_expr *e)
{
  return is_called(e, "overlay") && e->args == 1 && p->now.kind == TOKEN_WORD &&
         slice_equal_nocase(p->now.text, SLICE("placing"));
}

/* overlay(a PLACING b FROM c FOR d): what follows the first argument. */
static bool parse_placing(struct parser *p, struct ast_expr *e)
{
  advance(p);
  return expr_add(p, e, parse_value_expr(p)) && need_keyword(p, KW_FROM) &&
         expr_add(p, e, parse_value_expr(p)) &&
         (!take_keyword(p, KW_FOR) || expr_add(p, e, parse_value_expr(p)));
}

/* position(a IN b): IN is no test here. */
static bool parse_position(struct parser *p, struct ast_expr *e)
{
  if (!expr_add(p, e, parse_value_expr(p)))
    return false;
  if (!take_keyword(p, KW_IN))
    return true;
  e->name.part[0] = SLICE("locate");
  return expr_add(p, e, parse_value_expr(p));
}

/* One more argument; those of struct() may have names. */
static bool parse_argument(struct parser *p, struct ast_expr *e)
{
  struct ast_expr *argument = parse_expr(p);
  if (!expr_add(p, e, argument))
    return false;
  return !is_called(e, "struct") || take_alias(p, "a field's name", &argument->alias);
}

/* dateadd(DAY, 1, x) and its like: with a unit they are timestampadd('DAY', 1, x), and so on. */
static bool name_unit(struct parser *p, struct ast_expr *e)
{
  bool adds = is_called(e, "timestampadd") || is_called(e, "dateadd") || is_called(e, "date_add");
  bool takes =
      is_called(e, "timestampdiff") || is_called(e, "datediff") || is_called(e, "date_diff");
  if ((!adds && !takes) || e->arg[0]->kind != AST_NAME || e->arg[0]->name.parts != 1)
    return (!is_called(e, "timestampadd") && !is_called(e, "timestampdiff")) ||
           fail_at(p, ERR_SYNTAX, e->arg[0]->at, "%.*s() begins with a unit, such as DAY",
                   SLICE_PRINT(e->name.part[0]));
  struct token unit = {.text = e->arg[0]->source, .at = e->arg[0]->at};
  e->arg[0] = string_expr(p, e->arg[0]->name.part[0], &unit);
  e->name.part[0] = adds ? SLICE("timestampadd") : SLICE("timestampdiff");
  return true;
}

static bool parse_arguments(struct parser *p, struct ast_expr *e)
{
  if (is_called(e, "trim") && at_trim_side(p))
    return parse_trim(p, e);
  if (is_called(e, "position") && !parse_position(p, e))
    return false;
  if (e->args == 0 && !parse_argument(p, e))
    return false;
  if (at_keyword(p, KW_FROM) && e->args == 1)
    return parse_from_form(p, e);
  if (at_placing(p, e))
    return parse_placing(p, e);
  while (take_sign(p, SIGN_COMMA))
    if (!parse_argument(p, e))
      return false;
  bool is_met = is_called(e, "first") || is_called(e, "last") || is_called(e, "any_value");
  if (is_met && at_keywords(p, KW_IGNORE, KW_NULLS))
    take_nulls(p, e);
  if (e->args == 3 && !name_unit(p, e))
    return false;
  if (at_sign(p, SIGN_FAT_ARROW))
    return unsupported(p, "an argument by name");
  return true;
}

struct ast_expr *parse_call(struct parser *p, const struct token *start, struct slice *part,
                            size_t parts)
{
  advance(p);
  return parse_arguments_of(p, start, part, parts);
}

struct ast_expr *parse_arguments_of(struct parser *p, const struct token *start, struct slice *part,
                                    size_t parts)
{
  struct ast_expr *e = expr_new(p, AST_CALL, start);
  e->name.parts = parts;
  e->name.part = part;
  e->distinct = take_keyword(p, KW_DISTINCT);
  take_all(p);
  if (!at_sign(p, SIGN_RIGHT_PAREN) && !parse_arguments(p, e))
    return NULL;
  if (!need_sign(p, SIGN_RIGHT_PAREN, "',' or ')'") || !parse_call_tail(p, e))
    return NULL;
  return expr_done(p, e);
}
