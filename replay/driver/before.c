/* SPDX-License-Identifier: Apache-2.0 */
/* before.c - what there is to read, where to write, and the account that is to close. */
#include "replay/driver/internal.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "replay/latency_files.h"
#include "replay/roles/rows.h"
#include "replay/run_record.h"

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

bool driver_sends_dataset(const struct driver *d)
{
  return driver_plays(d, REPLAY_PRODUCE) && d->options->capture == NULL;
}

struct dataset *driver_open_dataset(struct driver *d, struct error *err)
{
  const struct schema *schema = &d->pipeline->dataset.schema;
  bool *wanted = arena_zero(&d->result->arena, schema->columns, sizeof *wanted);
  rows_want(d->pipeline, wanted);
  d->result->dataset = replay_dataset(d->pipeline, d->options, &d->result->arena);
  struct dataset *dataset = dataset_open(d->result->dataset, schema, wanted, err);
  if (dataset == NULL && err != NULL && err->code == ERR_IO && d->options->dataset == NULL)
    error_at(err, ERR_IO, d->result->dataset, 0, 0,
             "%s; name another one with --dataset, or make one with 'retrial generate'", err->text);
  return dataset;
}

/* The directory, without the record and the latencies of an earlier run. */
bool driver_make_directory(struct driver *d, struct error *err)
{
  const char *directory = d->options->directory, *record = driver_path_in(d, RUN_RECORD);
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

bool driver_make_journals(struct driver *d, struct error *err)
{
  const char *journals = driver_path_in(d, DRIVER_JOURNALS);
  return !d->options->grouped || mkdir(journals, 0777) == 0 || errno == EEXIST ||
         error_io(err, journals, errno, "cannot be made");
}

void driver_make_account(struct driver *d)
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
    a->topic[i] = (struct account_topic){.name = p->topic[i].name,
                                         .not_sent = !driver_plays(d, REPLAY_PRODUCE)};
  for (size_t i = 0; i < p->consumers; i++)
    for (size_t k = 0; k < p->consumer[i].topics; k++)
      a->reader[a->readers++] = (struct account_reader){
          .name = p->consumer[i].name,
          .topic = p->consumer[i].topic[k],
          .not_read = !driver_reads(d, i),
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

/* Whether the topic has the partitions of the capture's records, or would have them. */
static bool has_room(const struct driver *d, size_t topic, struct error *err)
{
  const struct topic *t = &d->pipeline->topic[topic];
  uint32_t has = d->result->partitions[topic];
  const struct replay_capture *capture = d->options->capture;
  return capture == NULL || capture->repartitions || t->partitions <= has ||
         error_set(err, ERR_BROKER,
                   "topic '%.*s' has %u partition%s, and the capture has records of its partition "
                   "%u; --repartition sends them by their keys",
                   SLICE_PRINT(t->name), has, has == 1 ? "" : "s", t->partitions - 1);
}

bool driver_make_topics(struct driver *d, struct error *err)
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
        .must_exist = !driver_plays(d, REPLAY_PRODUCE),
        .has = d->options->capture != NULL && d->options->partitions == 0 ? &partitions[i] : NULL,
    };
    if (!has_room(d, i, err) || !d->broker->ops->open_topic(d->broker, &spec, &topic, err) ||
        !has_room(d, i, err) || !find_base(d, topic, err))
      return false;
  }
  return true;
}

/* What is in the topics before a producer on its own sends. */
bool driver_look_back(struct driver *d, struct error *err)
{
  struct replay_result *r = d->result;
  if (!driver_plays(d, REPLAY_PRODUCE) || driver_is_whole(d) || d->options->capture != NULL)
    return true;
  if (!resume_find(d->broker, d->pipeline, r->partitions, driver_patience(d), &d->resume, &r->arena,
                   err))
    return false;
  if (d->options->before == REPLAY_APPENDS)
    r->first_row = d->resume.next;
  return d->resume.empty || d->options->before != REPLAY_REFUSES ||
         error_set(err, ERR_BROKER,
                   "there are records in the topics already, up to row %llu of a dataset; --resume "
                   "sends the rest of one that was interrupted, --append sends all behind them",
                   (unsigned long long)d->resume.next - 1);
}
