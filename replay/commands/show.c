/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>

#include "replay/commands/commands.h"
#include "replay/grid.h"
#include "replay/open.h"

/* "1 s", "500 ms": the largest unit that leaves no fraction. */
static const char *duration_text(int64_t ns, char out[32])
{
  static const struct {
    int64_t ns;
    const char *name;
  } UNIT[] = {{INT64_C(60000000000), "min"}, {1000000000, "s"}, {1000000, "ms"}, {1000, "us"}};
  for (size_t i = 0; i < sizeof UNIT / sizeof UNIT[0]; i++)
    if (ns % UNIT[i].ns == 0) {
      snprintf(out, 32, "%" PRId64 " %s", ns / UNIT[i].ns, UNIT[i].name);
      return out;
    }
  snprintf(out, 32, "%" PRId64 " ns", ns);
  return out;
}

static struct slice column_name(const struct pipeline *pipeline, size_t column)
{
  return pipeline->dataset.schema.column[column].name;
}

static void append_schema(const struct schema *schema, struct buffer *out)
{
  char type[256];
  for (size_t i = 0; i < schema->columns; i++)
    buffer_printf(out, "%s%.*s %s", i != 0 ? ", " : "", SLICE_PRINT(schema->column[i].name),
                  type_name(schema->column[i].type, type, sizeof type));
}

static void print_parameters(const struct pipeline *pipeline)
{
  struct grid grid = {.columns = 4};
  printf("\nparameters (--set NAME=VALUE):\n");
  for (size_t i = 0; i < pipeline->parameters; i++) {
    const struct parameter *p = &pipeline->parameter[i];
    struct buffer choices = {0};
    for (size_t k = 0; k < p->choices; k++)
      buffer_printf(&choices, "%s%.*s", k != 0 ? " | " : "", SLICE_PRINT(p->choice[k].name));
    grid_cell(&grid, "%.*s", SLICE_PRINT(p->name));
    if (p->is_set)
      grid_cell(&grid, "%.*s (not %.*s)", SLICE_PRINT(p->value), SLICE_PRINT(p->fallback));
    else
      grid_cell(&grid, "%.*s", SLICE_PRINT(p->value));
    grid_cell(&grid, "%.*s", (int)choices.n, choices.n != 0 ? choices.p : "");
    grid_cell(&grid, "%.*s", SLICE_PRINT(p->about));
    buffer_free(&choices);
  }
  grid_print(&grid, 2, stdout);
}

static void print_topics(const struct pipeline *pipeline)
{
  struct grid grid = {.columns = 4};
  printf("\ntopics:\n");
  for (size_t i = 0; i < pipeline->topics; i++) {
    const struct topic *topic = &pipeline->topic[i];
    struct buffer fields = {0};
    for (size_t k = 0; k < topic->fields; k++)
      buffer_printf(&fields, "%s%.*s", k != 0 ? ", " : "", SLICE_PRINT(topic->field[k].name));
    grid_cell(&grid, "%.*s", SLICE_PRINT(topic->name));
    grid_cell(&grid, "%u partition%s", topic->partitions, topic->partitions != 1 ? "s" : "");
    if (topic->key >= 0)
      grid_cell(&grid, "key %.*s", SLICE_PRINT(column_name(pipeline, (size_t)topic->key)));
    else
      grid_cell(&grid, "no key");
    grid_cell(&grid, "%.*s", (int)fields.n, fields.p);
    buffer_free(&fields);
  }
  grid_print(&grid, 2, stdout);
}

static void print_consumers(const struct pipeline *pipeline)
{
  struct grid grid = {.columns = 3};
  char duration[32];
  printf("\nconsumers:\n");
  for (size_t i = 0; i < pipeline->consumers; i++) {
    const struct consumer *consumer = &pipeline->consumer[i];
    struct buffer topics = {0};
    for (size_t k = 0; k < consumer->topics; k++)
      buffer_printf(&topics, "%s%.*s", k != 0 ? ", " : "",
                    SLICE_PRINT(pipeline->topic[consumer->topic[k]].name));
    grid_cell(&grid, "%.*s", SLICE_PRINT(consumer->name));
    grid_cell(&grid, "%.*s", (int)topics.n, topics.p);
    grid_cell(&grid, "stops after %s of silence",
              duration_text(consumer->idle_timeout_ns, duration));
    buffer_free(&topics);
  }
  grid_print(&grid, 2, stdout);
}

static void print_tables(const struct pipeline *pipeline)
{
  struct grid grid = {.columns = 4};
  printf("\ntables:\n");
  for (size_t i = 0; i < pipeline->tables; i++) {
    const struct stored_table *table = &pipeline->table[i];
    struct buffer schema = {0};
    append_schema(&table->schema, &schema);
    grid_cell(&grid, "%.*s", SLICE_PRINT(table->name));
    grid_cell(&grid, "from %.*s", SLICE_PRINT(pipeline->topic[table->topic].name));
    grid_cell(&grid, "in %.*s", SLICE_PRINT(table->file));
    grid_cell(&grid, "%.*s", (int)schema.n, schema.p);
    buffer_free(&schema);
  }
  grid_print(&grid, 2, stdout);
}

static void print_jobs(const struct pipeline *pipeline)
{
  struct grid grid = {.columns = 3};
  printf("\njobs:\n");
  for (size_t i = 0; i < pipeline->jobs; i++) {
    const struct job *job = &pipeline->job[i];
    grid_cell(&grid, "%.*s", SLICE_PRINT(job->name));
    grid_cell(&grid, "%.*s", SLICE_PRINT(job->query_file));
    grid_cell(&grid, "writes %.*s", SLICE_PRINT(job->output));
  }
  grid_print(&grid, 2, stdout);
}

static void print_words(const struct pipeline *pipeline)
{
  char duration[32];
  struct buffer schema = {0};
  append_schema(&pipeline->dataset.schema, &schema);
  printf("%.*s, in %s\n", SLICE_PRINT(pipeline->name), pipeline->directory);
  if (pipeline->about.n != 0)
    printf("%.*s\n", SLICE_PRINT(pipeline->about));
  if (pipeline->parameters != 0)
    print_parameters(pipeline);
  printf("\ndataset:\n  %.*s: %.*s\n", SLICE_PRINT(pipeline->dataset.file), (int)schema.n,
         schema.p);
  printf("  rows of one %.*s are sent together, every %s\n",
         SLICE_PRINT(column_name(pipeline, pipeline->schedule.group_by)),
         duration_text(pipeline->schedule.every_ns, duration));
  print_topics(pipeline);
  print_consumers(pipeline);
  print_tables(pipeline);
  print_jobs(pipeline);
  buffer_free(&schema);
}

static json_t *text(struct slice s)
{
  return json_stringn(s.n != 0 ? s.p : "", s.n);
}

static json_t *schema_json(const struct schema *schema)
{
  json_t *list = json_array();
  char type[256];
  for (size_t i = 0; i < schema->columns; i++)
    json_array_append_new(list, json_pack("{so,ss}", "name", text(schema->column[i].name), "type",
                                          type_name(schema->column[i].type, type, sizeof type)));
  return list;
}

static json_t *parameters_json(const struct pipeline *pipeline)
{
  json_t *list = json_array();
  for (size_t i = 0; i < pipeline->parameters; i++) {
    const struct parameter *p = &pipeline->parameter[i];
    json_t *choices = json_array();
    for (size_t k = 0; k < p->choices; k++)
      json_array_append_new(choices, text(p->choice[k].name));
    json_array_append_new(list, json_pack("{so,so,so,so,so}", "name", text(p->name), "value",
                                          text(p->value), "default", text(p->fallback), "choices",
                                          choices, "about", text(p->about)));
  }
  return list;
}

static json_t *topics_json(const struct pipeline *pipeline)
{
  json_t *list = json_array();
  for (size_t i = 0; i < pipeline->topics; i++) {
    const struct topic *topic = &pipeline->topic[i];
    json_t *fields = json_array();
    json_t *key = topic->key >= 0 ? text(column_name(pipeline, (size_t)topic->key)) : json_null();
    for (size_t k = 0; k < topic->fields; k++)
      json_array_append_new(fields, text(topic->field[k].name));
    json_array_append_new(list, json_pack("{so,si,so,so}", "name", text(topic->name), "partitions",
                                          (int)topic->partitions, "key", key, "fields", fields));
  }
  return list;
}

static json_t *consumers_json(const struct pipeline *pipeline)
{
  json_t *list = json_array();
  for (size_t i = 0; i < pipeline->consumers; i++) {
    const struct consumer *consumer = &pipeline->consumer[i];
    json_t *topics = json_array();
    for (size_t k = 0; k < consumer->topics; k++)
      json_array_append_new(topics, text(pipeline->topic[consumer->topic[k]].name));
    json_array_append_new(list,
                          json_pack("{so,so,sI}", "name", text(consumer->name), "topics", topics,
                                    "idle_timeout_ns", (json_int_t)consumer->idle_timeout_ns));
  }
  return list;
}

static json_t *tables_json(const struct pipeline *pipeline)
{
  json_t *list = json_array();
  for (size_t i = 0; i < pipeline->tables; i++) {
    const struct stored_table *table = &pipeline->table[i];
    json_array_append_new(list,
                          json_pack("{so,so,so,so}", "name", text(table->name), "topic",
                                    text(pipeline->topic[table->topic].name), "file",
                                    text(table->file), "columns", schema_json(&table->schema)));
  }
  return list;
}

static json_t *jobs_json(const struct pipeline *pipeline)
{
  json_t *list = json_array();
  for (size_t i = 0; i < pipeline->jobs; i++) {
    const struct job *job = &pipeline->job[i];
    json_array_append_new(list, json_pack("{so,so,so}", "name", text(job->name), "query",
                                          text(job->query_file), "output", text(job->output)));
  }
  return list;
}

static bool print_json(const struct pipeline *pipeline, struct error *err)
{
  json_t *dataset =
      json_pack("{so,so,so}", "file", text(pipeline->dataset.file), "columns",
                schema_json(&pipeline->dataset.schema), "time", text(pipeline->dataset.time));
  json_t *schedule =
      json_pack("{so,sI}", "group_by", text(column_name(pipeline, pipeline->schedule.group_by)),
                "every_ns", (json_int_t)pipeline->schedule.every_ns);
  json_t *all = json_pack(
      "{so,ss,so,so,so,so,so,so,so,so}", "pipeline", text(pipeline->name), "directory",
      pipeline->directory, "about", text(pipeline->about), "parameters", parameters_json(pipeline),
      "dataset", dataset, "schedule", schedule, "topics", topics_json(pipeline), "consumers",
      consumers_json(pipeline), "tables", tables_json(pipeline), "jobs", jobs_json(pipeline));
  if (all == NULL)
    return error_set(err, ERR_DATA, "a text of the pipeline is not UTF-8, so it has no JSON");
  json_dumpf(all, stdout, JSON_INDENT(2));
  putchar('\n');
  json_decref(all);
  return true;
}

static enum status exec(const struct arguments *arguments, struct error *err)
{
  struct pipeline *pipeline = open_pipeline(arguments, err);
  if (pipeline == NULL)
    return STATUS_FAILED;
  if (!arguments_has(arguments, "json"))
    print_words(pipeline);
  else
    print_json(pipeline, err);
  pipeline_free(pipeline);
  return STATUS_OK;
}

static const struct option OPTIONS[] = {
    {"json", 0, NULL, "print it as JSON", false, false},
    OPTION_SET,
    {0},
};

const struct command command_show = {
    .name = "show",
    .summary = "show a pipeline: its parameters, topics, tables and jobs",
    .operands = "PIPELINE",
    .option = OPTIONS,
    .exec = exec,
};
