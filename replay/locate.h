/* SPDX-License-Identifier: Apache-2.0 */
/* locate.h - from what a user calls a pipeline to its directory.
 *
 * A directory with a pipeline.yaml in it is one wherever it lies. A bare name is looked for below
 * every directory of $RETRIAL_PIPELINES (separated by colons), then below ./fixtures, then below
 * fixtures/ beside the program (a build in its source tree), then below the fixtures that were
 * installed.
 */
#ifndef RETRIAL_REPLAY_LOCATE_H
#define RETRIAL_REPLAY_LOCATE_H

#include "base/error.h"
#include "base/memory.h"
#include "base/slice.h"

struct located {
  struct slice name;     /* the directory's own name */
  const char *directory; /* ends with NUL */
};

/* The folders that hold pipelines, in the order of search; *count of them, in the arena. */
const char **locate_folders(size_t *count, struct arena *arena);

/* The pipeline's directory, in the arena; NULL with ERR_USAGE and the nearest known name. */
const char *locate_pipeline(const char *name, struct arena *arena, struct error *err);

/* All pipelines that a bare name can reach, sorted by name; where two have one name, the one that
 * locate_pipeline() would take. In the arena. */
struct located *locate_all(size_t *count, struct arena *arena);

#endif
