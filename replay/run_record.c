/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/run_record.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/outfile.h"
#include "replay/file_hash.h"
#include "replay/pipeline_json.h"
#include "replay/time/clock.h"
#include "replay/version.h"

enum { FORMAT = 1 };

static json_t *text(struct slice s)
{
  json_t *json = json_stringn(s.n != 0 ? s.p : "", s.n);
  return json != NULL ? json : json_string("(not UTF-8)");
}

static json_t *number(uint64_t n)
{
  return json_integer((json_int_t)n);
}

/* Appends {"file", "bytes", "sha256"} to the list; the name is the path's last part. */
static bool add_file(json_t *list, const char *path, struct error *err)
{
  struct file_hash hash;
  if (!file_hash(path, &hash, err))
    return false;
  const char *slash = strrchr(path, '/');
  json_t *file = json_object();
  json_object_set_new(file, "file", text(slice_of(slash != NULL ? slash + 1 : path)));
  json_object_set_new(file, "bytes", number(hash.bytes));
  json_object_set_new(file, "sha256", json_string(hash.sha256));
  json_array_append_new(list, file);
  return true;
}

static json_t *parameters(struct pipeline *pipeline)
{
  json_t *all = json_object();
  for (size_t i = 0; i < pipeline->parameters; i++) {
    const struct parameter *p = &pipeline->parameter[i];
    json_object_set_new(all, arena_copy(&pipeline->arena, p->name.p, p->name.n), text(p->value));
  }
  return all;
}

static void add_sent(json_t *topic, const struct account_topic *t)
{
  json_object_set_new(topic, "generated", number(t->generated));
  json_object_set_new(topic, "sent", number(t->sent));
  json_object_set_new(topic, "acked", number(t->acked));
  json_object_set_new(topic, "appended", number(t->appended));
}

static void add_read(json_t *topic, const struct account_reader *r)
{
  json_object_set_new(topic, "consumer", text(r->name));
  json_object_set_new(topic, "fetched", number(r->fetched));
  json_object_set_new(topic, "decoded", number(r->decoded));
  json_object_set_new(topic, "rejected", number(r->rejected));
  if (r->doubled != 0)
    json_object_set_new(topic, "doubled", number(r->doubled));
}

static json_t *topics(const struct replay_result *result)
{
  json_t *list = json_array();
  for (size_t i = 0; i < result->account.readers; i++) {
    const struct account_reader *r = &result->account.reader[i];
    const struct account_topic *t = &result->account.topic[r->topic];
    if (t->not_sent && r->not_read)
      continue;
    json_t *topic = json_object();
    json_object_set_new(topic, "topic", text(t->name));
    json_object_set_new(topic, "partitions", number(result->partitions[r->topic]));
    if (!t->not_sent)
      add_sent(topic, t);
    if (!r->not_read)
      add_read(topic, r);
    json_array_append_new(list, topic);
  }
  return list;
}

static json_t *tables(const struct replay_result *result)
{
  json_t *list = json_array();
  for (size_t i = 0; i < result->account.tables; i++) {
    const struct account_table *t = &result->account.table[i];
    if (result->account.reader[t->reader].not_read)
      continue;
    json_t *table = json_object();
    json_object_set_new(table, "table", text(t->name));
    json_object_set_new(table, "stored", number(t->stored));
    json_array_append_new(list, table);
  }
  return list;
}

static json_t *alerts(const struct job_outcome *outcome)
{
  json_t *list = json_array();
  for (size_t i = 0; i < outcome->alerts; i++) {
    json_t *alert = json_object();
    json_object_set_new(alert, "label", text(outcome->alert[i].label));
    json_object_set_new(alert, "rows", number(outcome->alert[i].rows));
    json_array_append_new(list, alert);
  }
  return list;
}

static bool job_ran(const struct replay_result *result, size_t job)
{
  return job < result->account.jobs && result->account.job[job].name.n != 0;
}

static json_t *jobs(const struct pipeline *pipeline, const struct replay_result *result)
{
  json_t *list = json_array();
  for (size_t i = 0; i < result->account.jobs; i++) {
    const struct account_job *a = &result->account.job[i];
    const struct job_outcome *outcome = &result->job[i];
    if (!job_ran(result, i))
      continue;
    json_t *job = json_object();
    const struct plot *plot = pipeline->job[i].plot;
    json_object_set_new(job, "job", text(a->name));
    json_object_set_new(job, "output", text(pipeline->job[i].output));
    json_object_set_new(job, "read", number(a->read));
    json_object_set_new(job, "windowed", number(a->windowed));
    json_object_set_new(job, "late", number(a->late));
    json_object_set_new(job, "filtered", number(a->filtered));
    json_object_set_new(job, "null_time", number(a->null_time));
    json_object_set_new(job, "unasked", number(a->unasked));
    json_object_set_new(job, "windows", number(outcome->counts.windows));
    json_object_set_new(job, "rows", number(outcome->counts.rows));
    if (outcome->has_alerts)
      json_object_set_new(job, "alerts", alerts(outcome));
    if (plot != NULL)
      json_object_set_new(job, "plot", plot_json(plot));
    json_array_append_new(list, job);
  }
  return list;
}

static bool add_inputs(json_t *list, const struct pipeline *p, const struct replay_result *result,
                       struct error *err)
{
  struct arena arena = {0};
  bool good = (result->dataset == NULL || add_file(list, result->dataset, err)) &&
              add_file(list, p->file, err);
  for (size_t i = 0; good && i < p->jobs; i++) {
    const struct job *job = &p->job[i];
    if (!job_ran(result, i))
      continue;
    good = add_file(
        list, arena_printf(&arena, "%s/%.*s", p->directory, SLICE_PRINT(job->query_file)), err);
    for (size_t k = 0; good && k < job->automatics; k++)
      good = add_file(
          list,
          arena_printf(&arena, "%s/%.*s", p->directory, SLICE_PRINT(job->automatic[k].query_file)),
          err);
  }
  arena_free(&arena);
  return good;
}

static bool add_outputs(json_t *list, const struct pipeline *p, const char *directory,
                        const struct replay_result *result, struct error *err)
{
  struct arena arena = {0};
  bool good = true;
  for (size_t i = 0; good && i < p->tables; i++) {
    if (result->account.reader[result->account.table[i].reader].not_read)
      continue;
    good = add_file(list, arena_printf(&arena, "%s/%.*s", directory, SLICE_PRINT(p->table[i].file)),
                    err);
  }
  for (size_t i = 0; good && i < p->jobs; i++)
    if (job_ran(result, i))
      good = add_file(
          list, arena_printf(&arena, "%s/%.*s", directory, SLICE_PRINT(p->job[i].output)), err);
  arena_free(&arena);
  return good;
}

static json_t *integer(int64_t n)
{
  return json_integer((json_int_t)n);
}

/* How far rows were behind, what spinning came to, whether somebody set the clock. */
static void add_pace(json_t *clock, const struct replay_result *result, bool precise)
{
  const struct spin *spin = &result->spin;
  json_object_set_new(clock, "late_ns", integer(result->late_ns));
  json_object_set_new(clock, "last_late_ns", integer(result->last_late_ns));
  json_object_set_new(clock, "jumps", number(result->watch.jumps));
  json_object_set_new(clock, "greatest_jump_ms", integer(result->watch.greatest_ns / NS_PER_MS));
  if (!precise)
    return;
  json_object_set_new(clock, "spun", number(spin->spun));
  json_object_set_new(clock, "slept", number(spin->slept));
  json_object_set_new(clock, "spin_comparisons", number(spin->comparisons));
  json_object_set_new(clock, "spin_stops", number(spin->stops));
  json_object_set_new(clock, "spin_starts", number(spin->starts));
}

static json_t *clock_of(const struct replay_result *result, bool precise)
{
  char start[CLOCK_TEXT_BYTES];
  json_t *clock = json_object();
  clock_text(result->clock.start_ns, start);
  json_object_set_new(clock, "kind", json_string(result->clock.real ? "real" : "virtual"));
  json_object_set_new(clock, "start", json_string(start));
  json_object_set_new(clock, "ran_ms", number((uint64_t)(result->ran_ns / NS_PER_MS)));
  if (result->clock.real)
    add_pace(clock, result, precise);
  return clock;
}

static json_t *record(struct pipeline *pipeline, const struct replay_options *options,
                      const struct replay_result *result, json_t *inputs, json_t *outputs)
{
  json_t *all = json_object();
  json_object_set_new(all, "format", number(FORMAT));
  json_object_set_new(all, "retrial", json_string(RETRIAL_VERSION));
  json_object_set_new(all, "pipeline", text(pipeline->name));
  json_object_set_new(all, "spark", json_string(spark_version_name(pipeline->spark)));
  json_object_set_new(all, "parameters", parameters(pipeline));
  json_object_set_new(all, "broker",
                      json_string(options->broker_name != NULL ? options->broker_name : "memory"));
  json_object_set_new(all, "seed", json_integer((json_int_t)options->seed));
  json_object_set_new(all, "clock", clock_of(result, options->precise));
  json_object_set_new(all, "inputs", inputs);
  json_object_set_new(all, "rows", number(result->rows));
  json_object_set_new(all, "malformed", number(result->malformed));
  json_object_set_new(all, "topics", topics(result));
  json_object_set_new(all, "tables", tables(result));
  json_object_set_new(all, "jobs", jobs(pipeline, result));
  json_object_set_new(all, "outputs", outputs);
  return all;
}

bool run_record_write(struct pipeline *pipeline, const struct replay_options *options,
                      const struct replay_result *result, struct error *err)
{
  json_t *inputs = json_array(), *outputs = json_array();
  bool good = add_inputs(inputs, pipeline, result, err) &&
              add_outputs(outputs, pipeline, options->directory, result, err);
  json_t *all = record(pipeline, options, result, inputs, outputs);
  if (good) {
    struct buffer path = {0}, bytes = {0};
    char *dump = json_dumps(all, JSON_INDENT(2));
    if (dump == NULL)
      mem_exhausted(0);
    buffer_printf(&path, "%s/%s", options->directory, RUN_RECORD);
    buffer_put(&path, '\0');
    buffer_printf(&bytes, "%s\n", dump);
    good = outfile_put(path.p, (struct slice){bytes.p, bytes.n}, err);
    buffer_free(&path);
    buffer_free(&bytes);
    free(dump);
  }
  json_decref(all);
  return good;
}
