/* SPDX-License-Identifier: Apache-2.0 */
/* scratch.h - a directory of one's own, below $TMPDIR or /tmp, that goes away again. */
#ifndef RETRIAL_REPLAY_SCRATCH_H
#define RETRIAL_REPLAY_SCRATCH_H

#include "base/error.h"

/* A zeroed struct has no directory. */
struct scratch {
  char path[512];
};

bool scratch_make(struct scratch *scratch, struct error *err);

/* Removes the directory with the files and directories in it. */
void scratch_remove(struct scratch *scratch);

#endif
