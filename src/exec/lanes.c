/* SPDX-License-Identifier: Apache-2.0 */
/* Lanes take turns in two halves: while the batches of one half are taken, the other half is dealt
 * its portions and works on them. So there is one task that deals at any time, each lane has one
 * that works, and all that is shared is handed over by waiting for a task. */
#include "exec/lanes.h"

#include <stdlib.h>

/* For each thread in a half: one lane in the works and one that waits. */
enum { LANES_OF_A_THREAD = 1 };

struct lane {
  struct lanes *lanes;
  size_t index;
  struct task task;
  struct step *bottom, *top;
  struct batch batch;
  bool is_taken; /* a batch of this portion was handed on */
  bool good;
  struct error error;
};

struct half {
  size_t dealt; /* portions: those of its first lanes */
  bool is_last; /* nothing follows them */
};

struct lanes {
  struct step head;
  struct executor *executor;
  struct source *source;
  size_t lanes_of_half;
  struct lane *lane; /* of both halves */
  struct half half[2];
  struct task deal;
  size_t dealing; /* the half that is dealt to, or was last */
  size_t taking;  /* the half whose batches are taken ... */
  size_t at;      /* ... and the lane of it */
  bool is_started;
  lanes_work *work;
  void *argument;
};

static void work(void *argument)
{
  struct lane *lane = argument;
  struct lanes *l = lane->lanes;
  lane->good = step_next(lane->top, &lane->batch, &lane->error);
  if (lane->good && lane->batch.rows != 0 && l->work != NULL)
    l->work(l->argument, lane->index, &lane->batch);
}

/* What a table's lines take to be read is the scan's. */
static bool deal_to(struct lanes *l, struct lane *lane, bool *any)
{
  struct step *bottom = lane->bottom;
  int64_t start = step_now(bottom);
  bool good = source_deal(l->source, bottom, any, &lane->error);
  if (l->head.inputs == 0)
    bottom->watched.ns += step_now(bottom) - start;
  return good;
}

/* A failure is a lane's whose batch would have been next. */
static void deal(void *argument)
{
  struct lanes *l = argument;
  struct half *half = &l->half[l->dealing];
  struct lane *lane = &l->lane[l->dealing * l->lanes_of_half];
  *half = (struct half){0};
  for (; half->dealt < l->lanes_of_half; lane++, half->dealt++) {
    bool any = false;
    lane->is_taken = false;
    lane->good = deal_to(l, lane, &any);
    half->dealt += !lane->good;
    half->is_last = !lane->good || !any;
    if (half->is_last)
      return;
    l->executor->start(l->executor, &lane->task);
  }
}

static void start_dealing(struct lanes *l, size_t half)
{
  l->dealing = half;
  l->executor->start(l->executor, &l->deal);
}

/* The lane whose batches are to be taken now, NULL behind the last. */
static struct lane *current_lane(struct lanes *l)
{
  while (l->at == l->half[l->taking].dealt) {
    if (l->half[l->taking].is_last)
      return NULL;
    l->taking = 1 - l->taking;
    l->at = 0;
    l->executor->wait(l->executor, &l->deal);
    if (!l->half[l->taking].is_last)
      start_dealing(l, 1 - l->taking);
  }
  return &l->lane[l->taking * l->lanes_of_half + l->at];
}

static void finish(struct lanes *l, struct lane *lane, struct error *err)
{
  source_settle(l->source, lane->bottom, err);
  l->at++;
}

static bool lanes_next(struct step *step, struct batch *out, struct error *err)
{
  struct lanes *l = (struct lanes *)step;
  if (!l->is_started)
    start_dealing(l, 0);
  l->is_started = true;
  for (struct lane *lane; (lane = current_lane(l)) != NULL; finish(l, lane, NULL)) {
    if (lane->is_taken)
      work(lane);
    else
      l->executor->wait(l->executor, &lane->task);
    lane->is_taken = true;
    if (!lane->good) {
      finish(l, lane, &lane->error);
      if (err != NULL)
        *err = lane->error;
      return false;
    }
    *out = lane->batch;
    if (out->rows != 0)
      return true;
  }
  *out = (struct batch){.columns = step->plan->schema.columns};
  return true;
}

static void wait_for_all(const struct lanes *l)
{
  l->executor->wait(l->executor, &((struct lanes *)l)->deal);
  for (size_t i = 0; i < 2 * l->lanes_of_half; i++)
    l->executor->wait(l->executor, &l->lane[i].task);
}

static void lanes_close(struct step *step)
{
  struct lanes *l = (struct lanes *)step;
  wait_for_all(l);
  for (size_t i = 0; i < 2 * l->lanes_of_half; i++)
    step_close(l->lane[i].top);
  source_close(l->source);
  free(l->lane);
}

static void lanes_count(const struct step *step, struct query_counts *counts)
{
  const struct lanes *l = (const struct lanes *)step;
  wait_for_all(l);
  for (size_t i = 0; i < 2 * l->lanes_of_half; i++)
    step_count(l->lane[i].top, counts);
}

static const struct step_kind lanes_kind = {"lanes", lanes_next, NULL, lanes_close, lanes_count};

static bool open_lane(struct lane *lane, struct plan *const *chain, size_t count,
                      const struct execution *x, struct error *err)
{
  struct lanes *l = lane->lanes;
  lane->top = lane->bottom = source_lane(l->source, err);
  if (lane->bottom != NULL)
    lane->bottom->watch = x->watch;
  for (size_t i = count; lane->top != NULL && i-- != 0;)
    lane->top = step_open(chain[i], lane->top, NULL, x, err);
  return lane->top != NULL;
}

struct step *lanes_open(const struct plan *plan, struct plan *const *chain, size_t count,
                        struct source *source, struct step *from, const struct execution *x,
                        struct error *err)
{
  struct lanes *l = step_new(&lanes_kind, sizeof *l, plan, from, NULL);
  struct step *step = &l->head;
  step->watch = x->watch;
  l->executor = x->query->executor;
  l->source = source;
  l->lanes_of_half = (size_t)LANES_OF_A_THREAD * l->executor->threads;
  l->lane = mem_new(2 * l->lanes_of_half, sizeof *l->lane);
  l->deal = (struct task){.work = deal, .argument = l, .is_leaf = source->kind->is_leaf};
  l->taking = 1; /* nothing was dealt to it: the first half is next */
  for (size_t i = 0; i < 2 * l->lanes_of_half; i++) {
    struct lane *lane = &l->lane[i];
    *lane = (struct lane){.lanes = l, .index = i};
    lane->task = (struct task){.work = work, .argument = lane, .is_leaf = true};
    if (!open_lane(lane, chain, count, x, err)) {
      step_close(step);
      return NULL;
    }
  }
  step->orders = l->lane[0].top->orders;
  step->order = l->lane[0].top->order;
  step->unique = l->lane[0].top->unique;
  return step;
}

/* The lanes whose batches the step hands on; NULL: it makes its own. */
static const struct lanes *lanes_below(const struct step *step)
{
  while (step->passes)
    step = step->input[0];
  return step->kind == &lanes_kind ? (const struct lanes *)step : NULL;
}

size_t lanes_of(const struct step *step)
{
  const struct lanes *l = lanes_below(step);
  return l != NULL ? 2 * l->lanes_of_half : 1;
}

size_t lanes_current(const struct step *step)
{
  const struct lanes *l = lanes_below(step);
  return l != NULL ? l->taking * l->lanes_of_half + l->at : 0;
}

bool lanes_also(struct step *step, lanes_work *also, void *argument)
{
  struct lanes *l = (struct lanes *)lanes_below(step);
  if (l == NULL)
    return false;
  l->work = also;
  l->argument = argument;
  return true;
}

bool step_is_lanes(const struct step *step)
{
  return step->kind == &lanes_kind;
}

const struct step *lanes_sum(const struct step *step, size_t level, struct watched *sum)
{
  const struct lanes *l = (const struct lanes *)step;
  const struct step *found = NULL;
  for (size_t i = 0; i < 2 * l->lanes_of_half; i++) {
    const struct step *s = l->lane[i].top;
    for (size_t k = 0; s != NULL && k < level; k++)
      s = s->input[0];
    found = s;
    if (s == NULL || (s == l->lane[i].bottom && step->inputs != 0))
      return NULL;
    sum->rows += s->watched.rows;
    sum->ns += s->watched.ns - (s->inputs != 0 ? s->input[0]->watched.ns : 0);
  }
  return found;
}
