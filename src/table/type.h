/* SPDX-License-Identifier: Apache-2.0 */
/* type.h - Spark SQL's data types, as far as retrial has them. */
#ifndef RETRIAL_TABLE_TYPE_H
#define RETRIAL_TABLE_TYPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "text/interval_units.h"

/* How the elements of a column are stored is said beside each kind. */
enum type_kind {
  TYPE_NULL,      /* the type of a bare NULL; nothing is stored */
  TYPE_BOOLEAN,   /* uint8_t, 0 or 1 */
  TYPE_TINYINT,   /* int32_t within the type's range */
  TYPE_SMALLINT,  /* int32_t within the type's range */
  TYPE_INT,       /* int32_t */
  TYPE_BIGINT,    /* int64_t */
  TYPE_DECIMAL,   /* int128, the unscaled value; precision 1..38, scale 0..precision */
  TYPE_FLOAT,     /* float */
  TYPE_DOUBLE,    /* double */
  TYPE_STRING,    /* struct slice, UTF-8 or what the input held */
  TYPE_DATE,      /* int32_t, days since 1970-01-01 */
  TYPE_TIMESTAMP, /* int64_t, microseconds since 1970-01-01 00:00:00 UTC */
  TYPE_INTERVAL,  /* int64_t, microseconds: INTERVAL DAY, DAY TO SECOND, HOUR, ... */
  TYPE_MONTHS,    /* int32_t, months: INTERVAL YEAR, YEAR TO MONTH, MONTH */
  TYPE_ARRAY,     /* item[0] is the elements' type */
  TYPE_MAP,       /* item[0] keys, item[1] values */
  TYPE_STRUCT,    /* item[i] are the fields, in order */
};

typedef __int128 int128;

enum { DECIMAL_DIGITS = 38, DECIMAL_DIGITS_OF_INT64 = 18 };

struct field;

/* Passed by value. `item` is owned by the arena of the plan that the type belongs to. */
struct type {
  enum type_kind kind;
  uint8_t precision, scale; /* DECIMAL; of intervals see interval_first(); else 0 */
  uint16_t items;           /* ARRAY 1, MAP 2, STRUCT its fields, else 0 */
  const struct field *item;
};

struct field {
  struct slice name;
  struct type type;
};

static inline struct type type_of(enum type_kind kind)
{
  return (struct type){kind, 0, 0, 0, NULL};
}

static inline struct type type_decimal(int precision, int scale)
{
  return (struct type){TYPE_DECIMAL, (uint8_t)precision, (uint8_t)scale, 0, NULL};
}

static inline bool type_is_interval(struct type t)
{
  return t.kind == TYPE_INTERVAL || t.kind == TYPE_MONTHS;
}

/* type_of() of an interval has all units of its kind: DAY TO SECOND, YEAR TO MONTH. */
static inline enum interval_unit interval_first(struct type t)
{
  return (enum interval_unit)((t.kind == TYPE_MONTHS ? INTERVAL_YEAR : INTERVAL_DAY) + t.precision);
}

static inline enum interval_unit interval_last(struct type t)
{
  return (enum interval_unit)((t.kind == TYPE_MONTHS ? INTERVAL_MONTH : INTERVAL_SECOND) - t.scale);
}

/* Both units are of one kind. */
static inline struct type type_interval(enum interval_unit first, enum interval_unit last)
{
  bool months = last <= INTERVAL_MONTH;
  return (struct type){months ? TYPE_MONTHS : TYPE_INTERVAL,
                       (uint8_t)(first - (months ? INTERVAL_YEAR : INTERVAL_DAY)),
                       (uint8_t)((months ? INTERVAL_MONTH : INTERVAL_SECOND) - last), 0, NULL};
}

static inline bool type_is_integer(struct type t)
{
  return t.kind >= TYPE_TINYINT && t.kind <= TYPE_BIGINT;
}

static inline bool type_is_numeric(struct type t)
{
  return t.kind >= TYPE_TINYINT && t.kind <= TYPE_DOUBLE;
}

bool type_equal(struct type a, struct type b);

/* Whether it is of that kind, or anything in it is. */
bool type_holds(struct type t, enum type_kind kind);

/* Spark's name in upper case: "INT", "DECIMAL(10,2)", "STRUCT<start: TIMESTAMP, ...>"; cut to fit
 * `size`; returns out. */
char *type_name(struct type t, char *out, size_t size);

#endif
