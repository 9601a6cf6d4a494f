/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/driver.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "broker/memory.h"
#include "replay/alert_times.h"
#include "replay/consumer.h"
#include "replay/interrupt.h"
#include "replay/latency_files.h"
#include "replay/locked.h"
#include "replay/loop.h"
#include "replay/model.h"
#include "replay/producer.h"
#include "replay/resume.h"
#include "replay/run_record.h"

static const char REJECTED[] = "rejected.jsonl";

#define PATIENCE_NS (60 * NS_PER_SECOND)
#define SHORTEST_IDLE_NS (10 * NS_PER_MS)

static const char JOURNALS[] = "journal";

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
  bool *wanted; /* columns of the dataset */
  size_t roles;
  struct role **role;
};

static bool plays(const struct driver *d, enum replay_part part)
{
  return d->options->parts == REPLAY_ALL || (d->options->parts & part) != 0;
}

/* A part on its own meets the others at a broker that stays when it goes. */
static bool is_whole(const struct driver *d)
{
  return plays(d, REPLAY_PRODUCE) && plays(d, REPLAY_CONSUME);
}

static bool reads(const struct driver *d, size_t consumer)
{
  return plays(d, REPLAY_CONSUME) &&
         (d->options->consumer == NULL || d->options->consumer[consumer]);
}

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

/* The directory, without the record and the latencies of an earlier run. */
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
  return latency_files_remove(directory, err);
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
    a->topic[i] =
        (struct account_topic){.name = p->topic[i].name, .not_sent = !plays(d, REPLAY_PRODUCE)};
  for (size_t i = 0; i < p->consumers; i++)
    for (size_t k = 0; k < p->consumer[i].topics; k++)
      a->reader[a->readers++] = (struct account_reader){
          .name = p->consumer[i].name,
          .topic = p->consumer[i].topic[k],
          .not_read = !reads(d, i),
      };
  for (size_t i = 0; i < p->tables; i++) {
    a->table[i].name = p->table[i].name;
    while (a->reader[a->table[i].reader].topic != p->table[i].topic)
      a->table[i].reader++;
  }
}

/* Where each partition of the topic ends before the run: what is there already is not read. */
static bool find_base(struct driver *d, uint32_t topic, struct error *err)
{
  uint32_t partitions = d->result->partitions[topic];
  d->base[topic] = arena_take(&d->result->arena, partitions, sizeof **d->base);
  for (uint32_t i = 0; i < partitions; i++) {
    int64_t start;
    if (!d->broker->ops->range(d->broker, topic, i, &start, &d->base[topic][i], err))
      return false;
  }
  return true;
}

static bool make_topics(struct driver *d, struct error *err)
{
  const struct pipeline *p = d->pipeline;
  uint32_t *partitions = arena_take(&d->result->arena, p->topics, sizeof *partitions);
  d->result->partitions = partitions;
  d->base = arena_zero(&d->result->arena, p->topics, sizeof *d->base);
  for (size_t i = 0; i < p->topics; i++) {
    uint32_t topic;
    partitions[i] = d->options->partitions != 0 ? d->options->partitions : p->topic[i].partitions;
    struct topic_spec spec = {
        .name = p->topic[i].name,
        .partitions = partitions[i],
        .replication = p->topic[i].replication,
        .settings = p->topic[i].settings,
        .setting = p->topic[i].setting,
        .must_exist = !plays(d, REPLAY_PRODUCE),
    };
    if (!d->broker->ops->open_topic(d->broker, &spec, &topic, err) || !find_base(d, topic, err))
      return false;
  }
  return true;
}

/* --- what the roles and the loop ask --- */

static bool is_reading(const struct driver *d, size_t consumer)
{
  return d->consumer[consumer] != NULL &&
         consumer_role(d->consumer[consumer])->deadline_ns != ROLE_DONE;
}

/* Whether anything was sent that was not acknowledged, or acknowledged and not fetched by a
 * consumer that still reads. */
static bool in_transit(const struct driver *d)
{
  const struct account_reader *reader = d->result->account.reader;
  if (flight_count(d->flight) != 0)
    return true;
  for (size_t i = 0; i < d->pipeline->consumers; i++) {
    const struct consumer *consumer = &d->pipeline->consumer[i];
    for (size_t k = 0; k < consumer->topics; k++, reader++)
      if (is_reading(d, i) && d->result->account.topic[reader->topic].acked > reader->fetched)
        return true;
  }
  return false;
}

/* The same, and *heard: answers and records that have come so far. */
static bool awaits(void *argument, uint64_t *heard)
{
  const struct driver *d = argument;
  const struct account *a = &d->result->account;
  *heard = 0;
  for (size_t i = 0; i < a->topics; i++)
    *heard += a->topic[i].acked;
  for (size_t i = 0; i < a->readers; i++)
    *heard += a->reader[i].fetched;
  return in_transit(d);
}

/* The producer may run ahead of a broker outside of the process as long as that decides nothing: no
 * consumer would have given up meanwhile. */
static bool may_jump(void *argument, int64_t deadline_ns)
{
  const struct driver *d = argument;
  if (!in_transit(d))
    return true;
  bool ahead = producer_role(d->producer)->deadline_ns == deadline_ns;
  for (size_t i = 0; i < d->pipeline->consumers; i++)
    ahead = ahead && consumer_role(d->consumer[i])->deadline_ns > deadline_ns;
  return ahead && producer_blocked(d->producer) == NULL;
}

/* What a consumer under the real clock may expect. While the producer is late, no time passes. */
static enum outlook look_out(void *argument, int64_t now_ns)
{
  struct driver *d = argument;
  int64_t next_ns = producer_next_ns(d->producer); /* before looking what is in transit */
  if (in_transit(d) || next_ns <= now_ns)
    return OUTLOOK_MORE;
  return next_ns == ROLE_DONE ? OUTLOOK_OVER : OUTLOOK_UNKNOWN;
}

/* A full topic whose consumer has stopped stays full. */
static bool can_go_on(void *argument, struct error *err)
{
  struct driver *d = argument;
  if (!plays(d, REPLAY_PRODUCE))
    return true;
  if (d->model != NULL && producer_next_ns(d->producer) == ROLE_DONE)
    model_end(d->model);
  const struct topic *full = producer_blocked(d->producer);
  bool good = full == NULL || flight_count(d->flight) != 0;
  for (size_t i = 0; i < d->pipeline->consumers; i++)
    good = good || is_reading(d, i);
  return good || error_set(err, ERR_BROKER,
                           "topic '%.*s' is full and its consumer has stopped; give it a longer "
                           "idle_timeout",
                           SLICE_PRINT(full->name));
}

static void tell_rows(void *argument)
{
  tell(argument, "replaying");
}

static int64_t patience(const struct driver *d)
{
  return d->options->patience_ns != 0 ? d->options->patience_ns : PATIENCE_NS;
}

/* A consumer's patience in the run's time: at twice the speed, half of it. */
static int64_t idle_timeout(const struct driver *d, const struct consumer *consumer)
{
  const struct pace_options *pace = &d->options->load.pace;
  if (!d->options->real || pace->kind != PACE_SPEED || pace->factor.above == 0)
    return consumer->idle_timeout_ns;
  __int128 ns = (__int128)consumer->idle_timeout_ns * pace->factor.below / pace->factor.above;
  return ns < SHORTEST_IDLE_NS ? SHORTEST_IDLE_NS : (int64_t)ns;
}

/* --- the roles --- */

/* Latencies are worth a word where anything takes time: not under the virtual clock alone, and not
 * where that clock meets a broker with one of its own. */
static bool is_measured(const struct driver *d)
{
  return d->clock.real || d->model != NULL;
}

static bool times_alerts(const struct driver *d)
{
  for (size_t i = 0; i < d->pipeline->jobs; i++)
    if (d->pipeline->job[i].alerts != NULL)
      return is_measured(d);
  return false;
}

static void make_producer(struct driver *d, struct dataset *dataset)
{
  const struct replay_load *load = &d->options->load;
  struct account *a = &d->result->account;
  d->acks = acks_new(d->broker, d->flight, a->topic, d->result->latency);
  struct producer_setup setup = {
      .pipeline = d->pipeline,
      .dataset = dataset,
      .broker = d->broker,
      .partitions = d->result->partitions,
      .account = a->topic,
      .flight = d->flight,
      .acks = d->acks,
      .latency = d->sending,
      .sent = times_alerts(d) ? &d->sent : NULL,
      .pace = load->pace,
      .rounds = load->rounds != 0 ? load->rounds : 1,
      .limit = load->limit,
      .duration_ns = load->duration_ns,
      .in_flight = load->in_flight,
      .first_row = d->result->first_row,
      .have = d->options->before == REPLAY_RESUMES ? (const uint64_t *const *)d->resume.have : NULL,
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
      .start = is_whole(d) ? (const int64_t *const *)d->base : NULL,
      .directory = d->options->directory,
      .reader = reader,
      .table = d->result->account.table,
      .rejects = d->rejects,
      .latency = d->result->latency,
      .idle_timeout_ns = idle_timeout(d, &p->consumer[i]),
      .patience_ns = patience(d),
      .journals = is_whole(d) ? NULL : path_in(d, JOURNALS),
      .grouped = d->options->grouped,
      .look_out = d->options->real && is_whole(d) ? look_out : NULL,
      .argument = d,
      .seed = hash_combine(d->options->seed, i),
      .start_ns = d->clock.start_ns,
  };
  d->consumer[i] = consumer_new(&setup, err);
  return d->consumer[i] != NULL;
}

static bool make_roles(struct driver *d, struct dataset *dataset, struct error *err)
{
  const struct pipeline *p = d->pipeline;
  struct account_reader *reader = d->result->account.reader;
  d->role = arena_take(&d->result->arena, 2 + p->consumers, sizeof(struct role *));
  d->consumer = arena_zero(&d->result->arena, p->consumers, sizeof(struct consumer_role *));
  for (size_t i = 0; i < p->consumers; reader += p->consumer[i++].topics) {
    if (!reads(d, i))
      continue;
    if (!make_consumer(d, i, reader, err))
      return false;
    d->role[d->roles++] = consumer_role(d->consumer[i]);
  }
  if (dataset == NULL)
    return true;
  make_producer(d, dataset);
  d->role[d->roles++] = acks_role(d->acks);
  if (!d->options->real || !d->options->apart)
    d->role[d->roles++] = producer_role(d->producer);
  return true;
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
      .patience_ns = patience(d),
      .awaits = awaits,
      .may_jump = may_jump,
      .can_go_on = can_go_on,
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

/* --- after: the proof, the tables, the jobs --- */

/* What the broker itself says it has; where others send, what came of it and what never did. */
static bool count_appended(struct driver *d, struct error *err)
{
  struct account *a = &d->result->account;
  for (size_t i = 0; !plays(d, REPLAY_PRODUCE) && i < a->readers; i++)
    a->topic[a->reader[i].topic].appended = a->reader[i].fetched;
  if (!plays(d, REPLAY_PRODUCE))
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

static bool commit_tables(struct driver *d, struct error *err)
{
  if (!plays(d, REPLAY_CONSUME))
    return true;
  for (size_t i = 0; i < d->pipeline->consumers; i++)
    if (reads(d, i) && !consumer_commit(d->consumer[i], err))
      return false;
  return rejects_write(d->rejects, path_in(d, REJECTED), err);
}

static bool run_jobs(struct driver *d, struct error *err)
{
  struct pipeline *p = d->pipeline;
  struct replay_result *r = d->result;
  struct query_table *table = job_tables(p, d->options->directory, &r->arena);
  struct job_request request = {.pipeline = p, .table = table, .executor = d->options->executor};
  for (size_t i = 0; i < p->tables; i++)
    if (!r->account.reader[r->account.table[i].reader].not_read)
      table[request.tables++] = table[i];
  r->job = arena_zero(&r->arena, p->jobs, sizeof *r->job);
  r->account.jobs = p->jobs;
  for (size_t i = 0; plays(d, REPLAY_PROCESS) && i < p->jobs; i++) {
    if (d->options->job != NULL && !d->options->job[i])
      continue;
    request.job = &p->job[i];
    request.output =
        arena_printf(&r->arena, "%s/%.*s", d->options->directory, SLICE_PRINT(p->job[i].output));
    tell(d, arena_printf(&r->arena, "%.*s", SLICE_PRINT(p->job[i].name)));
    if (!job_run(&request, &r->job[i], &r->arena, err))
      return false;
    r->job[i].emitted_ns = clock_now(&d->clock);
    r->account.job[i] = r->job[i].account;
  }
  return true;
}

/* Behind all jobs, so that none waits for it. That the declarations are right is found out in every
 * run, not in the first one that takes its time. */
static bool time_alerts(struct driver *d, const struct dataset *dataset, struct error *err)
{
  const struct pipeline *p = d->pipeline;
  if (dataset == NULL || !plays(d, REPLAY_PROCESS))
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
        (is_measured(d) && !alert_times_record(&request, &d->sent, job->emitted_ns,
                                               d->result->latency, &job->untimed, err)))
      return false;
  }
  return true;
}

/* Connecting and making topics is no part of the run. */
static void start_clock(struct driver *d)
{
  clock_start(&d->clock, d->options->real);
  d->result->latency = latency_new(d->clock.start_ns);
  d->sending = latency_new(d->clock.start_ns);
}

/* The broker, where the caller gave none. */
static void make_broker(struct driver *d)
{
  d->broker = d->options->broker;
  if (d->broker != NULL)
    return;
  if (!d->options->real && model_is_asked_for(d->pipeline)) {
    d->model = model_new(d->pipeline, CLOCK_START_NS);
    d->broker = model_broker(d->model);
  } else {
    d->broker = memory_broker_new(MEMORY_LIMIT_BYTES);
    if (d->options->real && d->options->apart)
      d->broker = locked_broker_new(d->broker);
  }
}

static bool write_latencies(struct driver *d, struct error *err)
{
  return !d->result->measured ||
         latency_files_write(d->options->directory, d->result->latency, !d->clock.real, err);
}

/* What is in the topics before a producer on its own sends. */
static bool look_back(struct driver *d, struct error *err)
{
  struct replay_result *r = d->result;
  if (!plays(d, REPLAY_PRODUCE) || is_whole(d))
    return true;
  if (!resume_find(d->broker, d->pipeline, r->partitions, patience(d), &d->resume, &r->arena, err))
    return false;
  if (d->options->before == REPLAY_APPENDS)
    r->first_row = d->resume.next;
  return d->resume.empty || d->options->before != REPLAY_REFUSES ||
         error_set(err, ERR_BROKER,
                   "there are records in the topics already, up to row %llu of a dataset; --resume "
                   "sends the rest of one that was interrupted, --append sends all behind them",
                   (unsigned long long)d->resume.next - 1);
}

static bool make_journals(struct driver *d, struct error *err)
{
  const char *journals = path_in(d, JOURNALS);
  return is_whole(d) || !plays(d, REPLAY_CONSUME) || mkdir(journals, 0777) == 0 ||
         errno == EEXIST || error_io(err, journals, errno, "cannot be made");
}

static bool prepare(struct driver *d, struct error *err)
{
  return (d->options->directory == NULL || (make_directory(d, err) && make_journals(d, err))) &&
         make_topics(d, err) && look_back(d, err);
}

static void fill_result(struct driver *d)
{
  struct replay_result *r = d->result;
  r->rejected = rejects_count(d->rejects);
  r->clock = d->clock;
  r->ran_ns = clock_now(&d->clock) - d->clock.start_ns;
  r->measured = is_measured(d);
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
  if (plays(d, REPLAY_PRODUCE) && (dataset = open_dataset(d, err)) == NULL)
    return false;
  if (!prepare(d, err)) {
    dataset_close(dataset);
    return false;
  }
  make_account(d);
  start_clock(d);
  if (!make_roles(d, dataset, err)) {
    if (d->producer == NULL)
      dataset_close(dataset);
    return false;
  }
  if (!replay(d, err) || !count_appended(d, err))
    return false;
  fill_result(d);
  r->malformed = dataset != NULL ? dataset_malformed(dataset) : 0;
  return account_close_topics(&r->account, err) && commit_tables(d, err) && run_jobs(d, err) &&
         time_alerts(d, dataset, err) &&
         (d->options->directory == NULL ||
          (write_latencies(d, err) && run_record_write(d->pipeline, d->options, r, err)));
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
  make_broker(&d);
  bool good = run(&d, err);
  producer_free(d.producer);
  acks_free(d.acks);
  for (size_t i = 0; d.consumer != NULL && i < pipeline->consumers; i++)
    consumer_free(d.consumer[i]);
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
  arena_free(&result->arena);
}
