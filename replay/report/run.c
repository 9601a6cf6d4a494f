/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/report/run.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/infile.h"
#include "replay/file_hash.h"
#include "replay/run_record.h"
#include "text/number.h"

enum { FORMAT = 1 };

json_t *run_load_json(const char *path, const char *what, struct error *err)
{
  struct buffer bytes = {0};
  json_error_t why = {0};
  json_t *json = NULL;
  if (infile_read(path, &bytes, err)) {
    json = json_loadb(bytes.n != 0 ? bytes.p : "", bytes.n, JSON_REJECT_DUPLICATES, &why);
    if (json == NULL)
      error_at(err, ERR_DATA, path, (uint32_t)(why.line > 0 ? why.line : 0),
               (uint32_t)(why.column > 0 ? why.column : 0), "is not %s: %s", what, why.text);
  }
  buffer_free(&bytes);
  return json;
}

/* One entry of a list, into the element that it is for. */
typedef int read_entry(json_t *entry, void *element, struct arena *arena, json_error_t *why);

static int read_file(json_t *entry, void *element, struct arena *arena, json_error_t *why)
{
  struct run_file *f = element;
  (void)arena;
  return json_unpack_ex(entry, why, 0, "{s:s,s:I,s:s}", "file", &f->name, "bytes", &f->bytes,
                        "sha256", &f->sha256);
}

static int read_topic(json_t *entry, void *element, struct arena *arena, json_error_t *why)
{
  struct run_topic *t = element;
  (void)arena;
  t->generated = t->sent = t->acked = t->appended = NOT_COUNTED;
  t->fetched = t->decoded = t->rejected = NOT_COUNTED;
  return json_unpack_ex(entry, why, 0, "{s:s,s:I,s?I,s?I,s?I,s?I,s?s,s?I,s?I,s?I}", "topic",
                        &t->name, "partitions", &t->partitions, "generated", &t->generated, "sent",
                        &t->sent, "acked", &t->acked, "appended", &t->appended, "consumer",
                        &t->consumer, "fetched", &t->fetched, "decoded", &t->decoded, "rejected",
                        &t->rejected);
}

static int read_table(json_t *entry, void *element, struct arena *arena, json_error_t *why)
{
  struct run_table *t = element;
  (void)arena;
  return json_unpack_ex(entry, why, 0, "{s:s,s:I}", "table", &t->name, "stored", &t->stored);
}

static int read_value(json_t *entry, void *element, struct arena *arena, json_error_t *why)
{
  struct run_value *v = element;
  json_t *threshold = NULL;
  double number;
  (void)arena;
  if (json_unpack_ex(entry, why, 0, "{s:s,s?o}", "column", &v->column, "threshold", &threshold))
    return -1;
  v->threshold = json_string_value(threshold); /* null: NULL */
  return v->threshold == NULL || number_parse_double(slice_of(v->threshold), &number) ? 0 : -1;
}

/* Reads all entries of a list; *count is 0 for a list that is not there. */
static void *read_list(const json_t *list, size_t size, size_t *count, read_entry *read,
                       struct arena *arena, json_error_t *why)
{
  *count = json_array_size(list);
  char *element = arena_zero(arena, *count + 1, size);
  for (size_t i = 0; i < *count; i++)
    if (read(json_array_get(list, i), element + i * size, arena, why) != 0)
      return NULL;
  return element;
}

static int read_plot(const json_t *json, struct run_job *job, struct arena *arena,
                     json_error_t *why)
{
  struct run_plot *plot = arena_zero(arena, 1, sizeof *plot);
  job->plot = plot;
  plot->time = json_string_value(json_object_get(json, "time"));
  plot->series = json_string_value(json_object_get(json, "series"));
  plot->alert = json_string_value(json_object_get(json, "alert"));
  plot->value = read_list(json_object_get(json, "values"), sizeof *plot->value, &plot->values,
                          read_value, arena, why);
  return plot->time != NULL && plot->value != NULL && plot->values != 0 && job->output != NULL ? 0
                                                                                               : -1;
}

static int read_job(json_t *entry, void *element, struct arena *arena, json_error_t *why)
{
  struct run_job *j = element;
  const json_t *plot = json_object_get(entry, "plot");
  j->alerts = json_object_get(entry, "alerts");
  j->output = json_string_value(json_object_get(entry, "output"));
  int bad = json_unpack_ex(entry, why, 0, "{s:s,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I}", "job", &j->name,
                           "read", &j->read, "windowed", &j->windowed, "late", &j->late, "filtered",
                           &j->filtered, "null_time", &j->null_time, "unasked", &j->unasked,
                           "windows", &j->windows, "rows", &j->rows);
  return bad != 0 ? bad : plot != NULL ? read_plot(plot, j, arena, why) : 0;
}

static bool read_lists(struct run *run, json_error_t *why)
{
  struct arena *a = &run->arena;
  const json_t *all = run->json;
  run->input = read_list(json_object_get(all, "inputs"), sizeof *run->input, &run->inputs,
                         read_file, a, why);
  run->output = read_list(json_object_get(all, "outputs"), sizeof *run->output, &run->outputs,
                          read_file, a, why);
  run->topic = read_list(json_object_get(all, "topics"), sizeof *run->topic, &run->topics,
                         read_topic, a, why);
  run->table = read_list(json_object_get(all, "tables"), sizeof *run->table, &run->tables,
                         read_table, a, why);
  run->job =
      read_list(json_object_get(all, "jobs"), sizeof *run->job, &run->jobs, read_job, a, why);
  return run->input != NULL && run->output != NULL && run->topic != NULL && run->table != NULL &&
         run->job != NULL;
}

/* A run without a topic sends and reads all there is. */
static void find_parts(struct run *run)
{
  run->sent = run->consumed = run->topics == 0;
  for (size_t i = 0; i < run->topics; i++) {
    run->sent = run->sent || run->topic[i].generated != NOT_COUNTED;
    run->consumed = run->consumed || run->topic[i].fetched != NOT_COUNTED;
  }
}

static bool read_record(struct run *run, json_error_t *why)
{
  const json_t *clock = json_object_get(run->json, "clock");
  if (json_unpack_ex(run->json, why, 0, "{s:s,s:s,s:s,s:I,s:I,s:I}", "pipeline", &run->pipeline,
                     "retrial", &run->version, "spark", &run->spark, "seed", &run->seed, "rows",
                     &run->rows, "malformed", &run->malformed) != 0)
    return false;
  run->parameters = json_object_get(run->json, "parameters");
  run->broker = json_string_value(json_object_get(run->json, "broker"));
  run->clock = json_string_value(json_object_get(clock, "kind"));
  run->start = json_string_value(json_object_get(clock, "start"));
  run->ran_ms = json_integer_value(json_object_get(clock, "ran_ms"));
  if (!read_lists(run, why))
    return false;
  find_parts(run);
  return true;
}

bool run_open(struct run *run, const char *directory, struct error *err)
{
  *run = (struct run){.directory = directory};
  run->file = arena_printf(&run->arena, "%s/%s", directory, RUN_RECORD);
  if (access(run->file, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR))
    return error_at(err, ERR_IO, directory, 0, 0,
                    "is no run: it has no %s; 'retrial run PIPELINE -o DIR' makes one", RUN_RECORD);
  run->json = run_load_json(run->file, "the record of a run", err);
  if (run->json == NULL)
    return false;
  json_int_t format = json_integer_value(json_object_get(run->json, "format"));
  json_error_t why = {.text = ""};
  if (format != FORMAT && json_is_integer(json_object_get(run->json, "format")))
    return error_at(err, ERR_DATA, run->file, 0, 0,
                    "has format %lld, this retrial knows %d; run again, or take the retrial that "
                    "wrote it",
                    (long long)format, FORMAT);
  if (format == FORMAT && read_record(run, &why))
    return true;
  const char *what = format != FORMAT ? "it names no format" : why.text;
  return error_at(err, ERR_DATA, run->file, 0, 0, "is not the record of a run (%s); run again",
                  what[0] != '\0' ? what : "a plot in it makes no sense");
}

void run_close(struct run *run)
{
  json_decref(run->json);
  arena_free(&run->arena);
}

const struct run_file *run_output(const struct run *run, const char *name)
{
  for (size_t i = 0; name != NULL && i < run->outputs; i++)
    if (strcmp(run->output[i].name, name) == 0)
      return &run->output[i];
  return NULL;
}

bool run_check_output(const struct run *run, const struct run_file *output, struct error *err)
{
  struct buffer path = {0};
  struct file_hash hash;
  buffer_printf(&path, "%s/%s", run->directory, output->name);
  buffer_put(&path, '\0');
  bool good = file_hash(path.p, &hash, err);
  if (good && strcmp(hash.sha256, output->sha256) != 0)
    good =
        error_at(err, ERR_DATA, path.p, 0, 0,
                 "is not the file that %s records: its SHA-256 is another; run again", RUN_RECORD);
  buffer_free(&path);
  return good;
}
