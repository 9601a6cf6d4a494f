/* SPDX-License-Identifier: Apache-2.0 */
#include "base/executor.h"

static void start_later(struct executor *executor, struct task *task)
{
  (void)executor;
  task->state = TASK_QUEUED;
}

static void run_here(struct executor *executor, struct task *task)
{
  (void)executor;
  if (task->state != TASK_QUEUED)
    return;
  task->work(task->argument);
  task->state = TASK_DONE;
}

void executor_serial(struct executor *executor)
{
  *executor = (struct executor){.threads = 1, .start = start_later, .wait = run_here};
}
