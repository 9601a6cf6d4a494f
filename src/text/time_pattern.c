/* SPDX-License-Identifier: Apache-2.0 */
/* Compiling: Spark's checks (DateTimeFormatterHelper.convertIncompatiblePattern), then what
 * DateTimeFormatterBuilder.appendPattern() of JDK 17 makes of each run of letters. */
#include "text/time_pattern.h"

#include "base/ascii.h"
#include "text/names.h"
#include "text/time_pattern_steps.h"

struct compiler {
  struct slice pattern;
  size_t at; /* of the element that is being compiled */
  enum time_pattern_use use;
  bool has_era;
  struct error *err;
  struct time_pattern *out;
  /* The number that digits of adjacent ones count towards, or NULL (valueParserIndex). */
  struct time_step *active;
  uint32_t depth, open[32]; /* optional parts */
};

/* c->at is behind the byte that is wrong. */
static bool refuse(const struct compiler *c, enum error_code code, const char *why)
{
  return error_set(c->err, code, "time pattern '%.*s': %s at byte %zu", SLICE_PRINT(c->pattern),
                   why, c->at);
}

static bool refuse_letter(const struct compiler *c, enum error_code code, const char *what,
                          const char *instead)
{
  return error_set(c->err, code, "%s: %c (in the time pattern '%.*s')%s%s", what,
                   c->pattern.p[c->at], SLICE_PRINT(c->pattern), *instead ? "; " : "", instead);
}

static bool too_many(const struct compiler *c)
{
  return refuse_letter(c, ERR_SYNTAX, "Too many pattern letters", "");
}

static struct time_step *add(struct compiler *c, struct time_step step)
{
  struct time_step *added = c->out->step + c->out->steps++;
  *added = step;
  c->active = NULL;
  return added;
}

/* appendValue(NumberPrinterParser): the first of adjacent numbers leaves the fixed ones behind it
 * their digits, until one comes that is not fixed: that one is then the first. */
static bool add_number(struct compiler *c, struct time_step number)
{
  struct time_step *first = c->active;
  bool is_fixed = number.min == number.max && number.sign == SIGN_NONE;
  if (first != NULL)
    first->behind = is_fixed ? first->behind + number.max : 0;
  struct time_step *added = add(c, number);
  c->active = first != NULL && is_fixed ? first : added;
  return true;
}

/* One letter: any number of digits; more: exactly so many. */
static bool add_field(struct compiler *c, enum time_field field, size_t letters)
{
  if (letters > 2)
    return too_many(c);
  if (letters == 1)
    return add_number(
        c, (struct time_step){
               .kind = STEP_NUMBER, .field = field, .min = 1, .max = WIDEST, .sign = SIGN_MINUS});
  return add_number(c, (struct time_step){.kind = STEP_NUMBER, .field = field, .min = 2, .max = 2});
}

static bool add_names(struct compiler *c, enum time_field field, const struct slice *name,
                      uint8_t names)
{
  add(c, (struct time_step){.kind = STEP_NAME, .field = field, .name = name, .names = names});
  return true;
}

/* Spark writes y as java.time's u (a year that may be 0 or negative) unless there is an era. */
static bool add_year(struct compiler *c, size_t letters)
{
  struct time_step year = {.kind = STEP_NUMBER,
                           .field = c->has_era ? FIELD_YEAR_OF_ERA : FIELD_YEAR,
                           .min = (uint8_t)letters,
                           .max = WIDEST,
                           .sign = letters < 4 ? SIGN_MINUS : SIGN_EXCEEDS_PAD};
  if (letters > 6)
    return too_many(c);
  if (letters == 2)
    year.kind = STEP_YEAR_2, year.max = 2, year.sign = SIGN_NONE;
  return add_number(c, year);
}

static bool add_day_of_year(struct compiler *c, size_t letters)
{
  if (letters > 3)
    return too_many(c);
  if (letters == 1)
    return add_field(c, FIELD_DAY_OF_YEAR, 1);
  return add_number(
      c, (struct time_step){
             .kind = STEP_NUMBER, .field = FIELD_DAY_OF_YEAR, .min = (uint8_t)letters, .max = 3});
}

/* Numbers for one and two letters, names for three and four. */
static bool add_named(struct compiler *c, enum time_field field, size_t letters,
                      const struct slice *brief, const struct slice *full, uint8_t names)
{
  if (letters > 4)
    return too_many(c);
  if (letters <= 2)
    return add_field(c, field, letters);
  return add_names(c, field, letters == 3 ? brief : full, names);
}

static bool add_fraction(struct compiler *c, size_t letters)
{
  if (letters > 9)
    return too_many(c);
  struct time_step fraction = {
      .kind = STEP_FRACTION, .field = FIELD_NANO, .min = (uint8_t)letters, .max = (uint8_t)letters};
  /* Spark reads .SSS as one to three digits, which ends the run of adjacent numbers. */
  if (c->use == TIME_PATTERN_PRINT || letters == 1)
    return add_number(c, fraction);
  fraction.min = 1;
  add(c, fraction);
  return true;
}

static bool add_offset(struct compiler *c, enum offset_style style, struct slice utc)
{
  add(c,
      (struct time_step){.kind = STEP_OFFSET, .field = FIELD_OFFSET, .style = style, .text = utc});
  return true;
}

static bool add_numeric_offset(struct compiler *c, char letter, size_t letters)
{
  if (letters > 5)
    return too_many(c);
  struct slice utc = letter == 'X'      ? SLICE("Z")
                     : letters == 1     ? SLICE("+00")
                     : letters % 2 == 0 ? SLICE("+0000")
                                        : SLICE("+00:00");
  return add_offset(c, (enum offset_style)(OFFSET_HHmm + letters - 1), utc);
}

static bool add_gmt_offset(struct compiler *c, bool is_long)
{
  add(c, (struct time_step){.kind = STEP_GMT_OFFSET, .field = FIELD_OFFSET, .is_long = is_long});
  return true;
}

static bool add_zone_name(struct compiler *c, char letter, size_t letters)
{
  if (letter == 'V' && letters != 2)
    return refuse_letter(c, ERR_SYNTAX, "Pattern letter count must be 2", "");
  if (letters > 4)
    return too_many(c);
  if (c->use == TIME_PATTERN_PARSE)
    return refuse_letter(c, ERR_UNSUPPORTED, "names of time zones are not read",
                         "use offsets (XXX), or cut the name off");
  add(c, (struct time_step){.kind = STEP_ZONE, .is_long = letter == 'z' && letters == 4});
  return true;
}

static bool add_offset_or_zone(struct compiler *c, char letter, size_t letters)
{
  if (letter == 'X' || letter == 'x')
    return add_numeric_offset(c, letter, letters);
  if (letter == 'z' || letter == 'V')
    return add_zone_name(c, letter, letters);
  if (letter == 'O') {
    if (letters != 1 && letters != 4)
      return refuse_letter(c, ERR_SYNTAX, "Pattern letter count must be 1 or 4", "");
    return add_gmt_offset(c, letters == 4);
  }
  if (letters < 4)
    return add_offset(c, OFFSET_HHMM, SLICE("+0000"));
  if (letters == 4)
    return add_gmt_offset(c, true);
  return letters == 5 ? add_offset(c, OFFSET_HH_MM_ss, SLICE("Z")) : too_many(c);
}

/* What Spark refuses before java.time sees it. */
static bool check_letter(const struct compiler *c, char letter)
{
  if (strchr("YWwuec", letter) != NULL)
    return refuse_letter(c, ERR_SYNTAX, "week-based pattern letters are refused since Spark 3.0",
                         letter == 'Y' ? "did you mean y?" : "use extract() instead");
  if (strchr("ABnNp", letter) != NULL)
    return refuse_letter(c, ERR_SYNTAX, "Illegal pattern character", "");
  if (c->use == TIME_PATTERN_PARSE && strchr("EFqQ", letter) != NULL)
    return refuse_letter(c, ERR_SYNTAX, "Illegal pattern character",
                         "it prints, but it cannot be parsed");
  return true;
}

static bool add_letters(struct compiler *c, char letter, size_t letters)
{
  if (!check_letter(c, letter))
    return false;
  switch (letter) {
  case 'y':
    return add_year(c, letters);
  case 'G':
    return letters > 4 ? too_many(c)
                       : add_names(c, FIELD_ERA, letters == 4 ? era_full : era_short, 2);
  case 'M':
  case 'L':
    return add_named(c, FIELD_MONTH, letters, month_short, month_full, 12);
  case 'Q':
  case 'q':
    return add_named(c, FIELD_QUARTER, letters, quarter_short, quarter_full, 4);
  case 'd':
    return add_field(c, FIELD_DAY, letters);
  case 'D':
    return add_day_of_year(c, letters);
  case 'E':
    return letters > 4
               ? too_many(c)
               : add_names(c, FIELD_WEEKDAY, letters == 4 ? weekday_full : weekday_short, 7);
  case 'F':
    return letters > 1 ? too_many(c) : add_field(c, FIELD_DAY_OF_ALIGNED_WEEK, 1);
  case 'a':
    return letters > 1 ? too_many(c) : add_names(c, FIELD_AMPM, half_day, 2);
  case 'H':
    return add_field(c, FIELD_HOUR, letters);
  case 'k':
    return add_field(c, FIELD_CLOCK_HOUR, letters);
  case 'K':
    return add_field(c, FIELD_HOUR_AMPM, letters);
  case 'h':
    return add_field(c, FIELD_CLOCK_HOUR_AMPM, letters);
  case 'm':
    return add_field(c, FIELD_MINUTE, letters);
  case 's':
    return add_field(c, FIELD_SECOND, letters);
  case 'S':
    return add_fraction(c, letters);
  case 'X':
  case 'x':
  case 'Z':
  case 'O':
  case 'z':
  case 'V':
    return add_offset_or_zone(c, letter, letters);
  case 'v':
  case 'g':
    return refuse_letter(c, ERR_UNSUPPORTED, "pattern letter that retrial does not have", "");
  default:
    return refuse_letter(c, ERR_SYNTAX, "Unknown pattern letter", "");
  }
}

/* Neighbouring bytes become one step: more than one byte of UTF-8 is no more than that. */
static void add_literal(struct compiler *c, const char *p, size_t n)
{
  struct time_step *last = c->out->steps != 0 ? c->out->step + c->out->steps - 1 : NULL;
  if (last != NULL && last->kind == STEP_LITERAL && last->text.p + last->text.n == p)
    last->text.n += n;
  else
    add(c, (struct time_step){.kind = STEP_LITERAL, .text = {p, n}});
}

/* c->at is behind the opening quote. Two quotes are one, within a quoted text and alone. */
static bool add_quoted(struct compiler *c)
{
  struct slice s = c->pattern;
  size_t start = c->at, run = start, i = start;
  for (; i < s.n; i++) {
    if (s.p[i] != '\'')
      continue;
    if (i + 1 == s.n || s.p[i + 1] != '\'')
      break;
    add_literal(c, s.p + run, i + 1 - run);
    run = ++i + 1;
  }
  if (i == s.n)
    return refuse(c, ERR_SYNTAX, "a quoted text does not end");
  if (i > run)
    add_literal(c, s.p + run, i - run);
  else if (i == start)
    add_literal(c, s.p + i, 1);
  c->at = i + 1;
  return true;
}

static bool open_optional(struct compiler *c)
{
  if (c->depth == sizeof c->open / sizeof c->open[0])
    return refuse(c, ERR_UNSUPPORTED, "brackets nested too deeply");
  c->open[c->depth++] = c->out->steps;
  add(c, (struct time_step){.kind = STEP_OPTIONAL});
  return true;
}

static bool close_optional(struct compiler *c)
{
  if (c->depth == 0)
    return refuse(c, ERR_SYNTAX, "a ] without a [ before it");
  c->out->step[c->open[--c->depth]].end = c->out->steps;
  add(c, (struct time_step){.kind = STEP_OPTIONAL_END});
  return true;
}

static bool add_other(struct compiler *c, char sign)
{
  switch (sign) {
  case '\'':
    return add_quoted(c);
  case '[':
    return open_optional(c);
  case ']':
    return close_optional(c);
  case '{':
  case '}':
  case '#':
    return refuse(c, ERR_SYNTAX, "{, } and # are reserved: quote them");
  default:
    add_literal(c, c->pattern.p + c->at - 1, 1);
    return true;
  }
}

static bool compile(struct compiler *c)
{
  struct slice s = c->pattern;
  while (c->at < s.n) {
    char first = s.p[c->at];
    size_t run = 1;
    if (ascii_is_letter(first)) {
      while (c->at + run < s.n && s.p[c->at + run] == first)
        run++;
      if (!add_letters(c, first, run))
        return false;
      c->at += run;
    } else {
      c->at++;
      if (!add_other(c, first))
        return false;
    }
  }
  while (c->depth != 0) /* java.time closes what is still open */
    close_optional(c);
  return true;
}

/* An era anywhere outside of quotes makes y the year of that era. */
static bool has_era(struct slice s)
{
  bool quoted = false;
  for (size_t i = 0; i < s.n; i++) {
    if (s.p[i] == '\'')
      quoted = !quoted;
    else if (s.p[i] == 'G' && !quoted)
      return true;
  }
  return false;
}

static bool is_two_digits(const struct time_step *step, enum time_field field)
{
  return step->kind == STEP_NUMBER && step->field == field && step->min == 2 && step->max == 2;
}

static bool is_separator(const struct time_step *step)
{
  return step->kind == STEP_LITERAL && step->text.n == 1 && !ascii_is_digit(step->text.p[0]);
}

static enum time_shape find_shape(struct time_pattern *p)
{
  static const enum time_field date_time[6] = {FIELD_YEAR, FIELD_MONTH,  FIELD_DAY,
                                               FIELD_HOUR, FIELD_MINUTE, FIELD_SECOND};
  if (slice_is(p->text, "HH:mm:ss"))
    return SHAPE_TIME;
  if (p->steps != 11 || p->step[0].kind != STEP_NUMBER || p->step[0].field != FIELD_YEAR ||
      p->step[0].min != 4)
    return SHAPE_ANY;
  for (size_t i = 1; i < 6; i++) {
    if (!is_separator(p->step + 2 * i - 1) || !is_two_digits(p->step + 2 * i, date_time[i]))
      return SHAPE_ANY;
    p->separator[i - 1] = p->step[2 * i - 1].text.p[0];
  }
  return SHAPE_DATE_TIME;
}

static size_t room_of(const struct time_step *step)
{
  if (step->kind == STEP_LITERAL)
    return step->text.n;
  return 32; /* the longest name, number or offset, and what copying in blocks writes behind it */
}

struct time_pattern *time_pattern_compile(struct slice pattern, enum time_pattern_use use,
                                          struct arena *arena, struct error *err)
{
  struct time_pattern *out = arena_zero(arena, 1, sizeof *out);
  out->text = (struct slice){arena_copy(arena, pattern.p, pattern.n), pattern.n};
  out->use = use;
  /* Each byte gives at most two steps: a [ that is never closed. */
  out->step = arena_zero(arena, 2 * pattern.n + 1, sizeof *out->step);
  struct compiler c = {
      .pattern = out->text, .use = use, .has_era = has_era(pattern), .err = err, .out = out};
  if (!compile(&c))
    return NULL;
  for (uint32_t i = 0; i < out->steps; i++)
    out->room += room_of(out->step + i);
  out->room += 32;
  out->shape = find_shape(out);
  return out;
}
