/* SPDX-License-Identifier: Apache-2.0 */
/* reference.h - what the engine takes, in words, with examples that are all run by a test.
 *
 * Made from src/sql/reference/ by reference.awk, as the manual page retrial-sql(7) is. Lists of
 * texts end with NULL, lists of structs with one whose first member is NULL.
 */
#ifndef RETRIAL_SQL_REFERENCE_H
#define RETRIAL_SQL_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>

enum reference_kind {
  REFERENCE_CLAUSES,    /* language, types, options: names are words for the reader */
  REFERENCE_FUNCTIONS,  /* scalar functions and operators: names are those of function_names() */
  REFERENCE_AGGREGATES, /* those of aggregate_name() */
  REFERENCE_OVER,       /* those of over_name() */
  REFERENCE_TABLES,     /* functions that make rows: those of generator_name() */
};

struct reference_example {
  const char *text;          /* an expression, or a query; lines end with \n but for the last one */
  bool is_query;             /* an expression is the only column of a query without FROM */
  const char *input;         /* the CSV file of table t, or NULL: samples and rooms are there */
  const char *schema;        /* of table t */
  const char *const *option; /* NAME=VALUE of t's reader */
  const char *spark;         /* the version to run it for, or NULL */
  const char *gives;         /* the result as CSV, without a header and with "null" for a null if
                                it is an expression's; or NULL: */
  const char *refused;       /* the beginning of the message */
};

struct reference_entry {
  const char *const *name; /* all the names that it is known by */
  const char *const *usage;
  const char *const *note;
  const char *text;
  const struct reference_example *example;
};

struct reference_chapter {
  const char *name, *title;
  enum reference_kind kind;
  const char *const *about; /* paragraphs */
  const struct reference_entry *entry;
};

const struct reference_chapter *reference_chapters(size_t *count);

#endif
