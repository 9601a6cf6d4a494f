/* SPDX-License-Identifier: Apache-2.0 */
/* keyword.h - the words that the grammar knows.
 *
 * As in Spark no word is reserved: what a word means depends on where it stands. Two sets keep a
 * parser without backtracking out of trouble; both name fewer words than Spark's ANSI mode does.
 */
#ifndef RETRIAL_SQL_PARSE_KEYWORD_H
#define RETRIAL_SQL_PARSE_KEYWORD_H

#include "base/slice.h"

enum {
  WORD_NO_ALIAS = 1, /* is never an alias without AS: it opens a clause or goes on with one */
  WORD_NO_NAME = 2,  /* names no column unless it stands between back quotes */
};

/* Sorted by name. */
#define KEYWORDS(X)                                                                                \
  X(ALL, 0)                                                                                        \
  X(AND, WORD_NO_ALIAS | WORD_NO_NAME)                                                             \
  X(ANTI, WORD_NO_ALIAS)                                                                           \
  X(ANY, 0)                                                                                        \
  X(AS, WORD_NO_ALIAS | WORD_NO_NAME)                                                              \
  X(ASC, 0)                                                                                        \
  X(BETWEEN, WORD_NO_ALIAS | WORD_NO_NAME)                                                         \
  X(BOTH, 0)                                                                                       \
  X(BY, WORD_NO_ALIAS | WORD_NO_NAME)                                                              \
  X(CASE, WORD_NO_ALIAS | WORD_NO_NAME)                                                            \
  X(CAST, 0)                                                                                       \
  X(CLUSTER, WORD_NO_ALIAS)                                                                        \
  X(CREATE, 0)                                                                                     \
  X(CROSS, WORD_NO_ALIAS | WORD_NO_NAME)                                                           \
  X(CUBE, 0)                                                                                       \
  X(CURRENT, 0)                                                                                    \
  X(CURRENT_DATE, 0)                                                                               \
  X(CURRENT_TIMESTAMP, 0)                                                                          \
  X(CURRENT_USER, 0)                                                                               \
  X(DATE, 0)                                                                                       \
  X(DESC, 0)                                                                                       \
  X(DISTINCT, WORD_NO_NAME)                                                                        \
  X(DISTRIBUTE, WORD_NO_ALIAS)                                                                     \
  X(DIV, WORD_NO_ALIAS | WORD_NO_NAME)                                                             \
  X(ELSE, WORD_NO_ALIAS | WORD_NO_NAME)                                                            \
  X(END, 0)                                                                                        \
  X(ESCAPE, 0)                                                                                     \
  X(EXCEPT, WORD_NO_ALIAS | WORD_NO_NAME)                                                          \
  X(EXCLUDE, 0)                                                                                    \
  X(EXISTS, 0)                                                                                     \
  X(FALSE, 0)                                                                                      \
  X(FILTER, 0)                                                                                     \
  X(FIRST, 0)                                                                                      \
  X(FOLLOWING, 0)                                                                                  \
  X(FOR, 0)                                                                                        \
  X(FROM, WORD_NO_ALIAS | WORD_NO_NAME)                                                            \
  X(FULL, WORD_NO_ALIAS)                                                                           \
  X(GLOBAL, 0)                                                                                     \
  X(GROUP, WORD_NO_ALIAS)                                                                          \
  X(GROUPING, 0)                                                                                   \
  X(HAVING, WORD_NO_ALIAS | WORD_NO_NAME)                                                          \
  X(IGNORE, 0)                                                                                     \
  X(ILIKE, WORD_NO_ALIAS | WORD_NO_NAME)                                                           \
  X(IN, WORD_NO_ALIAS | WORD_NO_NAME)                                                              \
  X(INCLUDE, 0)                                                                                    \
  X(INNER, WORD_NO_ALIAS | WORD_NO_NAME)                                                           \
  X(INTERSECT, WORD_NO_ALIAS | WORD_NO_NAME)                                                       \
  X(INTERVAL, 0)                                                                                   \
  X(IS, WORD_NO_ALIAS | WORD_NO_NAME)                                                              \
  X(JOIN, WORD_NO_ALIAS | WORD_NO_NAME)                                                            \
  X(LAST, 0)                                                                                       \
  X(LATERAL, WORD_NO_ALIAS)                                                                        \
  X(LEADING, 0)                                                                                    \
  X(LEFT, WORD_NO_ALIAS)                                                                           \
  X(LIKE, WORD_NO_ALIAS | WORD_NO_NAME)                                                            \
  X(LIMIT, WORD_NO_ALIAS)                                                                          \
  X(MINUS, WORD_NO_ALIAS)                                                                          \
  X(NATURAL, WORD_NO_ALIAS | WORD_NO_NAME)                                                         \
  X(NOT, WORD_NO_ALIAS | WORD_NO_NAME)                                                             \
  X(NULL, 0)                                                                                       \
  X(NULLS, 0)                                                                                      \
  X(OFFSET, WORD_NO_ALIAS)                                                                         \
  X(ON, WORD_NO_ALIAS | WORD_NO_NAME)                                                              \
  X(OR, WORD_NO_ALIAS | WORD_NO_NAME)                                                              \
  X(ORDER, WORD_NO_ALIAS)                                                                          \
  X(OUTER, 0)                                                                                      \
  X(OVER, 0)                                                                                       \
  X(PARTITION, 0)                                                                                  \
  X(PIVOT, 0)                                                                                      \
  X(PRECEDING, 0)                                                                                  \
  X(RANGE, 0)                                                                                      \
  X(RECURSIVE, 0)                                                                                  \
  X(REGEXP, WORD_NO_ALIAS | WORD_NO_NAME)                                                          \
  X(REPLACE, 0)                                                                                    \
  X(RESPECT, 0)                                                                                    \
  X(RIGHT, WORD_NO_ALIAS)                                                                          \
  X(RLIKE, WORD_NO_ALIAS | WORD_NO_NAME)                                                           \
  X(ROLLUP, 0)                                                                                     \
  X(ROW, 0)                                                                                        \
  X(ROWS, 0)                                                                                       \
  X(SELECT, WORD_NO_ALIAS | WORD_NO_NAME)                                                          \
  X(SEMI, WORD_NO_ALIAS)                                                                           \
  X(SETS, 0)                                                                                       \
  X(SOME, 0)                                                                                       \
  X(SORT, WORD_NO_ALIAS)                                                                           \
  X(TABLE, 0)                                                                                      \
  X(TABLESAMPLE, 0)                                                                                \
  X(TEMP, 0)                                                                                       \
  X(TEMPORARY, 0)                                                                                  \
  X(THEN, WORD_NO_ALIAS | WORD_NO_NAME)                                                            \
  X(TIMESTAMP, 0)                                                                                  \
  X(TIMESTAMP_LTZ, 0)                                                                              \
  X(TIMESTAMP_NTZ, 0)                                                                              \
  X(TO, 0)                                                                                         \
  X(TRAILING, 0)                                                                                   \
  X(TRUE, 0)                                                                                       \
  X(TRY_CAST, 0)                                                                                   \
  X(UNBOUNDED, 0)                                                                                  \
  X(UNION, WORD_NO_ALIAS | WORD_NO_NAME)                                                           \
  X(UNKNOWN, 0)                                                                                    \
  X(UNPIVOT, 0)                                                                                    \
  X(USING, WORD_NO_ALIAS | WORD_NO_NAME)                                                           \
  X(VALUES, 0)                                                                                     \
  X(VIEW, 0)                                                                                       \
  X(WHEN, WORD_NO_ALIAS | WORD_NO_NAME)                                                            \
  X(WHERE, WORD_NO_ALIAS | WORD_NO_NAME)                                                           \
  X(WINDOW, 0)                                                                                     \
  X(WITH, WORD_NO_ALIAS)                                                                           \
  X(WITHIN, 0)                                                                                     \
  X(X, 0)

enum keyword {
  KW_NONE, /* any other word */
#define X(name, flags) KW_##name,
  KEYWORDS(X)
#undef X
      KEYWORD_COUNT
};

/* Letters' case ignored; KW_NONE for a word of the user's own. */
enum keyword keyword_find(struct slice word);

/* In upper case. */
struct slice keyword_name(enum keyword keyword);

/* WORD_NO_ALIAS, WORD_NO_NAME. */
unsigned keyword_flags(enum keyword keyword);

#endif
