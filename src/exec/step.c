/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/step.h"

#include <stdlib.h>

void *step_new(const struct step_kind *kind, size_t size, const struct plan *plan,
               struct step *left, struct step *right)
{
  struct step *step = mem_new(1, size);
  step->kind = kind;
  step->plan = plan;
  step->input[0] = left;
  step->input[1] = right;
  step->inputs = (left != NULL) + (right != NULL);
  return step;
}

bool step_next_watched(struct step *step, struct batch *out, struct error *err)
{
  int64_t start = step_now(step);
  bool good = step->kind->next(step, out, err);
  step->watched.ns += step_now(step) - start;
  step->watched.rows += good ? out->rows : 0;
  return good;
}

static bool prepare(struct step *step, struct error *err)
{
  if (step->kind->prepare != NULL)
    return step->kind->prepare(step, err);
  for (size_t i = 0; i < step->inputs; i++)
    if (!step_prepare(step->input[i], err))
      return false;
  return true;
}

bool step_prepare(struct step *step, struct error *err)
{
  if (step->watch == NULL)
    return prepare(step, err);
  int64_t start = step_now(step);
  bool good = prepare(step, err);
  step->watched.ns += step_now(step) - start;
  return good;
}

void step_close(struct step *step)
{
  if (step == NULL)
    return;
  if (step->kind->close != NULL)
    step->kind->close(step);
  for (size_t i = 0; i < step->inputs; i++)
    step_close(step->input[i]);
  arena_free(&step->arena);
  free(step);
}

bool step_years_are_plain(const struct step *step)
{
  if (step->plan->kind == PLAN_AGGREGATE)
    return step->plain_years;
  for (size_t i = 0; i < step->inputs; i++)
    if (!step_years_are_plain(step->input[i]))
      return false;
  return step->inputs != 0;
}

/* Whether the expression is this part of the order: a column, or a field of one. */
static bool is_part(const struct expr *e, const struct order_part *part)
{
  if (e->kind == EXPR_COLUMN)
    return e->index == part->column && part->field < 0;
  if (e->kind != EXPR_CALL || strcmp(e->name, "field") != 0 || part->field < 0 ||
      e->arg[0]->kind != EXPR_COLUMN || e->arg[0]->index != part->column)
    return false;
  const struct field *field = &e->arg[0]->type.item[part->field];
  return slice_equal_nocase(field->name, e->arg[1]->value.text[0]);
}

size_t order_covers(const struct step *input, const struct sort_key *sort, size_t sorts, bool texts)
{
  size_t i = 0;
  while (i < sorts && i < input->orders && !sort[i].descending && !sort[i].nulls_last &&
         is_part(sort[i].expr, &input->order[i]) && (texts || !input->order[i].is_text))
    i++;
  return i;
}

bool order_is(const struct step *input, struct expr *const *key, size_t keys)
{
  if (input->orders != keys)
    return false;
  for (size_t i = 0; i < keys; i++)
    if (key[i]->kind != EXPR_COLUMN || !is_part(key[i], &input->order[i]) ||
        input->order[i].is_text)
      return false;
  return true;
}

/* Whether what comes out are rows of tables, each at most once: what a window or a filter does with
 * them belongs to the account, what happens to joined, grouped or windowed rows does not. */
static bool gives_table_rows(const struct plan *plan)
{
  switch (plan->kind) {
  case PLAN_SCAN:
  case PLAN_FILTER:
  case PLAN_PROJECT:
  case PLAN_OVER:
  case PLAN_SORT:
  case PLAN_LIMIT:
  case PLAN_UNION:
    break;
  default:
    return false;
  }
  for (size_t i = 0; i < plan->inputs; i++)
    if (!gives_table_rows(plan->input[i]))
      return false;
  return true;
}

void step_count(const struct step *step, struct query_counts *counts)
{
  bool of_tables = true;
  for (size_t i = 0; i < step->inputs; i++) {
    step_count(step->input[i], counts);
    const struct plan *below = step->input[i]->plan;
    bool unfolded = step->plan->kind == PLAN_AGGREGATE && step->plan->unfolded;
    of_tables = of_tables && gives_table_rows(unfolded ? below->input[0] : below);
  }
  if (of_tables && step->kind->count != NULL)
    step->kind->count(step, counts);
}
