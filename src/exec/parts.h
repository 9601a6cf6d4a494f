/* SPDX-License-Identifier: Apache-2.0 */
/* parts.h - states of the parts of groups, where Spark aggregates in more steps than one.
 *
 * With DISTINCT x in a query Spark aggregates the other functions by the keys and x, and then
 * these parts by the keys (AggUtils.planAggregateWithOneDistinct). Sums of doubles, first() and
 * last() show it, and so does the order of groups.
 *
 * Rows of a UNION ALL are aggregated input by input, each a partition, before what came out is
 * aggregated once more: there the parts of a group are those of the inputs.
 */
#ifndef RETRIAL_EXEC_PARTS_H
#define RETRIAL_EXEC_PARTS_H

#include "exec/accumulate.h"

struct parts;

/* For an AGGREGATE with plan->parts or plan->by_partition; a state has `state_bytes`. */
struct parts *parts_new(const struct plan *plan, size_t state_bytes);

/* out: the same rows, paired with the states of their parts; key[i] is the number of row i's key.
 * It lives in ev->arena. */
bool parts_pair(struct parts *parts, const struct batch *in, const uint32_t *key,
                const struct pairs *pairs, struct pairs *out, struct evaluation *ev);

/* Numbers of keys 0 .. keys - 1, each with a part, in the order in which their first parts come. */
void parts_arrival(const struct parts *parts, uint32_t *number, size_t keys);

size_t parts_count(const struct parts *parts);
size_t parts_before_last_row(const struct parts *parts);

/* When all rows are in: adds the parts' states of the functions that depend on order to their
 * groups', in the order in which the parts came or, where Spark sorts, of their values. */
void parts_merge(const struct parts *parts, struct accumulator *a, size_t count);

/* NULL is allowed. */
void parts_free(struct parts *parts);

#endif
