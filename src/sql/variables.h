/* SPDX-License-Identifier: Apache-2.0 */
/* variables.h - ${name} in a text, replaced before it is parsed (Spark's VariableSubstitution). */
#ifndef RETRIAL_SQL_VARIABLES_H
#define RETRIAL_SQL_VARIABLES_H

#include "base/error.h"
#include "base/memory.h"
#include "base/slice.h"

struct variable {
  struct slice name, text;
};

/* Replaces every ${name}, in comments and quotes too; values may hold further ${name}. ERR_NAME at
 * the place of a name that no variable has (with the nearest one), ERR_RANGE where values refer to
 * each other in a circle. The result is in the arena. */
bool variables_replace(struct slice text, const struct variable *variable, size_t count,
                       const char *file, struct arena *arena, struct slice *out, struct error *err);

#endif
