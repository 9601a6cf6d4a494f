/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/accumulate.h"

#include <math.h>
#include <stdlib.h>

#include "exec/aggregates/kind.h"
#include "exec/compare.h"
#include "exec/store.h"
#include "text/decimal.h"

/* What FIRST and LAST write into the count: a value was met, and it was null or not. */
enum { MET_NULL = 1, MET_VALUE = 2 };

/* A decimal sum that left 38 digits stays so; no sum of decimals has this value. */
#define OVERFLOWED (-((int128)1 << 126) * 2)

/* NULL: the functions that this file has itself. */
static const struct accumulator_kind *kind_of(const struct aggregate *a)
{
  bool nested = a->args != 0 && a->arg[0]->type.items != 0;
  switch (a->kind) {
  case AGGREGATE_COUNT:
  case AGGREGATE_SUM:
  case AGGREGATE_AVG:
    return NULL;
  case AGGREGATE_MIN:
  case AGGREGATE_MAX:
    return nested ? &best_kind : NULL;
  case AGGREGATE_FIRST:
  case AGGREGATE_LAST:
    return nested ? &met_kind : NULL;
  case AGGREGATE_MIN_BY:
  case AGGREGATE_MAX_BY:
    return &best_kind;
  case AGGREGATE_TRY_SUM:
  case AGGREGATE_BIT_AND:
  case AGGREGATE_BIT_OR:
  case AGGREGATE_BIT_XOR:
    return &bits_kind;
  case AGGREGATE_COLLECT_LIST:
    return &list_kind;
  case AGGREGATE_COLLECT_SET:
    return &set_kind;
  case AGGREGATE_MODE:
    return &mode_kind;
  case AGGREGATE_PERCENTILE:
  case AGGREGATE_PERCENTILE_DISC:
    return &percentile_kind;
  case AGGREGATE_PERCENTILE_APPROX:
    return &quantile_kind;
  case AGGREGATE_APPROX_COUNT_DISTINCT:
    return &distinct_estimate_kind;
  default:
    return a->kind >= AGGREGATE_COVAR_POP ? &covariance_kind : &moments_kind;
  }
}

static size_t value_size(const struct aggregate *a)
{
  const struct accumulator_kind *kind = kind_of(a);
  if (kind != NULL)
    return (kind->state_size + 15) / 16 * 16;
  return a->kind == AGGREGATE_COUNT || a->args == 0 ? 0 : type_size(a->arg[0]->type);
}

static size_t align(size_t at, size_t size)
{
  size = size > 16 ? 16 : size;
  return size != 0 ? (at + size - 1) / size * size : at;
}

static struct key_table *new_seen(const struct aggregate *g)
{
  struct type *type = mem_new(g->args + 1, sizeof *type);
  type[0] = type_of(TYPE_BIGINT);
  for (size_t k = 0; k < g->args; k++)
    type[k + 1] = g->arg[k]->type;
  struct key_table *seen = key_table_new(g->args + 1, type);
  free(type);
  return seen;
}

size_t accumulators_lay_out(struct accumulator *a, size_t count, size_t slots)
{
  size_t at = 0;
  for (size_t i = 0; i < count; i++) {
    a[i].value_at = at = align(at, a[i].value_size);
    a[i].count_at = at = align(at + slots * a[i].value_size, sizeof(uint16_t));
    at += a[i].kind == NULL && a[i].counter == &a[i] ? slots * sizeof(uint16_t) : 0;
  }
  for (size_t i = 0; i < count; i++)
    a[i].count_at = a[i].counter->count_at;
  return at;
}

size_t accumulators_start(struct accumulator *a, const struct aggregate *aggregate, size_t count,
                          size_t slots)
{
  for (size_t i = 0; i < count; i++) {
    const struct aggregate *g = &aggregate[i];
    a[i] = (struct accumulator){.aggregate = g, .kind = kind_of(g), .value_size = value_size(g)};
    a[i].type = g->args != 0 ? g->arg[0]->type : type_of(TYPE_NULL);
    a[i].counter = &a[i];
    if (g->distinct)
      a[i].seen = new_seen(g);
  }
  return accumulators_lay_out(a, count, slots);
}

void accumulators_end(struct accumulator *a, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    key_table_free(a[i].seen);
    key_table_free(a[i].carried);
    free(a[i].carries);
    arena_free(&a[i].text);
    store_free(a[i].kept);
    free(a[i].next);
    free(a[i].times);
  }
}

void accumulator_reset(struct accumulator *a)
{
  arena_reset(&a->text);
  if (a->kept != NULL)
    store_clear(a->kept);
  a->times_room = 0;
  key_table_free(a->seen);
  key_table_free(a->carried);
  a->carried = NULL;
  if (a->aggregate->distinct)
    a->seen = new_seen(a->aggregate);
}

/* ---- adding ---- */

#define EACH_PAIR                                                                                  \
  for (size_t i = 0, row; i < pairs->count && (row = pairs->row[i], true); i++)                    \
    if (skip == NULL || !skip[row])

#define VALUE(ctype) (((ctype *)(void *)(pairs->state[i] + a->value_at))[pairs->slot[i]])
#define COUNT (((uint16_t *)(void *)(pairs->state[i] + a->count_at))[pairs->slot[i]])

/* What tells the group of a state from all others. */
static int64_t place_of(const struct accumulator *a, const unsigned char *state, uint8_t slot)
{
  return (int64_t)(uintptr_t)(state + a->count_at + slot * sizeof(uint16_t));
}

/* Counts are kept short, because there is one for every group; the few that pass 65,535 leave
 * what they carried in a map by their place. */
void accumulator_carry(struct accumulator *a, const unsigned char *state, uint8_t slot)
{
  int64_t place = place_of(a, state, slot);
  struct column key = {.type = type_of(TYPE_BIGINT), .i64 = &place};
  uint32_t number;
  size_t before = a->carried != NULL ? key_table_keys(a->carried) : 0;
  if (a->carried == NULL)
    a->carried = key_table_new(1, &key.type);
  size_t keys = key_table_add(a->carried, &key, 1, &number);
  if (keys != before) {
    a->carries = mem_resize(a->carries, keys, sizeof *a->carries);
    a->carries[number] = 0;
  }
  a->carries[number]++;
}

#define ADD_ONE                                                                                    \
  do {                                                                                             \
    if (++COUNT == 0)                                                                              \
      accumulator_carry(a, pairs->state[i], pairs->slot[i]);                                       \
  } while (0)

static void add_count(struct accumulator *a, const struct pairs *pairs, const uint8_t *skip)
{
  EACH_PAIR
  ADD_ONE;
}

static void add_double(struct accumulator *a, const struct pairs *pairs, const double *x,
                       const uint8_t *skip)
{
  if (skip == NULL) { /* the commonest sum, without a question for each row */
    for (size_t i = 0; i < pairs->count; i++) {
      VALUE(double) += x[pairs->row[i]];
      ADD_ONE;
    }
    return;
  }
  EACH_PAIR
  {
    VALUE(double) += x[row];
    ADD_ONE;
  }
}

/* Sums of intervals do not. */
static bool add_interval(struct accumulator *a, const struct pairs *pairs, const struct column *c,
                         const uint8_t *skip, struct evaluation *ev)
{
  bool is_short = a->value_size == sizeof(int32_t);
  EACH_PAIR
  {
    bool overflow = is_short ? __builtin_add_overflow(VALUE(int32_t), c->i32[row], &VALUE(int32_t))
                             : __builtin_add_overflow(VALUE(int64_t), c->i64[row], &VALUE(int64_t));
    if (overflow)
      return error_set(ev->err, ERR_DATA, "the sum of intervals left its range");
    ADD_ONE;
  }
  return true;
}

/* Sums of BIGINT wrap around. */
static void add_integer(struct accumulator *a, const struct pairs *pairs, const int64_t *x,
                        const uint8_t *skip)
{
  EACH_PAIR
  {
    VALUE(uint64_t) += (uint64_t)x[row];
    ADD_ONE;
  }
}

static void add_decimal(struct accumulator *a, const struct pairs *pairs, const int128 *x,
                        const uint8_t *skip)
{
  EACH_PAIR
  {
    int128 *sum = &VALUE(int128);
    if (*sum == OVERFLOWED || __builtin_add_overflow(*sum, x[row], sum))
      *sum = OVERFLOWED;
    ADD_ONE;
  }
}

/* NaN is above every number; of equals the first one seen stays. `above` is 1 for MAX. */
#define EXTREME(ctype, member)                                                                     \
  EACH_PAIR                                                                                        \
  {                                                                                                \
    ctype x = c->member[row], *best = &VALUE(ctype);                                               \
    bool better = above ? (x > *best || (x != x && *best == *best))                                \
                        : (x < *best || (x == x && *best != *best));                               \
    if (COUNT == 0 || better)                                                                      \
      *best = x;                                                                                   \
    COUNT = 1;                                                                                     \
  }

static void keep_text(struct accumulator *a, struct slice *to, struct slice text)
{
  *to = (struct slice){arena_copy(&a->text, text.p, text.n), text.n};
}

static void add_extreme_text(struct accumulator *a, const struct pairs *pairs,
                             const struct slice *x, const uint8_t *skip, bool above)
{
  EACH_PAIR
  {
    struct slice *best = &VALUE(struct slice);
    int order = COUNT != 0 ? slice_compare(x[row], *best) : 0;
    if (COUNT == 0 || (above ? order > 0 : order < 0))
      keep_text(a, best, x[row]);
    COUNT = 1;
  }
}

static void add_extreme(struct accumulator *a, const struct pairs *pairs, const struct column *c,
                        const uint8_t *skip)
{
  bool above = a->aggregate->kind == AGGREGATE_MAX;
  switch (a->type.kind) {
  case TYPE_BOOLEAN:
    EXTREME(uint8_t, boolean)
    break;
  case TYPE_TINYINT:
  case TYPE_SMALLINT:
  case TYPE_INT:
  case TYPE_DATE:
  case TYPE_MONTHS:
    EXTREME(int32_t, i32)
    break;
  case TYPE_BIGINT:
  case TYPE_TIMESTAMP:
  case TYPE_INTERVAL:
    EXTREME(int64_t, i64)
    break;
  case TYPE_DECIMAL:
    EXTREME(int128, decimal)
    break;
  case TYPE_FLOAT:
    EXTREME(float, f32)
    break;
  case TYPE_DOUBLE:
    EXTREME(double, f64)
    break;
  case TYPE_STRING:
    add_extreme_text(a, pairs, c->text, skip, above);
    break;
  default: /* NULL: every row is skipped; the builder of steps refuses the others */
    break;
  }
}

/* FIRST and LAST: any type, copied as bytes. */
static void add_met(struct accumulator *a, const struct pairs *pairs, const struct column *c,
                    const uint8_t *skip)
{
  bool first = a->aggregate->kind == AGGREGATE_FIRST;
  EACH_PAIR
  {
    bool is_null = column_is_null(c, row);
    if ((is_null && a->aggregate->ignore_nulls) || (first && COUNT != 0))
      continue;
    COUNT = is_null ? MET_NULL : MET_VALUE;
    unsigned char *to = pairs->state[i] + a->value_at + pairs->slot[i] * a->value_size;
    if (!is_null && a->type.kind == TYPE_STRING)
      keep_text(a, (struct slice *)(void *)to, c->text[row]);
    else if (!is_null)
      memcpy(to, (const char *)c->data + row * a->value_size, a->value_size);
  }
}

static bool add_column(struct accumulator *a, const struct pairs *pairs, const struct column *c,
                       const uint8_t *skip, struct evaluation *ev)
{
  if (a->kind != NULL)
    return a->kind->add(a, pairs, c, skip, ev);
  switch (a->aggregate->kind) {
  case AGGREGATE_COUNT:
    add_count(a, pairs, skip);
    break;
  case AGGREGATE_SUM:
  case AGGREGATE_AVG:
    if (a->type.kind == TYPE_DECIMAL)
      add_decimal(a, pairs, c->decimal, skip);
    else if (a->type.kind == TYPE_BIGINT)
      add_integer(a, pairs, c->i64, skip);
    else if (type_is_interval(a->type))
      return add_interval(a, pairs, c, skip, ev);
    else
      add_double(a, pairs, c->f64, skip);
    break;
  case AGGREGATE_MIN:
  case AGGREGATE_MAX:
    add_extreme(a, pairs, c, skip);
    break;
  default:
    add_met(a, pairs, c, skip);
    break;
  }
  return true;
}

/* The arguments whose nulls keep a row out: first .. args-1. */
static size_t first_needed(const struct aggregate *g)
{
  switch (g->kind) {
  case AGGREGATE_FIRST:
  case AGGREGATE_LAST:
    return g->args;
  case AGGREGATE_MIN_BY:
  case AGGREGATE_MAX_BY:
    return 1;
  default:
    return 0;
  }
}

/* Flags of the rows that FILTER or a null argument keeps out; NULL if all rows are in. */
static uint8_t *rows_to_skip(const struct accumulator *a, const struct column *arg,
                             const struct column *filter, size_t rows, struct arena *arena)
{
  size_t first = first_needed(a->aggregate), args = a->aggregate->args;
  bool any = filter != NULL;
  for (size_t k = first; k < args; k++)
    any |= arg[k].null != NULL || arg[k].type.kind == TYPE_NULL;
  if (!any)
    return NULL;
  uint8_t *skip = arena_zero(arena, rows, 1);
  for (size_t i = 0; i < rows; i++) {
    if (filter != NULL)
      skip[i] = !column_is_true(filter, i);
    for (size_t k = first; k < args; k++)
      skip[i] |= column_is_null(&arg[k], i);
  }
  return skip;
}

/* The pairs whose arguments their group has not seen. */
static struct pairs new_pairs(struct accumulator *a, const struct pairs *pairs,
                              const struct column *arg, const uint8_t *skip, struct arena *arena)
{
  struct pairs out = {0};
  out.row = arena_take(arena, pairs->count, sizeof *out.row);
  out.state = arena_take(arena, pairs->count, sizeof *out.state);
  out.slot = arena_take(arena, pairs->count, sizeof *out.slot);
  size_t args = a->aggregate->args;
  struct column *key = arena_zero(arena, args + 1, sizeof *key);
  for (size_t i = 0; i < pairs->count; i++) {
    size_t row = pairs->row[i];
    if (skip != NULL && skip[row])
      continue;
    int64_t id = place_of(a, pairs->state[i], pairs->slot[i]);
    uint32_t one = (uint32_t)row, number;
    key[0] = (struct column){.type = type_of(TYPE_BIGINT), .i64 = &id};
    for (size_t k = 0; k < args; k++)
      column_gather(&arg[k], &one, 1, &key[k + 1], arena);
    size_t before = key_table_keys(a->seen);
    if (key_table_add(a->seen, key, 1, &number) == before)
      continue;
    out.row[out.count] = one;
    out.state[out.count] = pairs->state[i];
    out.slot[out.count++] = pairs->slot[i];
  }
  return out;
}

/* A constant argument is written out, so that the loops above read every column alike. */
static void spread(struct column *c, size_t rows, struct arena *arena)
{
  if (!c->constant)
    return;
  uint32_t *row = arena_zero(arena, rows, sizeof *row);
  struct column constant = *c;
  column_gather(&constant, row, rows, c, arena);
}

bool accumulator_evaluate(const struct accumulator *a, const struct batch *in,
                          struct evaluation *ev, struct addends *out)
{
  const struct aggregate *g = a->aggregate;
  struct column filter;
  out->arg = arena_take(ev->arena, g->args, sizeof *out->arg);
  for (size_t k = 0; k < g->args; k++) {
    if (!expr_eval(g->arg[k], in, ev, &out->arg[k]))
      return false;
    spread(&out->arg[k], in->rows, ev->arena);
  }
  if (g->filter != NULL && !expr_eval(g->filter, in, ev, &filter))
    return false;
  out->skip = rows_to_skip(a, out->arg, g->filter != NULL ? &filter : NULL, in->rows, ev->arena);
  return true;
}

bool accumulator_add(struct accumulator *a, const struct addends *addends,
                     const struct pairs *pairs, struct evaluation *ev)
{
  if (!a->aggregate->distinct)
    return add_column(a, pairs, addends->arg, addends->skip, ev);
  struct pairs fresh = new_pairs(a, pairs, addends->arg, addends->skip, ev->arena);
  return add_column(a, &fresh, addends->arg, NULL, ev);
}

static bool goes_by_part(const struct accumulator *a)
{
  return !a->aggregate->distinct && aggregate_depends_on_order(a->aggregate);
}

bool accumulators_add(struct accumulator *a, size_t count, const struct batch *in,
                      const struct pairs *pairs, const struct pairs *by_part, struct evaluation *ev)
{
  for (size_t i = 0; i < count; i++) {
    bool in_parts = by_part != NULL && goes_by_part(&a[i]);
    struct addends addends;
    if (!accumulator_evaluate(&a[i], in, ev, &addends) ||
        !accumulator_add(&a[i], &addends, in_parts ? by_part : pairs, ev))
      return false;
  }
  return true;
}

/* ---- results ---- */

#define RESULT(ctype) (((const ctype *)(const void *)(state[i] + a->value_at))[slot[i]])

uint64_t accumulator_carries(const struct accumulator *a, const unsigned char *state, uint8_t slot)
{
  const struct accumulator *counter = a->counter;
  if (counter->carried == NULL)
    return 0;
  int64_t place = place_of(a, state, slot);
  struct column key = {.type = type_of(TYPE_BIGINT), .i64 = &place};
  uint32_t number;
  key_table_find(counter->carried, &key, 1, NULL, &number);
  return number == ROW_NONE ? 0 : counter->carries[number];
}

static inline uint64_t count_of(const struct accumulator *a, const unsigned char *state,
                                uint8_t slot)
{
  uint64_t count = ((const uint16_t *)(const void *)(state + a->count_at))[slot];
  if (__builtin_expect(a->counter->carried == NULL, 1))
    return count;
  return count + (accumulator_carries(a, state, slot) << 16);
}

/* Functions of this file: the part's value behind those of the state. */
static void merge_value(struct accumulator *a, const unsigned char *part, unsigned char *state,
                        uint8_t slot)
{
  uint64_t n = count_of(a, part, 0);
  uint16_t *count = &((uint16_t *)(void *)(state + a->count_at))[slot];
  void *value = state + a->value_at + slot * a->value_size;
  if (n == 0)
    return;
  if (a->aggregate->kind == AGGREGATE_SUM || a->aggregate->kind == AGGREGATE_AVG) {
    *(double *)value += *(const double *)(const void *)(part + a->value_at);
    for (; n != 0; n--)
      if (++*count == 0)
        accumulator_carry(a, state, slot);
  } else if (a->aggregate->kind == AGGREGATE_LAST || *count == 0) {
    memcpy(value, part + a->value_at, a->value_size);
    *count = (uint16_t)n;
  }
}

static bool is_empty(const struct accumulator *a, const void *value)
{
  const unsigned char *byte = value;
  for (size_t i = 0; i < a->kind->state_size; i++)
    if (byte[i] != 0)
      return false;
  return true;
}

enum { MOST_STATE_BYTES = 512 };

bool accumulator_settles(const struct accumulator *a)
{
  return a->kind != NULL && a->kind->merge != NULL;
}

void accumulator_settle(struct accumulator *a, unsigned char *state, uint8_t slot)
{
  if (!accumulator_settles(a))
    return;
  _Alignas(16) unsigned char copy[MOST_STATE_BYTES];
  void *value = accumulator_state(a, state, slot);
  if (is_empty(a, value))
    return;
  memcpy(copy, value, a->kind->state_size);
  memset(value, 0, a->kind->state_size);
  a->kind->merge(a, copy, value);
}

void accumulator_merge(struct accumulator *a, unsigned char *part, unsigned char *state,
                       uint8_t slot)
{
  if (!goes_by_part(a))
    return;
  if (a->kind == NULL) {
    merge_value(a, part, state, slot);
    return;
  }
  if (!is_empty(a, accumulator_state(a, part, 0)))
    a->kind->merge(a, accumulator_state(a, part, 0), accumulator_state(a, state, slot));
}

void accumulator_merge_later(struct accumulator *a, unsigned char *part, unsigned char *state,
                             uint8_t slot)
{
  if (!goes_by_part(a))
    return;
  bool adds = a->aggregate->kind == AGGREGATE_SUM || a->aggregate->kind == AGGREGATE_AVG;
  if (a->kind == NULL && adds) {
    merge_value(a, part, state, slot); /* a sum of two has no order */
    return;
  }
  _Alignas(16) unsigned char copy[MOST_STATE_BYTES];
  void *value = state + a->value_at + slot * a->value_size, *later = part + a->value_at;
  size_t size = a->kind != NULL ? a->kind->state_size : a->value_size;
  memcpy(copy, value, size);
  memcpy(value, later, size);
  memcpy(later, copy, size);
  if (a->kind != NULL && !is_empty(a, copy))
    a->kind->merge(a, copy, value);
  if (a->kind != NULL)
    return;
  uint16_t *count = &((uint16_t *)(void *)(state + a->count_at))[slot];
  uint16_t *later_count = (uint16_t *)(void *)(part + a->count_at), n = *count;
  *count = *later_count;
  *later_count = n;
  merge_value(a, part, state, slot);
}

/* sum / count, HALF_UP at the result's scale; the quotient of the type in which Spark divides. */
static bool divide(const struct accumulator *a, int128 sum, uint64_t count, int128 *out)
{
  struct decimal dividend = {sum, a->type.scale}, divisor = {count, 0};
  return decimal_divide(dividend, divisor, a->aggregate->type.precision, a->aggregate->type.scale,
                        out);
}

static bool finish_decimal(const struct accumulator *a, int128 sum, uint64_t count, int128 *out)
{
  if (sum == OVERFLOWED || !decimal_fits(sum, a->type.precision))
    return false;
  *out = sum;
  if (a->aggregate->kind == AGGREGATE_SUM)
    return true;
  if (!aggregate_averages_as_double(a->aggregate))
    return divide(a, sum, count, out);
  struct type to = a->aggregate->type;
  double mean = (double)sum / (double)count / pow(10.0, a->type.scale);
  return decimal_from_double(mean, to.precision, to.scale, out);
}

/* The commonest result, with few questions in the loop. */
static void finish_average(const struct accumulator *a, unsigned char *const *state,
                           const uint8_t *slot, size_t count, struct column *out,
                           struct arena *arena)
{
  size_t nulls = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t n = count_of(a, state[i], slot[i]);
    nulls += n == 0;
    out->f64[i] = RESULT(double) / (double)(n | (n == 0)); /* the sum of no rows is zero */
  }
  for (size_t i = 0; nulls != 0 && i < count; i++)
    if (count_of(a, state[i], slot[i]) == 0)
      column_flags(out, count, arena)[i] = 1;
}

/* HALF_UP: away from zero at one half. */
static int64_t divide_half_up(int64_t sum, int64_t count)
{
  int64_t quotient = sum / count, rest = sum % count;
  int64_t away = rest < 0 ? -1 : 1;
  return quotient + (rest * away >= count - rest * away ? away : 0);
}

static void finish_interval_average(const struct accumulator *a, unsigned char *const *state,
                                    const uint8_t *slot, size_t count, struct column *out,
                                    struct arena *arena)
{
  bool is_short = a->value_size == sizeof(int32_t);
  for (size_t i = 0; i < count; i++) {
    int64_t n = (int64_t)count_of(a, state[i], slot[i]);
    int64_t sum = is_short ? RESULT(int32_t) : RESULT(int64_t);
    int64_t mean = n != 0 ? divide_half_up(sum, n) : 0;
    if (n == 0)
      column_flags(out, count, arena)[i] = 1;
    if (is_short)
      out->i32[i] = (int32_t)mean;
    else
      out->i64[i] = mean;
  }
}

bool accumulator_finish(const struct accumulator *a, unsigned char *const *state,
                        const uint8_t *slot, size_t count, struct column *out,
                        struct evaluation *ev)
{
  struct arena *arena = ev->arena;
  enum aggregate_kind kind = a->aggregate->kind;
  bool is_avg = kind == AGGREGATE_AVG && a->type.kind == TYPE_DOUBLE;
  bool is_met = kind == AGGREGATE_FIRST || kind == AGGREGATE_LAST;
  column_make(out, a->aggregate->type, count, arena);
  if (a->kind != NULL)
    return a->kind->finish(a, state, slot, count, out, ev);
  if (kind == AGGREGATE_AVG && type_is_interval(a->type)) {
    finish_interval_average(a, state, slot, count, out, arena);
    return true;
  }
  if (is_avg) {
    finish_average(a, state, slot, count, out, arena);
    return true;
  }
  for (size_t i = 0; i < count; i++) {
    uint64_t n = count_of(a, state[i], slot[i]);
    if (kind == AGGREGATE_COUNT) {
      out->i64[i] = (int64_t)n;
      continue;
    }
    bool found = is_met ? n == MET_VALUE : n != 0;
    if (found && a->type.kind == TYPE_DECIMAL && (kind == AGGREGATE_SUM || kind == AGGREGATE_AVG))
      found = finish_decimal(a, RESULT(int128), n, &out->decimal[i]);
    else if (a->value_size != 0)
      memcpy((char *)out->data + i * a->value_size,
             state[i] + a->value_at + slot[i] * a->value_size, a->value_size);
    if (!found) {
      column_flags(out, count, arena)[i] = 1;
      if (a->value_size != 0)
        memset((char *)out->data + i * type_size(out->type), 0, type_size(out->type));
    }
  }
  return true;
}
