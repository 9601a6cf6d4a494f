/* SPDX-License-Identifier: Apache-2.0 */
/* accumulate.h - aggregate functions over the rows of groups.
 *
 * A group's state of one function is a value and a count, in arrays of its page (pages.h). Rows
 * are added in the order in which they come, one after the other, because sums of doubles depend
 * on it (Average.scala, Sum.scala).
 */
#ifndef RETRIAL_EXEC_ACCUMULATE_H
#define RETRIAL_EXEC_ACCUMULATE_H

#include "exec/key_table.h"
#include "sql/plan.h"

/* Rows and the groups that they are added to: pair i adds row[i] to slot[i] of page state[i]. */
struct pairs {
  size_t count, room;
  uint32_t *row;
  unsigned char **state;
  uint8_t *slot;
};

struct accumulator_kind;

struct accumulator {
  const struct aggregate *aggregate;
  const struct accumulator_kind *kind; /* NULL: a value and a count, see accumulate.c */
  struct type type;                    /* of the argument; TYPE_NULL without one */
  size_t value_size;
  size_t value_at, count_at;   /* bytes from the start of a page */
  struct accumulator *counter; /* whose count this is too: itself, see shared_counts.h */
  struct key_table *seen;      /* DISTINCT: (group, arguments) that were added */
  struct key_table *carried;   /* groups whose count passed what its 16 bits hold */
  uint64_t *carries;           /* by number in `carried`: how often */
  struct arena text;           /* strings that min, max, first and last keep; a kind's own */
  struct store *kept;          /* rows that states of a kind keep; see aggregates/chains.h */
  uint32_t *next;              /* by number in `kept` */
  size_t next_room;
  uint64_t *times; /* MODE: how often a kept row counts; once behind times_room */
  size_t times_room;
};

/* Lays out the functions' states in pages of `slots` states each; returns a page's bytes. A state
 * of zero bytes is that of no rows. */
size_t accumulators_start(struct accumulator *a, const struct aggregate *aggregate, size_t count,
                          size_t slots);

/* The same of functions that were started; `counter` says who has a count. */
size_t accumulators_lay_out(struct accumulator *a, size_t count, size_t slots);

/* A function's arguments over the rows of a batch. They live in the arena of their evaluation. */
struct addends {
  struct column *arg;  /* none of them constant */
  const uint8_t *skip; /* 1 where FILTER or a null keeps the row out; NULL: all rows are in */
};

bool accumulator_evaluate(const struct accumulator *a, const struct batch *in,
                          struct evaluation *ev, struct addends *out);

/* Adds rows of the addends by the pairs, in their order. */
bool accumulator_add(struct accumulator *a, const struct addends *addends,
                     const struct pairs *pairs, struct evaluation *ev);

/* Both of the above, for `count` functions. `by_part`, unless NULL, is for the functions that
 * depend on order (parts.h). */
bool accumulators_add(struct accumulator *a, size_t count, const struct batch *in,
                      const struct pairs *pairs, const struct pairs *by_part,
                      struct evaluation *ev);

/* Notes that a state's count, of 16 bits, came back to zero. */
void accumulator_carry(struct accumulator *a, const unsigned char *state, uint8_t slot);

/* How often that was noted. */
uint64_t accumulator_carries(const struct accumulator *a, const unsigned char *state, uint8_t slot);

/* Adds the first state of a part to that of its group, if it is of a function that depends on
 * order. */
void accumulator_merge(struct accumulator *a, unsigned char *part, unsigned char *state,
                       uint8_t slot);

/* The same where the part has the group's later rows, and stands before the state. */
void accumulator_merge_later(struct accumulator *a, unsigned char *part, unsigned char *state,
                             uint8_t slot);

/* Spark's GROUP BY merges every state, when it has all rows, into an empty one; whether that shows.
 */
bool accumulator_settles(const struct accumulator *a);
void accumulator_settle(struct accumulator *a, unsigned char *state, uint8_t slot);

/* The results of groups slot[i] of page state[i], which may go on to grow. Strings point into the
 * accumulator. */
bool accumulator_finish(const struct accumulator *a, unsigned char *const *state,
                        const uint8_t *slot, size_t count, struct column *out,
                        struct evaluation *ev);

/* Forgets what states keep outside of their pages. The caller zeroes all pages. */
void accumulator_reset(struct accumulator *a);

void accumulators_end(struct accumulator *a, size_t count);

#endif
