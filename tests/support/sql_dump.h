/* SPDX-License-Identifier: Apache-2.0 */
/* sql_dump.h - a parsed query as text, for comparing with files. */
#ifndef RETRIAL_TESTS_SUPPORT_SQL_DUMP_H
#define RETRIAL_TESTS_SUPPORT_SQL_DUMP_H

#include "base/buffer.h"
#include "sql/ast.h"

/* Clauses on lines of their own, indented; expressions as (operator operand ...). */
void dump_script(struct buffer *out, const struct ast_script *script);
void dump_expr(struct buffer *out, const struct ast_expr *e);

/* Operators and predicates as Spark's Expression.sql prints them. */
void dump_as_spark(struct buffer *out, const struct ast_expr *e);

#endif
