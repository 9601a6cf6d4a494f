/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/pipeline.h"

#include <stdlib.h>

#include "base/infile.h"
#include "pipeline/reader.h"

static const char WHAT[] = "the pipeline";

/* What a run writes beside the outputs: its record, its latencies, and the messages that could not
 * be read. */
static const char *const RESERVED[] = {"run.json", "latency.json", "latency.hlog",
                                       "rejected.jsonl"};
enum { RESERVED_FILES = sizeof RESERVED / sizeof *RESERVED };

/* A run writes all of its files into one directory, so no two may have one name. */
static bool check_outputs(struct reader *r, const struct yaml *root)
{
  const struct pipeline *pipeline = r->pipeline;
  size_t n = 0;
  struct slice *taken = arena_take(r->arena, RESERVED_FILES + pipeline->tables + pipeline->jobs, sizeof *taken);
  while (n < RESERVED_FILES) {
    taken[n] = slice_of(RESERVED[n]);
    n++;
  }
  for (size_t i = 0; i < pipeline->tables + pipeline->jobs; i++) {
    bool is_table = i < pipeline->tables;
    const struct yaml *map = yaml_get(root, is_table ? "tables" : "jobs");
    const struct yaml *entry = &map->item[is_table ? i : i - pipeline->tables];
    const struct yaml *node = yaml_get(entry, is_table ? "store" : "output");
    for (size_t k = 0; k < n; k++)
      if (slice_equal(taken[k], node->text))
        return read_fail(r, node, ERR_NAME, "file '%.*s' of the run is written already",
                         SLICE_PRINT(node->text));
    taken[n++] = node->text;
  }
  return true;
}

static bool read_section(struct reader *r, const struct yaml *root, const char *key,
                         bool (*read)(struct reader *, const struct yaml *))
{
  const struct yaml *map = read_needed(r, root, key, WHAT);
  return map != NULL && read(r, map);
}

static bool read_spark(struct reader *r, const struct yaml *root)
{
  struct slice text = SLICE("");
  struct error why;
  if (!read_key_if(r, root, "spark", WHAT, &text))
    return false;
  return text.n == 0 || spark_version_parse(text, &r->pipeline->spark, &why) ||
         read_fail(r, yaml_get(root, "spark"), ERR_RANGE, "%s", why.text);
}

static bool read_all(struct reader *r, struct yaml *root, const struct setting *setting,
                     size_t settings)
{
  struct pipeline *pipeline = r->pipeline;
  if (!read_map(r, root, WHAT,
                "pipeline about spark parameters dataset schedule topics broker consumers tables "
                "jobs generate") ||
      !read_key(r, root, "pipeline", WHAT, &pipeline->name) ||
      !read_key_if(r, root, "about", WHAT, &pipeline->about) ||
      !read_parameters(r, yaml_get(root, "parameters"), setting, settings) ||
      !read_variables(r, root) || !read_spark(r, root) || !read_dataset(r, root) ||
      !read_section(r, root, "topics", read_topics) ||
      !read_settings_if(r, root, "broker", WHAT, &pipeline->broker.settings,
                        &pipeline->broker.setting) ||
      !read_section(r, root, "consumers", read_consumers) ||
      !read_section(r, root, "tables", read_tables) || !read_section(r, root, "jobs", read_jobs) ||
      !check_outputs(r, root))
    return false;
  const struct yaml *generate = yaml_get(root, "generate");
  return generate == NULL || read_generator(r, generate);
}

struct pipeline *pipeline_read(struct slice text, const char *directory,
                               const struct setting *setting, size_t settings, struct error *err)
{
  struct pipeline *pipeline = mem_new(1, sizeof *pipeline);
  struct error ignored;
  err = err != NULL ? err : &ignored;
  pipeline->directory = arena_copy(&pipeline->arena, directory, strlen(directory));
  pipeline->file = arena_printf(&pipeline->arena, "%s/pipeline.yaml", directory);
  struct reader r = {pipeline, pipeline->file, &pipeline->arena, err};
  struct yaml *root = yaml_parse(text, pipeline->file, &pipeline->arena, err);
  if (root != NULL && read_all(&r, root, setting, settings))
    return pipeline;
  pipeline_free(pipeline);
  return NULL;
}

struct pipeline *pipeline_load(const char *directory, const struct setting *setting,
                               size_t settings, struct error *err)
{
  struct arena arena = {0};
  struct buffer text = {0};
  struct pipeline *pipeline = NULL;
  if (infile_read(arena_printf(&arena, "%s/pipeline.yaml", directory), &text, err))
    pipeline = pipeline_read((struct slice){text.p, text.n}, directory, setting, settings, err);
  buffer_free(&text);
  arena_free(&arena);
  return pipeline;
}

void pipeline_free(struct pipeline *pipeline)
{
  if (pipeline == NULL)
    return;
  arena_free(&pipeline->arena);
  free(pipeline);
}
