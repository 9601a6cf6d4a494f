/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buffer.h"
#include "base/nanoseconds.h"
#include "pipeline/generator.h"
#include "text/time_pattern.h"

/* 10^13 with two decimals: sums of a few and products with 1,000 stay within 64 bits. */
#define MOST_AMOUNT INT64_C(1000000000000000)

enum { ALWAYS = 10000 };

/* A cell that is written without quotes. */
static bool is_plain(struct slice text)
{
  for (size_t i = 0; i < text.n; i++)
    if ((unsigned char)text.p[i] < ' ' || text.p[i] == ',' || text.p[i] == '"')
      return false;
  return true;
}

static bool within(int64_t amount, int64_t low)
{
  return amount >= low && amount <= MOST_AMOUNT;
}

static bool is_range(int64_t low, int64_t high, int64_t lowest)
{
  return within(low, lowest) && within(high, lowest) && low <= high;
}

static bool check_value(const struct generator *g, size_t i, struct error *err)
{
  const struct generator_value *v = &g->value[i];
  const char *why = NULL;
  if (v->column >= g->columns)
    return error_set(err, ERR_NAME, "value %zu has no column of the dataset", i + 1);
  if (v->follows != GENERATOR_NO_VALUE && (v->follows < 0 || (size_t)v->follows >= i))
    why = "can only follow a value before it";
  else if (!is_range(v->level_low, v->level_high, -MOST_AMOUNT))
    why = "has a level whose ends are not in order";
  else if (!is_range(v->min, v->max, -MOST_AMOUNT))
    why = "has a range whose ends are not in order";
  else if (!within(v->drift, 0) || !within(v->cycle, 0) || !within(v->noise, 0))
    why = "has a negative drift, cycle or noise";
  else if (v->burst_chance > ALWAYS)
    why = "has bursts in more than 100% of the samples";
  else if (v->burst_chance != 0 && !is_range(v->burst_low, v->burst_high, 1))
    why = "has bursts whose range is not positive and in order";
  return why == NULL ||
         error_set(err, ERR_RANGE, "'%.*s' %s", SLICE_PRINT(g->column[v->column]), why);
}

/* Each column of the dataset is the entity, the time, or one value. */
static bool check_columns(const struct generator *g, struct error *err)
{
  for (size_t column = 0; column < g->columns; column++) {
    size_t uses = (column == g->entity_column) + (column == g->time_column);
    for (size_t i = 0; i < g->values; i++)
      uses += g->value[i].column == column;
    if (uses != 1)
      return error_set(err, ERR_NAME, "column '%.*s' of the dataset is %s",
                       SLICE_PRINT(g->column[column]),
                       uses == 0 ? "neither entity nor time nor a value"
                                 : "more than one of entity, time and values");
    if (!is_plain(g->column[column]))
      return error_set(err, ERR_RANGE, "the name of column %zu has a comma or a quote in it",
                       column + 1);
  }
  return true;
}

static bool check_incidents(const struct generator *g, struct error *err)
{
  const char *why = NULL;
  if (g->incident_every_ns == 0)
    return true;
  if (g->incident_every_ns < 0 || g->kinds == 0)
    why = "need a time between them, and kinds";
  else if (g->incident_shortest_ns <= 0 || g->incident_longest_ns < g->incident_shortest_ns)
    why = "need lengths in order, from above 0 on";
  else if (g->incident_combined > 100)
    why = "cannot be combined in more than 100%";
  for (size_t i = 0; i < g->kinds && why == NULL; i++) {
    const struct generator_kind *kind = &g->kind[i];
    if (!is_plain(kind->name))
      why = "have a kind with a comma or a quote in its name";
    for (size_t j = 0; j < kind->effects && why == NULL; j++) {
      const struct generator_effect *effect = &kind->effect[j];
      if (effect->value >= g->values || g->value[effect->value].follows != GENERATOR_NO_VALUE)
        why = "can only lift a value that follows none";
      else if (!is_range(effect->low, effect->high, -MOST_AMOUNT))
        why = "lift a value to heights that are not in order";
    }
  }
  return why == NULL || error_set(err, ERR_RANGE, "incidents %s", why);
}

static bool check_time(const struct generator *g, struct error *err)
{
  struct arena arena = {0};
  int64_t micros;
  bool good = generator_start(g, &arena, &micros, err) &&
              time_pattern_compile(g->time_format, TIME_PATTERN_PRINT, &arena, err) != NULL;
  arena_free(&arena);
  if (!good)
    return false;
  if (!is_plain(g->start) || !is_plain(g->time_format))
    return error_set(err, ERR_RANGE, "the time's format has a comma or a quote in it");
  if (g->every_ns <= 0 || g->every_ns % NS_PER_US != 0)
    return error_set(err, ERR_RANGE, "'every' has to be some whole microseconds");
  return g->length_ns > 0 || error_set(err, ERR_RANGE, "the length has to be above 0");
}

bool generator_check(const struct generator *g, struct error *err)
{
  if (g->entities < 1 || g->entities > GENERATOR_MOST_ENTITIES)
    return error_set(err, ERR_RANGE, "there can be 1 to %d entities", GENERATOR_MOST_ENTITIES);
  if (!is_plain(g->entity_prefix))
    return error_set(err, ERR_RANGE, "the entities' prefix has a comma or a quote in it");
  for (size_t i = 0; i < g->values; i++)
    if (!check_value(g, i, err))
      return false;
  return check_columns(g, err) && check_incidents(g, err) && check_time(g, err);
}
