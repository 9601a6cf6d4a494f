/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/grid.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/memory.h"
#include "text/utf8.h"

enum { GAP = 2, LONGEST_CELL = 4096 };

void grid_cell(struct grid *grid, const char *format, ...)
{
  char *room = buffer_room(&grid->text, LONGEST_CELL);
  va_list arguments;
  va_start(arguments, format);
  int n = vsnprintf(room, LONGEST_CELL, format, arguments);
  va_end(arguments);
  grid->text.n += n < LONGEST_CELL ? (size_t)n : LONGEST_CELL - 1;
  if ((grid->cells & (grid->cells - 1)) == 0)
    grid->end = mem_resize(grid->end, grid->cells == 0 ? 1 : grid->cells * 2, sizeof *grid->end);
  grid->end[grid->cells++] = grid->text.n;
}

static struct slice cell(const struct grid *grid, size_t i)
{
  size_t start = i == 0 ? 0 : grid->end[i - 1];
  return (struct slice){grid->text.p + start, grid->end[i] - start};
}

void grid_print(struct grid *grid, int indent, FILE *out)
{
  size_t widest[GRID_COLUMNS] = {0};
  for (size_t i = 0; i < grid->cells; i++) {
    size_t w = utf8_width(cell(grid, i));
    if (w > widest[i % grid->columns])
      widest[i % grid->columns] = w;
  }
  for (size_t i = 0; i < grid->cells; i++) {
    size_t column = i % grid->columns, last = i - column + grid->columns - 1;
    struct slice text = cell(grid, i);
    if (column == 0)
      fprintf(out, "%*s", indent, "");
    fprintf(out, "%.*s", SLICE_PRINT(text));
    while (last > i && (last >= grid->cells || cell(grid, last).n == 0))
      last--;
    if (last > i && widest[column] != 0) /* no blanks at the end of a line */
      fprintf(out, "%*s", (int)(widest[column] - utf8_width(text)) + GAP, "");
    if (column + 1 == grid->columns || i + 1 == grid->cells)
      putc('\n', out);
  }
  buffer_free(&grid->text);
  free(grid->end);
  grid->end = NULL;
  grid->cells = 0;
}
