/* SPDX-License-Identifier: Apache-2.0 */
/* jobs.c - queries, and what they write. */
#include <dirent.h>
#include <math.h>

#include "base/infile.h"
#include "base/suggest.h"
#include "pipeline/reader.h"
#include "text/number.h"

enum { MOST_FILES = 256 };

/* The nearest name of a file that is there; "" if none is near. */
static const char *near_file(struct reader *r, struct slice file, char *hint, size_t size)
{
  struct slice names[MOST_FILES];
  size_t n = 0;
  DIR *directory = opendir(r->pipeline->directory);
  const struct dirent *entry;
  while (directory != NULL && n < MOST_FILES && (entry = readdir(directory)) != NULL)
    names[n++] = slice_of(arena_copy(r->arena, entry->d_name, strlen(entry->d_name)));
  if (directory != NULL)
    closedir(directory);
  return suggest_hint(file, names, n, hint, size);
}

/* The file is there, and every ${name} in it is a parameter. */
static bool check_query(struct reader *r, const struct yaml *node, struct slice file)
{
  const struct pipeline *pipeline = r->pipeline;
  const char *path = arena_printf(r->arena, "%s/%.*s", pipeline->directory, SLICE_PRINT(file));
  struct buffer text = {0};
  bool good = infile_read(path, &text, r->err);
  if (!good) {
    struct error inner = *r->err;
    char hint[96];
    read_fail(r, node, ERR_IO, "'%s' %s%s", path, inner.text,
              near_file(r, file, hint, sizeof hint));
  } else {
    size_t count;
    struct slice replaced;
    const struct variable *variable = pipeline_variables(r->pipeline, &count, r->arena);
    good = variables_replace((struct slice){text.p, text.n}, variable, count, path, r->arena,
                             &replaced, r->err);
  }
  buffer_free(&text);
  return good;
}

static bool read_query(struct reader *r, const struct yaml *node, const char *what,
                       struct slice *file)
{
  return node != NULL && read_text(r, node, arena_printf(r->arena, "a query of %s", what), file) &&
         check_query(r, node, *file);
}

static bool has_parameter(struct reader *r, const struct yaml *key)
{
  const struct pipeline *pipeline = r->pipeline;
  struct slice *names = arena_take(r->arena, pipeline->parameters, sizeof *names);
  for (size_t i = 0; i < pipeline->parameters; i++) {
    names[i] = pipeline->parameter[i].name;
    if (slice_equal(names[i], key->text))
      return true;
  }
  return read_unknown(r, key, "parameter", key->text, names, pipeline->parameters);
}

static bool read_automatics(struct reader *r, const struct yaml *map, const char *what,
                            struct job *job)
{
  if (map == NULL)
    return true;
  if (!read_named(r, map, arena_printf(r->arena, "'auto' of %s", what)))
    return false;
  job->automatics = map->count;
  job->automatic = arena_zero(r->arena, map->count, sizeof *job->automatic);
  for (size_t i = 0; i < map->count; i++) {
    job->automatic[i].parameter = map->key[i].text;
    if (!has_parameter(r, &map->key[i]) ||
        !read_query(r, &map->item[i], what, &job->automatic[i].query_file))
      return false;
  }
  return true;
}

static bool read_threshold(struct reader *r, const struct yaml *node, const char *what,
                           struct slice *out)
{
  double number;
  if (node->kind == YAML_TEXT && node->text.n == 0)
    return true;
  return read_text(r, node, what, out) &&
         ((number_parse_double(*out, &number) && isfinite(number)) ||
          read_fail(r, node, ERR_RANGE, "%s must be a number or empty, not '%.*s'", what,
                    SLICE_PRINT(*out)));
}

static bool read_plot_values(struct reader *r, const struct yaml *map, const char *what,
                             struct plot *plot)
{
  if (map->kind != YAML_MAP || map->count == 0)
    return read_fail(r, map, ERR_TYPE, "'values' of %s must be a map {column: threshold}", what);
  plot->values = map->count;
  plot->value = arena_zero(r->arena, map->count, sizeof *plot->value);
  for (size_t i = 0; i < map->count; i++) {
    struct slice column = map->key[i].text;
    plot->value[i].column = column;
    if (!read_threshold(r, &map->item[i],
                        arena_printf(r->arena, "the threshold of '%.*s'", SLICE_PRINT(column)),
                        &plot->value[i].threshold))
      return false;
  }
  return true;
}

static bool read_plot(struct reader *r, const struct yaml *map, const char *what, struct job *job)
{
  if (map == NULL)
    return true;
  what = arena_printf(r->arena, "'plot' of %s", what);
  struct plot *plot = job->plot = arena_zero(r->arena, 1, sizeof *plot);
  if (!read_map(r, map, what, "time series alert values") ||
      !read_key(r, map, "time", what, &plot->time) ||
      !read_key_if(r, map, "series", what, &plot->series) ||
      !read_key_if(r, map, "alert", what, &plot->alert))
    return false;
  const struct yaml *values = read_needed(r, map, "values", what);
  return values != NULL && read_plot_values(r, values, what, plot);
}

static bool read_alerts(struct reader *r, const struct yaml *map, const char *what, struct job *job)
{
  if (map == NULL)
    return true;
  what = arena_printf(r->arena, "'alerts' of %s", what);
  struct alerts *alerts = job->alerts = arena_zero(r->arena, 1, sizeof *alerts);
  alerts->line = map->line;
  alerts->column = map->column;
  return read_map(r, map, what, "when series start end") &&
         read_key(r, map, "when", what, &alerts->when) &&
         (yaml_get(map, "series") == NULL ||
          read_expression(r, map, "series", what, &alerts->series)) &&
         read_expression(r, map, "start", what, &alerts->start) &&
         read_expression(r, map, "end", what, &alerts->end);
}

static bool read_job(struct reader *r, const struct yaml *key, const struct yaml *map,
                     struct job *job)
{
  const char *what = arena_printf(r->arena, "job '%.*s'", SLICE_PRINT(key->text));
  job->name = key->text;
  return read_map(r, map, what, "query auto output plot alerts") &&
         read_query(r, read_needed(r, map, "query", what), what, &job->query_file) &&
         read_automatics(r, yaml_get(map, "auto"), what, job) &&
         read_output(r, map, "output", what, &job->output) &&
         read_plot(r, yaml_get(map, "plot"), what, job) &&
         read_alerts(r, yaml_get(map, "alerts"), what, job);
}

bool read_jobs(struct reader *r, const struct yaml *map)
{
  struct pipeline *pipeline = r->pipeline;
  if (!read_named(r, map, "'jobs'"))
    return false;
  pipeline->jobs = map->count;
  pipeline->job = arena_zero(r->arena, map->count, sizeof *pipeline->job);
  for (size_t i = 0; i < map->count; i++)
    if (!read_job(r, &map->key[i], &map->item[i], &pipeline->job[i]))
      return false;
  return true;
}
