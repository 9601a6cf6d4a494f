/* SPDX-License-Identifier: Apache-2.0 */
/* gnuplot.h - a directory with data and the scripts of reports/, and gnuplot run in it.
 *
 * What is written there is enough to draw every picture again by hand; `draw` in it says how.
 * Settings and names are the program's own: no text of a user is ever part of a command.
 */
#ifndef RETRIAL_REPLAY_REPORT_GNUPLOT_H
#define RETRIAL_REPLAY_REPORT_GNUPLOT_H

#include "base/buffer.h"
#include "base/error.h"
#include "replay/scratch.h"

struct gnuplot {
  const char *program; /* its path, in the arena */
  const char *directory;
  struct scratch scratch; /* the directory, unless it is kept */
  struct buffer commands; /* as a shell takes them */
  size_t drawn;           /* pictures so far */
  struct arena arena;
};

/* Finds the program (`named` or, if it is NULL, "gnuplot" on the PATH), makes the directory (`keep`
 * or, if it is NULL, a temporary one) and copies the scripts into it. Whether it succeeds or not,
 * the caller releases *g with gnuplot_close(). */
bool gnuplot_open(struct gnuplot *g, const char *named, const char *keep, struct error *err);

/* A file of data for the scripts. */
bool gnuplot_data(struct gnuplot *g, const char *name, const struct buffer *bytes,
                  struct error *err);

/* Runs `script` with its settings ("lanes=20; from=0") and appends the SVG that it prints, which
 * stays as `name`.svg in the directory. ERR_IO with the first line of what gnuplot says. */
bool gnuplot_draw(struct gnuplot *g, const char *script, const char *settings, const char *name,
                  struct buffer *svg, struct error *err);

/* Writes `draw` into a directory that is kept. */
bool gnuplot_finish(struct gnuplot *g, struct error *err);

/* Removes the temporary directory. */
void gnuplot_close(struct gnuplot *g);

#endif
