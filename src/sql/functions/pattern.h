/* SPDX-License-Identifier: Apache-2.0 */
/* pattern.h - Java's regular expressions (java.util.regex), by PCRE2.
 *
 * What both read alike is handed on, what Java writes otherwise is rewritten, and what would mean
 * something else is refused. A pattern of plain characters, perhaps between ^ and $, is matched
 * without PCRE2. A compiled pattern is read-only; what a match needs is in a matcher.
 */
#ifndef RETRIAL_SQL_FUNCTIONS_PATTERN_H
#define RETRIAL_SQL_FUNCTIONS_PATTERN_H

#include "base/error.h"
#include "base/memory.h"
#include "base/slice.h"

struct pattern;
struct matcher;

/* In the arena (machine code that PCRE2 makes of it stays until the program ends). NULL with
 * ERR_SYNTAX where Java would refuse it, ERR_UNSUPPORTED where only retrial does. */
struct pattern *pattern_compile(struct slice regex, struct arena *arena, struct error *err);

bool pattern_is_empty(const struct pattern *pattern);

/* Groups in parentheses, without the whole match. */
unsigned pattern_groups(const struct pattern *pattern);

/* The number of a named group, or -1. */
int pattern_group_named(const struct pattern *pattern, struct slice name);

/* For one thread; released with matcher_free(). */
struct matcher *matcher_new(const struct pattern *pattern);
void matcher_free(struct matcher *matcher);

/* The first match that starts at byte `from` or behind it. `from` may be text.n or more.
 * MATCH_FAILED with ERR_RANGE if the search was given up because it would take too long. */
enum match { MATCH_NONE, MATCH_FOUND, MATCH_FAILED };
enum match matcher_find(struct matcher *matcher, struct slice text, size_t from, struct error *err);

/* Where the match, or its group, starts and ends; false if the group took no part. */
bool matcher_group(const struct matcher *matcher, unsigned group, size_t *start, size_t *end);

/* Where Matcher.find() goes on behind the last match: one character on if it was empty. May be
 * beyond text.n: then there is no further match. */
size_t matcher_next(const struct matcher *matcher, struct slice text);

#endif
