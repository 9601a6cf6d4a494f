/* SPDX-License-Identifier: Apache-2.0 */
/* columns.h - columns of any type whose every value follows from one number, its seed. */
#ifndef RETRIAL_TESTS_SUPPORT_COLUMNS_H
#define RETRIAL_TESTS_SUPPORT_COLUMNS_H

#include "table/column.h"

/* The seed of a null. */
enum { NULL_SEED = -1 };

/* Makes *c a column of `rows` values of the type, in the arena; seeds are NULL_SEED or from 0. */
void column_of_seeds(struct column *c, struct type type, const int64_t *seed, size_t rows,
                     struct arena *arena);

/* Fails the program if row `row` of the column is not the seed's value. */
void assert_seed(const struct column *c, size_t row, int64_t seed);

#endif
