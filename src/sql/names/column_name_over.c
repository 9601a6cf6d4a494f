/* SPDX-License-Identifier: Apache-2.0 */
/* OVER (...) in the name of a column: every part written out, the frame that goes without saying,
 * too (WindowSpecDefinition and SpecifiedWindowFrame in windowExpressions.scala). */
#include "sql/names/column_name.h"

/* The definition that OVER w or OVER (w) refers to. */
static const struct ast_over *definition(const struct naming *n, const struct ast_over *over)
{
  for (size_t i = 0; over->name.n != 0 && n->select != NULL && i < n->select->overs; i++)
    if (slice_equal_nocase(n->select->over[i].name, over->name))
      return &n->select->over[i].over;
  return over;
}

static void name_sorts(struct naming *n, const struct ast_over *over)
{
  for (size_t i = 0; i < over->sorts; i++) {
    const struct ast_sort *sort = &over->sort[i];
    bool descending = sort->direction == SORT_DESCENDING;
    bool last = sort->nulls == NULLS_DEFAULT ? descending : sort->nulls == NULLS_LAST;
    name_text(n, i == 0 ? "ORDER BY " : ", ");
    name_expr(n, sort->expr);
    buffer_printf(&n->text, " %s NULLS %s", descending ? "DESC" : "ASC", last ? "LAST" : "FIRST");
  }
  name_text(n, over->sorts == 0 ? "" : " ");
}

static void name_bound(struct naming *n, enum frame_bound bound, const struct ast_expr *offset)
{
  static const char *const words[] = {
      [BOUND_UNBOUNDED_PRECEDING] = "UNBOUNDED PRECEDING",
      [BOUND_PRECEDING] = " PRECEDING",
      [BOUND_CURRENT] = "CURRENT ROW",
      [BOUND_FOLLOWING] = " FOLLOWING",
      [BOUND_UNBOUNDED_FOLLOWING] = "UNBOUNDED FOLLOWING",
  };
  if (offset != NULL)
    name_expr(n, offset);
  name_text(n, words[bound]);
}

/* lag() looks at the one row that is so far behind. */
static void name_offset_frame(struct naming *n, const struct ast_expr *e)
{
  int64_t offset = 1;
  const struct expr *given = e->args > 1 ? name_trial(n, e->arg[1]) : NULL;
  if (given != NULL && given->kind == EXPR_LITERAL && given->type.kind == TYPE_INT)
    offset = given->value.i32[0];
  if (ast_is_named(e, "lag"))
    offset = -offset;
  buffer_printf(&n->text, "ROWS BETWEEN %lld FOLLOWING AND %lld FOLLOWING", (long long)offset,
                (long long)offset);
}

static void name_frame(struct naming *n, const struct ast_expr *e, const struct ast_over *over)
{
  static const char *const by_rows[] = {"dense_rank", "ntile", "percent_rank", "rank",
                                        "row_number"};
  bool rows = over->sorts == 0;
  for (size_t i = 0; i < sizeof by_rows / sizeof by_rows[0]; i++)
    rows = rows || ast_is_named(e, by_rows[i]);
  struct ast_frame frame = over->frame;
  if (ast_is_named(e, "lag") || ast_is_named(e, "lead")) {
    name_offset_frame(n, e);
    return;
  }
  if (!frame.given)
    frame = (struct ast_frame){true,
                               rows,
                               BOUND_UNBOUNDED_PRECEDING,
                               over->sorts == 0 ? BOUND_UNBOUNDED_FOLLOWING : BOUND_CURRENT,
                               NULL,
                               NULL};
  name_text(n, frame.rows ? "ROWS BETWEEN " : "RANGE BETWEEN ");
  name_bound(n, frame.from, frame.from_offset);
  name_text(n, " AND ");
  name_bound(n, frame.to, frame.to_offset);
}

void name_over(struct naming *n, const struct ast_expr *e)
{
  const struct ast_over *over = definition(n, e->over);
  name_text(n, " OVER (");
  if (over->partitions != 0) {
    name_text(n, "PARTITION BY ");
    name_list(n, over->partition, over->partitions);
    name_text(n, " ");
  }
  name_sorts(n, over);
  name_frame(n, e, over);
  name_text(n, ")");
}
