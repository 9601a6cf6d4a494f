/* SPDX-License-Identifier: Apache-2.0 */
/* SELECT with hints behind it. Those that Spark does not know change nothing; those that move rows
 * about would change the order in which they come out. */
#include "sql/parse/parser_internal.h"

static bool moves_rows(struct slice name)
{
  static const char *const names[] = {
      "BROADCAST",
      "BROADCASTJOIN",
      "MAPJOIN",
      "MERGE",
      "MERGEJOIN",
      "REBALANCE",
      "REPARTITION",
      "REPARTITION_BY_RANGE",
      "SHUFFLE_HASH",
      "SHUFFLE_MERGE",
      "SHUFFLE_REPLICATE_NL",
  };
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (slice_equal_nocase(name, slice_of(names[i])))
      return true;
  return false;
}

/* COALESCE(n) joins partitions, of which there is one. */
static bool check_hint(struct parser *p, const struct token *start, struct slice name,
                       const struct ast_expr *only)
{
  if (moves_rows(name))
    return fail_at(p, ERR_UNSUPPORTED, start->at,
                   "the hint %.*s is not supported: it changes the order of rows",
                   SLICE_PRINT(name));
  bool number = only != NULL && only->kind == AST_LITERAL && only->value.type.kind == TYPE_INT;
  if (slice_equal_nocase(name, SLICE("COALESCE")) && !number)
    return fail_at(p, ERR_SYNTAX, start->at, "the hint COALESCE takes a number of partitions");
  return true;
}

/* name or name(a, b) */
static bool parse_hint(struct parser *p)
{
  struct token start = p->now;
  struct slice name;
  struct ast_expr *argument = NULL;
  size_t arguments = 0;
  if (!need_name(p, "a hint's name", &name))
    return false;
  if (take_sign(p, SIGN_LEFT_PAREN)) {
    do {
      if ((argument = parse_primary(p)) == NULL)
        return false;
      arguments++;
    } while (take_sign(p, SIGN_COMMA));
    if (!need_sign(p, SIGN_RIGHT_PAREN, "',' or ')'"))
      return false;
  }
  return check_hint(p, &start, name, arguments == 1 ? argument : NULL);
}

bool parse_hints(struct parser *p)
{
  while (take_sign(p, SIGN_HINT_START)) {
    do {
      if (!parse_hint(p))
        return false;
      take_sign(p, SIGN_COMMA);
    } while (!at_sign(p, SIGN_HINT_END) && p->now.kind != TOKEN_END);
    if (!need_sign(p, SIGN_HINT_END, "'*/' behind the hints"))
      return false;
  }
  return true;
}
