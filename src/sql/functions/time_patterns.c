/* SPDX-License-Identifier: Apache-2.0 */
/* Times from text and to text by a pattern: to_timestamp, to_date, date_format, from_unixtime,
 * unix_timestamp.
 */
#include "sql/functions/list.h"
#include "sql/functions/result.h"
#include "text/civil.h"
#include "text/time_pattern.h"

struct pattern_state {
  const struct time_pattern *pattern;
  int64_t zone;
  bool legacy_is_asked; /* timeParserPolicy EXCEPTION */
};

#define STATE ((const struct pattern_state *)e->state)

/* The pattern of argument i: *state is NULL if it is a constant null. */
static bool take_pattern(struct call *c, size_t i, enum time_pattern_use use,
                         const struct pattern_state **state)
{
  *state = NULL;
  if (!call_accept(c, i, type_of(TYPE_STRING)))
    return false;
  if (c->arg[i]->kind != EXPR_LITERAL) {
    call_refuse(c, ERR_UNSUPPORTED, "a pattern of %.*s() that is not constant is not supported",
                SLICE_PRINT(c->function->name));
    return false;
  }
  if (column_is_null(&c->arg[i]->value, 0))
    return true;
  struct error why = {0};
  struct pattern_state *made = arena_zero(c->b->arena, 1, sizeof *made);
  made->zone = c->b->settings->zone_offset_us;
  made->legacy_is_asked = c->b->settings->time_parser_exception;
  made->pattern = time_pattern_compile(c->arg[i]->value.text[0], use, c->b->arena, &why);
  if (made->pattern == NULL)
    call_refuse(c, why.code, "%s", why.text);
  *state = made;
  return made->pattern != NULL;
}

static bool legacy_differs(struct evaluation *ev, const struct pattern_state *state,
                           struct slice text)
{
  if (!state->legacy_is_asked || !time_pattern_legacy_takes(state->pattern, text, LEGACY_SIMPLE))
    return false;
  error_set(ev->err, ERR_DATA,
            "the time '%.*s' does not match its pattern, but Spark 2 would have read it: "
            "timeParserPolicy EXCEPTION stops here (set it to CORRECTED to get null)",
            SLICE_PRINT(text));
  return true;
}

/* Rows of one time stand together in a file of measurements: a text is parsed when it changes. */
static bool parse_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                         size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct slice last = {0};
  int64_t micros = 0;
  bool known = false, good = false;
  uint8_t *null = NULL;
  for (size_t i = 0; i < rows; i++) {
    if (result_is_null(out, i))
      continue;
    struct slice text = arg[0].text[i];
    if (!known || !slice_equal(text, last)) {
      good = time_pattern_parse(STATE->pattern, text, STATE->zone, &micros);
      if (!good && legacy_differs(ev, STATE, text))
        return false;
      last = text;
      known = true;
    }
    out->i64[i] = micros;
    if (!good)
      result_null(ev, out, rows, i, &null);
  }
  return true;
}

/* The call with argument 1, the pattern, kept: it tells two calls apart. */
static struct expr *parse_time(struct call *c)
{
  const struct pattern_state *state;
  if (!take_pattern(c, 1, TIME_PATTERN_PARSE, &state))
    return NULL;
  if (state == NULL)
    return call_null(c, type_of(TYPE_TIMESTAMP));
  if (!call_accept(c, 0, type_of(TYPE_STRING)))
    return NULL;
  return call_result(c, type_of(TYPE_TIMESTAMP), parse_kernel, state);
}

/* to_timestamp(x[, pattern]), to_date(x[, pattern]); a time of any type is only CAST. */
struct expr *bind_to_time(struct call *c)
{
  struct type type = type_of((enum type_kind)c->function->variant);
  enum type_kind from = call_kind(c, 0);
  bool text = from == TYPE_STRING || from == TYPE_NULL;
  bool time = from == TYPE_DATE || from == TYPE_TIMESTAMP;
  bool seconds = type_is_numeric(c->arg[0]->type) && type.kind == TYPE_TIMESTAMP && c->args == 1;
  if (!text && !time && !seconds)
    return call_refuse_types(c, "a STRING, DATE or TIMESTAMP");
  if (c->args == 1 || time)
    return expr_cast(c->b, c->arg[0], type, c->at);
  struct expr *e = parse_time(c);
  return e != NULL ? expr_cast(c->b, e, type, c->at) : NULL;
}

static bool format_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                          size_t rows, struct column *out)
{
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  struct text_writer w = {.arena = ev->arena};
  size_t room = time_pattern_room(STATE->pattern);
  struct slice text = {0};
  struct time_printed printed = {0};
  int64_t last = 0;
  bool known = false;
  for (size_t i = 0; i < rows; i++) {
    if (result_is_null(out, i)) {
      out->text[i] = (struct slice){0};
      continue;
    }
    int64_t micros = arg[0].i64[i];
    if (!known || micros != last) {
      char *p = text_writer_room(&w, room);
      size_t n = time_pattern_print_next(STATE->pattern, micros, STATE->zone, &printed, p);
      text = text_writer_take(&w, n);
      last = micros;
      known = true;
    }
    out->text[i] = text;
  }
  return true;
}

struct expr *bind_date_format(struct call *c)
{
  const struct pattern_state *state;
  if (!call_accept(c, 0, type_of(TYPE_TIMESTAMP)) ||
      !take_pattern(c, 1, TIME_PATTERN_PRINT, &state))
    return NULL;
  if (state == NULL)
    return call_null(c, type_of(TYPE_STRING));
  struct expr *e = call_result(c, type_of(TYPE_STRING), format_kernel, state);
  if (e != NULL)
    e->time_unit = time_pattern_unit(state->pattern);
  return e;
}

static struct expr *default_pattern(const struct call *c)
{
  struct column value;
  column_make_text(&value, SLICE("yyyy-MM-dd HH:mm:ss"), c->b->arena);
  return expr_literal(c->b->arena, value, c->at);
}

/* from_unixtime(seconds[, pattern]) */
struct expr *bind_from_unixtime(struct call *c)
{
  if (!call_accept(c, 0, type_of(TYPE_BIGINT)))
    return NULL;
  struct expr *time = expr_cast(c->b, c->arg[0], type_of(TYPE_TIMESTAMP), c->at);
  struct expr *arg[2] = {time, c->args == 2 ? c->arg[1] : default_pattern(c)};
  return time != NULL ? call_other(c, "date_format", arg, 2) : NULL;
}

/* The fraction is cut towards zero (ToTimestamp), where CAST AS BIGINT floors. */
static bool seconds_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                           size_t rows, struct column *out)
{
  if (result_begin(ev, e, arg, rows, out))
    for (size_t i = 0; i < rows; i++)
      out->i64[i] = arg[0].i64[i] / MICROS_PER_SECOND;
  return true;
}

/* unix_timestamp(time[, pattern]) in seconds; only a string needs the pattern. */
struct expr *bind_unix_timestamp(struct call *c)
{
  enum type_kind from = call_kind(c, 0);
  struct expr *time;
  if (c->args == 2 && !call_expect(c, 1, type_of(TYPE_STRING)))
    return NULL;
  if (from == TYPE_DATE || from == TYPE_TIMESTAMP) {
    time = expr_cast(c->b, c->arg[0], type_of(TYPE_TIMESTAMP), c->at);
  } else if (from == TYPE_STRING || from == TYPE_NULL) {
    struct expr *arg[2] = {c->arg[0], c->args == 2 ? c->arg[1] : default_pattern(c)};
    time = call_other(c, "to_timestamp", arg, 2);
  } else {
    return call_refuse_types(c, "a STRING, DATE or TIMESTAMP");
  }
  if (time == NULL)
    return NULL;
  struct call seconds = *c;
  seconds.arg = arena_take(c->b->arena, 1, sizeof *seconds.arg);
  seconds.arg[0] = time;
  seconds.args = 1;
  return call_result(&seconds, type_of(TYPE_BIGINT), seconds_kernel, NULL);
}
