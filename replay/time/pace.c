/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/time/pace.h"

#include <assert.h>

#include "base/ascii.h"
#include "base/distribution.h"
#include "base/hash.h"
#include "replay/time/clock.h"

enum { MOST_DECIMALS = 9 };

static const uint64_t MOST_FACTOR = 1000000000;

/* --- the command line --- */

/* Digits with a point among them; false if that is not all, or above MOST_FACTOR. */
static bool read_decimal(struct slice text, struct decimal_ratio *out)
{
  struct decimal_ratio ratio = {0, 1};
  bool point = false, digits = false;
  for (size_t i = 0; i < text.n; i++) {
    bool is_point = text.p[i] == '.' && !point;
    point |= is_point;
    if (is_point)
      continue;
    if (!ascii_is_digit(text.p[i]) || ratio.above > MOST_FACTOR * ratio.below)
      return false;
    digits = true;
    ratio.above = ratio.above * 10 + (uint64_t)(text.p[i] - '0');
    ratio.below *= point ? 10 : 1;
    if (ratio.below > 1000000000)
      return false;
  }
  *out = ratio;
  return digits && ratio.above <= MOST_FACTOR * ratio.below;
}

static bool parse_speed(const char *text, struct pace_options *options, struct error *err)
{
  struct slice word = slice_of(text);
  options->kind = slice_is(word, "max") ? PACE_MAX : PACE_SPEED;
  if (options->kind == PACE_MAX)
    return true;
  return (read_decimal(word, &options->factor) && options->factor.above != 0) ||
         error_set(err, ERR_USAGE,
                   "--speed takes a factor above 0 and up to 1000000000 with at most 9 decimals, "
                   "as 1, 0.5 or 1000, or max; not '%s'",
                   text);
}

static bool parse_rate(const char *text, bool poisson, struct pace_options *options,
                       struct error *err)
{
  struct slice word = slice_of(text);
  if (word.n > 2 && memcmp(word.p + word.n - 2, "/s", 2) == 0)
    word.n -= 2;
  options->kind = poisson ? PACE_POISSON : PACE_RATE;
  return (read_decimal(word, &options->factor) && options->factor.above != 0) ||
         error_set(err, ERR_USAGE,
                   "--rate takes rows a second, above 0 and up to 1000000000 with at most 9 "
                   "decimals, as 1000 or 0.5/s; not '%s'",
                   text);
}

static bool parse_catch_up(const char *text, struct pace_options *options, struct error *err)
{
  struct slice word = slice_of(text);
  if (slice_is(word, "max")) {
    options->catch_up = (struct decimal_ratio){0, 1};
    return true;
  }
  return (read_decimal(word, &options->catch_up) &&
          options->catch_up.above >= options->catch_up.below) ||
         error_set(err, ERR_USAGE,
                   "--catch-up takes a factor from 1 on with at most 9 decimals, as 2, or max; not "
                   "'%s'",
                   text);
}

bool pace_parse(const char *speed, const char *rate, bool poisson, const char *catch_up,
                struct pace_options *options, struct error *err)
{
  options->kind = PACE_SPEED;
  options->factor = (struct decimal_ratio){1, 1};
  options->catch_up = (struct decimal_ratio){2, 1};
  if (speed != NULL && rate != NULL)
    return error_set(err, ERR_USAGE, "--speed and --rate exclude each other");
  if (poisson && rate == NULL)
    return error_set(err, ERR_USAGE, "--poisson needs the mean rate: --rate");
  if (speed != NULL && !parse_speed(speed, options, err))
    return false;
  if (rate != NULL && !parse_rate(rate, poisson, options, err))
    return false;
  return catch_up == NULL || parse_catch_up(catch_up, options, err);
}

/* --- deadlines --- */

void pace_start(struct pace *pace, const struct pace_options *options, int64_t start_ns,
                int64_t anchor_ns)
{
  assert(anchor_ns >= 0 && anchor_ns <= PACE_LATEST_NS);
  assert(options->factor.below != 0 && options->factor.above != 0);
  *pace = (struct pace){
      .options = *options, .start_ns = start_ns, .anchor_ns = anchor_ns, .intended_ns = anchor_ns};
  pace->earliest = (__int128)anchor_ns * options->catch_up.above;
}

static int64_t after_anchor(const struct pace *pace, unsigned __int128 ns)
{
  uint64_t most = (uint64_t)(PACE_LATEST_NS - pace->anchor_ns);
  return ns < most ? pace->anchor_ns + (int64_t)ns : PACE_LATEST_NS;
}

/* gaps + part / 2^32 mean gaps, each 10^9 * below / above nanoseconds. Below 2^64 gaps, 10^18 and
 * 2^32 parts no product leaves 128 bits: the whole gaps are divided first, and only what is left of
 * them, less than one nanosecond, is brought to parts. */
static unsigned __int128 gaps_ns(const struct decimal_ratio *rate, uint64_t gaps, uint32_t part)
{
  uint64_t numerator = (uint64_t)NS_PER_SECOND * rate->below;
  unsigned __int128 product = (unsigned __int128)gaps * numerator;
  unsigned __int128 left = product % rate->above;
  unsigned __int128 parts = (left << 32) + (unsigned __int128)part * numerator;
  return product / rate->above + parts / ((unsigned __int128)rate->above << 32);
}

static void add_gap(struct pace *pace)
{
  uint64_t key = hash_combine(pace->options.seed, ++pace->row);
  uint64_t sum = pace->part + distribution_exponential(key);
  pace->gaps += sum >> 32;
  pace->part = (uint32_t)sum;
}

static unsigned __int128 faster(const struct decimal_ratio *speed, int64_t since_start_ns)
{
  assert(since_start_ns >= 0);
  return (unsigned __int128)since_start_ns * speed->below / speed->above;
}

static int64_t deadline(struct pace *pace, uint64_t row, int64_t scheduled_ns)
{
  const struct decimal_ratio *factor = &pace->options.factor;
  assert(row >= pace->row);
  switch (pace->options.kind) {
  case PACE_SPEED:
    return after_anchor(pace, faster(factor, scheduled_ns - pace->start_ns));
  case PACE_RATE:
    return after_anchor(pace, gaps_ns(factor, row, 0));
  case PACE_POISSON:
    while (pace->row < row)
      add_gap(pace);
    return after_anchor(pace, gaps_ns(factor, pace->gaps, pace->part));
  default:
    return pace->anchor_ns;
  }
}

/* The generic cell rate algorithm (ITU-T I.371) with the gap to the row before in the place of the
 * constant increment. */
static int64_t catch_up(struct pace *pace, int64_t gap_ns, int64_t now_ns)
{
  const struct decimal_ratio *factor = &pace->options.catch_up;
  __int128 now = (__int128)now_ns * factor->above;
  pace->earliest = pace->earliest > now ? pace->earliest : now;
  pace->earliest += (__int128)gap_ns * factor->below;
  __int128 ns = (pace->earliest + factor->above - 1) / factor->above - PACE_SLACK_NS;
  return ns < PACE_LATEST_NS ? (int64_t)ns : PACE_LATEST_NS;
}

int64_t pace_due(struct pace *pace, uint64_t row, int64_t scheduled_ns, int64_t now_ns,
                 int64_t *intended_ns)
{
  int64_t intended = deadline(pace, row, scheduled_ns), gap = intended - pace->intended_ns;
  assert(gap >= 0);
  pace->row = row;
  pace->intended_ns = intended;
  *intended_ns = intended;
  if (pace->options.kind == PACE_MAX || pace->options.catch_up.above == 0)
    return intended;
  int64_t earliest = catch_up(pace, gap, now_ns);
  return intended > earliest ? intended : earliest;
}
