/* SPDX-License-Identifier: Apache-2.0 */
/* lanes.h - steps that look at no row but the one at hand, done for several batches at once.
 *
 * Each lane is a copy of these steps with a batch of its own in the works. Batches come out in the
 * order in which their rows went in, so nobody above sees how many lanes there are.
 */
#ifndef RETRIAL_EXEC_LANES_H
#define RETRIAL_EXEC_LANES_H

#include "exec/source.h"

/* Lanes over the source, which they own, and the step that it takes from, or NULL; their steps are
 * those of `chain`, the lowest last (count may be 0; the rows are of `plan`). NULL with an error,
 * and the source and the step closed. */
struct step *lanes_open(const struct plan *plan, struct plan *const *chain, size_t count,
                        struct source *source, struct step *from, const struct execution *x,
                        struct error *err);

bool step_is_lanes(const struct step *step);

/* How many lanes a step has, or those have whose batches it hands on; 1 if there are none. */
size_t lanes_of(const struct step *step);

/* The lane of these that the last batch comes from; 0 if there are none. */
size_t lanes_current(const struct step *step);

/* Has work() done on each batch as soon as it is ready, in the lane's own task; false if there are
 * no lanes. */
typedef void lanes_work(void *argument, size_t lane, const struct batch *batch);
bool lanes_also(struct step *step, lanes_work *work, void *argument);

/* For explain: step `level` of the chain, from the top, with what its copies took themselves added
 * to *sum; a table's scan is the last one. NULL below it. */
const struct step *lanes_sum(const struct step *step, size_t level, struct watched *sum);

#endif
