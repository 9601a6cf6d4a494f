/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/report/measured.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "replay/report/run.h"
#include "text/number.h"

enum { FORMAT = 1 };

/* Of a run, and of a second: 31 years, and more than any machine does. Sums of them fit. */
static const json_int_t MOST_SECONDS = 1000000000, MOST_EVENTS = 1000000000000;

struct reading {
  const char *file;
  struct arena *arena;
  struct error *err;
};

static bool wrong(const struct reading *r, const char *what)
{
  return error_at(r->err, ERR_DATA, r->file, 0, 0,
                  "is not as 'retrial run' writes it: %s; run again, or remove it", what);
}

static bool wrong_at(const struct reading *r, const char *place, size_t i, const char *what)
{
  return wrong(r, arena_printf(r->arena, "%s[%zu] %s", place, i, what));
}

/* A whole number, or any number cut to one, from 0. */
static bool take(const json_t *object, const char *key, json_int_t *out)
{
  const json_t *value = json_object_get(object, key);
  *out = json_is_real(value) && json_real_value(value) < 9e18 ? (json_int_t)json_real_value(value)
                                                              : json_integer_value(value);
  return json_is_number(value) && *out >= 0;
}

static bool read_step(const json_t *entry, const struct measured_step *before,
                      struct measured_step *out)
{
  const json_t *value = json_array_get(entry, 1), *count = json_array_get(entry, 2);
  out->percent = json_string_value(json_array_get(entry, 0));
  out->value = json_integer_value(value);
  out->count = json_integer_value(count);
  return out->percent != NULL && json_is_integer(value) && json_is_integer(count) &&
         number_parse_double(slice_of(out->percent), &out->fraction) && out->fraction >= 0 &&
         out->fraction <= 100 && out->value >= 0 && out->count >= 0 &&
         (before == NULL || (out->fraction >= before->fraction && out->value >= before->value));
}

static bool read_steps(const struct reading *r, const json_t *list, const char *place,
                       struct measured_summary *out)
{
  out->steps = json_array_size(list);
  out->step = arena_zero(r->arena, out->steps, sizeof *out->step);
  for (size_t i = 0; i < out->steps; i++)
    if (!read_step(json_array_get(list, i), i != 0 ? &out->step[i - 1] : NULL, &out->step[i]))
      return wrong_at(r, arena_printf(r->arena, "%s.percentiles", place), i,
                      "is no ascending [percentile, nanoseconds, count]");
  return out->steps != 0 ||
         wrong(r, arena_printf(r->arena, "%s.percentiles is no list with entries", place));
}

static bool read_summary(const struct reading *r, const json_t *object, const char *place,
                         struct measured_summary *out)
{
  const struct {
    const char *key;
    json_int_t *value;
  } NUMBER[] = {
      {"count", &out->count}, {"min", &out->min},       {"mean", &out->mean},
      {"p50", &out->p50},     {"p90", &out->p90},       {"p99", &out->p99},
      {"p99.9", &out->p99_9}, {"p99.99", &out->p99_99}, {"max", &out->max},
  };
  for (size_t i = 0; i < sizeof NUMBER / sizeof NUMBER[0]; i++)
    if (!take(object, NUMBER[i].key, NUMBER[i].value))
      return wrong(r, arena_printf(r->arena, "%s.%s is no number from 0", place, NUMBER[i].key));
  return read_steps(r, json_object_get(object, "percentiles"), place, out);
}

static bool read_seconds(const struct reading *r, const json_t *list, const char *place,
                         struct measured_metric *out)
{
  out->seconds = json_array_size(list);
  out->second = arena_zero(r->arena, out->seconds, sizeof *out->second);
  for (size_t i = 0; i < out->seconds; i++) {
    const json_t *entry = json_array_get(list, i);
    struct measured_second *s = &out->second[i];
    if (!take(entry, "second", &s->second) || !take(entry, "count", &s->count) ||
        !take(entry, "p50", &s->p50) || !take(entry, "p99", &s->p99) ||
        !take(entry, "max", &s->max) || s->second > MOST_SECONDS || s->count > MOST_EVENTS ||
        (i != 0 && s->second <= out->second[i - 1].second))
      return wrong_at(r, arena_printf(r->arena, "%s.seconds", place), i,
                      "is no later second with count, p50, p99 and max");
  }
  return true;
}

static bool read_metric(const struct reading *r, const json_t *entry, size_t i,
                        struct measured_metric *out)
{
  const char *place = arena_printf(r->arena, "metrics[%zu]", i);
  const json_t *uncorrected = json_object_get(entry, "uncorrected");
  out->name = json_string_value(json_object_get(entry, "metric"));
  out->has_uncorrected = json_is_object(uncorrected);
  if (out->name == NULL)
    return wrong(r, arena_printf(r->arena, "%s has no name", place));
  return read_summary(r, json_object_get(entry, "corrected"),
                      arena_printf(r->arena, "%s.corrected", place), &out->corrected) &&
         (!out->has_uncorrected ||
          read_summary(r, uncorrected, arena_printf(r->arena, "%s.uncorrected", place),
                       &out->uncorrected)) &&
         read_seconds(r, json_object_get(entry, "seconds"), place, out);
}

static bool read_all(const struct reading *r, struct measured *out)
{
  const json_t *list = json_object_get(out->json, "metrics");
  const char *unit = json_string_value(json_object_get(out->json, "unit"));
  if (json_integer_value(json_object_get(out->json, "format")) != FORMAT)
    return wrong(r, arena_printf(r->arena, "its format is not %d", FORMAT));
  if (unit == NULL || strcmp(unit, "ns") != 0)
    return wrong(r, "its unit is not \"ns\"");
  if (!json_is_array(list))
    return wrong(r, "metrics is no list");
  out->metrics = json_array_size(list);
  out->metric = arena_zero(r->arena, out->metrics, sizeof *out->metric);
  for (size_t i = 0; i < out->metrics; i++)
    if (!read_metric(r, json_array_get(list, i), i, &out->metric[i]))
      return false;
  return true;
}

bool measured_open(struct measured *measured, const char *directory, struct error *err)
{
  *measured = (struct measured){0};
  const char *file = arena_printf(&measured->arena, "%s/%s", directory, MEASURED_FILE);
  if (access(file, F_OK) != 0 && errno == ENOENT)
    return true;
  measured->is_there = true;
  measured->json = run_load_json(file, "a file of latencies", err);
  const struct reading r = {file, &measured->arena, err};
  return measured->json != NULL && read_all(&r, measured);
}

void measured_close(struct measured *measured)
{
  json_decref(measured->json);
  arena_free(&measured->arena);
}

const struct measured_metric *measured_find(const struct measured *measured, const char *name)
{
  for (size_t i = 0; i < measured->metrics; i++)
    if (strcmp(measured->metric[i].name, name) == 0)
      return &measured->metric[i];
  return NULL;
}
