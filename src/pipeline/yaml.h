/* SPDX-License-Identifier: Apache-2.0 */
/* yaml.h - a YAML text as a tree that knows where everything stands.
 *
 * Only what a pipeline needs: one document of mappings, sequences and scalars. Every scalar is
 * text, whether in quotes or not: 80.07 keeps its digits, `null` and `yes` are words. Anchors,
 * aliases and tags are refused. The tree is in the caller's arena.
 *
 * (libcyaml would fill structs directly, but names neither the column nor a near key.)
 */
#ifndef RETRIAL_PIPELINE_YAML_H
#define RETRIAL_PIPELINE_YAML_H

#include "base/error.h"
#include "base/memory.h"
#include "base/slice.h"

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml {
  enum yaml_kind kind;
  uint32_t line, column; /* of its first byte, a text's opening quote */
  bool quoted;           /* a text in quotes or a block scalar */
  bool replaced;         /* ${name} was replaced in it: its own positions are not the file's */
  struct slice text;
  size_t count;
  struct yaml *item; /* a list's items, a map's values */
  struct yaml *key;  /* a map's keys: all texts, none twice */
};

/* NULL with ERR_SYNTAX or ERR_NAME (a key that is there already) at its place in `file`. An empty
 * text is an empty map. */
struct yaml *yaml_parse(struct slice text, const char *file, struct arena *arena,
                        struct error *err);

/* The value of a map's key, or NULL. */
const struct yaml *yaml_get(const struct yaml *map, const char *key);

#endif
