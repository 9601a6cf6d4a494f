/* SPDX-License-Identifier: Apache-2.0 */
/* shared_counts.h - one count for all functions of a group that count the same rows.
 *
 * avg(a) and avg(b) count the same rows as long as neither a nor b is null: a group then needs one
 * count instead of two. Functions start with the count of the first one, and get counts of their
 * own at the first batch in which their rows differ.
 */
#ifndef RETRIAL_EXEC_SHARED_COUNTS_H
#define RETRIAL_EXEC_SHARED_COUNTS_H

#include "exec/accumulate.h"
#include "exec/pages.h"

/* Lets COUNT, SUM and AVG share their counts; all are such that runs_take() them, and no state
 * was made. Returns a page's bytes. */
size_t counts_share(struct accumulator *a, size_t count, size_t slots);

/* Gives counts of their own to the functions whose rows in a batch, which are not yet added, are
 * not those of the function whose count they share; the states move. */
void counts_part(struct accumulator *a, size_t count, const struct addends *addends, size_t rows,
                 struct pages *pages, size_t slots);

#endif
