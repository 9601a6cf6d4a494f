/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/runs.h"

#include <stdlib.h>

void runs_reserve(struct runs *runs, size_t more)
{
  if (runs->room - runs->count >= more)
    return;
  runs->room = 2 * (runs->count + more);
  runs->run = mem_resize(runs->run, runs->room, sizeof *runs->run);
}

void runs_free(struct runs *runs)
{
  free(runs->run);
}

/* Two doubles or eight counts in a register that every 64-bit processor has. */
typedef double two_doubles __attribute__((vector_size(16), aligned(8), may_alias));
typedef int64_t two_masks __attribute__((vector_size(16), aligned(8), may_alias));
typedef uint16_t eight_counts __attribute__((vector_size(16), aligned(2), may_alias));
typedef int16_t eight_masks __attribute__((vector_size(16), aligned(2), may_alias));

/* Where there are many keys their states are far away, and asked for some runs before: there are
 * so many runs behind the last one to ask for. */
enum { RUNS_AHEAD = 16 };

static void repeat_last(struct runs *runs)
{
  runs_reserve(runs, RUNS_AHEAD);
  for (size_t k = 0; k < RUNS_AHEAD && runs->count != 0; k++)
    runs->run[runs->count + k] = runs->run[runs->count - 1];
}

static inline void fetch_values(const struct accumulator *a, const struct run *r, size_t size)
{
  __builtin_prefetch(r[RUNS_AHEAD].state + a->value_at + r[RUNS_AHEAD].slot * size, 1);
}

static inline void fetch_counts(const struct accumulator *a, const struct run *r)
{
  __builtin_prefetch(r[RUNS_AHEAD].state + a->count_at + r[RUNS_AHEAD].slot * sizeof(uint16_t), 1);
}

/* Runs of the rows that are not skipped; `size` is that of a value. */
#define EACH_RUN(size)                                                                             \
  for (const struct run *r = runs->run, *end = r + runs->count; r < end; r++)                      \
    if (fetch_values(a, r, size), fetch_counts(a, r), skip == NULL || !skip[r->row])

#define VALUES(ctype) ((ctype *)(void *)(run.state + a->value_at) + run.slot)
#define COUNTS ((uint16_t *)(void *)(run.state + a->count_at) + run.slot)

static bool is_any(eight_masks mask)
{
  uint64_t half[2];
  memcpy(half, &mask, sizeof half);
  return (half[0] | half[1]) != 0;
}

/* Up to four counts at once; false if one may be at its end. What is read and written back behind
 * them is other states or the room behind a page. */
static inline bool add_four_ones(uint16_t *count, size_t length)
{
  static const uint16_t one[5][4] = {{0}, {1}, {1, 1}, {1, 1, 1}, {1, 1, 1, 1}};
  const uint64_t high = 0x8000800080008000;
  uint64_t four, ones;
  memcpy(&four, count, sizeof four);
  memcpy(&ones, one[length], sizeof ones);
  bool may_wrap = (four & high & ((four & ~high) + 0x0001000100010001)) != 0;
  four += ones;
  if (!may_wrap)
    memcpy(count, &four, sizeof four);
  return !may_wrap;
}

/* Adds one to each count; true if one of them came to its end. */
static inline bool add_ones(uint16_t *count, size_t length)
{
  bool wrapped = false;
  eight_masks zero = {0};
  if (length <= 4 && add_four_ones(count, length))
    return false;
  for (; length >= 8; length -= 8, count += 8) {
    eight_counts *eight = (eight_counts *)(void *)count;
    *eight += 1;
    zero |= *eight == 0;
  }
  for (size_t k = 0; k < length; k++)
    wrapped |= ++count[k] == 0;
  return wrapped || is_any(zero);
}

static void carry(struct accumulator *a, struct run run)
{
  const uint16_t *count = (const uint16_t *)(const void *)(run.state + a->count_at) + run.slot;
  for (size_t k = 0; k < run.length; k++)
    if (count[k] == 0)
      accumulator_carry(a, run.state, (uint8_t)(run.slot + k));
}

#define ADD_ONES                                                                                   \
  do {                                                                                             \
    if (__builtin_expect(add_ones(COUNTS, run.length), 0))                                         \
      carry(a, run);                                                                               \
  } while (0)

static void add_count(struct accumulator *a, const struct runs *runs, const uint8_t *skip)
{
  if (a->counter != a)
    return;
  EACH_RUN(0)
  {
    const struct run run = *r;
    ADD_ONES;
  }
}

static inline void add_to_sums(double *sum, unsigned length, double x)
{
  if (length & 1)
    *sum++ += x;
  for (unsigned twos = length / 2; twos != 0; twos--, sum += 2)
    *(two_doubles *)(void *)sum += x;
}

static void add_double(struct accumulator *a, const struct runs *runs, const double *value,
                       const uint8_t *skip)
{
  bool counts = a->counter == a;
  EACH_RUN(sizeof *value)
  {
    const struct run run = *r;
    add_to_sums(VALUES(double), run.length, value[run.row]);
    if (counts)
      ADD_ONES;
  }
}

/* Two functions of the same rows, the second of which shares its count: see shared_counts.h. */
static void add_two_doubles(struct accumulator *a, const struct runs *runs, const double *value,
                            const double *second, const uint8_t *skip)
{
  const struct accumulator *b = a + 1;
  bool counts = a->counter == a;
  EACH_RUN(sizeof *value)
  {
    const struct run run = *r;
    fetch_values(b, r, sizeof *value);
    add_to_sums(VALUES(double), run.length, value[run.row]);
    add_to_sums((double *)(void *)(run.state + b->value_at) + run.slot, run.length,
                second[run.row]);
    if (counts)
      ADD_ONES;
  }
}

/* Sums of BIGINT wrap around. */
static void add_integer(struct accumulator *a, const struct runs *runs, const int64_t *value,
                        const uint8_t *skip)
{
  bool counts = a->counter == a;
  EACH_RUN(sizeof *value)
  {
    const struct run run = *r;
    uint64_t *sum = VALUES(uint64_t), x = (uint64_t)value[run.row];
    for (size_t k = 0; k < run.length; k++)
      sum[k] += x;
    if (counts)
      ADD_ONES;
  }
}

/* NaN is above every number; of equals the first one seen stays. `above` is 1 for MAX. */
#define EXTREME_FROM(ctype, from)                                                                  \
  for (size_t k = (from); k < run.length; k++) {                                                   \
    bool better = above ? (x > best[k] || (x != x && best[k] == best[k]))                          \
                        : (x < best[k] || (x == x && best[k] != best[k]));                         \
    best[k] = count[k] == 0 || better ? x : best[k];                                               \
    count[k] = 1;                                                                                  \
  }

#define EXTREME(ctype, member)                                                                     \
  EACH_RUN(sizeof(ctype))                                                                          \
  {                                                                                                \
    const struct run run = *r;                                                                     \
    ctype x = c->member[run.row], *best = VALUES(ctype);                                           \
    uint16_t *count = COUNTS;                                                                      \
    EXTREME_FROM(ctype, 0)                                                                         \
  }

/* How many states, from the first on, have a value, rounded down to twos. */
static inline size_t seen_from_first(const uint16_t *count, size_t length)
{
  size_t k = 0;
  for (; k + 8 <= length; k += 8)
    if (is_any(*(const eight_counts *)(const void *)(count + k) == 0))
      break;
  while (k < length && count[k] != 0)
    k++;
  return k & ~(size_t)1;
}

/* The commonest extreme: two at a time where a value was seen. */
static void add_extreme_double(struct accumulator *a, const struct runs *runs, const double *value,
                               const uint8_t *skip, bool above)
{
  enum { WORTH_IT = 8 };
  EACH_RUN(sizeof *value)
  {
    const struct run run = *r;
    double x = value[run.row], *best = VALUES(double);
    uint16_t *count = COUNTS;
    size_t seen = run.length >= WORTH_IT && x == x ? seen_from_first(count, run.length) : 0;
    for (size_t k = 0; k < seen; k += 2) {
      two_doubles *two = (two_doubles *)(void *)(best + k), xx = {x, x};
      two_masks better = above ? xx > *two : (xx < *two) | (*two != *two);
      *two = (two_doubles)(((two_masks)xx & better) | ((two_masks)*two & ~better));
    }
    EXTREME_FROM(double, seen)
  }
}

static void add_extreme(struct accumulator *a, const struct runs *runs, const struct column *c,
                        const uint8_t *skip)
{
  bool above = a->aggregate->kind == AGGREGATE_MAX;
  switch (a->type.kind) {
  case TYPE_BOOLEAN:
    EXTREME(uint8_t, boolean)
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
    add_extreme_double(a, runs, c->f64, skip, above);
    break;
  default: /* the other integers, DATE */
    EXTREME(int32_t, i32)
  }
}

bool runs_take(const struct accumulator *a)
{
  enum type_kind kind = a->type.kind;
  if (a->aggregate->distinct)
    return false;
  switch (a->aggregate->kind) {
  case AGGREGATE_COUNT:
    return true;
  case AGGREGATE_SUM:
  case AGGREGATE_AVG:
    return kind == TYPE_DOUBLE || kind == TYPE_BIGINT;
  case AGGREGATE_MIN:
  case AGGREGATE_MAX:
    return kind >= TYPE_BOOLEAN && kind <= TYPE_MONTHS && kind != TYPE_STRING;
  default:
    return false;
  }
}

static bool adds_doubles(const struct accumulator *a)
{
  return (a->aggregate->kind == AGGREGATE_SUM || a->aggregate->kind == AGGREGATE_AVG) &&
         a->type.kind == TYPE_DOUBLE;
}

static void add_column(struct accumulator *a, const struct runs *runs, const struct addends *x)
{
  if (a->aggregate->kind == AGGREGATE_COUNT)
    add_count(a, runs, x->skip);
  else if (a->aggregate->kind == AGGREGATE_MIN || a->aggregate->kind == AGGREGATE_MAX)
    add_extreme(a, runs, x->arg, x->skip);
  else if (a->type.kind == TYPE_BIGINT)
    add_integer(a, runs, x->arg->i64, x->skip);
  else
    add_double(a, runs, x->arg->f64, x->skip);
}

/* Functions with one count add the same rows. */
static bool go_together(const struct accumulator *a)
{
  return adds_doubles(&a[0]) && adds_doubles(&a[1]) && a[0].counter == a[1].counter;
}

void runs_add(struct accumulator *a, size_t count, const struct addends *addends, struct runs *runs)
{
  repeat_last(runs);
  for (size_t i = 0; i < count; i++)
    if (i + 1 < count && go_together(&a[i])) {
      add_two_doubles(&a[i], runs, addends[i].arg->f64, addends[i + 1].arg->f64, addends[i].skip);
      i++;
    } else {
      add_column(&a[i], runs, &addends[i]);
    }
}
