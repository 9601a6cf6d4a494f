/* SPDX-License-Identifier: Apache-2.0 */
/* Each line of any bytes as a pattern for the next line, and as a time, an interval, a duration and
 * a zone: the fast and the general way agree, and what was read and printed reads back. Built with
 * tests/fuzz/mutate.c, or with clang's -fsanitize=fuzzer. */
#include <assert.h>
#include <stdlib.h>

#include "text/civil.h"
#include "text/interval.h"
#include "text/time_pattern.h"
#include "text/time_text.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static struct time_pattern *compile(struct slice text, enum time_pattern_use use,
                                    struct arena *arena)
{
  struct error err = {0};
  struct time_pattern *pattern = time_pattern_compile(text, use, arena, &err);
  assert((pattern == NULL) == (err.code != ERR_NONE));
  return pattern;
}

/* Into memory of just the size that was promised to be enough. */
static void check_print(const struct time_pattern *pattern, int64_t micros)
{
  size_t room = time_pattern_room(pattern);
  char *out = malloc(room);
  assert(out != NULL && time_pattern_print(pattern, micros, -5 * MICROS_PER_HOUR, out) <= room);
  free(out);
}

static void check_pattern(struct slice text, struct slice time, struct arena *arena)
{
  int64_t micros = INT64_MIN;
  struct time_pattern *pattern = compile(text, TIME_PATTERN_PARSE, arena);
  if (pattern != NULL) {
    int32_t days;
    time_pattern_parse(pattern, time, 0, &micros);
    time_pattern_parse_date(pattern, time, &days);
    time_pattern_legacy_takes(pattern, time, LEGACY_SIMPLE);
    time_pattern_legacy_takes(pattern, time, LEGACY_FAST);
  }
  pattern = compile(text, TIME_PATTERN_PRINT, arena);
  if (pattern != NULL)
    check_print(pattern, micros);
}

/* An empty option takes the usual patterns off their fast ways, and changes nothing else. */
static void check_ways(struct slice time, struct arena *arena)
{
  static const struct slice usual[2][2] = {
      {{"HH:mm:ss", 8}, {"HH:mm:ss[]", 10}},
      {{"yyyy-MM-dd HH:mm:ss", 19}, {"yyyy-MM-dd HH:mm:ss[]", 21}}};
  for (size_t i = 0; i < 2; i++) {
    struct time_pattern *fast = compile(usual[i][0], TIME_PATTERN_PARSE, arena);
    struct time_pattern *general = compile(usual[i][1], TIME_PATTERN_PARSE, arena);
    int64_t a = 0, b = 0;
    assert(time_pattern_parse(fast, time, 0, &a) == time_pattern_parse(general, time, 0, &b));
    assert(a == b);
    char one[256], other[256];
    int64_t micros = a;
    memcpy(&micros, time.p, time.n < sizeof micros ? time.n : sizeof micros);
    fast = compile(usual[i][0], TIME_PATTERN_PRINT, arena);
    general = compile(usual[i][1], TIME_PATTERN_PRINT, arena);
    size_t n = time_pattern_print(fast, micros, 0, one);
    assert(n == time_pattern_print(general, micros, 0, other) && memcmp(one, other, n) == 0);
  }
}

static void check_text(struct slice text)
{
  int64_t micros, back, ns;
  int32_t days;
  struct interval interval;
  struct error err;
  if (timestamp_parse(text, 0, 0, &micros)) {
    char out[TIME_TEXT_ROOM];
    struct slice printed = {out, timestamp_print(micros, MICROS_PER_HOUR, out)};
    assert(timestamp_parse(printed, MICROS_PER_HOUR, TODAY_UNKNOWN, &back) && back == micros);
    timestamp_print_iso(micros, -MICROS_PER_HOUR, out);
  }
  if (date_parse(text, &days)) {
    char out[TIME_TEXT_ROOM];
    int32_t same;
    assert(date_parse((struct slice){out, date_print(days, out)}, &same) && same == days);
  }
  zone_offset_parse(text, &back, &err);
  if (interval_parse(text, &interval, &err))
    interval_micros(&interval, &micros, &err);
  assert(!duration_parse(text, &ns, &err) || ns >= 0);
}

/* A copy that ends where its memory ends. */
static struct slice copy(struct slice text)
{
  char *p = malloc(text.n != 0 ? text.n : 1);
  assert(p != NULL);
  memcpy(p, text.p, text.n);
  return (struct slice){p, text.n};
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
  struct slice rest = {(const char *)data, size}, before = {NULL, 0};
  while (rest.n != 0) {
    const char *end = memchr(rest.p, '\n', rest.n);
    size_t n = end != NULL ? (size_t)(end - rest.p) : rest.n;
    struct slice line = copy((struct slice){rest.p, n});
    struct arena arena = {0};
    check_pattern(before, line, &arena);
    check_ways(line, &arena);
    check_text(line);
    arena_free(&arena);
    free((char *)line.p);
    before = (struct slice){rest.p, n};
    n += end != NULL;
    rest = (struct slice){rest.p + n, rest.n - n};
  }
  return 0;
}
