/* SPDX-License-Identifier: Apache-2.0 */
/* regexp.h - a regular expression as an argument. */
#ifndef RETRIAL_SQL_FUNCTIONS_REGEXP_H
#define RETRIAL_SQL_FUNCTIONS_REGEXP_H

#include "sql/functions/call.h"
#include "sql/functions/pattern.h"

/* Compiles the constant argument i; *pattern is NULL if it is null. False with an error. */
bool regexp_take(struct call *c, size_t i, const struct pattern **pattern);

#endif
