/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/threads.h"

#include <pthread.h>
#include <stdatomic.h>

enum { MOST_THREADS = 256 };

/* One run(): its threads take the next task until none is left. */
struct run {
  size_t tasks;
  atomic_size_t next;
  void (*task)(void *argument, size_t i);
  void *argument;
};

static void *work(void *argument)
{
  struct run *run = argument;
  for (;;) {
    size_t i = atomic_fetch_add(&run->next, 1);
    if (i >= run->tasks)
      return NULL;
    run->task(run->argument, i);
  }
}

static void run_on_threads(struct executor *executor, size_t tasks,
                           void (*task)(void *argument, size_t i), void *argument)
{
  struct run run = {.tasks = tasks, .task = task, .argument = argument};
  pthread_t thread[MOST_THREADS];
  size_t wanted = executor->threads < tasks ? executor->threads : tasks, started = 0;
  while (started + 1 < wanted && pthread_create(&thread[started], NULL, work, &run) == 0)
    started++;
  work(&run);
  for (size_t i = 0; i < started; i++)
    pthread_join(thread[i], NULL);
}

void threads_executor(struct executor *executor, unsigned threads)
{
  executor_serial(executor);
  if (threads <= 1)
    return;
  executor->threads = threads < MOST_THREADS ? threads : MOST_THREADS;
  executor->run = run_on_threads;
}
