/* SPDX-License-Identifier: Apache-2.0 */
/* golden.h - the outputs of a run beside the expected ones, for `verify` and `accept`.
 *
 * Golden files lie in the pipeline's directory golden/ under the names that a run gives its
 * outputs. Every job's output belongs there; a stored table is compared if it is there, and so are
 * the latencies of a model (latency.json).
 */
#ifndef RETRIAL_REPLAY_GOLDEN_H
#define RETRIAL_REPLAY_GOLDEN_H

#include "base/buffer.h"
#include "replay/open.h"

/* For the option lists of both commands. */
#define OPTION_GOLDEN                                                                              \
  {                                                                                                \
    "golden", 0, "DIR", "the expected files are in DIR, not in golden/ of the pipeline", false,    \
        false                                                                                      \
  }
#define OPTION_DATASET                                                                             \
  {                                                                                                \
    "dataset", 'd', "FILE", "replay this dataset instead of the pipeline's", false, false          \
  }
#define OPTION_PARTITIONS                                                                          \
  {                                                                                                \
    "partitions", 'p', "N", "give every topic N partitions", false, false                          \
  }
#define OPTION_SEED                                                                                \
  {                                                                                                \
    "seed", 0, "N", "what is left to chance; no output depends on it", false, false                \
  }

/* One file, on both sides. */
struct golden_file {
  const char *name;
  bool has_expected, has_got;
  struct buffer expected, got; /* their bytes */
};

/* Zeroed, then filled by golden_open(); the caller ends it with golden_close(). */
struct golden {
  struct arena arena;
  struct pipeline *pipeline;
  const char *directory; /* of the golden files */
  size_t files;
  struct golden_file *file; /* sorted by name */
};

/* Replays the pipeline that the command line names into a directory of its own, which is removed
 * again, and reads the files of both sides. */
bool golden_open(struct golden *golden, const struct arguments *arguments, struct error *err);

void golden_close(struct golden *golden);

/* Appends what is to be said about the file; whether both sides are the same. */
bool golden_describe(const struct golden_file *file, struct buffer *out);

#endif
