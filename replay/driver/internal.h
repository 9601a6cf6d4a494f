/* SPDX-License-Identifier: Apache-2.0 */
/* internal.h - a replay while it goes on. Private to replay/driver. */
#ifndef RETRIAL_REPLAY_DRIVER_INTERNAL_H
#define RETRIAL_REPLAY_DRIVER_INTERNAL_H

#include "replay/dataset.h"
#include "replay/driver/driver.h"
#include "replay/roles/consumer.h"
#include "replay/roles/loop.h"
#include "replay/roles/model.h"
#include "replay/roles/producer.h"
#include "replay/roles/resume.h"
#include "replay/roles/sent_times.h"

/* The directory of a group's journals, below the one of the outputs. */
#define DRIVER_JOURNALS "journal"

struct job_task;

struct driver {
  struct pipeline *pipeline;
  const struct replay_options *options;
  struct replay_result *result;
  struct clock clock;
  struct broker *broker;
  struct model *model; /* NULL: the broker takes no time, or its own */
  struct resume resume;
  int64_t **base; /* by topic and partition: where the run begins */
  struct flight *flight;
  struct acks *acks;
  struct producer *producer;
  struct latency *sending;         /* the producer's own latencies: it may run in another thread */
  struct sent_times sent;          /* its rows, where alerts are timed */
  struct consumer_role **consumer; /* by consumer of the pipeline; NULL: not made yet */
  struct rejects *rejects;
  struct growing **growing;        /* by table of the pipeline: what is stored of it */
  struct job_task *job;            /* by job; NULL: not started */
  size_t roles;
  struct role **role;
};

static inline bool driver_plays(const struct driver *d, enum replay_part part)
{
  return d->options->parts == REPLAY_ALL || (d->options->parts & part) != 0;
}

/* A part on its own meets the others at a broker that stays when it goes. */
static inline bool driver_is_whole(const struct driver *d)
{
  return driver_plays(d, REPLAY_PRODUCE) && driver_plays(d, REPLAY_CONSUME);
}

static inline bool driver_reads(const struct driver *d, size_t consumer)
{
  return driver_plays(d, REPLAY_CONSUME) &&
         (d->options->consumer == NULL || d->options->consumer[consumer]);
}

/* driver.c */
void driver_tell(const struct driver *d, const char *doing);
char *driver_path_in(struct driver *d, const char *name);
int64_t driver_patience(const struct driver *d);
bool driver_is_measured(const struct driver *d);

/* before.c */
bool driver_sends_dataset(const struct driver *d);
struct dataset *driver_open_dataset(struct driver *d, struct error *err);
bool driver_make_directory(struct driver *d, struct error *err);
bool driver_make_journals(struct driver *d, struct error *err);
void driver_make_account(struct driver *d);
bool driver_make_topics(struct driver *d, struct error *err);
bool driver_look_back(struct driver *d, struct error *err);

/* cast.c */
bool driver_make_consumers(struct driver *d, struct error *err);
bool driver_make_senders(struct driver *d, struct dataset *dataset, struct error *err);

/* watch.c */
bool driver_is_reading(const struct driver *d, size_t consumer);
bool driver_awaits(void *argument, uint64_t *heard);
bool driver_may_jump(void *argument, int64_t deadline_ns);
enum outlook driver_look_out(void *argument, int64_t now_ns);
bool driver_can_go_on(void *argument, struct error *err);

/* jobs.c */
bool driver_check_jobs(const struct driver *d, const struct dataset *dataset, struct error *err);
void driver_make_growing(struct driver *d);
void driver_start_jobs(struct driver *d);
bool driver_finish_jobs(struct driver *d, struct error *err);
void driver_end_jobs(struct driver *d);

/* after.c */
bool driver_count_appended(struct driver *d, struct error *err);
bool driver_write_rejects(struct driver *d, struct error *err);
bool driver_commit_tables(struct driver *d, struct error *err);
bool driver_time_alerts(struct driver *d, const struct dataset *dataset, struct error *err);
bool driver_write_latencies(struct driver *d, struct error *err);
bool driver_write_record(struct driver *d, struct error *err);

#endif
