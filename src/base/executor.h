/* SPDX-License-Identifier: Apache-2.0 */
/* executor.h - how the caller lets work run in parallel.
 *
 * The library starts no thread. Work that may run while its owner does something else is a task:
 * handed to the caller's executor and waited for before its results are looked at. Results do not
 * depend on when or where a task runs.
 */
#ifndef RETRIAL_BASE_EXECUTOR_H
#define RETRIAL_BASE_EXECUTOR_H

#include <stdbool.h>

enum task_state { TASK_DONE, TASK_QUEUED, TASK_RUNNING };

/* Owned by whoever starts it, who fills in the first three; a task that was never started counts as
 * done, and one that is may be started again. */
struct task {
  void (*work)(void *argument);
  void *argument;
  bool is_leaf;          /* it waits for no other task: a thread that waits may run it meanwhile */
  enum task_state state; /* these two are the executor's */
  struct task *next;
};

struct executor {
  unsigned threads; /* tasks that really run at once; at least 1 */
  /* The task may run from now on, until wait() has returned. */
  void (*start)(struct executor *executor, struct task *task);
  /* Returns when the task is done; runs it here if nobody has begun it. Tasks may start others and
   * wait for them, as long as no two wait for each other. */
  void (*wait)(struct executor *executor, struct task *task);
};

/* Fills in an executor that runs a task on the thread that waits for it. */
void executor_serial(struct executor *executor);

#endif
