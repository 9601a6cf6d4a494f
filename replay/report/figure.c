/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/report/figure.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "replay/report/html.h"
#include "replay/report/svg.h"
#include "text/civil.h"
#include "text/number.h"
#include "text/utf8.h"

void figure_set(struct figure *figure, const char *format, ...)
{
  char text[256];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  buffer_printf(&figure->settings, "%s%s", figure->settings.n != 0 ? "; " : "", text);
}

void figure_seconds(struct buffer *out, int64_t us)
{
  int64_t seconds = floor_div(us, MICROS_PER_SECOND), rest = floor_mod(us, MICROS_PER_SECOND);
  if (rest != 0 && seconds < 0) {
    buffer_printf(out, "-%" PRId64 ".%06" PRId64, -(seconds + 1), MICROS_PER_SECOND - rest);
    return;
  }
  buffer_printf(out, "%" PRId64, seconds);
  if (rest != 0)
    buffer_printf(out, ".%06" PRId64, rest);
}

void figure_set_time(struct figure *figure, int64_t from_us, int64_t to_us, int most_ticks)
{
  static const int32_t STEP[] = {1,   2,   5,    10,   15,   30,    60,    120,   300,
                                 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400};
  enum { STEPS = sizeof STEP / sizeof STEP[0] };
  struct buffer ends = {0};
  if (to_us <= from_us)
    to_us = from_us + MICROS_PER_SECOND;
  int64_t span = (to_us - from_us) / MICROS_PER_SECOND, step = 0;
  for (size_t i = 0; i < STEPS && step == 0; i++)
    if (span / STEP[i] < most_ticks)
      step = STEP[i];
  if (step == 0)
    step = (span / 86400 / most_ticks + 1) * 86400;
  bool days = civil_day_of(from_us) != civil_day_of(to_us - 1);
  const char *format = days        ? step >= 86400 ? "%m-%d" : "%m-%d %H:%M"
                       : step < 60 ? "%H:%M:%S"
                                   : "%H:%M";
  buffer_printf(&ends, "from=");
  figure_seconds(&ends, from_us);
  buffer_printf(&ends, "; to=");
  figure_seconds(&ends, to_us);
  figure_set(figure, "%.*s; x_step=%" PRId64 "; x_format='%s'", (int)ends.n, ends.p, step, format);
  buffer_free(&ends);
}

static void put_number(struct buffer *out, const char *name, double x)
{
  buffer_printf(out, "; %s=", name);
  out->n += number_print_double(x, buffer_room(out, NUMBER_DOUBLE_BYTES));
}

/* 1, 2 or 5 times a power of ten. */
static double round_step(double least)
{
  double step = 1;
  while (step < least)
    step *= 10;
  while (step / 10 >= least && step > 1e-300)
    step /= 10;
  return step / 5 >= least ? step / 5 : step / 2 >= least ? step / 2 : step;
}

void figure_set_values(struct figure *figure, double least, double greatest, int most_steps)
{
  double room = 0.06 * (greatest - least);
  double bottom = least >= 0 && least < greatest / 2 ? 0 : least - room;
  double top = greatest + room;
  if (!(top > bottom)) {
    bottom = least < 1 ? least - 1 : 0;
    top = greatest + 1;
  }
  put_number(&figure->settings, "bottom", bottom);
  put_number(&figure->settings, "top", top);
  put_number(&figure->settings, "y_step", round_step((top - bottom) / most_steps));
}

bool figure_draw(struct figure *figure, struct gnuplot *gnuplot, struct buffer *page,
                 struct error *err)
{
  struct buffer svg = {0};
  buffer_put(&figure->settings, '\0');
  buffer_put(&figure->title, '\0');
  buffer_put(&figure->about, '\0');
  const char *id = arena_printf(&gnuplot->arena, "f%zu", ++gnuplot->drawn);
  const struct svg_words words = {id, figure->title.p, figure->about.p};
  bool good = gnuplot_draw(gnuplot, figure->script, figure->settings.p, figure->name, &svg, err);
  buffer_printf(page, "<div class=\"pic\">");
  if (good && !svg_inline((struct slice){svg.p, svg.n}, &words, page))
    good = error_at(err, ERR_DATA, gnuplot->program, 0, 0,
                    "printed no SVG for %s; gnuplot 5.2 or later is needed", figure->script);
  buffer_printf(page, "</div>\n");
  buffer_free(&svg);
  buffer_free(&figure->settings);
  buffer_free(&figure->title);
  buffer_free(&figure->about);
  return good;
}

void figure_name(struct buffer *out, struct slice name, size_t most)
{
  struct buffer clean = {0};
  html_clean(&clean, name);
  struct slice text = {clean.p, clean.n};
  size_t shown = utf8_width(text) <= most ? text.n : utf8_offset(text, (int64_t)most - 1);
  for (size_t i = 0; i < shown; i++)
    buffer_put(out, text.p[i] == '"' ? '\'' : text.p[i]);
  if (shown < text.n)
    buffer_printf(out, "\xe2\x80\xa6");
  buffer_free(&clean);
}
