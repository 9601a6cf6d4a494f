/* SPDX-License-Identifier: Apache-2.0 */
/* lambda.h - runs the body of a lambda function over many elements at once. */
#ifndef RETRIAL_SQL_FUNCTIONS_LAMBDA_H
#define RETRIAL_SQL_FUNCTIONS_LAMBDA_H

#include "sql/functions/array_rows.h"

enum { LAMBDA_PARAMETERS = 3 };

/* One call of the body for each of `calls`: element item[i] of the list, in row row[i]. */
struct elements {
  size_t calls;
  uint32_t *item, *row;
};

/* All elements of the rows that are not null in `nulls`. */
struct elements elements_of(struct evaluation *ev, const struct column *list, size_t rows,
                            const struct column *nulls);

/* Drops the elements whose call did not give true. */
void elements_keep(struct elements *el, const struct column *answer);

/* Sets the ends of out, of which each row has as many elements as are its in `el`. */
void elements_end_rows(const struct elements *el, size_t rows, struct column *out);

/* out[i] = body(parameter[0][i], ..) with what it reads of row row[i] around it. Argument k of the
 * call `e` is the lambda, arg[k] its evaluation. `out` is not constant. */
bool lambda_run(struct evaluation *ev, const struct expr *e, const struct column *arg, size_t k,
                const struct column *parameter, size_t parameters, const uint32_t *row,
                size_t calls, struct column *out);

/* The type that the body of argument k gives; false with an error if it is no lambda. */
bool lambda_result(const struct call *c, size_t k, struct type *type);

/* The same where it has to be BOOLEAN. */
bool lambda_is_condition(const struct call *c, size_t k);

#endif
