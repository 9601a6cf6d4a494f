/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/threads.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/memory.h"

/* Tasks in the order in which they were started. */
struct queue {
  struct task *first, *last;
};

struct threads {
  struct executor executor; /* first: the executor's functions find the rest behind it */
  pthread_mutex_t mutex;    /* guards all that follows, and the states of tasks */
  pthread_cond_t changed;   /* a task was started, or is done */
  struct queue leaves, others;
  bool stopping;
  pthread_t owner;      /* who made the threads, and waits from outside of tasks */
  unsigned owner_tasks; /* that run on the owner's stack */
  unsigned started;
  pthread_t thread[];
};

static void put(struct queue *queue, struct task *task)
{
  task->next = NULL;
  if (queue->first == NULL)
    queue->first = task;
  else
    queue->last->next = task;
  queue->last = task;
}

static struct task *take_first(struct queue *queue)
{
  struct task *task = queue->first;
  if (task != NULL)
    queue->first = task->next;
  return task;
}

static void take_out(struct queue *queue, struct task *task)
{
  struct task *before = NULL;
  for (struct task *t = queue->first; t != task; t = t->next)
    before = t;
  if (before == NULL)
    queue->first = task->next;
  else
    before->next = task->next;
  if (queue->last == task)
    queue->last = before;
}

/* Runs a task that is in no queue any more, with the mutex held before and after. */
static void run(struct threads *t, struct task *task)
{
  bool by_owner = pthread_equal(pthread_self(), t->owner);
  task->state = TASK_RUNNING;
  t->owner_tasks += by_owner;
  pthread_mutex_unlock(&t->mutex);
  task->work(task->argument);
  pthread_mutex_lock(&t->mutex);
  t->owner_tasks -= by_owner;
  task->state = TASK_DONE;
  pthread_cond_broadcast(&t->changed);
}

static void *serve(void *argument)
{
  struct threads *t = argument;
  pthread_mutex_lock(&t->mutex);
  while (!t->stopping) {
    struct task *task = take_first(&t->others); /* they start leaves */
    if (task == NULL)
      task = take_first(&t->leaves);
    if (task != NULL)
      run(t, task);
    else
      pthread_cond_wait(&t->changed, &t->mutex);
  }
  pthread_mutex_unlock(&t->mutex);
  return NULL;
}

static void start(struct executor *executor, struct task *task)
{
  struct threads *t = (struct threads *)executor;
  pthread_mutex_lock(&t->mutex);
  task->state = TASK_QUEUED;
  put(task->is_leaf ? &t->leaves : &t->others, task);
  pthread_cond_broadcast(&t->changed);
  pthread_mutex_unlock(&t->mutex);
}

/* What a thread may run while it waits: leaves, and where it is in no task itself, anything. Within
 * a task another one might come to wait for the very one that is below it on the stack. */
static struct task *take_to_pass_time(struct threads *t)
{
  struct task *task = NULL;
  if (t->owner_tasks == 0 && pthread_equal(pthread_self(), t->owner))
    task = take_first(&t->others);
  return task != NULL ? task : take_first(&t->leaves);
}

static void wait_for(struct executor *executor, struct task *task)
{
  struct threads *t = (struct threads *)executor;
  pthread_mutex_lock(&t->mutex);
  if (task->state == TASK_QUEUED) {
    take_out(task->is_leaf ? &t->leaves : &t->others, task);
    run(t, task);
  }
  while (task->state != TASK_DONE) {
    struct task *other = take_to_pass_time(t);
    if (other != NULL)
      run(t, other);
    else
      pthread_cond_wait(&t->changed, &t->mutex);
  }
  pthread_mutex_unlock(&t->mutex);
}

struct threads *threads_new(unsigned threads)
{
  struct threads *t = mem_new(1, sizeof *t + threads * sizeof *t->thread);
  executor_serial(&t->executor);
  pthread_mutex_init(&t->mutex, NULL);
  pthread_cond_init(&t->changed, NULL);
  t->owner = pthread_self();
  if (threads > 1)
    t->executor = (struct executor){.threads = threads, .start = start, .wait = wait_for};
  while (t->started + 1 < threads && pthread_create(&t->thread[t->started], NULL, serve, t) == 0)
    t->started++;
  return t;
}

struct executor *threads_executor(struct threads *t)
{
  return &t->executor;
}

void threads_free(struct threads *t)
{
  if (t == NULL)
    return;
  pthread_mutex_lock(&t->mutex);
  t->stopping = true;
  pthread_cond_broadcast(&t->changed);
  pthread_mutex_unlock(&t->mutex);
  for (unsigned i = 0; i < t->started; i++)
    pthread_join(t->thread[i], NULL);
  pthread_cond_destroy(&t->changed);
  pthread_mutex_destroy(&t->mutex);
  free(t);
}
