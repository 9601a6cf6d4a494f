/* SPDX-License-Identifier: Apache-2.0 */
/* runs.h - rows added to all their windows at once.
 *
 * The windows that hold a time follow each other, and so do their states on a page: a row is added
 * to a run of states, several at a time. Each window still adds up its own rows in their order, so
 * that nothing depends on how many windows there are.
 */
#ifndef RETRIAL_EXEC_RUNS_H
#define RETRIAL_EXEC_RUNS_H

#include "exec/accumulate.h"

/* Adds a row to slot .. slot + length - 1 of the page `state`. */
struct run {
  unsigned char *state;
  uint32_t row;
  uint8_t slot, length;
};

struct runs {
  size_t count, room;
  struct run *run;
};

void runs_reserve(struct runs *runs, size_t more);

static inline void runs_append(struct runs *runs, size_t row, unsigned char *state, unsigned slot,
                               unsigned length)
{
  runs->run[runs->count++] = (struct run){state, (uint32_t)row, (uint8_t)slot, (uint8_t)length};
}

void runs_free(struct runs *runs);

/* Whether the function is one of those that runs_add() knows: COUNT, sums of numbers, MIN and MAX
 * of what has a fixed size. */
bool runs_take(const struct accumulator *a);

/* Adds the functions' rows by the runs. */
void runs_add(struct accumulator *a, size_t count, const struct addends *addends,
              struct runs *runs);

#endif
