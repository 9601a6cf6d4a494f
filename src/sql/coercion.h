/* SPDX-License-Identifier: Apache-2.0 */
/* coercion.h - the types that Spark 3.5 (ANSI off) brings two operands to.
 *
 * Source: TypeCoercion.scala, DecimalPrecision.scala, DecimalType.scala. type_common() is in
 * sql/function.h.
 */
#ifndef RETRIAL_SQL_COERCION_H
#define RETRIAL_SQL_COERCION_H

#include "sql/expr.h"

/* The DECIMAL that holds every value of an operand beside a DECIMAL; a literal integer counts its
 * own digits. */
struct type decimal_of_operand(const struct expr *e);

/* findTightestCommonType: without strings and without loss; false if there is none. */
bool type_tightest(struct type a, struct type b, struct type *out);

/* What the operands of a comparison are cast to; `equality` for =, <> and <=>, which alone compare
 * a BOOLEAN with a number. False if Spark refuses to compare them. */
bool type_for_comparison(const struct expr *a, const struct expr *b, bool equality,
                         struct type *out);

/* What both operands of + - * % pmod are cast to (`div` and / have more rules of their own): a
 * numeric type; TYPE_DECIMAL alone says that each goes to its own decimal_of_operand(). */
bool type_for_arithmetic(const struct expr *a, const struct expr *b, struct type *out);

/* Whether an argument of type `from` is cast unasked where a function takes `to`. */
bool type_is_implicit(struct type from, struct type to);

/* Whether CAST(from AS to) is allowed (Cast.canCast). */
bool type_can_cast(struct type from, struct type to);

#endif
