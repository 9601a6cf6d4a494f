/* SPDX-License-Identifier: Apache-2.0 */
/* grid.h - rows of cells for a reader's eye: columns as wide as their widest cell. */
#ifndef RETRIAL_REPLAY_GRID_H
#define RETRIAL_REPLAY_GRID_H

#include <stdio.h>

#include "base/buffer.h"

enum { GRID_COLUMNS = 8 };

/* A zeroed struct with `columns` set is an empty grid; grid_print() releases it. */
struct grid {
  size_t columns, cells;
  struct buffer text; /* the cells' bytes, one behind the other */
  size_t *end;        /* of each cell in text */
};

/* Appends one cell; the last one of a row starts the next row. */
void grid_cell(struct grid *grid, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Prints the rows, each behind `indent` blanks, and empties the grid. Widths count characters. */
void grid_print(struct grid *grid, int indent, FILE *out);

#endif
