/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of a file, dealt out to lanes: a line is a record there, whatever its quotes, so a text
 * may be cut behind any of them (org.apache.hadoop.util.LineReader). */
#include <stdlib.h>

#include "table/csv_reader_state.h"

enum {
  LEAST_DEAL = 4 * 1024,
  ROWS_DEALT = BATCH_ROWS - BATCH_ROWS / 8, /* a lane's rows are to be one batch, mostly */
};

struct csv_reader *csv_reader_lane(const struct csv_reader *file, struct error *err)
{
  if (file->options.multi_line) {
    error_set(err, ERR_USAGE, "a stream of records cannot be dealt out");
    return NULL;
  }
  struct csv_reader *lane = csv_reader_new(file->block.path, file->schema, file->wanted,
                                           &file->options, file->zone_offset_us, file->kernel, err);
  if (lane == NULL)
    return NULL;
  lane->started = true;
  lane->first = false;
  lane->block.at_eof = true;
  lane->block.text = mem_new(CSV_PADDING, 1); /* empty: what is asked before anything is dealt */
  return lane;
}

/* Decides by the first block how much text is a batch of rows. */
static size_t bytes_to_deal(const struct csv_reader *file)
{
  size_t bytes = file->block.end - file->block.used;
  uint64_t lines = count_line_ends(unused(file), text_end(file));
  size_t most = file->block.size;
  size_t deal = lines != 0 ? (size_t)(bytes / lines + 1) * ROWS_DEALT : most;
  size_t least = LEAST_DEAL < most ? LEAST_DEAL : most;
  return deal < least ? least : deal > most ? most : deal;
}

static const char *behind_last(const char *first, const char *end, char c)
{
  for (const char *p = end; p > first; p--)
    if (p[-1] == c)
      return p;
  return first;
}

/* Behind the last whole line of those that are to be dealt now, or behind the first one if it is
 * longer. A CR at the very end may be half of a line end. */
static const char *cut_point(const struct csv_reader *file)
{
  const char *first = unused(file), *end = text_end(file), *cut, *behind;
  size_t n = (size_t)(end - first);
  if (n <= file->deal)
    return whole_lines_end(file);
  if ((cut = behind_last(first, first + file->deal, '\n')) != first ||
      (cut = behind_last(first, first + file->deal - 1, '\r')) != first)
    return cut;
  line_at(first, end, &behind);
  return behind < end || file->block.at_eof ? behind : first;
}

/* Reads on until there is a whole line, and as much text as is dealt at once. */
static bool read_text(struct csv_reader *file, struct error *err)
{
  struct csv_block *block = &file->block;
  while (!block->at_eof &&
         (block->end - block->used < file->deal || cut_point(file) == unused(file)))
    if (!csv_block_refill(block, UINT64_MAX, err))
      return false;
  return true;
}

/* What stands before the first record is passed: that record is read as no other is (see scan()).
 */
static bool find_first_record(struct csv_reader *file, struct error *err)
{
  const char *behind;
  while (file->first) {
    const char *end = whole_lines_end(file);
    while (unused(file) < end) {
      struct slice line = line_at(unused(file), end, &behind);
      if (!is_blank(line) && !is_comment(file, line))
        return true;
      file->line++;
      use_up_to(file, behind);
    }
    if (file->block.at_eof)
      return true;
    if (!csv_block_refill(&file->block, file->line + 1, err))
      return false;
  }
  return true;
}

static bool begin(struct csv_reader *file, struct error *err)
{
  file->started = true;
  if (!csv_reader_start(file, err) || !find_first_record(file, err))
    return false;
  while (!file->block.at_eof && file->block.end < file->block.size)
    if (!csv_block_refill(&file->block, file->line + 1, err))
      return false;
  file->deal = bytes_to_deal(file);
  return true;
}

/* The text up to `cut` goes to the lane; the rest, a part of a line as a rule, starts the text in
 * which the file goes on. */
static void hand_over(struct csv_reader *file, const char *cut, struct csv_reader *lane)
{
  struct csv_block *from = &file->block, *to = &lane->block;
  size_t rest = (size_t)(text_end(file) - cut), at = (size_t)(cut - from->text);
  if (to->capacity < rest || to->capacity < file->deal) {
    to->capacity = rest < file->deal ? file->deal : rest;
    to->text = mem_resize(to->text, to->capacity + CSV_PADDING, 1);
  }
  memcpy(to->text, cut, rest);
  memset(to->text + rest, 0, CSV_PADDING);
  struct csv_block gone = *from;
  from->text = to->text;
  /* No more is read than is dealt next: what lies behind it would be copied. */
  from->capacity = rest < file->deal ? file->deal : to->capacity;
  from->used = 0;
  from->end = rest;
  to->text = gone.text;
  to->capacity = gone.capacity;
  to->used = gone.used;
  to->end = at;
}

bool csv_reader_deal(struct csv_reader *file, struct csv_reader *lane, bool *any, struct error *err)
{
  *any = false;
  if ((!file->started && !begin(file, err)) || !read_text(file, err)) {
    lane->failed = false;
    return false;
  }
  const char *cut = cut_point(file);
  if (cut == unused(file))
    return true;
  hand_over(file, cut, lane);
  lane->line = 0;
  lane->first = file->first;
  file->first = false;
  *any = true;
  return true;
}

void csv_reader_settle(struct csv_reader *file, struct csv_reader *lane, struct error *err)
{
  uint64_t before = file->line + file->settled;
  if (lane->failed && err != NULL && err->line != 0)
    err->line = before + err->line > UINT32_MAX ? 0 : (uint32_t)(before + err->line);
  lane->failed = false;
  file->settled += lane->line;
}
