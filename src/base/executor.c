/* SPDX-License-Identifier: Apache-2.0 */
#include "base/executor.h"

static void run_serially(struct executor *executor, size_t tasks,
                         void (*task)(void *argument, size_t i), void *argument)
{
  (void)executor;
  for (size_t i = 0; i < tasks; i++)
    task(argument, i);
}

void executor_serial(struct executor *executor)
{
  *executor = (struct executor){.threads = 1, .run = run_serially};
}
