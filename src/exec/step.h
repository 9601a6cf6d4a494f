/* SPDX-License-Identifier: Apache-2.0 */
/* step.h - the steps of a plan at work: each hands on batches of rows when it is asked.
 *
 * A batch, its columns and the bytes of its strings are valid until the next call of
 * step_next() on the same step. What has to live longer is copied (store.h).
 */
#ifndef RETRIAL_EXEC_STEP_H
#define RETRIAL_EXEC_STEP_H

#include "exec/query.h"
#include "sql/plan.h"

/* Part of the order that rows are known to come in: by a column, or by a field of it. */
struct order_part {
  size_t column;
  int field;                        /* -1: the column itself */
  const struct window_spec *window; /* it is a time of the window of a group below, or NULL */
  bool is_text; /* it is such a time as date_format() gives it; true, as is what stands behind it,
                   only if step_years_are_plain() */
};

struct step;

struct step_kind {
  const char *name;
  bool (*next)(struct step *step, struct batch *out, struct error *err);
  /* Reads what has to be read before the first row can come; NULL: the inputs do. */
  bool (*prepare)(struct step *step, struct error *err);
  void (*close)(struct step *step); /* releases what is its own, not the inputs */
  /* Adds what became of the rows of tables here; NULL: it counts nothing. */
  void (*count)(const struct step *step, struct query_counts *counts);
};

/* What a step took, those below it included. */
struct watched {
  uint64_t rows;
  int64_t ns;
};

/* The head of every step's own struct. */
struct step {
  const struct step_kind *kind;
  const struct plan *plan;
  size_t inputs;
  struct step *input[2];
  size_t orders;            /* rows come ascending by order[0], then order[1], ...; nulls first */
  struct order_part *order; /* in the plan's arena */
  bool unique;              /* no two rows are equal in all parts of that order */
  bool plain_years;         /* AGGREGATE, prepared: see step_years_are_plain() */
  bool may_pass;            /* it may hand on its input's batches as they are ... */
  bool passes;              /* ... and does so: known when it is prepared */
  struct arena arena;       /* of the batch that was handed on last */
  const char *note;         /* for explain: how it does what the plan asks for; or NULL */
  const struct stopwatch *watch; /* NULL: nobody asks what it takes */
  struct watched watched;
};

/* What the steps of one query share; it outlives them. */
struct execution {
  const struct query *query;
  struct arena *arena;
  bool takes_all;                /* the whole result is wanted, so that work may be done ahead */
  const struct stopwatch *watch; /* or NULL */
  struct buffer *subqueries;     /* explained when they have run; or NULL */
};

/* By the step's watch; 0 without one. */
static inline int64_t step_now(const struct step *step)
{
  const struct stopwatch *watch = step->watch;
  return watch != NULL && watch->now_ns != NULL ? watch->now_ns(watch->argument) : 0;
}

/* step_next() with its time and its rows. */
bool step_next_watched(struct step *step, struct batch *out, struct error *err);

/* The next rows into *out, out->rows = 0 at the end (and again after it). */
static inline bool step_next(struct step *step, struct batch *out, struct error *err)
{
  if (step->watch != NULL)
    return step_next_watched(step, out, err);
  return step->kind->next(step, out, err);
}

bool step_prepare(struct step *step, struct error *err);

/* Whether the windows of all groups below lie within the years 1 to 9998, whose texts sort as the
 * times do. The step is prepared. */
bool step_years_are_plain(const struct step *step);

/* Runs the subquery and keeps its value in the arena that the steps share; ERR_DATA if it has more
 * than one row. */
bool scalar_run(struct scalar_query *s, const struct execution *x, struct query_counts *counts,
                struct error *err);

/* Closes the inputs too; NULL is allowed. */
void step_close(struct step *step);

/* The steps of a plan, ready to run; NULL with an error (a table that cannot be opened). */
struct step *step_build(const struct plan *plan, const struct execution *x, struct error *err);

/* The step of one plan over inputs that are there; NULL with an error. */
struct step *step_open(const struct plan *plan, struct step *left, struct step *right,
                       const struct execution *x, struct error *err);

/* Adds what the step and those below it counted. */
void step_count(const struct step *step, struct query_counts *counts);

/* For the files of single steps: a zeroed struct of `size` bytes with its head filled in. */
void *step_new(const struct step_kind *kind, size_t size, const struct plan *plan,
               struct step *left, struct step *right);

/* Each kind of step; inputs are built already and owned by the result. */
struct step *scan_open(const struct plan *plan, const struct execution *x, struct error *err);
struct step *values_open(const struct plan *plan);
struct step *filter_open(const struct plan *plan, struct step *input);
struct step *project_open(const struct plan *plan, struct step *input, const struct execution *x);
struct step *window_open(const struct plan *plan, struct step *input);
struct step *aggregate_open(const struct plan *plan, struct step *input, const struct execution *x);
struct step *merge_join_open(const struct plan *plan, struct step *left, struct step *right,
                             const struct execution *x);
/* held: 0, the left side, or 1, the right one; newest_first: see held_side.h. */
struct step *hash_join_open(const struct plan *plan, struct step *left, struct step *right,
                            unsigned held, bool newest_first, const struct execution *x);
struct step *semi_join_open(const struct plan *plan, struct step *left, struct step *right,
                            const struct execution *x);
struct step *full_join_open(const struct plan *plan, struct step *left, struct step *right,
                            const struct execution *x);
struct step *over_open(const struct plan *plan, struct step *input, const struct execution *x);
struct step *generate_open(const struct plan *plan, struct step *input);
struct step *sort_open(const struct plan *plan, struct step *input, const struct execution *x);
struct step *top_open(const struct plan *plan, struct step *input, const struct execution *x);
struct step *limit_open(const struct plan *plan, struct step *input);
struct step *expand_open(const struct plan *plan, struct step *input);
struct step *repeat_open(const struct plan *plan, struct step *input);
struct step *union_open(const struct plan *plan, struct step *left, struct step *right,
                        const struct execution *x);

/* How many of the sort keys, from the first on, the input's order already gives; `texts`: also by
 * a part that is a text. */
size_t order_covers(const struct step *input, const struct sort_key *sort, size_t sorts,
                    bool texts);

/* Whether the input comes ordered by exactly these plain columns. */
bool order_is(const struct step *input, struct expr *const *key, size_t keys);

#endif
