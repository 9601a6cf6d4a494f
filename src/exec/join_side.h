/* SPDX-License-Identifier: Apache-2.0 */
/* join_side.h - which side of a join Spark holds, as the order of its rows depends on it. */
#ifndef RETRIAL_EXEC_JOIN_SIDE_H
#define RETRIAL_EXEC_JOIN_SIDE_H

#include "exec/step.h"

enum join_side { HOLD_LEFT, HOLD_RIGHT, SORT_BOTH };

/* From the sizes that Spark's planner estimates (SizeInBytesOnlyStatsPlanVisitor.scala). */
enum join_side join_side(const struct plan *join, const struct execution *x);

#endif
