/* SPDX-License-Identifier: Apache-2.0 */
#include "base/growing.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"

enum state { GROWS, WHOLE, GIVEN_UP };

struct growing {
  pthread_mutex_t mutex; /* guards all that follows */
  pthread_cond_t changed;
  int fd; /* -1: it was not begun */
  uint64_t bytes;
  enum state state;
};

struct growing *growing_new(void)
{
  struct growing *g = mem_new(1, sizeof *g);
  pthread_mutex_init(&g->mutex, NULL);
  pthread_cond_init(&g->changed, NULL);
  g->fd = -1;
  return g;
}

void growing_free(struct growing *g)
{
  if (g == NULL)
    return;
  if (g->fd >= 0)
    close(g->fd);
  pthread_cond_destroy(&g->changed);
  pthread_mutex_destroy(&g->mutex);
  free(g);
}

void growing_begin(struct growing *g, int fd)
{
  pthread_mutex_lock(&g->mutex);
  g->fd = fd;
  pthread_mutex_unlock(&g->mutex);
}

void growing_add(struct growing *g, size_t bytes)
{
  pthread_mutex_lock(&g->mutex);
  g->bytes += bytes;
  pthread_cond_broadcast(&g->changed);
  pthread_mutex_unlock(&g->mutex);
}

void growing_end(struct growing *g, bool whole)
{
  pthread_mutex_lock(&g->mutex);
  if (g->state == GROWS)
    g->state = whole ? WHOLE : GIVEN_UP;
  pthread_cond_broadcast(&g->changed);
  pthread_mutex_unlock(&g->mutex);
}

/* Waits for the bytes before `end`; gives those that there are. */
static bool wait_for(struct growing *g, uint64_t end, uint64_t *bytes)
{
  pthread_mutex_lock(&g->mutex);
  while (g->state == GROWS && g->bytes < end)
    pthread_cond_wait(&g->changed, &g->mutex);
  bool good = g->state != GIVEN_UP;
  *bytes = g->bytes;
  pthread_mutex_unlock(&g->mutex);
  return good;
}

ssize_t growing_read(struct growing *g, void *p, size_t n, uint64_t offset)
{
  uint64_t bytes;
  if (!wait_for(g, offset + n, &bytes)) {
    errno = ECANCELED;
    return -1;
  }
  if (bytes <= offset)
    return 0;
  return pread(g->fd, p, bytes - offset < n ? bytes - offset : n, (off_t)offset);
}
