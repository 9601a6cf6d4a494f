/* SPDX-License-Identifier: Apache-2.0 */
/* held_side.h - the side of a join that is held in memory while the other one streams past it. */
#ifndef RETRIAL_EXEC_HELD_SIDE_H
#define RETRIAL_EXEC_HELD_SIDE_H

#include "exec/key_table.h"
#include "exec/step.h"
#include "exec/store.h"

struct held_side {
  const struct plan *join;
  unsigned side;           /* 0: the left input, 1: the right one */
  struct store *rows;      /* its columns, then its keys */
  struct key_table *table; /* its keys; NULL without keys */
  bool newest_first;       /* the rows of a key: the one that came last is first */
  bool has_null_key;       /* a key that cannot match was met */
  uint32_t *first, *last;  /* by key: its rows, linked by next */
  uint32_t *next;
  size_t known; /* keys that first and last have room for */
};

/* Spark's hash relations give the newest row of a key first (BytesToBytesMap, LongToUnsafeRowMap);
 * the buffers of its sort-merge join the oldest. */
void held_open(struct held_side *held, const struct plan *join, unsigned side, bool newest_first,
               struct arena *arena);

/* Reads the whole input. */
bool held_fill(struct held_side *held, struct step *input, struct error *err);

/* number[i] = what the chain of row i's key starts with, or ROW_NONE. */
void held_find(const struct held_side *held, const struct column *key, size_t rows,
               uint32_t *number);

/* The columns of these rows and, behind them, their keys; ROW_NONE gives nulls. */
struct column *held_columns(const struct held_side *held, const uint32_t *row, size_t count,
                            struct arena *arena);

/* The expressions that give the keys of a join's side. */
struct expr *const *join_side_keys(const struct plan *join, unsigned side);

void held_close(struct held_side *held);

#endif
