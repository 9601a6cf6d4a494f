/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/resume.h"

#include "replay/roles/stamp.h"
#include "replay/time/sleeper.h"

/* No consumer of a pipeline has it: it has a blank. */
static const struct slice GROUP = {"retrial resume", 14};

/* The last record of a partition, being waited for. */
struct tail {
  uint32_t topic, partition, reader;
  int64_t offset;
};

struct search {
  struct broker *broker;
  const struct pipeline *pipeline;
  struct resume *resume;
  size_t tails;
  struct tail *tail;
};

static bool add_topic(struct search *s, uint32_t topic, uint32_t partitions, struct arena *arena,
                      struct error *err)
{
  int64_t *end = arena_take(arena, partitions, sizeof *end);
  uint32_t reader;
  size_t first = s->tails;
  for (uint32_t i = 0; i < partitions; i++) {
    int64_t start;
    if (!s->broker->ops->range(s->broker, topic, i, &start, &end[i], err))
      return false;
    if (end[i] > start)
      s->tail[s->tails++] = (struct tail){.topic = topic, .partition = i, .offset = --end[i]};
  }
  if (s->tails == first)
    return true;
  if (!s->broker->ops->subscribe(s->broker, GROUP, topic, end, &reader, err))
    return false;
  for (size_t i = first; i < s->tails; i++)
    s->tail[i].reader = reader;
  return true;
}

static bool note(struct search *s, const struct tail *t, const struct broker_record *record,
                 struct error *err)
{
  struct stamp stamp;
  if (!stamp_find(record->headers, &stamp))
    return error_set(err, ERR_DATA,
                     "topic '%.*s': the last record of partition %u is not retrial's, so it does "
                     "not say how far a producer came",
                     SLICE_PRINT(s->pipeline->topic[t->topic].name), t->partition);
  s->resume->have[t->topic][t->partition] = stamp.row + 1;
  if (stamp.row + 1 > s->resume->next)
    s->resume->next = stamp.row + 1;
  return true;
}

/* Asks once for each record that is waited for. */
static bool look(struct search *s, struct error *err)
{
  for (size_t i = s->tails; i-- > 0;) {
    struct tail *t = &s->tail[i];
    struct broker_record record;
    size_t count;
    if (!s->broker->ops->fetch(s->broker, t->reader, t->partition, t->offset, 1, &record, &count,
                               err))
      return false;
    if (count == 0)
      continue;
    if (!note(s, t, &record, err))
      return false;
    *t = s->tail[--s->tails];
  }
  return true;
}

static bool wait_for_all(struct search *s, int64_t patience_ns, struct error *err)
{
  struct sleeper sleeper;
  int64_t until_ns = sleeper_now() + patience_ns;
  sleeper_start(&sleeper, false);
  while (s->tails != 0) {
    int fd = -1;
    if (s->broker->ops->wake != NULL && (fd = s->broker->ops->wake(s->broker, err)) < 0)
      return false;
    if (!look(s, err))
      return false;
    if (s->tails != 0 && sleeper_now() > until_ns)
      return error_set(
          err, ERR_BROKER, "topic '%.*s': the last record of partition %u cannot be had",
          SLICE_PRINT(s->pipeline->topic[s->tail[0].topic].name), s->tail[0].partition);
    if (s->tails != 0)
      sleeper_wait(&sleeper, sleeper_now() + SLEEPER_NAP_NS, fd);
  }
  return true;
}

bool resume_find(struct broker *broker, const struct pipeline *pipeline, const uint32_t *partitions,
                 int64_t patience_ns, struct resume *resume, struct arena *arena, struct error *err)
{
  struct search s = {.broker = broker, .pipeline = pipeline, .resume = resume};
  size_t all = 0;
  *resume = (struct resume){.have = arena_take(arena, pipeline->topics, sizeof *resume->have)};
  for (size_t i = 0; i < pipeline->topics; i++) {
    resume->have[i] = arena_zero(arena, partitions[i], sizeof **resume->have);
    all += partitions[i];
  }
  s.tail = arena_take(arena, all, sizeof *s.tail);
  for (uint32_t i = 0; i < pipeline->topics; i++)
    if (!add_topic(&s, i, partitions[i], arena, err))
      return false;
  resume->empty = s.tails == 0;
  return wait_for_all(&s, patience_ns, err);
}
