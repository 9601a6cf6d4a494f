/* SPDX-License-Identifier: Apache-2.0 */
/* operator.h - the steps of a plan at work: each hands on batches of rows when it is asked.
 *
 * A batch, its columns and the bytes of its strings are valid until the next call of
 * operator_next() on the same operator. What has to live longer is copied (store.h).
 */
#ifndef RETRIAL_EXEC_OPERATOR_H
#define RETRIAL_EXEC_OPERATOR_H

#include "exec/query.h"
#include "sql/plan.h"

/* Part of the order that rows are known to come in: by a column, or by a field of it. */
struct order_part {
  size_t column;
  int field; /* -1: the column itself */
};

struct operator;

struct operator_class {
  const char *name;
  bool (*next)(struct operator* op, struct batch *out, struct error *err);
  /* Reads what has to be read before the first row can come; NULL: the inputs do. */
  bool (*prepare)(struct operator* op, struct error *err);
  void (*close)(struct operator* op); /* releases what is its own, not the inputs */
};

/* The head of every operator's own struct. */
struct operator
{
  const struct operator_class *class;
  const struct plan *plan;
  size_t inputs;
  struct operator* input[2];
  size_t orders;            /* rows come ascending by order[0], then order[1], ...; nulls first */
  struct order_part *order; /* in the plan's arena */
  bool unique;              /* no two rows are equal in all parts of that order */
  struct arena arena;       /* of the batch that was handed on last */
};

/* What the operators of one query share; it outlives them. */
struct execution {
  const struct query *query;
  struct arena *arena;
};

/* The next rows into *out, out->rows = 0 at the end (and again after it). */
static inline bool operator_next(struct operator* op, struct batch *out, struct error *err)
{
  return op->class->next(op, out, err);
}

bool operator_prepare(struct operator* op, struct error *err);

/* Closes the inputs too; NULL is allowed. */
void operator_close(struct operator* op);

/* The operators of a plan; NULL with an error (a table that cannot be opened). */
struct operator*
    operator_build(const struct plan *plan, const struct execution *x, struct error *err);

/* Adds what scans and windows below counted. */
void operator_count(const struct operator* op, struct query_counts *counts);

/* For the files of single operators: a zeroed struct of `size` bytes with its head filled in. */
void *operator_new(const struct operator_class *class, size_t size, const struct plan *plan,
                   struct operator* left, struct operator* right);

/* Each kind of step; inputs are built already and owned by the result. */
struct operator* scan_open(const struct plan *plan, const struct execution *x, struct error *err);
struct operator* values_open(const struct plan *plan);
struct operator* filter_open(const struct plan *plan, struct operator* input);
struct operator*
    project_open(const struct plan *plan, struct operator* input, const struct execution *x);
struct operator* window_open(const struct plan *plan, struct operator* input);
struct operator*
    aggregate_open(const struct plan *plan, struct operator* input, const struct execution *x);
struct operator* merge_join_open(const struct plan *plan, struct operator* left,
                                 struct operator* right, const struct execution *x);
struct operator* hash_join_open(const struct plan *plan, struct operator* left,
                                struct operator* right, const struct execution *x);
struct operator* over_open(const struct plan *plan, struct operator* input);
struct operator*
    sort_open(const struct plan *plan, struct operator* input, const struct execution *x);
struct operator* limit_open(const struct plan *plan, struct operator* input);
struct operator* union_open(const struct plan *plan, struct operator* left, struct operator* right);

/* Each adds its own to what the operators below it counted. */
void scan_count(const struct operator* op, struct query_counts *counts);
void filter_count(const struct operator* op, struct query_counts *counts);
void window_count(const struct operator* op, struct query_counts *counts);
void aggregate_count(const struct operator* op, struct query_counts *counts);

/* How many of the sort keys, from the first on, the input's order already gives. */
size_t order_covers(const struct operator* input, const struct sort_key *sort, size_t sorts);

/* Whether the input comes ordered by exactly these plain columns. */
bool order_is(const struct operator* input, struct expr *const *key, size_t keys);

#endif
