/* SPDX-License-Identifier: Apache-2.0 */
/* figure.h - pictures on the page: data out, SVG in, with what a reader needs beside it. */
#ifndef RETRIAL_REPLAY_REPORT_FIGURE_H
#define RETRIAL_REPLAY_REPORT_FIGURE_H

#include "replay/report/gnuplot.h"

struct figure {
  const char *script, *name;            /* "lanes.gp"; names its files and its ids */
  struct buffer settings, title, about; /* for gnuplot; as HTML */
};

/* Adds "name=" and a value, behind a ';'. */
void figure_set(struct figure *figure, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The axis of time: its ends in microseconds since 1970, or since the start of a run. */
void figure_set_time(struct figure *figure, int64_t from_us, int64_t to_us, int most_ticks);

/* The axis of values: the two and what is between them; from 0 on, if that wastes less than half
 * of it. */
void figure_set_values(struct figure *figure, double least, double greatest, int most_steps);

/* Draws it and appends the SVG in its box to the page. Releases the figure. */
bool figure_draw(struct figure *figure, struct gnuplot *gnuplot, struct buffer *page,
                 struct error *err);

/* "75180" or "75180.5": seconds of microseconds, exactly. */
void figure_seconds(struct buffer *out, int64_t us);

/* A name for a text in a picture: no tab, no quote, no more than `most` characters. */
void figure_name(struct buffer *out, struct slice name, size_t most);

#endif
