/* SPDX-License-Identifier: Apache-2.0 */
/* over.h - functions OVER a window, computed for whole partitions at a time.
 *
 * The rows of one or more whole partitions, sorted, are held; every function makes a column over
 * all of them. Frames of the rows of a partition never move backwards.
 */
#ifndef RETRIAL_EXEC_OVER_H
#define RETRIAL_EXEC_OVER_H

#include "exec/store.h"
#include "sql/plan.h"

struct over_rows {
  const struct plan *plan;
  struct batch batch; /* all rows; of the input's columns those that the functions read */
  size_t partitions;
  const uint32_t *start;    /* partition p has rows start[p] .. start[p + 1] - 1 */
  const uint32_t *peer;     /* row i ties with rows peer[i] .. */
  const uint32_t *peer_end; /* .. peer_end[i] - 1 */
};

/* Row i sees rows low[i] .. high[i] - 1. */
struct over_frames {
  uint32_t *low, *high;
};

/* over_frame.c: the frames of all rows, in ev->arena. */
bool over_frames(const struct over_rows *rows, const struct over_frame *frame,
                 struct evaluation *ev, struct over_frames *out);

/* over_rank.c: numbers that follow from a row's place alone. */
void over_rank(const struct over_rows *rows, const struct over_function *f, struct column *out,
               struct arena *arena);

/* over_pick.c: values of other rows. The result may point into `kept`, an empty store of one column
 * of the function's type. */
bool over_pick(const struct over_rows *rows, const struct over_function *f, struct store *kept,
               struct column *out, struct evaluation *ev);

/* over_add.c: aggregate functions. */
bool over_add(const struct over_rows *rows, const struct over_function *f, struct store *kept,
              struct column *out, struct evaluation *ev);

#endif
