/* SPDX-License-Identifier: Apache-2.0 */
/* explode() and its like: each row comes once for each element of its array or map, in order. */
#include "exec/step.h"

struct generate {
  struct step head;
  struct batch in; /* the input's batch that is being repeated */
  struct column list;
  struct arena in_arena;     /* of the list */
  size_t row;                /* the next row of the batch */
  uint32_t next;             /* the next element of that row, counted from 0 */
  uint32_t from[BATCH_ROWS]; /* row and element of what comes next; ROW_NONE: no element */
  uint32_t element[BATCH_ROWS];
  uint32_t position[BATCH_ROWS];
};

static uint32_t first_of(const struct column *list, size_t row)
{
  size_t i = column_index(list, row);
  return i != 0 ? list->end[i - 1] : 0;
}

static uint32_t length_of(const struct column *list, size_t row)
{
  return column_is_null(list, row) ? 0 : list->end[column_index(list, row)] - first_of(list, row);
}

/* The next rows, up to BATCH_ROWS; returns how many. */
static size_t fill(struct generate *g, bool outer)
{
  size_t count = 0;
  for (; g->row < g->in.rows && count < BATCH_ROWS; g->row++, g->next = 0) {
    uint32_t length = length_of(&g->list, g->row);
    if (length == 0 && outer) {
      g->from[count] = (uint32_t)g->row;
      g->element[count++] = ROW_NONE;
    }
    for (; g->next < length && count < BATCH_ROWS; g->next++) {
      g->from[count] = (uint32_t)g->row;
      g->position[count] = g->next;
      g->element[count++] = first_of(&g->list, g->row) + g->next;
    }
    if (g->next < length)
      return count;
  }
  return count;
}

static bool read_more(struct generate *g, struct error *err)
{
  if (!step_next(g->head.input[0], &g->in, err))
    return false;
  g->row = 0;
  g->next = 0;
  arena_reset(&g->in_arena);
  struct evaluation ev = {&g->in_arena, err};
  return g->in.rows == 0 || expr_eval(g->head.plan->expr[0], &g->in, &ev, &g->list);
}

static void add_positions(const struct generate *g, size_t count, struct column *out,
                          struct arena *arena)
{
  column_make(out, type_of(TYPE_INT), count, arena);
  for (size_t i = 0; i < count; i++) {
    out->i32[i] = (int32_t)g->position[i];
    if (g->element[i] == ROW_NONE)
      column_flags(out, count, arena)[i] = 1;
  }
}

/* A null among the structs of inline() gives nulls for all of its fields. */
static void add_fields(const struct generate *g, size_t count, struct column *out,
                       struct arena *arena)
{
  struct column row;
  column_gather(&g->list.item[0], g->element, count, &row, arena);
  for (unsigned k = 0; k < row.type.items; k++) {
    out[k] = row.item[k];
    for (size_t i = 0; row.null != NULL && i < count; i++)
      if (row.null[i])
        column_flags(&out[k], count, arena)[i] = 1;
  }
}

static void add_columns(const struct generate *g, size_t count, struct column *out,
                        struct arena *arena)
{
  const struct generate_spec *spec = &g->head.plan->generate;
  if (spec->position)
    add_positions(g, count, out++, arena);
  if (spec->fields) {
    add_fields(g, count, out, arena);
    return;
  }
  for (unsigned k = 0; k < g->list.type.items; k++)
    column_gather(&g->list.item[k], g->element, count, &out[k], arena);
}

static bool generate_next(struct step *step, struct batch *out, struct error *err)
{
  struct generate *g = (struct generate *)step;
  size_t count = 0, columns = step->plan->schema.columns;
  arena_reset(&step->arena);
  *out = (struct batch){.columns = columns};
  while (count == 0) {
    if (g->row == g->in.rows && !read_more(g, err))
      return false;
    if (g->in.rows == 0)
      return true;
    count = fill(g, step->plan->generate.outer);
  }
  out->rows = count;
  out->partition = g->in.partition;
  out->column = arena_take(&step->arena, columns, sizeof *out->column);
  size_t before = g->in.columns;
  for (size_t i = 0; i < before; i++) {
    if (g->in.column[i].constant)
      out->column[i] = g->in.column[i];
    else
      column_gather(&g->in.column[i], g->from, count, &out->column[i], &step->arena);
  }
  add_columns(g, count, out->column + before, &step->arena);
  return true;
}

static void generate_close(struct step *step)
{
  arena_free(&((struct generate *)step)->in_arena);
}

static const struct step_kind generate_kind = {"generate", generate_next, NULL, generate_close,
                                               NULL};

struct step *generate_open(const struct plan *plan, struct step *input)
{
  return step_new(&generate_kind, sizeof(struct generate), plan, input, NULL);
}
