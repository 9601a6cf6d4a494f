/* SPDX-License-Identifier: Apache-2.0 */
/* conformance_case.h - a case.yaml: a query, its tables, and what real Spark made of them.
 *
 * The format is that of conformance/README.md. Everything belongs to the arena given.
 */
#ifndef RETRIAL_TESTS_SUPPORT_CONFORMANCE_CASE_H
#define RETRIAL_TESTS_SUPPORT_CONFORMANCE_CASE_H

#include "base/error.h"
#include "base/memory.h"
#include "sql/variables.h"

/* A key and its scalar, as text: of options, and settings (which are the query's variables). */
struct pairs {
  size_t count;
  struct variable *pair;
};

struct case_table {
  struct slice name, file, schema;
  struct pairs options;
};

struct conformance_case {
  bool streaming;    /* has `streams`; nothing else is filled in then */
  const char *query; /* path; so is expected */
  const char *expected;
  bool any_order;
  bool refused; /* there is an `error`: Spark refuses the query */
  size_t tables;
  struct case_table *table;
  struct pairs settings, writer;
};

/* Reads folder/case.yaml. ERR_IO, or ERR_SYNTAX at the place: unknown keys are errors. */
bool conformance_case_load(const char *folder, struct arena *arena, struct conformance_case *out,
                           struct error *err);

#endif
