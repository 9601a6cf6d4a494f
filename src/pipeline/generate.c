/* SPDX-License-Identifier: Apache-2.0 */
/* generate.c - `generate:` of pipeline.yaml into a struct generator. */
#include "pipeline/generator.h"

#include "pipeline/reader.h"
#include "text/interval.h"

/* Amounts have at most two decimals and lie within +- 10^13, far from where hundredths overflow. */
enum { DECIMALS = 2, MOST_DIGITS = 13 };

/* "80.07" is 8007, "-5" is -500; false if it is no such number. */
static bool hundredths(struct slice text, int64_t *out)
{
  bool negative = text.n != 0 && text.p[0] == '-';
  int64_t value = 0;
  int digits = 0, decimals = -1; /* -1: no point yet */
  for (size_t i = negative; i < text.n; i++) {
    char c = text.p[i];
    if (c == '.' && decimals < 0 && digits != 0) {
      decimals = 0;
      continue;
    }
    if (c < '0' || c > '9' || decimals == DECIMALS || digits == MOST_DIGITS)
      return false;
    value = value * 10 + (c - '0');
    digits++;
    decimals += decimals >= 0;
  }
  for (int i = decimals < 0 ? 0 : decimals; i < DECIMALS; i++)
    value *= 10;
  *out = negative ? -value : value;
  return digits != 0 && decimals != 0;
}

static bool read_amount(struct reader *r, const struct yaml *node, const char *what, int64_t *out)
{
  return (node->kind == YAML_TEXT && hundredths(node->text, out)) ||
         read_fail(r, node, ERR_RANGE, "%s must be a number with at most two decimals", what);
}

/* A key that need not be there; *out stays as it is. */
static bool read_amount_if(struct reader *r, const struct yaml *map, const char *key,
                           const char *what, int64_t *out)
{
  const struct yaml *node = yaml_get(map, key);
  return node == NULL || read_amount(r, node, arena_printf(r->arena, "'%s' of %s", key, what), out);
}

/* "[low, high]" or one number for both. */
static bool read_range(struct reader *r, const struct yaml *node, const char *what, int64_t *low,
                       int64_t *high)
{
  if (node->kind == YAML_TEXT)
    return read_amount(r, node, what, low) && read_amount(r, node, what, high);
  if (node->kind != YAML_LIST || node->count != 2)
    return read_fail(r, node, ERR_TYPE, "%s must be [low, high]", what);
  return read_amount(r, &node->item[0], what, low) && read_amount(r, &node->item[1], what, high);
}

static bool read_range_of(struct reader *r, const struct yaml *map, const char *key,
                          const char *what, int64_t *low, int64_t *high)
{
  const struct yaml *node = read_needed(r, map, key, what);
  return node != NULL &&
         read_range(r, node, arena_printf(r->arena, "'%s' of %s", key, what), low, high);
}

/* "0.5%" in hundredths of a percent. */
static bool read_percent(struct reader *r, const struct yaml *node, const char *what, int64_t *out)
{
  struct slice text = node->text;
  if (node->kind == YAML_TEXT && text.n > 1 && text.p[text.n - 1] == '%') {
    text.n--;
    if (hundredths(text, out) && *out >= 0 && *out <= 100 * 100)
      return true;
  }
  return read_fail(r, node, ERR_RANGE, "%s must be a percentage: 0.5%%", what);
}

static bool read_entity(struct reader *r, const struct yaml *generate, struct generator *g)
{
  const char *what = "'entity' of 'generate'";
  uint64_t count;
  const struct yaml *map = read_needed(r, generate, "entity", "'generate'");
  if (map == NULL || !read_map(r, map, what, "column prefix count") ||
      !read_key(r, map, "prefix", what, &g->entity_prefix))
    return false;
  const struct yaml *column = read_needed(r, map, "column", what);
  const struct yaml *number = column != NULL ? read_needed(r, map, "count", what) : NULL;
  if (number == NULL || !read_column(r, column, &g->entity_column) ||
      !read_number(r, number, "'count' of 'entity'", 1, GENERATOR_MOST_ENTITIES, &count))
    return false;
  g->entities = (uint32_t)count;
  return true;
}

static bool read_time(struct reader *r, const struct yaml *generate, struct generator *g)
{
  const char *what = "'time' of 'generate'";
  const struct yaml *map = read_needed(r, generate, "time", "'generate'");
  if (map == NULL || !read_map(r, map, what, "column format start every length"))
    return false;
  const struct yaml *column = read_needed(r, map, "column", what);
  return column != NULL && read_column(r, column, &g->time_column) &&
         read_key(r, map, "format", what, &g->time_format) &&
         read_key(r, map, "start", what, &g->start) &&
         read_duration(r, map, "every", what, &g->every_ns) &&
         read_duration(r, map, "length", what, &g->length_ns);
}

/* The index of a value by its column, among the first `count`. */
static bool read_value_name(struct reader *r, const struct yaml *node, const struct generator *g,
                            size_t count, size_t *value)
{
  size_t column;
  if (!read_column(r, node, &column))
    return false;
  for (size_t i = 0; i < count; i++)
    if (g->value[i].column == column) {
      *value = i;
      return true;
    }
  return read_fail(r, node, ERR_NAME, "column '%.*s' has no value in 'generate' above",
                   SLICE_PRINT(node->text));
}

static bool read_burst(struct reader *r, const struct yaml *node, struct generator_value *v)
{
  const char *what = "'burst'";
  int64_t chance;
  if (node == NULL)
    return true;
  if (!read_map(r, node, what, "chance range"))
    return false;
  const struct yaml *percent = read_needed(r, node, "chance", what);
  if (percent == NULL || !read_percent(r, percent, "'chance' of 'burst'", &chance))
    return false;
  v->burst_chance = (uint32_t)chance;
  return read_range_of(r, node, "range", what, &v->burst_low, &v->burst_high);
}

static bool read_value(struct reader *r, const struct yaml *key, const struct yaml *map,
                       struct generator *g)
{
  struct generator_value *v = &g->value[g->values];
  const char *what = arena_printf(r->arena, "value '%.*s'", SLICE_PRINT(key->text));
  v->follows = GENERATOR_NO_VALUE;
  if (!read_map(r, map, what, "level drift cycle noise range burst follows") ||
      !read_column(r, key, &v->column))
    return false;
  const struct yaml *follows = yaml_get(map, "follows"), *level = yaml_get(map, "level");
  size_t leader;
  if ((follows == NULL) == (level == NULL))
    return read_fail(r, map, ERR_SYNTAX, "%s needs either 'level' or 'follows'", what);
  if (follows != NULL) {
    if (!read_value_name(r, follows, g, g->values, &leader))
      return false;
    v->follows = (int)leader;
  } else if (!read_range(r, level, arena_printf(r->arena, "'level' of %s", what), &v->level_low,
                         &v->level_high)) {
    return false;
  }
  g->values++;
  return read_amount_if(r, map, "drift", what, &v->drift) &&
         read_amount_if(r, map, "cycle", what, &v->cycle) &&
         read_amount_if(r, map, "noise", what, &v->noise) &&
         read_range_of(r, map, "range", what, &v->min, &v->max) &&
         read_burst(r, yaml_get(map, "burst"), v);
}

static bool read_values(struct reader *r, const struct yaml *generate, struct generator *g)
{
  const struct yaml *map = read_needed(r, generate, "values", "'generate'");
  if (map == NULL || !read_named(r, map, "'values' of 'generate'"))
    return false;
  g->value = arena_zero(r->arena, map->count, sizeof *g->value);
  for (size_t i = 0; i < map->count; i++)
    if (!read_value(r, &map->key[i], &map->item[i], g))
      return false;
  return true;
}

static bool read_kind(struct reader *r, const struct yaml *key, const struct yaml *map,
                      const struct generator *g, struct generator_kind *kind)
{
  const char *what = arena_printf(r->arena, "incident '%.*s'", SLICE_PRINT(key->text));
  kind->name = key->text;
  if (!read_named(r, map, what))
    return false;
  kind->effects = map->count;
  kind->effect = arena_zero(r->arena, map->count, sizeof *kind->effect);
  for (size_t i = 0; i < map->count; i++) {
    struct generator_effect *effect = &kind->effect[i];
    if (!read_value_name(r, &map->key[i], g, g->values, &effect->value) ||
        !read_range(r, &map->item[i], what, &effect->low, &effect->high))
      return false;
  }
  return true;
}

static bool read_kinds(struct reader *r, const struct yaml *incidents, struct generator *g)
{
  const struct yaml *map = read_needed(r, incidents, "kinds", "'incidents'");
  if (map == NULL || !read_named(r, map, "'kinds' of 'incidents'"))
    return false;
  g->kinds = map->count;
  g->kind = arena_zero(r->arena, map->count, sizeof *g->kind);
  for (size_t i = 0; i < map->count; i++)
    if (!read_kind(r, &map->key[i], &map->item[i], g, &g->kind[i]))
      return false;
  return true;
}

/* "[20s, 3 min]". */
static bool read_lengths(struct reader *r, const struct yaml *map, const char *what,
                         struct generator *g)
{
  const struct yaml *list = read_needed(r, map, "length", what);
  int64_t *out[] = {&g->incident_shortest_ns, &g->incident_longest_ns};
  if (list == NULL)
    return false;
  if (list->kind != YAML_LIST || list->count != 2 || list->item[0].kind != YAML_TEXT ||
      list->item[1].kind != YAML_TEXT)
    return read_fail(r, list, ERR_TYPE, "'length' of %s must be [shortest, longest]", what);
  for (size_t i = 0; i < 2; i++)
    if (!duration_parse(list->item[i].text, out[i], r->err))
      return read_fail_within(r, &list->item[i], "'length' of 'incidents'");
  return true;
}

static bool read_incidents(struct reader *r, const struct yaml *map, struct generator *g)
{
  const char *what = "'incidents'";
  int64_t combined = 0;
  if (map == NULL)
    return true;
  if (!read_map(r, map, what, "every length combined kinds") ||
      !read_duration(r, map, "every", what, &g->incident_every_ns) ||
      !read_lengths(r, map, what, g) || !read_kinds(r, map, g))
    return false;
  const struct yaml *percent = yaml_get(map, "combined");
  if (percent != NULL && !read_percent(r, percent, "'combined' of 'incidents'", &combined))
    return false;
  if (combined % 100 != 0)
    return read_fail(r, percent, ERR_RANGE, "'combined' of 'incidents' must be whole percents");
  g->incident_combined = (uint32_t)(combined / 100);
  return true;
}

static bool read_seed(struct reader *r, const struct yaml *node, struct generator *g)
{
  return node == NULL ||
         read_number(r, node, "'seed' of 'generate'", 0, UINT64_MAX / 10 - 1, &g->seed);
}

bool read_generator(struct reader *r, const struct yaml *map)
{
  struct pipeline *pipeline = r->pipeline;
  const struct schema *schema = &pipeline->dataset.schema;
  struct generator *g = arena_zero(r->arena, 1, sizeof *g);
  if (!read_map(r, map, "'generate'", "seed entity time values incidents") ||
      !read_seed(r, yaml_get(map, "seed"), g) || !read_entity(r, map, g) || !read_time(r, map, g) ||
      !read_values(r, map, g) || !read_incidents(r, yaml_get(map, "incidents"), g))
    return false;
  struct slice *names = arena_take(r->arena, schema->columns, sizeof *names);
  for (size_t i = 0; i < schema->columns; i++)
    names[i] = schema->column[i].name;
  g->columns = schema->columns;
  g->column = names;
  if (!generator_check(g, r->err)) {
    struct error inner = *r->err;
    return read_fail(r, map, inner.code, "'generate': %s", inner.text);
  }
  pipeline->generator = g;
  return true;
}
