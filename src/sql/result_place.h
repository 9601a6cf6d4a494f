/* SPDX-License-Identifier: Apache-2.0 */
/* result_place.h - where in the query's text a column of its result stands. */
#ifndef RETRIAL_SQL_RESULT_PLACE_H
#define RETRIAL_SQL_RESULT_PLACE_H

#include "sql/ast.h"

/* The item of SELECT that gives `column` of the result's `columns`; SELECT itself if one item gives
 * several columns; 0:0 if the query has no SELECT. */
struct position result_place(const struct ast_script *script, size_t column, size_t columns);

#endif
