/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>

#include "base/nanoseconds.h"
#include "replay/commands/commands.h"
#include "replay/grid.h"
#include "replay/open.h"
#include "replay/pipeline_json.h"

enum { LINE_WIDTH = 96 };

/* "1 s", "500 ms": the largest unit that leaves no fraction. */
static const char *duration_text(int64_t ns, char out[32])
{
  static const struct {
    int64_t ns;
    const char *name;
  } UNIT[] = {
      {60 * NS_PER_SECOND, "min"}, {NS_PER_SECOND, "s"}, {NS_PER_MS, "ms"}, {NS_PER_US, "us"}};
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

/* Words in lines of at most LINE_WIDTH bytes. */
static void print_wrapped(struct slice text)
{
  size_t used = 0;
  while (text.n != 0) {
    const char *blank = memchr(text.p, ' ', text.n);
    size_t n = blank != NULL ? (size_t)(blank - text.p) : text.n;
    if (used != 0)
      putchar(used + 1 + n > LINE_WIDTH ? '\n' : ' ');
    used = used == 0 || used + 1 + n > LINE_WIDTH ? n : used + 1 + n;
    printf("%.*s", (int)n, text.p);
    size_t taken = n + (blank != NULL);
    text = (struct slice){text.p + taken, text.n - taken};
  }
  putchar('\n');
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
  printf("\njobs, as Spark %s runs them:\n", spark_version_name(pipeline->spark));
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
    print_wrapped(pipeline->about);
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

static bool print_json(const struct pipeline *pipeline, struct error *err)
{
  json_t *json = pipeline_json(pipeline);
  if (json == NULL)
    return error_set(err, ERR_DATA, "a text of the pipeline is not UTF-8, so it has no JSON");
  json_dumpf(json, stdout, JSON_INDENT(2));
  putchar('\n');
  json_decref(json);
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
