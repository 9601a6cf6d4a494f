/* SPDX-License-Identifier: Apache-2.0 */
/* svg.h - an SVG as gnuplot writes it, made a part of a page.
 *
 * Its names become the page's own (every picture of gnuplot has the same ids), colours are spelt
 * #rrggbb so that a style sheet can match them, and what shows nothing is left out.
 */
#ifndef RETRIAL_REPLAY_REPORT_SVG_H
#define RETRIAL_REPLAY_REPORT_SVG_H

#include "base/buffer.h"

struct svg_words {
  const char *id;    /* starts every id of the picture; letters and digits */
  const char *title; /* what it shows, in a few words, as HTML */
  const char *about; /* the same in a sentence, as HTML */
};

/* Appends the picture; false if `svg` is no whole SVG. */
bool svg_inline(struct slice svg, const struct svg_words *words, struct buffer *out);

#endif
