/* SPDX-License-Identifier: Apache-2.0 */
/* schema.h - the named, typed columns of a table, and Spark's DDL for them. */
#ifndef RETRIAL_TABLE_SCHEMA_H
#define RETRIAL_TABLE_SCHEMA_H

#include "base/error.h"
#include "base/memory.h"
#include "table/type.h"

struct schema {
  size_t columns;
  struct field *column;
};

/* Parses "ts STRING, server_id STRING, `cpu pct` FLOAT NOT NULL, d DECIMAL(10,2)" (also with
 * "name: type", and STRUCT, ARRAY and MAP types) into *out, all of it in the arena. ERR_SYNTAX
 * says the position within `ddl`: line and column of err, its file left empty. */
bool schema_parse(struct slice ddl, struct schema *out, struct arena *arena, struct error *err);

/* Parses one type: "DECIMAL(10, 2)". */
bool type_parse(struct slice text, struct type *out, struct arena *arena, struct error *err);

/* The index of the column of that name (letters' case ignored), or -1. */
int schema_find(const struct schema *schema, struct slice name);

#endif
