/* SPDX-License-Identifier: Apache-2.0 */
/* time_pattern_steps.h - what a pattern compiles to; private to the time_pattern files.
 *
 * One step for each element that java.time's DateTimeFormatterBuilder.appendPattern() would add,
 * with the widths that it would give it.
 */
#ifndef RETRIAL_TEXT_TIME_PATTERN_STEPS_H
#define RETRIAL_TEXT_TIME_PATTERN_STEPS_H

#include "text/time_pattern.h"

enum time_field {
  FIELD_YEAR,
  FIELD_YEAR_OF_ERA,
  FIELD_ERA, /* 0 BC, 1 AD */
  FIELD_MONTH,
  FIELD_DAY,
  FIELD_DAY_OF_YEAR,
  FIELD_QUARTER,
  FIELD_WEEKDAY,
  FIELD_DAY_OF_ALIGNED_WEEK, /* the day's place within a week that starts on the month's first day
                              */
  FIELD_AMPM,
  FIELD_HOUR,
  FIELD_CLOCK_HOUR,      /* 1..24 */
  FIELD_HOUR_AMPM,       /* 0..11 */
  FIELD_CLOCK_HOUR_AMPM, /* 1..12 */
  FIELD_MINUTE,
  FIELD_SECOND,
  FIELD_NANO,
  FIELD_OFFSET, /* seconds east of UTC */
  FIELDS,
};

enum step_kind {
  STEP_LITERAL,    /* text */
  STEP_NUMBER,     /* field, min, max, sign, behind */
  STEP_YEAR_2,     /* two digits of a year, 2000 to 2099; field, behind */
  STEP_FRACTION,   /* max digits of a second's fraction when printed, 1 .. max when parsed */
  STEP_NAME,       /* field by one of `names` names */
  STEP_OFFSET,     /* +02:00, style and text (of UTC) */
  STEP_GMT_OFFSET, /* GMT+2; is_long: GMT+02:00 */
  STEP_ZONE,       /* UTC or +02:00; is_long: Coordinated Universal Time */
  STEP_OPTIONAL,   /* the steps up to `end` may be missing */
  STEP_OPTIONAL_END,
};

enum sign_style {
  SIGN_NONE,        /* digits only */
  SIGN_MINUS,       /* or a minus in front */
  SIGN_EXCEEDS_PAD, /* a minus, and a plus if and only if there are more digits than `min` */
};

/* Which parts an offset shows: those in small letters only if they are not zero. */
enum offset_style { OFFSET_HHmm, OFFSET_HHMM, OFFSET_HH_MM, OFFSET_HHMMss, OFFSET_HH_MM_ss };

enum { WIDEST = 19 };

/* What the first name of the field stands for. */
static inline int first_named(enum time_field field)
{
  return field == FIELD_AMPM || field == FIELD_ERA ? 0 : 1;
}

struct time_step {
  uint8_t kind;  /* enum step_kind */
  uint8_t field; /* enum time_field */
  uint8_t min, max;
  uint8_t sign;  /* enum sign_style */
  uint8_t style; /* enum offset_style */
  bool is_long;
  uint8_t names;
  uint32_t behind; /* digits that it leaves to the fixed numbers right behind ("yyyyMMdd") */
  uint32_t end;    /* STEP_OPTIONAL: the index of its end */
  struct slice text;
  const struct slice *name;
};

/* Patterns that are worth a way of their own. */
enum time_shape {
  SHAPE_ANY,
  SHAPE_TIME,      /* HH:mm:ss */
  SHAPE_DATE_TIME, /* yyyy-MM-dd HH:mm:ss, with these or other bytes between the numbers */
};

struct time_pattern {
  struct slice text; /* as it was given */
  enum time_pattern_use use;
  enum time_shape shape;
  char separator[5]; /* SHAPE_DATE_TIME: the bytes between the numbers */
  size_t room;
  uint32_t steps;
  struct time_step *step;
};

#endif
