/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/operator.h"

#include <stdlib.h>

void *operator_new(const struct operator_class *class, size_t size, const struct plan *plan,
                   struct operator* left, struct operator* right)
{
  struct operator* op = mem_new(1, size);
  op->class = class;
  op->plan = plan;
  op->input[0] = left;
  op->input[1] = right;
  op->inputs = (left != NULL) + (right != NULL);
  return op;
}

bool operator_prepare(struct operator* op, struct error *err)
{
  if (op->class->prepare != NULL)
    return op->class->prepare(op, err);
  for (size_t i = 0; i < op->inputs; i++)
    if (!operator_prepare(op->input[i], err))
      return false;
  return true;
}

void operator_close(struct operator* op)
{
  if (op == NULL)
    return;
  for (size_t i = 0; i < op->inputs; i++)
    operator_close(op->input[i]);
  if (op->class->close != NULL)
    op->class->close(op);
  arena_free(&op->arena);
  free(op);
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

size_t order_covers(const struct operator* input, const struct sort_key *sort, size_t sorts)
{
  size_t i = 0;
  while (i < sorts && i < input->orders && !sort[i].descending && !sort[i].nulls_last &&
         is_part(sort[i].expr, &input->order[i]))
    i++;
  return i;
}

bool order_is(const struct operator* input, struct expr *const *key, size_t keys)
{
  if (input->orders != keys)
    return false;
  for (size_t i = 0; i < keys; i++)
    if (key[i]->kind != EXPR_COLUMN || !is_part(key[i], &input->order[i]))
      return false;
  return true;
}

static void add_counts(struct query_counts *sum, const struct query_counts *part)
{
  sum->read += part->read;
  sum->malformed += part->malformed;
  sum->filtered += part->filtered;
  sum->windowed += part->windowed;
  sum->null_time += part->null_time;
  sum->windows += part->windows;
}

void operator_count(const struct operator* op, struct query_counts *counts)
{
  struct query_counts below = {0};
  for (size_t i = 0; i < op->inputs; i++)
    operator_count(op->input[i], &below);
  switch (op->plan->kind) {
  case PLAN_SCAN:
    scan_count(op, &below);
    break;
  case PLAN_FILTER:
    filter_count(op, &below);
    break;
  case PLAN_WINDOW:
    window_count(op, &below);
    break;
  case PLAN_AGGREGATE:
    aggregate_count(op, &below);
    break;
  default:
    break;
  }
  add_counts(counts, &below);
}
