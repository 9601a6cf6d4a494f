/* SPDX-License-Identifier: Apache-2.0 */
/* parser.h - from the text of a query to its tree. */
#ifndef RETRIAL_SQL_PARSER_H
#define RETRIAL_SQL_PARSER_H

#include "base/error.h"
#include "sql/ast.h"

/* Parses `text`; `file` names it in errors. NULL with ERR_SYNTAX, ERR_UNSUPPORTED or
 * ERR_RANGE (a number too large, nesting too deep) at the place. The tree is in the arena and
 * points into text. */
struct ast_script *sql_parse(struct slice text, const char *file, struct arena *arena,
                             struct error *err);

/* Parses one expression, such as a pipeline's "to_timestamp(ts, 'HH:mm:ss')". */
struct ast_expr *sql_parse_expression(struct slice text, const char *file, struct arena *arena,
                                      struct error *err);

#endif
