/* SPDX-License-Identifier: Apache-2.0 */
/* c11_threads.c - C11's threads by POSIX's, for the thread sanitizer: it knows only of the latter
 * (gcc 12), and librdkafka begins its threads the other way. To be preloaded, see .ci/run. */
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <threads.h>

struct start {
  thrd_start_t function;
  void *argument;
};

static void *run(void *argument)
{
  struct start start = *(struct start *)argument;
  free(argument);
  return (void *)(intptr_t)start.function(start.argument);
}

int thrd_create(thrd_t *thread, thrd_start_t function, void *argument)
{
  struct start *start = malloc(sizeof *start);
  if (start == NULL)
    return thrd_nomem;
  *start = (struct start){function, argument};
  if (pthread_create(thread, NULL, run, start) == 0)
    return thrd_success;
  free(start);
  return thrd_error;
}

int thrd_join(thrd_t thread, int *result)
{
  void *value;
  if (pthread_join(thread, &value) != 0)
    return thrd_error;
  if (result != NULL)
    *result = (int)(intptr_t)value;
  return thrd_success;
}
