/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/driver/internal.h"

#include "broker/memory.h"
#include "replay/roles/interrupt.h"
#include "replay/roles/locked.h"

#define PATIENCE_NS (60 * NS_PER_SECOND)

void driver_tell(const struct driver *d, const char *doing)
{
  if (d->options->progress != NULL)
    d->options->progress(d->options->progress_argument, doing,
                         d->producer != NULL ? producer_rows(d->producer) : 0);
}

char *driver_path_in(struct driver *d, const char *name)
{
  return arena_printf(&d->result->arena, "%s/%s", d->options->directory, name);
}

int64_t driver_patience(const struct driver *d)
{
  return d->options->patience_ns != 0 ? d->options->patience_ns : PATIENCE_NS;
}

/* Latencies are worth a word where anything takes time: not under the virtual clock alone, and not
 * where that clock meets a broker with one of its own. */
bool driver_is_measured(const struct driver *d)
{
  return d->clock.real || d->model != NULL;
}

/* The clock, and the broker where the caller gave none. */
static void start(struct driver *d)
{
  clock_start(&d->clock, d->options->real);
  d->result->latency = latency_new(d->clock.start_ns);
  d->sending = latency_new(d->clock.start_ns);
  d->broker = d->options->broker;
  if (d->broker != NULL)
    return;
  if (!d->options->real && model_is_asked_for(d->pipeline)) {
    d->model = model_new(d->pipeline, d->clock.start_ns);
    d->broker = model_broker(d->model);
  } else {
    d->broker = memory_broker_new(MEMORY_LIMIT_BYTES);
    if (d->options->real && d->options->apart)
      d->broker = locked_broker_new(d->broker);
  }
}

static bool prepare(struct driver *d, struct error *err)
{
  return (d->options->directory == NULL ||
          (driver_make_directory(d, err) && driver_make_journals(d, err))) &&
         driver_make_topics(d, err) && driver_look_back(d, err);
}

static void tell_rows(void *argument)
{
  driver_tell(argument, "replaying");
}

static bool replay(struct driver *d, struct error *err)
{
  bool apart = d->producer != NULL && d->options->real && d->options->apart;
  struct loop loop = {
      .clock = &d->clock,
      .broker = d->broker,
      .roles = d->roles,
      .role = d->role,
      .precise = d->options->precise,
      .first = d->model != NULL ? model_role(d->model) : NULL,
      .apart = apart ? producer_role(d->producer) : NULL,
      .patience_ns = driver_patience(d),
      .awaits = driver_awaits,
      .may_jump = driver_may_jump,
      .can_go_on = driver_can_go_on,
      .tell = tell_rows,
      .argument = d,
  };
  random_seed(&loop.random, d->options->seed);
  interrupt_catch();
  bool good = loop_run(&loop, err);
  interrupt_let_go();
  d->result->watch = loop.sleeper.watch;
  d->result->spin = apart ? loop.apart_spin : loop.sleeper.spin;
  return good;
}

static void fill_result(struct driver *d)
{
  struct replay_result *r = d->result;
  r->rejected = rejects_count(d->rejects);
  r->clock = d->clock;
  r->ran_ns = clock_now(&d->clock) - d->clock.start_ns;
  r->measured = driver_is_measured(d);
  latency_merge(r->latency, d->sending);
  if (d->producer == NULL)
    return;
  r->rows = producer_rows(d->producer);
  r->late_ns = producer_late_ns(d->producer);
  r->last_late_ns = producer_last_late_ns(d->producer);
}

static bool run(struct driver *d, struct error *err)
{
  struct replay_result *r = d->result;
  struct dataset *dataset = NULL;
  if (driver_sends_dataset(d) && (dataset = driver_open_dataset(d, err)) == NULL)
    return false;
  driver_make_account(d);
  if (!driver_check_jobs(d, dataset, err) || !prepare(d, err) || !driver_make_consumers(d, err)) {
    dataset_close(dataset);
    return false;
  }
  if (!driver_make_senders(d, dataset, err))
    return false;
  driver_start_jobs(d);
  if (!replay(d, err) || !driver_count_appended(d, err))
    return false;
  fill_result(d);
  r->malformed = dataset != NULL ? dataset_malformed(dataset) : 0;
  return driver_write_rejects(d, err) && account_close_topics(&r->account, err) &&
         driver_commit_tables(d, err) && driver_finish_jobs(d, err) &&
         driver_time_alerts(d, dataset, err) &&
         (d->options->directory == NULL ||
          (driver_write_latencies(d, err) && driver_write_record(d, err)));
}

bool replay_run(struct pipeline *pipeline, const struct replay_options *options,
                struct replay_result *result, struct error *err)
{
  *result = (struct replay_result){0};
  struct driver d = {
      .pipeline = pipeline,
      .options = options,
      .result = result,
      .flight = flight_new(),
      .rejects = rejects_new(),
  };
  start(&d);
  bool good = run(&d, err);
  producer_free(d.producer);
  acks_free(d.acks);
  for (size_t i = 0; d.consumer != NULL && i < pipeline->consumers; i++)
    consumer_free(d.consumer[i]);
  driver_end_jobs(&d);
  rejects_free(d.rejects);
  flight_free(d.flight);
  latency_free(d.sending);
  sent_times_free(&d.sent);
  if (d.model != NULL)
    model_free(d.model);
  else if (options->broker == NULL)
    broker_close(d.broker);
  return good;
}

void replay_result_free(struct replay_result *result)
{
  latency_free(result->latency);
  for (size_t i = 0; i < result->jobs; i++)
    job_outcome_free(&result->job[i]);
  arena_free(&result->arena);
}
