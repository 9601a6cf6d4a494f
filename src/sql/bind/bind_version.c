/* SPDX-License-Identifier: Apache-2.0 */
/* What another Spark than 3.5 does otherwise, as far as the binder sees it. */
#include "sql/bind/binder_internal.h"
#include "sql/functions/result.h"

static bool is_version(const struct binder *binder, enum spark_version version)
{
  return binder->b.settings->spark == version;
}

bool bind_needs_3_4(const struct context *c, struct position at, const char *what)
{
  return !is_version(c->binder, SPARK_3_3) ||
         bind_fails(c, ERR_UNSUPPORTED, at, "%s came with Spark 3.4, and this is run as by 3.3",
                    what);
}

/* SHOW ALL FUNCTIONS of 3.5.3 has them, that of 3.3.4 has not. */
static const char *const after_3_3[] = {
    "any_value",
    "array_append",
    "array_compact",
    "array_insert",
    "array_prepend",
    "bitmap_bit_position",
    "bitmap_bucket_number",
    "bitmap_construct_agg",
    "bitmap_count",
    "bitmap_or_agg",
    "convert_timezone",
    "curdate",
    "date_diff",
    "dateadd",
    "datepart",
    "equal_null",
    "get",
    "len",
    "luhn_check",
    "mask",
    "median",
    "mode",
    "reduce",
    "regexp_count",
    "regexp_instr",
    "regexp_substr",
    "regr_intercept",
    "regr_slope",
    "regr_sxx",
    "regr_sxy",
    "regr_syy",
    "to_char",
    "to_varchar",
    "try_to_timestamp",
    "url_decode",
    "url_encode",
    "window_time",
};

bool bind_function_version(const struct context *c, const struct ast_expr *ast)
{
  struct slice name = ast_name(ast);
  if (!is_version(c->binder, SPARK_3_3))
    return true;
  for (size_t i = 0; i < sizeof after_3_3 / sizeof after_3_3[0]; i++)
    if (slice_equal_nocase(name, slice_of(after_3_3[i])))
      return bind_fails(c, ERR_UNSUPPORTED, ast->at,
                        "function '%.*s' is not in Spark 3.3, as which this is run",
                        SLICE_PRINT(name));
  return true;
}

/* --- ORDER BY window.start in 3.3 --- */

static bool is_field_of_key(const struct expr *e)
{
  return e->kind == EXPR_CALL && strcmp(e->name, "field") == 0 && e->arg[0]->kind == EXPR_COLUMN;
}

/* The first field of a key that is in no item; NULL if there is none. */
static const struct expr *lost_field(const struct expr *e, struct expr *const *item, size_t items)
{
  for (size_t i = 0; i < items; i++)
    if (expr_equal(e, item[i]))
      return NULL;
  if (is_field_of_key(e))
    return e;
  for (size_t i = 0; e->kind != EXPR_COLUMN && i < e->args; i++) {
    const struct expr *lost = lost_field(e->arg[i], item, items);
    if (lost != NULL)
      return lost;
  }
  return NULL;
}

bool bind_order_version(const struct context *c, const struct sort_key *sort, size_t sorts,
                        struct expr *const *item, size_t items)
{
  if (!is_version(c->binder, SPARK_3_3) || c->grouping == NULL)
    return true;
  for (size_t i = 0; i < sorts; i++) {
    const struct expr *lost = lost_field(sort[i].expr, item, items);
    if (lost != NULL)
      return bind_fails(c, ERR_NAME, lost->at,
                        "Spark 3.3, as which this is run, cannot order by a part of the window "
                        "that is not selected; select it too");
  }
  return true;
}

/* --- windows before 1970 in 3.3 --- */

/* TimeWindowing of 3.3 computes the last window as t - (t - start + slide) % slide, and % has the
 * sign of the dividend: a time more than a slide before the start of window 0 is placed one slide
 * late, unless a window starts there. All its windows are late then, as they are not looked at
 * again; but if the duration is no multiple of the slide they are, and some are lost. */
static bool late_kernel(struct evaluation *ev, const struct expr *e, const struct column *arg,
                        size_t rows, struct column *out)
{
  const struct window_spec *w = e->state;
  if (!result_begin(ev, e, arg, rows, out))
    return true;
  for (size_t i = 0; i < rows; i++) {
    int64_t t = arg[0].i64[column_index(&arg[0], i)];
    out->i64[i] = t;
    if (result_is_null(out, i) || t - w->start >= -w->slide || (t - w->start) % w->slide == 0)
      continue;
    if (w->duration % w->slide != 0)
      return error_set(ev->err, ERR_UNSUPPORTED,
                       "a time before 1970 in windows whose duration is no multiple of the slide: "
                       "Spark 3.3, as which this is run, loses some of them");
    out->i64[i] = t + w->slide;
  }
  return true;
}

struct expr *bind_window_version(const struct context *c, struct expr *time,
                                 const struct window_spec *spec)
{
  if (!is_version(c->binder, SPARK_3_3))
    return time;
  struct arena *arena = c->binder->b.arena;
  struct expr *e = arena_zero(arena, 1, sizeof *e);
  e->kind = EXPR_CALL;
  e->type = time->type;
  e->at = time->at;
  e->name = "window time of 3.3";
  e->kernel = late_kernel;
  e->state = arena_copy(arena, spec, sizeof *spec);
  e->args = 1;
  e->arg = arena_take(arena, 1, sizeof *e->arg);
  e->arg[0] = time;
  return expr_fold(e, arena, c->binder->b.err);
}
