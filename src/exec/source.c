/* SPDX-License-Identifier: Apache-2.0 */
/* A step's batches as portions for lanes: copied, because a batch ends when the next one comes. */
#include "exec/source.h"

#include <stdlib.h>

struct step_source {
  struct source head;
  struct step *step;
};

struct copied {
  struct step head;
  struct batch batch;
};

static bool copied_next(struct step *step, struct batch *out, struct error *err)
{
  struct copied *copied = (struct copied *)step;
  (void)err;
  *out = copied->batch;
  copied->batch.rows = 0;
  return true;
}

static const struct step_kind copied_kind = {"copied", copied_next, NULL, NULL, NULL};

static struct step *step_source_lane(struct source *source, struct error *err)
{
  const struct step *from = ((struct step_source *)source)->step;
  struct step *step = step_new(&copied_kind, sizeof(struct copied), from->plan, NULL, NULL);
  (void)err;
  step->orders = from->orders;
  step->order = from->order;
  step->unique = from->unique;
  return step;
}

static bool step_source_deal(struct source *source, struct step *lane, bool *any, struct error *err)
{
  struct step *from = ((struct step_source *)source)->step;
  struct copied *copied = (struct copied *)lane;
  struct batch in;
  if (!step_next(from, &in, err))
    return false;
  *any = in.rows != 0;
  arena_reset(&lane->arena);
  copied->batch = (struct batch){.rows = in.rows, .columns = in.columns, .partition = in.partition};
  copied->batch.column = arena_take(&lane->arena, in.columns, sizeof *in.column);
  for (size_t i = 0; *any && i < in.columns; i++) {
    struct column *to = &copied->batch.column[i];
    if (from->plan->wanted[i])
      column_copy(&in.column[i], in.rows, to, &lane->arena);
    else
      column_make_null(to, from->plan->schema.column[i].type, &lane->arena);
  }
  return true;
}

static void step_source_close(struct source *source)
{
  free(source);
}

static const struct source_kind step_source_kind = {false, step_source_lane, step_source_deal, NULL,
                                                    step_source_close};

struct source *source_of_step(struct step *step)
{
  struct step_source *source = mem_new(1, sizeof *source);
  source->head.kind = &step_source_kind;
  source->step = step;
  return &source->head;
}
