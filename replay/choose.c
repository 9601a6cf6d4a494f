/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/choose.h"

#include "base/ascii.h"
#include "base/infile.h"
#include "base/suggest.h"

enum { HINT_BYTES = 128 };

/* Which of the names an operand is. */
static bool find(const char *what, const char *operand, const struct slice *name, size_t names,
                 bool *chosen, struct error *err)
{
  char hint[HINT_BYTES];
  for (size_t i = 0; i < names; i++) {
    if (slice_is(name[i], operand)) {
      chosen[i] = true;
      return true;
    }
  }
  suggest_hint(slice_of(operand), name, names, hint, sizeof hint);
  return error_set(err, ERR_USAGE, "no %s '%.100s' in the pipeline%s", what, operand, hint);
}

static bool choose_consumers(const struct arguments *arguments, const struct pipeline *pipeline,
                             bool *chosen, struct arena *arena, struct error *err)
{
  struct slice *name = arena_take(arena, pipeline->consumers, sizeof *name);
  for (size_t i = 0; i < pipeline->consumers; i++)
    name[i] = pipeline->consumer[i].name;
  for (size_t i = 1; i < arguments->operands; i++)
    if (!find("consumer", arguments->operand[i], name, pipeline->consumers, chosen, err))
      return false;
  return true;
}

static bool choose_jobs(const struct arguments *arguments, const struct pipeline *pipeline,
                        bool *chosen, struct arena *arena, struct error *err)
{
  struct slice *name = arena_take(arena, pipeline->jobs, sizeof *name);
  for (size_t i = 0; i < pipeline->jobs; i++)
    name[i] = pipeline->job[i].name;
  for (size_t i = 1; i < arguments->operands; i++)
    if (!find("job", arguments->operand[i], name, pipeline->jobs, chosen, err))
      return false;
  return true;
}

static void want_table(const struct pipeline *pipeline, struct slice word, bool *consumer)
{
  for (size_t i = 0; i < pipeline->tables; i++) {
    if (!slice_equal_nocase(pipeline->table[i].name, word))
      continue;
    for (size_t k = 0; k < pipeline->consumers; k++)
      for (size_t t = 0; t < pipeline->consumer[k].topics; t++)
        if (pipeline->consumer[k].topic[t] == pipeline->table[i].topic)
          consumer[k] = true;
  }
}

static bool is_of_a_name(char c)
{
  return ascii_is_letter(c) || ascii_is_digit(c) || c == '_';
}

/* Every word of the query that is a table's name counts as that table: one too many is read, not
 * one too few. */
static bool want_tables(const struct pipeline *pipeline, const struct job *job, bool *consumer,
                        struct arena *arena, struct error *err)
{
  struct buffer text = {0};
  bool good =
      infile_read(arena_printf(arena, "%s/%.*s", pipeline->directory, SLICE_PRINT(job->query_file)),
                  &text, err);
  for (size_t at = 0, end; at < text.n; at = end + 1) {
    for (end = at; end < text.n && is_of_a_name(text.p[end]);)
      end++;
    want_table(pipeline, (struct slice){text.p + at, end - at}, consumer);
  }
  buffer_free(&text);
  return good;
}

bool choose_parts(const struct arguments *arguments, const struct pipeline *pipeline,
                  struct replay_options *options, struct arena *arena, struct error *err)
{
  if (arguments->operands < 2)
    return true;
  bool *consumer = arena_zero(arena, pipeline->consumers, sizeof *consumer);
  bool *job = arena_zero(arena, pipeline->jobs, sizeof *job);
  options->consumer = consumer;
  options->job = job;
  if ((options->parts & REPLAY_PROCESS) == 0)
    return choose_consumers(arguments, pipeline, consumer, arena, err);
  if (!choose_jobs(arguments, pipeline, job, arena, err))
    return false;
  for (size_t i = 0; i < pipeline->jobs; i++)
    if (job[i] && !want_tables(pipeline, &pipeline->job[i], consumer, arena, err))
      return false;
  return true;
}
