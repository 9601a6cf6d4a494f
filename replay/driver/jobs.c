/* SPDX-License-Identifier: Apache-2.0 */
/* jobs.c - the jobs: tasks that read the tables while these are being stored. What a job writes
 * gets its name when the run is proven, in the jobs' order. */
#include "replay/driver/internal.h"

#include <stdlib.h>

#include "replay/alert_times.h"

struct job_task {
  struct task task;
  struct job_request request;
  struct job_outcome *outcome;
  struct outfile *out; /* NULL: it failed */
  struct error error;
};

void driver_make_growing(struct driver *d)
{
  const struct pipeline *p = d->pipeline;
  d->growing = arena_take(&d->result->arena, p->tables, sizeof *d->growing);
  for (size_t i = 0; i < p->tables; i++)
    d->growing[i] = growing_new();
}

static bool is_asked_for(const struct driver *d, size_t job)
{
  return driver_plays(d, REPLAY_PROCESS) && (d->options->job == NULL || d->options->job[job]);
}

/* The tables that are stored here, and are read while they grow once there is something. */
static void give_tables(const struct driver *d, struct job_request *request)
{
  const struct account *a = &d->result->account;
  struct query_table *table =
      job_tables(d->pipeline, d->options->directory, &d->result->arena);
  for (size_t i = 0; i < d->pipeline->tables; i++) {
    if (a->reader[a->table[i].reader].not_read)
      continue;
    table[request->tables] = table[i];
    table[request->tables++].growing = d->growing != NULL ? d->growing[i] : NULL;
  }
  request->table = table;
}

static bool check(const struct driver *d, const struct job_request *request,
                  const struct query_table *dataset, struct error *err)
{
  struct job_outcome outcome;
  bool good = job_check(request, &outcome, err);
  if (good && dataset != NULL && request->job->alerts != NULL && outcome.query.text.n != 0)
    good = alert_times_check(
        &(struct alert_request){d->pipeline, request->job, &outcome.query, dataset}, err);
  job_outcome_free(&outcome);
  return good;
}

bool driver_check_jobs(const struct driver *d, const struct dataset *dataset, struct error *err)
{
  struct job_request request = {.pipeline = d->pipeline, .executor = d->options->executor};
  struct query_table *table = NULL;
  if (!driver_plays(d, REPLAY_PROCESS))
    return true;
  give_tables(d, &request);
  if (dataset != NULL)
    table = dataset_table(dataset, SLICE("dataset"), &d->result->arena);
  for (size_t i = 0; i < d->pipeline->jobs; i++) {
    request.job = &d->pipeline->job[i];
    if (is_asked_for(d, i) && !check(d, &request, table, err))
      return false;
  }
  return true;
}

static void work(void *argument)
{
  struct job_task *job = argument;
  job->out = job_run(&job->request, job->outcome, &job->error);
}

void driver_start_jobs(struct driver *d)
{
  const struct pipeline *p = d->pipeline;
  struct executor *executor = d->options->executor;
  struct job_request request = {.pipeline = p, .executor = executor};
  d->result->jobs = p->jobs;
  d->result->job = arena_zero(&d->result->arena, p->jobs, sizeof *d->result->job);
  if (!driver_plays(d, REPLAY_PROCESS))
    return;
  give_tables(d, &request);
  d->job = arena_zero(&d->result->arena, p->jobs, sizeof *d->job);
  for (size_t i = 0; i < p->jobs; i++) {
    struct job_task *job = &d->job[i];
    if (!is_asked_for(d, i))
      continue;
    job->task = (struct task){.work = work, .argument = job};
    job->outcome = &d->result->job[i];
    job->request = request;
    job->request.job = &p->job[i];
    job->request.output = driver_path_in(
        d, arena_printf(&d->result->arena, "%.*s", SLICE_PRINT(p->job[i].output)));
    executor->start(executor, &job->task);
  }
}

static bool finish(struct driver *d, size_t i, struct error *err)
{
  struct job_task *job = &d->job[i];
  driver_tell(d, arena_printf(&d->result->arena, "%.*s", SLICE_PRINT(d->pipeline->job[i].name)));
  d->options->executor->wait(d->options->executor, &job->task);
  struct outfile *out = job->out;
  job->out = NULL;
  if (out == NULL)
    *err = job->error;
  if (out == NULL || !outfile_commit(out, err))
    return false;
  job->outcome->emitted_ns = clock_now(&d->clock);
  d->result->account.job[i] = job->outcome->account;
  return true;
}

bool driver_finish_jobs(struct driver *d, struct error *err)
{
  d->result->account.jobs = d->pipeline->jobs;
  for (size_t i = 0; i < d->pipeline->jobs; i++)
    if (is_asked_for(d, i) && !finish(d, i, err))
      return false;
  return true;
}

/* To be called when the consumers are gone, who gave up what they had not stored: no job waits for
 * it any more. */
void driver_end_jobs(struct driver *d)
{
  const struct pipeline *p = d->pipeline;
  for (size_t i = 0; d->job != NULL && i < p->jobs; i++) {
    struct job_task *job = &d->job[i];
    d->options->executor->wait(d->options->executor, &job->task);
    outfile_discard(job->out);
  }
  for (size_t i = 0; d->growing != NULL && i < p->tables; i++)
    growing_free(d->growing[i]);
}
