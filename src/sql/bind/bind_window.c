/* SPDX-License-Identifier: Apache-2.0 */
/* window(time, duration, slide, start). */
#include "sql/bind/binder_internal.h"
#include "text/interval.h"

enum { MAX_OVERLAP = 100000 }; /* windows that hold one time; a day of seconds fits */

bool is_window_call(const struct ast_expr *ast)
{
  return ast->over == NULL && ast_calls(ast, "window");
}

/* A written argument such as '30 seconds', or a number of microseconds; nothing computed, and no
 * INTERVAL (TimeWindow.parseExpression). */
static bool take_interval(struct context *c, const struct ast_expr *ast, const char *what,
                          int64_t *micros)
{
  struct expr *e = bind_expr(c, ast);
  if (e == NULL)
    return false;
  bool is_written = e->kind == EXPR_LITERAL && e->name == NULL && !column_is_null(&e->value, 0);
  if (is_written && (e->type.kind == TYPE_INT || e->type.kind == TYPE_BIGINT)) {
    *micros = e->type.kind == TYPE_INT ? e->value.i32[0] : e->value.i64[0];
    return true;
  }
  if (!is_written || e->type.kind != TYPE_STRING)
    return bind_fails(c, ERR_TYPE, ast->at, "the %s of window() is a text such as '30 seconds'",
                      what);
  struct slice text = e->value.text[0];
  struct interval interval;
  struct error why;
  if (!interval_parse(text, &interval, &why))
    return bind_fails(c, ERR_TYPE, ast->at, "the %s of window(): %s", what, why.text);
  if (interval.months != 0)
    return bind_fails(c, ERR_TYPE, ast->at,
                      "'%.*s': the %s of window() cannot be in months or years, whose length "
                      "varies",
                      SLICE_PRINT(text), what);
  if (!interval_micros(&interval, micros, &why))
    return bind_fails(c, ERR_RANGE, ast->at, "'%.*s' is too long for window()", SLICE_PRINT(text));
  return true;
}

static bool check_spec(struct context *c, const struct window_spec *w, struct position at)
{
  if (w->duration <= 0 || w->slide <= 0)
    return bind_fails(c, ERR_TYPE, at, "the duration and the slide of window() are above zero");
  if (w->slide > w->duration)
    return bind_fails(c, ERR_TYPE, at,
                      "the slide of window() is at most its duration, or rows would be lost");
  if (w->duration / w->slide > MAX_OVERLAP)
    return bind_fails(c, ERR_RANGE, at,
                      "a row would be in more than %d windows; give window() a longer slide",
                      (int)MAX_OVERLAP);
  if (w->start <= -w->slide || w->start >= w->slide)
    return bind_fails(c, ERR_TYPE, at, "the start offset of window() is less than its slide");
  return true;
}

static struct type window_type(struct arena *arena)
{
  struct field *field = arena_zero(arena, 2, sizeof *field);
  field[0] = (struct field){SLICE("start"), type_of(TYPE_TIMESTAMP)};
  field[1] = (struct field){SLICE("end"), type_of(TYPE_TIMESTAMP)};
  return (struct type){.kind = TYPE_STRUCT, .items = 2, .item = field};
}

static struct expr *bind_time(struct context *c, const struct ast_expr *ast)
{
  struct expr *time = bind_expr(c, ast);
  if (time == NULL)
    return NULL;
  enum type_kind kind = time->type.kind;
  if (kind == TYPE_STRUCT && time->type.items == 2) {
    bind_fails(c, ERR_UNSUPPORTED, ast->at,
               "window() of a window is not supported; use its .start or .end");
    return NULL;
  }
  if (kind != TYPE_TIMESTAMP && kind != TYPE_DATE && kind != TYPE_STRING && kind != TYPE_NULL) {
    char given[100];
    bind_fails(c, ERR_TYPE, ast->at, "window() needs a TIMESTAMP, not %s (see to_timestamp)",
               type_name(time->type, given, sizeof given));
    return NULL;
  }
  return expr_cast(&c->binder->b, time, type_of(TYPE_TIMESTAMP), ast->at);
}

static bool window_equal(const struct window_use *use, const struct expr *time,
                         const struct window_spec *spec)
{
  return expr_equal(use->time, time) && use->spec.duration == spec->duration &&
         use->spec.slide == spec->slide && use->spec.start == spec->start;
}

struct expr *bind_window(struct context *c, const struct ast_expr *ast)
{
  if (c->window == NULL) {
    bind_fails(c, ERR_TYPE, ast->at, "window() cannot stand in %s", c->clause);
    return NULL;
  }
  if (ast->args < 2 || ast->args > 4) {
    bind_fails(c, ERR_TYPE, ast->at,
               "window() takes a time, a duration, a slide and a start offset: 2 to 4 arguments, "
               "not %zu",
               ast->args);
    return NULL;
  }
  struct context inside = *c;
  inside.window = NULL;
  inside.clause = "another window()";
  struct window_spec spec = {0};
  struct expr *time = bind_time(&inside, ast->arg[0]);
  if (time == NULL || !take_interval(&inside, ast->arg[1], "duration", &spec.duration))
    return NULL;
  spec.slide = spec.duration;
  if (ast->args > 2 && !take_interval(&inside, ast->arg[2], "slide", &spec.slide))
    return NULL;
  if (ast->args > 3 && !take_interval(&inside, ast->arg[3], "start offset", &spec.start))
    return NULL;
  if (!check_spec(c, &spec, ast->at))
    return NULL;
  if ((time = bind_window_version(c, time, &spec)) == NULL)
    return NULL;
  struct window_use *use = c->window;
  if (use->found && !window_equal(use, time, &spec)) {
    bind_fails(c, ERR_UNSUPPORTED, ast->at,
               "a query level holds one window() only; compute the other in a subquery");
    return NULL;
  }
  struct arena *arena = c->binder->b.arena;
  struct type type = use->found ? use->type : window_type(arena);
  if (!c->peeking)
    *use = (struct window_use){true, time, spec, type};
  else if (!use->found)
    return NULL;
  return expr_column(arena, WINDOW_PLACEHOLDER, type, ast->at);
}
