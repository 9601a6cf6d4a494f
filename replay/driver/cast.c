/* SPDX-License-Identifier: Apache-2.0 */
/* cast.c - the roles: who plays, and with what. */
#include "replay/driver/internal.h"

#include "base/hash.h"
#include "replay/roles/capture_rows.h"
#include "replay/roles/rows.h"

#define SHORTEST_IDLE_NS (10 * NS_PER_MS)

/* A consumer's patience in the run's time: at twice the speed, half of it. */
static int64_t idle_timeout(const struct driver *d, const struct consumer *consumer)
{
  const struct pace_options *pace = &d->options->load.pace;
  if (!d->options->real || pace->kind != PACE_SPEED || pace->factor.above == 0)
    return consumer->idle_timeout_ns;
  __int128 ns = (__int128)consumer->idle_timeout_ns * pace->factor.below / pace->factor.above;
  return ns < SHORTEST_IDLE_NS ? SHORTEST_IDLE_NS : (int64_t)ns;
}

static bool times_alerts(const struct driver *d)
{
  for (size_t i = 0; i < d->pipeline->jobs; i++)
    if (d->pipeline->job[i].alerts != NULL)
      return driver_is_measured(d);
  return false;
}

static struct source *make_capture(struct driver *d, struct error *err)
{
  const struct replay_load *load = &d->options->load;
  const struct replay_capture *capture = d->options->capture;
  struct capture_rows_setup setup = {
      .topics = capture->topics,
      .partitions = d->result->partitions,
      .repartitions = capture->repartitions,
      .shifts = capture->shifts,
      .start_ns = d->clock.start_ns,
      .speed = {1, 1},
      .rounds = load->rounds,
      .limit = load->limit,
  };
  if (load->pace.kind == PACE_SPEED)
    setup.speed = load->pace.factor;
  return capture_rows_new(&setup, err);
}

static struct source *make_source(struct driver *d, struct dataset *dataset, struct error *err)
{
  if (d->options->capture != NULL)
    return make_capture(d, err);
  const struct replay_load *load = &d->options->load;
  struct rows_setup setup = {
      .pipeline = d->pipeline,
      .dataset = dataset,
      .partitions = d->result->partitions,
      .sent = times_alerts(d) ? &d->sent : NULL,
      .rounds = load->rounds != 0 ? load->rounds : 1,
      .limit = load->limit,
      .first_row = d->result->first_row,
      .have = d->options->before == REPLAY_RESUMES ? (const uint64_t *const *)d->resume.have : NULL,
  };
  return rows_new(&setup);
}

static void make_producer(struct driver *d, struct source *source)
{
  const struct replay_load *load = &d->options->load;
  struct account *a = &d->result->account;
  d->acks = acks_new(d->broker, d->flight, a->topic, d->result->latency, source->name);
  struct producer_setup setup = {
      .source = source,
      .broker = d->broker,
      .account = a->topic,
      .flight = d->flight,
      .acks = d->acks,
      .latency = d->sending,
      .pace = load->pace,
      .duration_ns = load->duration_ns,
      .in_flight = load->in_flight,
  };
  if (setup.pace.factor.above == 0)
    pace_parse(NULL, NULL, false, NULL, &setup.pace, NULL);
  d->producer = producer_new(&setup, d->clock.start_ns);
}

static bool make_consumer(struct driver *d, size_t i, struct account_reader *reader,
                          struct error *err)
{
  const struct pipeline *p = d->pipeline;
  struct consumer_setup setup = {
      .pipeline = p,
      .consumer = &p->consumer[i],
      .broker = d->broker,
      .partitions = d->result->partitions,
      .start = driver_is_whole(d) ? (const int64_t *const *)d->base : NULL,
      .directory = d->options->directory,
      .reader = reader,
      .table = d->result->account.table,
      .growing = d->growing,
      .rejects = d->rejects,
      .latency = d->result->latency,
      .idle_timeout_ns = idle_timeout(d, &p->consumer[i]),
      .patience_ns = driver_patience(d),
      .alone = !driver_is_whole(d),
      .journals = d->options->grouped ? driver_path_in(d, DRIVER_JOURNALS) : NULL,
      .look_out = d->options->real && driver_is_whole(d) ? driver_look_out : NULL,
      .argument = d,
      .seed = hash_combine(d->options->seed, i),
      .start_ns = d->clock.start_ns,
  };
  d->consumer[i] = consumer_new(&setup, err);
  return d->consumer[i] != NULL;
}

/* What was made until now took time that is no part of the run. */
static void start_clock(struct driver *d)
{
  clock_start(&d->clock, d->options->real);
  latency_restart(d->result->latency, d->clock.start_ns);
  latency_restart(d->sending, d->clock.start_ns);
}

bool driver_make_consumers(struct driver *d, struct error *err)
{
  const struct pipeline *p = d->pipeline;
  struct account_reader *reader = d->result->account.reader;
  d->role = arena_take(&d->result->arena, 2 + p->consumers, sizeof(struct role *));
  d->consumer = arena_zero(&d->result->arena, p->consumers, sizeof(struct consumer_role *));
  driver_make_growing(d);
  for (size_t i = 0; i < p->consumers; reader += p->consumer[i++].topics) {
    if (!driver_reads(d, i))
      continue;
    if (!make_consumer(d, i, reader, err))
      return false;
    d->role[d->roles++] = consumer_role(d->consumer[i]);
  }
  return true;
}

/* The run's clock starts when all is ready. */
bool driver_make_senders(struct driver *d, struct dataset *dataset, struct error *err)
{
  start_clock(d);
  if (!driver_plays(d, REPLAY_PRODUCE))
    return true;
  struct source *source = make_source(d, dataset, err);
  if (source == NULL)
    return false;
  make_producer(d, source);
  d->role[d->roles++] = acks_role(d->acks);
  if (!d->options->real || !d->options->apart)
    d->role[d->roles++] = producer_role(d->producer);
  return true;
}
