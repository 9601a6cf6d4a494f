/* SPDX-License-Identifier: Apache-2.0 */
/* function.h - the scalar functions and operators: names, argument types, implicit casts.
 *
 * Every operator is a function under its own sign: + - * / % div || & | ^ ~ = == <> != < <= > >=
 * <=> and or not like ilike rlike in case, and
 *   negative(x), positive(x)    unary - and +
 *   "is true", "is false"       x IS TRUE, x IS FALSE; isnull(x), isnotnull(x) for IS [NOT] NULL
 *   field(struct, 'name')       struct.name
 *   element(x, i)               x[i]: arrays count from 0, maps look the key up
 *   like(s, pattern[, escape])  also ilike
 *   extract('field', time)      EXTRACT(field FROM time)
 *   trim(characters, s)         TRIM(characters FROM s); also ltrim, rtrim
 *   interval_months(n)          INTERVAL n MONTH, only beside + and -
 *   locate(part, s[, from])     POSITION(part IN s)
 * All names stand in sql/functions/list.h.
 *
 * Rules: Spark 3.5 with ANSI off (TypeCoercion.scala, DecimalPrecision.scala, Cast.scala).
 */
#ifndef RETRIAL_SQL_FUNCTION_H
#define RETRIAL_SQL_FUNCTION_H

#include "sql/expr.h"
#include "sql/spark_version.h"

/* Session settings that functions depend on. They outlive every expression that was bound with
 * them. */
struct sql_settings {
  int64_t zone_offset_us;     /* session time zone, east of UTC */
  bool time_parser_exception; /* timeParserPolicy EXCEPTION: see Spark's DateTimeFormatterHelper */
  int32_t today; /* the day (since 1970-01-01) of a bare time of day that is CAST; TODAY_UNKNOWN of
                    text/time_text.h: such a cast is ERR_DATA */
  enum spark_version spark; /* whose rules are followed where the versions differ */
};

/* The environment of binding. */
struct binding {
  struct arena *arena;
  const struct sql_settings *settings;
  const char *file; /* names the query in errors */
  struct error *err;
};

/* Whether a scalar function of that name exists (letters' case ignored). */
bool function_exists(struct slice name);

/* All names, sorted, for "did you mean" and for the reference; *count of them. */
const struct slice *function_names(size_t *count);

/* Binds a call: finds the variant for the arguments' types, casts them, folds constants. NULL with
 * ERR_NAME, ERR_TYPE or ERR_UNSUPPORTED at `at`. "case" takes condition, value, ..., [else]. */
struct expr *function_bind(const struct binding *b, struct slice name, struct expr **arg,
                           size_t args, struct position at);

/* Whether it may be written as a call: operators have names, too, that Spark does not know. */
bool function_is_callable(struct slice name);

/* Refuses a name that no function has: ERR_UNSUPPORTED for one of Spark's, else ERR_NAME with the
 * nearest name. Returns NULL. */
struct expr *function_unknown(const struct binding *b, struct slice name, struct position at);

/* CAST(e AS type), or e itself if it is of that type already. ERR_TYPE if Spark refuses it. */
struct expr *expr_cast(const struct binding *b, struct expr *e, struct type type,
                       struct position at);

/* The same for what an aggregate function adds up: it is cast behind Spark's optimizer, which would
 * leave out a cast to FLOAT below. */
struct expr *expr_cast_alone(const struct binding *b, struct expr *e, struct type type,
                             struct position at);

/* The type that Spark gives the branches of CASE, coalesce(), IN, UNION and of join keys
 * (TypeCoercion.findWiderTypeForTwo); false if there is none. */
bool type_common(struct type a, struct type b, struct type *out);

#endif
