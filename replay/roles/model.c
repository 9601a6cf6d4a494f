/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/model.h"

#include <stdlib.h>

#include "base/memory.h"
#include "broker/memory.h"
#include "broker/modelled.h"

/* The times belong to the pipeline, whatever seed a run has: its latencies can be golden. */
enum { MODEL_SEED = 1 };

struct model {
  struct role role;
  struct broker *broker;
  bool ended;
};

bool model_is_asked_for(const struct pipeline *pipeline)
{
  for (size_t i = 0; i < pipeline->topics; i++)
    if (distribution_takes_time(&pipeline->topic[i].service) ||
        distribution_takes_time(&pipeline->topic[i].delivery))
      return true;
  return false;
}

static bool advance(struct role *role, const struct clock *clock, bool *progress, struct error *err)
{
  (void)err;
  struct model *m = (struct model *)role;
  int64_t now_ns = clock_now(clock);
  *progress = *progress || role->deadline_ns <= now_ns; /* others have to look again */
  role->deadline_ns = modelled_broker_advance(m->broker, now_ns);
  if (role->deadline_ns == INT64_MAX)
    role->deadline_ns =
        m->ended && modelled_broker_waiting(m->broker) == 0 ? ROLE_DONE : ROLE_WAITS;
  return true;
}

struct model *model_new(const struct pipeline *pipeline, int64_t start_ns)
{
  struct model *m = mem_new(1, sizeof *m);
  struct arena arena = {0};
  struct modelled_times *times = arena_take(&arena, pipeline->topics, sizeof *times);
  for (size_t i = 0; i < pipeline->topics; i++)
    times[i] = (struct modelled_times){pipeline->topic[i].service, pipeline->topic[i].delivery};
  struct modelled_options options = {
      .topics = pipeline->topics,
      .times = times,
      .seed = MODEL_SEED,
      .limit = MODELLED_LIMIT_BYTES,
      .start_ns = start_ns,
  };
  m->role = (struct role){.deadline_ns = ROLE_WAITS, .advance = advance};
  m->broker = modelled_broker_new(memory_broker_new(MEMORY_LIMIT_BYTES), &options);
  arena_free(&arena);
  return m;
}

struct broker *model_broker(struct model *m)
{
  return m->broker;
}

struct role *model_role(struct model *m)
{
  return &m->role;
}

void model_end(struct model *m)
{
  m->ended = true;
}

void model_free(struct model *m)
{
  if (m == NULL)
    return;
  broker_close(m->broker);
  free(m);
}
