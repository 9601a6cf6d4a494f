/* SPDX-License-Identifier: Apache-2.0 */
/* after.c - the proof, the tables, the records of the run. */
#include "replay/driver/internal.h"

#include "replay/alert_times.h"
#include "replay/latency_files.h"
#include "replay/run_record.h"

static const char REJECTED[] = "rejected.jsonl";

/* What the broker itself says it has; where others send, what came of it. */
bool driver_count_appended(struct driver *d, struct error *err)
{
  struct account *a = &d->result->account;
  for (size_t i = 0; !driver_plays(d, REPLAY_PRODUCE) && i < a->readers; i++)
    a->topic[a->reader[i].topic].appended = a->reader[i].fetched;
  if (!driver_plays(d, REPLAY_PRODUCE))
    return true;
  for (uint32_t i = 0; i < a->topics; i++) {
    for (uint32_t k = 0; k < d->result->partitions[i]; k++) {
      int64_t start, end;
      if (!d->broker->ops->range(d->broker, i, k, &start, &end, err))
        return false;
      a->topic[i].appended += (uint64_t)(end - d->base[i][k]);
    }
  }
  return true;
}

/* They are kept even where the account does not close: they may be why. */
bool driver_write_rejects(struct driver *d, struct error *err)
{
  return !driver_plays(d, REPLAY_CONSUME) ||
         rejects_write(d->rejects, driver_path_in(d, REJECTED), err);
}

bool driver_commit_tables(struct driver *d, struct error *err)
{
  if (!driver_plays(d, REPLAY_CONSUME))
    return true;
  for (size_t i = 0; i < d->pipeline->consumers; i++)
    if (driver_reads(d, i) && !consumer_commit(d->consumer[i], err))
      return false;
  return true;
}

/* Behind all jobs, so that none waits for it. That the declarations are right is found out in every
 * run, not in the first one that takes its time. */
bool driver_time_alerts(struct driver *d, const struct dataset *dataset, struct error *err)
{
  const struct pipeline *p = d->pipeline;
  if (dataset == NULL || !driver_plays(d, REPLAY_PROCESS))
    return true;
  struct alert_request request = {
      .pipeline = p,
      .dataset = dataset_table(dataset, SLICE("dataset"), &d->result->arena),
  };
  for (size_t i = 0; i < p->jobs; i++) {
    struct job_outcome *job = &d->result->job[i];
    request.job = &p->job[i];
    request.query = &job->query;
    if (request.job->alerts == NULL)
      continue;
    if (!alert_times_check(&request, err) ||
        (driver_is_measured(d) && !alert_times_record(&request, &d->sent, job->emitted_ns,
                                                      d->result->latency, &job->untimed, err)))
      return false;
  }
  return true;
}

bool driver_write_latencies(struct driver *d, struct error *err)
{
  return !d->result->measured ||
         latency_files_write(d->options->directory, d->result->latency, !d->clock.real, err);
}

bool driver_write_record(struct driver *d, struct error *err)
{
  return d->options->capture != NULL || run_record_write(d->pipeline, d->options, d->result, err);
}
