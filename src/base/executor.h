/* SPDX-License-Identifier: Apache-2.0 */
/* executor.h - how the caller lets work run in parallel.
 *
 * The library starts no thread. Work that may run in parallel is cut into tasks whose results do
 * not depend on their order or on how many run at once, and handed to the caller's executor.
 */
#ifndef RETRIAL_BASE_EXECUTOR_H
#define RETRIAL_BASE_EXECUTOR_H

#include <stddef.h>

struct executor {
  unsigned threads; /* tasks that really run at once; at least 1 */
  /* Runs task(argument, 0) .. task(argument, tasks - 1) in any order and returns when all are
   * done. Tasks may call run() themselves. */
  void (*run)(struct executor *executor, size_t tasks, void (*task)(void *argument, size_t i),
              void *argument);
};

/* Fills in an executor that runs one task after another on the calling thread. */
void executor_serial(struct executor *executor);

#endif
