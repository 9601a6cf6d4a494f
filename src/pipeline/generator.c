/* SPDX-License-Identifier: Apache-2.0 */
#include "pipeline/generator.h"

#include "base/buffer.h"
#include "base/nanoseconds.h"
#include "base/random.h"
#include "text/civil.h"
#include "text/decimal_digits.h"
#include "text/time_pattern.h"
#include "text/two_digits.h"

enum { HUNDREDTHS = 100, CERTAIN = 10000 };

/* Samples of one entity. Each has a stream of random numbers of its own, so that one more entity
 * does not change the others. */
struct entity {
  struct random random;
  int64_t *level;        /* of each value */
  int64_t *drift;        /* how far the walk is from the level */
  int64_t *height;       /* that the incident lifts the value to, or NOT_LIFTED */
  int64_t *amount;       /* the sample itself */
  int64_t incident_left; /* samples to come, 0: there is none */
};

#define NOT_LIFTED INT64_MIN

struct run {
  const struct generator *g;
  struct arena arena;
  struct random shuffle;
  struct entity *entity;
  uint32_t *order;
  struct time_pattern *time;
  int64_t start, every, steps; /* microseconds, and samples of an entity */
  struct buffer row;
  struct outfile *data, *labels;
};

/* What the day adds at each full hour, in thousandths of `cycle`: cos(2 pi (hour - 16) / 24). */
static const int16_t day[25] = {-500, -707, -866, -966, -1000, -966, -866, -707, -500,
                                -259, 0,    259,  500,  707,   866,  966,  1000, 966,
                                866,  707,  500,  259,  0,     -259, -500};

static int64_t day_adds(int64_t cycle, int64_t micros)
{
  int64_t of_day = civil_of_day(micros), hour = of_day / MICROS_PER_HOUR;
  int64_t behind = of_day - hour * MICROS_PER_HOUR;
  int64_t thousandths =
      (day[hour] * (MICROS_PER_HOUR - behind) + day[hour + 1] * behind) / MICROS_PER_HOUR;
  return cycle * thousandths / 1000;
}

/* The mean of four uniform draws: a bell, near enough. */
static int64_t draw_noise(struct random *random, int64_t most)
{
  int64_t sum = 0;
  for (int i = 0; i < 4; i++)
    sum += random_between(random, -most, most);
  return sum / 4;
}

/* Small steps: the walk takes hundreds of samples from one end to the other. */
static int64_t next_drift(struct random *random, int64_t drift, int64_t most)
{
  int64_t step = most / 32 + 1;
  drift += random_between(random, -step, step);
  return drift > most ? most : drift < -most ? -most : drift;
}

/* A doubling of `low` drawn first, then an amount within it: small ones are likelier. */
static int64_t draw_burst(struct random *random, int64_t low, int64_t high)
{
  uint64_t doublings = 1;
  while (low << doublings <= high)
    doublings++;
  int64_t from = low << random_below(random, doublings);
  return random_between(random, from, 2 * from - 1 < high ? 2 * from - 1 : high);
}

static int64_t max(int64_t a, int64_t b)
{
  return a > b ? a : b;
}

static int64_t sample(const struct generator_value *v, struct entity *e, size_t i, int64_t micros)
{
  int64_t amount;
  if (v->follows != GENERATOR_NO_VALUE) {
    amount = e->amount[v->follows];
  } else {
    e->drift[i] = next_drift(&e->random, e->drift[i], v->drift);
    amount = e->level[i] + e->drift[i] + day_adds(v->cycle, micros);
    amount = max(amount, e->height[i]);
    if (random_below(&e->random, CERTAIN) < v->burst_chance)
      amount = max(amount, draw_burst(&e->random, v->burst_low, v->burst_high));
  }
  amount += draw_noise(&e->random, v->noise);
  return amount < v->min ? v->min : amount > v->max ? v->max : amount;
}

static void lift(struct entity *e, const struct generator_kind *kind)
{
  for (size_t i = 0; i < kind->effects; i++) {
    const struct generator_effect *effect = &kind->effect[i];
    int64_t *height = &e->height[effect->value];
    *height = max(*height, random_between(&e->random, effect->low, effect->high));
  }
}

static void put_name(struct buffer *out, const struct generator *g, uint32_t entity)
{
  buffer_add(out, g->entity_prefix);
  out->n += digits_put(entity + 1, buffer_room(out, DIGITS_BYTES));
}

static void put_time(struct buffer *out, const struct run *r, int64_t step)
{
  char *room = buffer_room(out, time_pattern_room(r->time));
  out->n += time_pattern_print(r->time, r->start + step * r->every, 0, room);
}

static bool write_label(struct run *r, uint32_t entity, int64_t step, size_t first, size_t second,
                        struct error *err)
{
  const struct generator_kind *kind = r->g->kind;
  int64_t end = step + r->entity[entity].incident_left;
  r->row.n = 0;
  put_name(&r->row, r->g, entity);
  buffer_put(&r->row, ',');
  put_time(&r->row, r, step);
  buffer_put(&r->row, ',');
  put_time(&r->row, r, end < r->steps ? end : r->steps);
  buffer_put(&r->row, ',');
  buffer_add(&r->row, kind[first].name);
  if (second != first) {
    buffer_put(&r->row, '+');
    buffer_add(&r->row, kind[second].name);
  }
  buffer_put(&r->row, '\n');
  return r->labels == NULL || outfile_write(r->labels, r->row.p, r->row.n, err);
}

static bool begin_incident(struct run *r, uint32_t i, int64_t step, struct error *err)
{
  const struct generator *g = r->g;
  struct entity *e = &r->entity[i];
  size_t first = random_below(&e->random, g->kinds), second = first;
  if (random_below(&e->random, 100) < g->incident_combined && g->kinds > 1) {
    second = random_below(&e->random, g->kinds - 1);
    second += second >= first;
  }
  int64_t length = random_between(&e->random, g->incident_shortest_ns, g->incident_longest_ns);
  e->incident_left = (length - 1) / g->every_ns + 1;
  lift(e, &g->kind[first]);
  if (second != first)
    lift(e, &g->kind[second]);
  return write_label(r, i, step, first < second ? first : second, first < second ? second : first,
                     err);
}

/* Quiet times are geometric: each quiet sample may be an incident's first with the same chance. */
static bool next_incident(struct run *r, uint32_t i, int64_t step, struct error *err)
{
  const struct generator *g = r->g;
  struct entity *e = &r->entity[i];
  if (e->incident_left > 0 && --e->incident_left > 0)
    return true;
  for (size_t v = 0; v < g->values; v++)
    e->height[v] = NOT_LIFTED;
  if (g->incident_every_ns == 0 ||
      random_below(&e->random, (uint64_t)g->incident_every_ns) >= (uint64_t)g->every_ns)
    return true;
  return begin_incident(r, i, step, err);
}

/* As Python prints a float of two decimals: 5.0, 26.49. */
static void put_hundredths(struct buffer *out, int64_t amount)
{
  if (amount < 0)
    buffer_put(out, '-');
  uint64_t size = amount < 0 ? -(uint64_t)amount : (uint64_t)amount;
  out->n += digits_put(size / HUNDREDTHS, buffer_room(out, DIGITS_BYTES));
  char two[2];
  put_two(two, (unsigned)(size % HUNDREDTHS));
  buffer_put(out, '.');
  buffer_append(out, two, two[1] == '0' ? 1 : 2);
}

static void put_value(struct buffer *out, const struct run *r, size_t column,
                      const struct entity *e)
{
  for (size_t v = 0; v < r->g->values; v++)
    if (r->g->value[v].column == column)
      put_hundredths(out, e->amount[v]);
}

static bool write_row(struct run *r, uint32_t i, int64_t step, struct error *err)
{
  const struct generator *g = r->g;
  r->row.n = 0;
  for (size_t column = 0; column < g->columns; column++) {
    if (column != 0)
      buffer_put(&r->row, ',');
    if (column == g->entity_column)
      put_name(&r->row, g, i);
    else if (column == g->time_column)
      put_time(&r->row, r, step);
    else
      put_value(&r->row, r, column, &r->entity[i]);
  }
  buffer_put(&r->row, '\n');
  return outfile_write(r->data, r->row.p, r->row.n, err);
}

/* Fisher and Yates. */
static void shuffle(struct run *r)
{
  for (uint32_t i = r->g->entities - 1; i > 0; i--) {
    uint32_t other = (uint32_t)random_below(&r->shuffle, (uint64_t)i + 1), moved = r->order[i];
    r->order[i] = r->order[other];
    r->order[other] = moved;
  }
}

static bool write_step(struct run *r, int64_t step, struct error *err)
{
  const struct generator *g = r->g;
  for (uint32_t i = 0; i < g->entities; i++) {
    if (!next_incident(r, i, step, err))
      return false;
    for (size_t v = 0; v < g->values; v++)
      r->entity[i].amount[v] = sample(&g->value[v], &r->entity[i], v, r->start + step * r->every);
  }
  shuffle(r);
  for (uint32_t i = 0; i < g->entities; i++)
    if (!write_row(r, r->order[i], step, err))
      return false;
  return true;
}

static bool write_headers(struct run *r, struct error *err)
{
  const struct generator *g = r->g;
  for (size_t i = 0; i < g->columns; i++) {
    if (i != 0)
      buffer_put(&r->row, ',');
    buffer_add(&r->row, g->column[i]);
  }
  buffer_put(&r->row, '\n');
  if (!outfile_write(r->data, r->row.p, r->row.n, err))
    return false;
  r->row.n = 0;
  buffer_add(&r->row, g->column[g->entity_column]);
  buffer_add(&r->row, SLICE(",from,to,kind\n"));
  return r->labels == NULL || outfile_write(r->labels, r->row.p, r->row.n, err);
}

static void make_entities(struct run *r)
{
  const struct generator *g = r->g;
  struct random seeds;
  random_seed(&seeds, g->seed);
  random_seed(&r->shuffle, random_next(&seeds));
  r->entity = arena_zero(&r->arena, g->entities, sizeof *r->entity);
  r->order = arena_zero(&r->arena, g->entities, sizeof *r->order);
  for (uint32_t i = 0; i < g->entities; i++) {
    struct entity *e = &r->entity[i];
    int64_t *all = arena_zero(&r->arena, 4 * g->values, sizeof *all);
    e->level = all;
    e->drift = all + g->values;
    e->height = all + 2 * g->values;
    e->amount = all + 3 * g->values;
    random_seed(&e->random, random_next(&seeds));
    for (size_t v = 0; v < g->values; v++)
      e->level[v] = random_between(&e->random, g->value[v].level_low, g->value[v].level_high);
    r->order[i] = i;
  }
}

bool generator_start(const struct generator *g, struct arena *arena, int64_t *micros,
                     struct error *err)
{
  struct time_pattern *read = time_pattern_compile(g->time_format, TIME_PATTERN_PARSE, arena, err);
  if (read == NULL)
    return false;
  return time_pattern_parse(read, g->start, 0, micros) ||
         error_set(err, ERR_SYNTAX, "start '%.*s' is no time in the format '%.*s'",
                   SLICE_PRINT(g->start), SLICE_PRINT(g->time_format));
}

bool generator_write(const struct generator *g, struct outfile *data, struct outfile *labels,
                     struct error *err)
{
  struct run r = {.g = g,
                  .every = g->every_ns / NS_PER_US,
                  .steps = (g->length_ns - 1) / g->every_ns + 1,
                  .data = data,
                  .labels = labels};
  bool good = generator_start(g, &r.arena, &r.start, err);
  if (good) {
    r.time = time_pattern_compile(g->time_format, TIME_PATTERN_PRINT, &r.arena, err);
    make_entities(&r);
    good = r.time != NULL && write_headers(&r, err);
  }
  for (int64_t step = 0; good && step < r.steps; step++)
    good = write_step(&r, step, err);
  buffer_free(&r.row);
  arena_free(&r.arena);
  return good;
}
