/* SPDX-License-Identifier: Apache-2.0 */
/* GROUP BY, with ROLLUP, CUBE and GROUPING SETS written out as the sets of expressions that they
 * mean. */
#include "sql/parse/parser_internal.h"

enum { MAX_SETS = 1024, /* fewer than rows in a batch */ MAX_SET_EXPRESSIONS = 64 };

/* Sets of expressions: bit i of one is select->group[i]. */
struct sets {
  size_t count;
  uint64_t *set;
  struct position at; /* of GROUP */
};

static bool add_set(struct parser *p, struct sets *s, uint64_t set)
{
  if (s->count == MAX_SETS)
    return fail_at(p, ERR_RANGE, s->at, "GROUP BY asks for more than %d grouping sets",
                   (int)MAX_SETS);
  s->set = list_room(p, s->set, s->count, sizeof *s->set);
  s->set[s->count++] = set;
  return true;
}

static bool add_group(struct parser *p, struct ast_select *select, struct ast_expr *e,
                      uint64_t *set)
{
  if (select->groups < MAX_SET_EXPRESSIONS)
    *set |= (uint64_t)1 << select->groups;
  select->group = list_room(p, select->group, select->groups, sizeof *select->group);
  select->group[select->groups++] = e;
  return true;
}

/* One expression, or several in parentheses, or none in them. */
static bool parse_set(struct parser *p, struct ast_select *select, uint64_t *set)
{
  bool row = at_sign(p, SIGN_LEFT_PAREN);
  *set = 0;
  if (row && next_is_sign(p, SIGN_RIGHT_PAREN)) {
    advance(p);
    advance(p);
    return true;
  }
  struct ast_expr *e = parse_expr(p);
  if (e == NULL)
    return false;
  bool is_struct = e->kind == AST_CALL && e->name.parts == 1 &&
                   slice_equal(e->name.part[0], SLICE("struct")) && e->source.p[0] == '(';
  if (!row || !is_struct)
    return add_group(p, select, e, set);
  for (size_t i = 0; i < e->args; i++)
    add_group(p, select, e->arg[i], set);
  return true;
}

static bool parse_element(struct parser *p, struct ast_select *select, struct sets *out);

/* The sets in parentheses. */
static bool parse_sets(struct parser *p, struct ast_select *select, bool nested, struct sets *out)
{
  if (!need_sign(p, SIGN_LEFT_PAREN, "'('"))
    return false;
  do {
    uint64_t set;
    if (nested ? !parse_element(p, select, out)
               : !parse_set(p, select, &set) || !add_set(p, out, set))
      return false;
  } while (take_sign(p, SIGN_COMMA));
  return need_sign(p, SIGN_RIGHT_PAREN, "',' or ')'");
}

/* All of them, all but the last, ... none. */
static bool roll_up(struct parser *p, const struct sets *s, struct sets *out)
{
  for (size_t n = s->count + 1; n-- > 0;) {
    uint64_t set = 0;
    for (size_t i = 0; i < n; i++)
      set |= s->set[i];
    if (!add_set(p, out, set))
      return false;
  }
  return true;
}

/* Every choice; those with the first of them come first. */
static bool cube(struct parser *p, const struct sets *s, size_t from, uint64_t chosen,
                 struct sets *out)
{
  if (from == s->count)
    return add_set(p, out, chosen);
  return cube(p, s, from + 1, chosen | s->set[from], out) && cube(p, s, from + 1, chosen, out);
}

static bool at_analytics(const struct parser *p)
{
  return at_keywords(p, KW_GROUPING, KW_SETS) ||
         ((at_keyword(p, KW_ROLLUP) || at_keyword(p, KW_CUBE)) && next_is_sign(p, SIGN_LEFT_PAREN));
}

static bool parse_analytics(struct parser *p, struct ast_select *select, struct sets *out)
{
  struct sets inside = {.at = out->at};
  bool rollup = at_keyword(p, KW_ROLLUP), sets = at_keyword(p, KW_GROUPING);
  advance(p);
  if (sets) {
    advance(p);
    return parse_sets(p, select, true, out);
  }
  if (!parse_sets(p, select, false, &inside))
    return false;
  return rollup ? roll_up(p, &inside, out) : cube(p, &inside, 0, 0, out);
}

/* An element of GROUP BY or of GROUPING SETS. */
static bool parse_element(struct parser *p, struct ast_select *select, struct sets *out)
{
  uint64_t set;
  if (at_analytics(p)) {
    if (!enter(p))
      return false;
    bool good = parse_analytics(p, select, out);
    leave(p);
    return good;
  }
  return parse_set(p, select, &set) && add_set(p, out, set);
}

/* Each of the sets with each of the next element's. */
static bool multiply(struct parser *p, struct sets *s, const struct sets *next)
{
  struct sets product = {.at = s->at};
  for (size_t i = 0; i < s->count; i++)
    for (size_t k = 0; k < next->count; k++)
      if (!add_set(p, &product, s->set[i] | next->set[k]))
        return false;
  *s = product;
  return true;
}

static bool parse_plain(struct parser *p, struct ast_select *select, struct sets *out)
{
  uint64_t set = 0;
  struct ast_expr *e = parse_expr(p);
  return e != NULL && add_group(p, select, e, &set) && add_set(p, out, set);
}

static bool parse_elements(struct parser *p, struct ast_select *select, struct sets *sets,
                           bool *analytics)
{
  do {
    struct sets next = {.at = sets->at};
    *analytics |= at_analytics(p);
    if (at_analytics(p) ? !parse_analytics(p, select, &next) : !parse_plain(p, select, &next))
      return false;
    if (!multiply(p, sets, &next))
      return false;
  } while (take_sign(p, SIGN_COMMA));
  return true;
}

/* GROUP BY a, b WITH ROLLUP, WITH CUBE, GROUPING SETS (...): of all that stand before. */
static bool parse_trailing(struct parser *p, struct ast_select *select, struct sets *sets,
                           bool *analytics)
{
  struct sets single = {.at = sets->at}, out = single;
  bool with = at_keywords(p, KW_WITH, KW_ROLLUP) || at_keywords(p, KW_WITH, KW_CUBE);
  if (*analytics || (!with && !at_keywords(p, KW_GROUPING, KW_SETS)))
    return true;
  *analytics = true;
  for (size_t i = 0; i < select->groups && i < MAX_SET_EXPRESSIONS; i++)
    if (!add_set(p, &single, (uint64_t)1 << i))
      return false;
  if (!with) {
    advance(p);
    advance(p);
    *sets = out;
    return parse_sets(p, select, true, sets);
  }
  advance(p);
  bool rollup = at_keyword(p, KW_ROLLUP);
  advance(p);
  bool good = rollup ? roll_up(p, &single, &out) : cube(p, &single, 0, 0, &out);
  *sets = out;
  return good;
}

/* GROUP BY ALL, where ALL is the whole of it. */
static bool at_group_by_all(const struct parser *p)
{
  return at_keyword(p, KW_ALL) &&
         (p->next.kind == TOKEN_END || p->next.kind == TOKEN_WORD ||
          next_is_sign(p, SIGN_RIGHT_PAREN) || next_is_sign(p, SIGN_SEMICOLON));
}

bool parse_group_by(struct parser *p, struct ast_select *select)
{
  struct sets sets = {.at = p->now.at};
  bool analytics = false;
  if (!take_keyword(p, KW_GROUP))
    return true;
  if (!need_keyword(p, KW_BY))
    return false;
  select->grouped = true;
  p->clause = KW_GROUP;
  if (at_group_by_all(p)) {
    advance(p);
    select->group_by_all = true;
    return true;
  }
  if (!add_set(p, &sets, 0) || !parse_elements(p, select, &sets, &analytics) ||
      !parse_trailing(p, select, &sets, &analytics))
    return false;
  p->clause = KW_GROUP;
  if (!analytics)
    return true;
  if (select->groups > MAX_SET_EXPRESSIONS)
    return fail_at(p, ERR_RANGE, sets.at, "more than %d expressions in grouping sets",
                   (int)MAX_SET_EXPRESSIONS);
  select->sets = sets.count;
  select->set = sets.set;
  return true;
}
