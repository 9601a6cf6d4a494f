/* SPDX-License-Identifier: Apache-2.0 */
/* Literals in the name of a column: numbers and texts bare, times and intervals in a form that SQL
 * would read (Literal.sql, IntervalUtils.toDayTimeIntervalString). */
#include <stdio.h>
#include <stdlib.h>

#include "sql/names/column_name.h"

static const char *const unit_names[] = {
    [SPAN_YEAR] = "YEAR", [SPAN_MONTH] = "MONTH",   [SPAN_DAY] = "DAY",
    [SPAN_HOUR] = "HOUR", [SPAN_MINUTE] = "MINUTE", [SPAN_SECOND] = "SECOND",
};

static void name_units(struct naming *n, struct span_units units)
{
  buffer_printf(&n->text, "' %s", unit_names[units.from]);
  if (units.to != units.from)
    buffer_printf(&n->text, " TO %s", unit_names[units.to]);
}

static void name_second(struct naming *n, uint64_t micros)
{
  enum { MICROS = 1000000 };
  char fraction[8];
  buffer_printf(&n->text, "%02llu", (unsigned long long)(micros / MICROS));
  if (micros % MICROS == 0)
    return;
  size_t digits = (size_t)snprintf(fraction, sizeof fraction, ".%06u", (unsigned)(micros % MICROS));
  while (fraction[digits - 1] == '0')
    digits--;
  buffer_append(&n->text, fraction, digits);
}

/* The greatest unit takes all that is left of the number. */
static void name_interval(struct naming *n, int64_t micros, struct span_units units)
{
  static const uint64_t length[] = {[SPAN_DAY] = 86400000000,
                                    [SPAN_HOUR] = 3600000000,
                                    [SPAN_MINUTE] = 60000000,
                                    [SPAN_SECOND] = 1};
  static const char before[] = {
      [SPAN_DAY] = ' ', [SPAN_HOUR] = ' ', [SPAN_MINUTE] = ':', [SPAN_SECOND] = ':'};
  uint64_t left = micros < 0 ? 0 - (uint64_t)micros : (uint64_t)micros;
  name_text(n, micros < 0 ? "INTERVAL '-" : "INTERVAL '");
  for (enum span_unit unit = units.from; unit <= units.to; unit++) {
    if (unit != units.from)
      buffer_put(&n->text, before[unit]);
    if (unit == SPAN_SECOND)
      name_second(n, left);
    else
      buffer_printf(&n->text, unit == SPAN_DAY ? "%llu" : "%02llu",
                    (unsigned long long)(left / length[unit]));
    left %= length[unit];
  }
  name_units(n, units);
}

void name_months(struct naming *n, const struct ast_expr *e)
{
  int64_t months = e->arg[0]->value.i32[0];
  unsigned long long size = (unsigned long long)llabs(months);
  name_text(n, months < 0 ? "INTERVAL '-" : "INTERVAL '");
  if (e->units.from == SPAN_MONTH)
    buffer_printf(&n->text, "%llu", size);
  else if (e->units.to == SPAN_YEAR)
    buffer_printf(&n->text, "%llu", size / 12);
  else
    buffer_printf(&n->text, "%llu-%llu", size / 12, size % 12);
  name_units(n, e->units);
}

/* As CAST(e AS STRING) writes it. */
static void name_value(struct naming *n, const struct expr *e)
{
  struct expr *text = NULL;
  if (e != NULL)
    text = expr_cast(&n->c->binder->b, (struct expr *)e, type_of(TYPE_STRING), e->at);
  if (text != NULL && text->kind == EXPR_LITERAL && !column_is_null(&text->value, 0))
    buffer_add(&n->text, text->value.text[0]);
}

void name_literal(struct naming *n, const struct ast_expr *e)
{
  if (column_is_null(&e->value, 0))
    name_text(n, "NULL");
  else if (e->value.type.kind == TYPE_INTERVAL)
    name_interval(n, e->value.i64[0], e->units);
  else
    name_value(n, expr_literal(n->c->binder->b.arena, e->value, e->at));
}

void name_typed_literal(struct naming *n, const struct ast_expr *e)
{
  name_text(n, e->type.kind == TYPE_DATE ? "DATE '" : "TIMESTAMP '");
  name_value(n, name_trial(n, e));
  name_text(n, "'");
}
