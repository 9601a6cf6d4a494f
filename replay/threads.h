/* SPDX-License-Identifier: Apache-2.0 */
/* threads.h - an executor whose tasks run on threads of its own. */
#ifndef RETRIAL_REPLAY_THREADS_H
#define RETRIAL_REPLAY_THREADS_H

#include "base/executor.h"

struct threads;

/* For `threads` tasks at once: the caller's own thread is one of them, so 1 starts none. A thread
 * that the system refuses is done without. The caller releases it with threads_free(), when no task
 * is in the works any more. */
struct threads *threads_new(unsigned threads);

/* The executor; it belongs to the threads. */
struct executor *threads_executor(struct threads *threads);

/* NULL is allowed. */
void threads_free(struct threads *threads);

#endif
