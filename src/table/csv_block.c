/* SPDX-License-Identifier: Apache-2.0 */
#include "table/csv_block.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "table/csv_index.h"

#define LONGEST_RECORD ((size_t)1 << 31)

bool csv_block_open(struct csv_block *block, const char *path, size_t size, struct error *err)
{
  struct stat status;
  *block = (struct csv_block){.path = path, .size = size, .capacity = size};
  block->fd = open(path, O_RDONLY | O_CLOEXEC);
  if (block->fd < 0)
    return error_io(err, path, errno, "cannot be read");
  if (fstat(block->fd, &status) == 0 && S_ISDIR(status.st_mode)) {
    close(block->fd);
    block->fd = -1;
    return error_io(err, path, EISDIR, "cannot be read");
  }
  posix_fadvise(block->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  block->text = mem_resize(NULL, size + CSV_PADDING, 1);
  return true;
}

void csv_block_follow(struct csv_block *block, struct growing *growing, const char *path,
                      size_t size)
{
  *block = (struct csv_block){
      .fd = -1, .growing = growing, .path = path, .size = size, .capacity = size};
  block->text = mem_resize(NULL, size + CSV_PADDING, 1);
}

static bool make_room(struct csv_block *block, uint64_t line, struct error *err)
{
  memmove(block->text, block->text + block->used, block->end - block->used);
  block->end -= block->used;
  block->used = 0;
  if (block->end < block->capacity)
    return true;
  if (block->capacity >= LONGEST_RECORD)
    return error_at(err, ERR_DATA, block->path, line > UINT32_MAX ? 0 : (uint32_t)line, 0,
                    "a record is longer than 2 GiB; is a closing quote missing?");
  block->capacity *= 2;
  block->text = mem_resize(block->text, block->capacity + CSV_PADDING, 1);
  return true;
}

/* Makes LF of the line ends. A CR or LF beside them is a character of a field for univocity, which
 * nothing behind this one would take it for. */
static bool settle_line_ends(struct csv_block *block, size_t n, struct error *err)
{
  char *p = block->text + block->end;
  bool good = true;
  for (size_t i = 0; i < n; i++) {
    if (p[i] == block->line_end)
      p[i] = '\n';
    else
      good &= p[i] != '\r' && p[i] != '\n';
  }
  return good || error_at(err, ERR_UNSUPPORTED, block->path, 0, 0,
                          "option lineSep is not supported for a file with other line ends too");
}

static ssize_t read_some(struct csv_block *block)
{
  char *p = block->text + block->end;
  size_t room = block->capacity - block->end;
  if (block->growing == NULL)
    return read(block->fd, p, room);
  ssize_t n = growing_read(block->growing, p, room, block->offset);
  block->offset += n > 0 ? (size_t)n : 0;
  return n;
}

bool csv_block_refill(struct csv_block *block, uint64_t line, struct error *err)
{
  ssize_t n;
  if (!make_room(block, line, err))
    return false;
  do
    n = read_some(block);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    return error_io(err, block->path, errno, "cannot be read");
  block->at_eof = n == 0;
  if (block->line_end != 0 && !settle_line_ends(block, (size_t)n, err))
    return false;
  block->end += (size_t)n;
  memset(block->text + block->end, 0, CSV_PADDING);
  return true;
}

void csv_block_close(struct csv_block *block)
{
  if (block->fd >= 0)
    close(block->fd);
  free(block->text);
}
