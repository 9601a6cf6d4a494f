/* SPDX-License-Identifier: Apache-2.0 */
/* threads.h - an executor that runs tasks on threads of its own. */
#ifndef RETRIAL_REPLAY_THREADS_H
#define RETRIAL_REPLAY_THREADS_H

#include "base/executor.h"

/* Fills in an executor for `threads` tasks at once (1: on the calling thread). It holds nothing
 * between runs, so there is nothing to release. A thread that the system refuses is done without.
 */
void threads_executor(struct executor *executor, unsigned threads);

#endif
