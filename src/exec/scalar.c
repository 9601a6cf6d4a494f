/* SPDX-License-Identifier: Apache-2.0 */
/* A subquery that is one value. */
#include "exec/explain.h"

static bool too_many(const struct scalar_query *s, struct error *err)
{
  return error_at(err, ERR_DATA, NULL, s->at.line, s->at.column,
                  "the subquery gives more than one row where it stands for a value (take one with "
                  "an aggregate or LIMIT 1)");
}

/* Reads all rows, of which there may be one; none is a null. */
static bool read_value(struct scalar_query *s, struct step *root, struct arena *arena,
                       struct error *err)
{
  const uint32_t first = 0;
  struct batch in;
  bool found = false;
  column_make_null(&s->value, s->plan->schema.column[0].type, arena);
  for (;;) {
    if (!step_next(root, &in, err))
      return false;
    if (in.rows == 0)
      return true;
    if (found || in.rows > 1)
      return too_many(s, err);
    found = true;
    column_gather(&in.column[0], &first, 1, &s->value, arena);
    column_keep_text(&s->value, 1, arena);
    column_make_constant(&s->value);
  }
}

bool scalar_run(struct scalar_query *s, const struct execution *x, struct query_counts *counts,
                struct error *err)
{
  struct step *root = step_build(s->plan, x, err);
  if (root == NULL)
    return false;
  bool good = read_value(s, root, x->arena, err);
  step_count(root, counts);
  if (x->subqueries != NULL)
    explain_steps(root, x, x->subqueries);
  step_close(root);
  return good;
}
