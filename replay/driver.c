/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/driver.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "broker/memory.h"
#include "replay/clock.h"
#include "replay/consumer.h"
#include "replay/producer.h"
#include "replay/run_record.h"

static const char REJECTED[] = "rejected.jsonl";

struct driver {
  struct pipeline *pipeline;
  const struct replay_options *options;
  struct replay_result *result;
  struct clock clock;
  struct broker *broker;
  struct random random;
  struct producer *producer;
  struct consumer_role **consumer; /* by consumer of the pipeline; NULL: not made yet */
  struct rejects *rejects;
  bool *wanted; /* columns of the dataset */
  size_t roles;
  struct role **role;
};

static void tell(const struct driver *d, const char *doing)
{
  if (d->options->progress != NULL)
    d->options->progress(d->options->progress_argument, doing,
                         d->producer != NULL ? producer_rows(d->producer) : 0);
}

static char *path_in(struct driver *d, const char *name)
{
  return arena_printf(&d->result->arena, "%s/%s", d->options->directory, name);
}

/* --- before: what there is to read and where to write --- */

const char *replay_dataset(const struct pipeline *pipeline, const struct replay_options *options,
                           struct arena *arena)
{
  struct slice file = pipeline->dataset.file;
  if (options->dataset != NULL)
    return options->dataset;
  if (file.n != 0 && file.p[0] == '/')
    return arena_copy(arena, file.p, file.n);
  return arena_printf(arena, "%s/%.*s", pipeline->directory, SLICE_PRINT(file));
}

static struct dataset *open_dataset(struct driver *d, struct error *err)
{
  const struct schema *schema = &d->pipeline->dataset.schema;
  d->wanted = arena_zero(&d->result->arena, schema->columns, sizeof *d->wanted);
  producer_wants(d->pipeline, d->wanted);
  d->result->dataset = replay_dataset(d->pipeline, d->options, &d->result->arena);
  struct dataset *dataset = dataset_open(d->result->dataset, schema, d->wanted, err);
  if (dataset == NULL && err != NULL && err->code == ERR_IO && d->options->dataset == NULL)
    error_at(err, ERR_IO, d->result->dataset, 0, 0,
             "%s; name another one with --dataset, or make one with 'retrial generate'", err->text);
  return dataset;
}

/* The directory, without the record of an earlier run. */
static bool make_directory(struct driver *d, struct error *err)
{
  const char *directory = d->options->directory, *record = path_in(d, RUN_RECORD);
  struct stat status;
  if (mkdir(directory, 0777) != 0 && errno != EEXIST)
    return error_io(err, directory, errno, "cannot be made");
  if (stat(directory, &status) != 0 || !S_ISDIR(status.st_mode))
    return error_at(err, ERR_IO, directory, 0, 0, "is no directory; outputs need one");
  struct stat own;
  if (stat(d->pipeline->directory, &own) == 0 && own.st_dev == status.st_dev &&
      own.st_ino == status.st_ino)
    return error_at(err, ERR_USAGE, directory, 0, 0,
                    "is the pipeline's own directory, whose files are inputs; name another one "
                    "with -o");
  if (unlink(record) != 0 && errno != ENOENT)
    return error_io(err, record, errno, "cannot be replaced");
  return true;
}

static void make_account(struct driver *d)
{
  const struct pipeline *p = d->pipeline;
  struct arena *arena = &d->result->arena;
  struct account *a = &d->result->account;
  *a = (struct account){
      .topics = p->topics,
      .tables = p->tables,
      .topic = arena_zero(arena, p->topics, sizeof *a->topic),
      .table = arena_zero(arena, p->tables, sizeof *a->table),
      .reader = arena_zero(arena, p->topics, sizeof *a->reader), /* one consumer takes a topic */
      .job = arena_zero(arena, p->jobs, sizeof *a->job),
  };
  for (size_t i = 0; i < p->topics; i++)
    a->topic[i].name = p->topic[i].name;
  for (size_t i = 0; i < p->consumers; i++)
    for (size_t k = 0; k < p->consumer[i].topics; k++)
      a->reader[a->readers++] =
          (struct account_reader){.name = p->consumer[i].name, .topic = p->consumer[i].topic[k]};
  for (size_t i = 0; i < p->tables; i++) {
    a->table[i].name = p->table[i].name;
    while (a->reader[a->table[i].reader].topic != p->table[i].topic)
      a->table[i].reader++;
  }
}

static bool make_topics(struct driver *d, struct error *err)
{
  const struct pipeline *p = d->pipeline;
  uint32_t *partitions = arena_take(&d->result->arena, p->topics, sizeof *partitions);
  for (size_t i = 0; i < p->topics; i++) {
    uint32_t topic;
    partitions[i] = d->options->partitions != 0 ? d->options->partitions : p->topic[i].partitions;
    struct topic_spec spec = {.name = p->topic[i].name, .partitions = partitions[i]};
    if (!d->broker->ops->open_topic(d->broker, &spec, &topic, err))
      return false;
  }
  d->result->partitions = partitions;
  return true;
}

static bool make_roles(struct driver *d, struct dataset *dataset, struct error *err)
{
  const struct pipeline *p = d->pipeline;
  struct account *a = &d->result->account;
  d->producer =
      producer_new(p, dataset, d->broker, d->result->partitions, a->topic, d->clock.now_ns);
  d->role = arena_take(&d->result->arena, 1 + p->consumers, sizeof(struct role *));
  d->role[d->roles++] = producer_role(d->producer);
  d->consumer = arena_zero(&d->result->arena, p->consumers, sizeof(struct consumer_role *));
  struct account_reader *reader = a->reader;
  for (size_t i = 0; i < p->consumers; reader += p->consumer[i].topics, i++) {
    struct consumer_setup setup = {
        .pipeline = p,
        .consumer = &p->consumer[i],
        .broker = d->broker,
        .partitions = d->result->partitions,
        .directory = d->options->directory,
        .reader = reader,
        .table = a->table,
        .rejects = d->rejects,
        .seed = hash_combine(d->options->seed, i),
        .start_ns = d->clock.now_ns,
    };
    d->consumer[i] = consumer_new(&setup, err);
    if (d->consumer[i] == NULL)
      return false;
    d->role[d->roles++] = consumer_role(d->consumer[i]);
  }
  return true;
}

/* --- the loop --- */

static void shuffle(struct driver *d)
{
  for (size_t i = d->roles; i > 1; i--) {
    size_t k = random_below(&d->random, i);
    struct role *role = d->role[i - 1];
    d->role[i - 1] = d->role[k];
    d->role[k] = role;
  }
}

/* Lets every role act until none can do any more at this instant. */
static bool settle(struct driver *d, struct error *err)
{
  bool progress = true;
  while (progress) {
    progress = false;
    shuffle(d);
    for (size_t i = 0; i < d->roles; i++)
      if (d->role[i]->deadline_ns != ROLE_DONE &&
          !d->role[i]->advance(d->role[i], d->clock.now_ns, &progress, err))
        return false;
    tell(d, "replaying");
  }
  return true;
}

/* The next deadline, ROLE_DONE if there is none; *left roles are not done. */
static int64_t next_deadline(const struct driver *d, size_t *left)
{
  int64_t next = ROLE_DONE;
  *left = 0;
  for (size_t i = 0; i < d->roles; i++) {
    int64_t deadline = d->role[i]->deadline_ns;
    assert(deadline > d->clock.now_ns);
    *left += deadline != ROLE_DONE;
    next = deadline < next ? deadline : next;
  }
  return next;
}

static bool replay(struct driver *d, struct error *err)
{
  for (;;) {
    size_t left;
    if (!settle(d, err))
      return false;
    int64_t deadline = next_deadline(d, &left);
    if (deadline == ROLE_DONE)
      return true;
    const struct topic *full = producer_blocked(d->producer);
    if (full != NULL && left == 1)
      return error_set(err, ERR_BROKER,
                       "topic '%.*s' is full and its consumer has stopped; give it a longer "
                       "idle_timeout",
                       SLICE_PRINT(full->name));
    clock_jump(&d->clock, deadline);
  }
}

/* --- after: the proof, the tables, the jobs --- */

/* What the broker itself says it has. */
static bool count_appended(struct driver *d, struct error *err)
{
  struct account *a = &d->result->account;
  for (uint32_t i = 0; i < a->topics; i++) {
    for (uint32_t k = 0; k < d->result->partitions[i]; k++) {
      int64_t start, end;
      if (!d->broker->ops->range(d->broker, i, k, &start, &end, err))
        return false;
      a->topic[i].appended += (uint64_t)end;
    }
  }
  return true;
}

static bool commit_tables(struct driver *d, struct error *err)
{
  for (size_t i = 0; i < d->pipeline->consumers; i++)
    if (!consumer_commit(d->consumer[i], err))
      return false;
  return rejects_write(d->rejects, path_in(d, REJECTED), err);
}

static bool run_jobs(struct driver *d, struct error *err)
{
  struct pipeline *p = d->pipeline;
  struct replay_result *r = d->result;
  struct job_request request = {
      .pipeline = p,
      .tables = p->tables,
      .table = job_tables(p, d->options->directory, &r->arena),
      .executor = d->options->executor,
  };
  r->job = arena_zero(&r->arena, p->jobs, sizeof *r->job);
  for (size_t i = 0; i < p->jobs; i++) {
    request.job = &p->job[i];
    request.output =
        arena_printf(&r->arena, "%s/%.*s", d->options->directory, SLICE_PRINT(p->job[i].output));
    tell(d, arena_printf(&r->arena, "%.*s", SLICE_PRINT(p->job[i].name)));
    if (!job_run(&request, &r->job[i], &r->arena, err))
      return false;
    r->account.job[r->account.jobs++] = r->job[i].account;
  }
  return true;
}

static bool run(struct driver *d, struct error *err)
{
  struct dataset *dataset = open_dataset(d, err);
  if (dataset == NULL)
    return false;
  if (!make_directory(d, err) || !make_topics(d, err)) {
    dataset_close(dataset);
    return false;
  }
  make_account(d);
  if (!make_roles(d, dataset, err) || !replay(d, err) || !count_appended(d, err))
    return false;
  struct replay_result *r = d->result;
  r->rows = producer_rows(d->producer);
  r->malformed = dataset_counts(dataset)->malformed;
  r->rejected = rejects_count(d->rejects);
  r->virtual_ns = d->clock.now_ns - CLOCK_START_NS;
  return account_close_topics(&r->account, err) && commit_tables(d, err) && run_jobs(d, err) &&
         run_record_write(d->pipeline, d->options, r, err);
}

bool replay_run(struct pipeline *pipeline, const struct replay_options *options,
                struct replay_result *result, struct error *err)
{
  *result = (struct replay_result){0};
  struct driver d = {
      .pipeline = pipeline,
      .options = options,
      .result = result,
      .broker = options->broker,
      .rejects = rejects_new(),
  };
  if (d.broker == NULL)
    d.broker = memory_broker_new(MEMORY_LIMIT_BYTES);
  random_seed(&d.random, options->seed);
  clock_start(&d.clock);
  bool good = run(&d, err);
  producer_free(d.producer);
  for (size_t i = 0; d.consumer != NULL && i < pipeline->consumers; i++)
    consumer_free(d.consumer[i]);
  rejects_free(d.rejects);
  if (options->broker == NULL)
    broker_close(d.broker);
  return good;
}

void replay_result_free(struct replay_result *result)
{
  arena_free(&result->arena);
}
