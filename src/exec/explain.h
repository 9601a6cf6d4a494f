/* SPDX-License-Identifier: Apache-2.0 */
/* explain.h - the steps of a query for people: what each does, how, and what it took.
 *
 * The step that gives the result stands on top, what it takes from below it; the sides of a join
 * stand below each other.
 */
#ifndef RETRIAL_EXEC_EXPLAIN_H
#define RETRIAL_EXEC_EXPLAIN_H

#include "base/buffer.h"
#include "exec/step.h"

/* The heading of the numbers; nothing where they are not wanted. */
void explain_heading(const struct execution *x, struct buffer *out);

/* A line of one's own, with its numbers. */
void explain_line(const struct execution *x, uint64_t rows, int64_t ns, const char *name,
                  const char *text, struct buffer *out);

/* What the whole query took, by the clock on the wall. */
void explain_total(const struct execution *x, int64_t ns, struct buffer *out);

/* The step and all below it. Where the execution has a watch, with the rows that each gave and the
 * time that it took, of all threads together; the steps have run, or will not. */
void explain_steps(const struct step *root, const struct execution *x, struct buffer *out);

#endif
