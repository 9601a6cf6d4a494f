/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "capture/capture.h"
#include "capture/stream_in.h"

struct capture_reader {
  struct stream_in *stream;
  char *path;
  struct buffer text;
  size_t start, seen;      /* in text: the next line, and how far it has no end */
  uint64_t lines, records; /* read so far */
  bool at_end, cut;
  struct envelope_room room;
};

struct capture_reader *capture_open(const char *path, struct error *err)
{
  struct stream_in *stream = stream_in_open(path, err);
  if (stream == NULL)
    return NULL;
  struct capture_reader *reader = mem_new(1, sizeof *reader);
  reader->stream = stream;
  reader->path = mem_new(strlen(path) + 1, 1);
  strcpy(reader->path, path);
  return reader;
}

static uint32_t line_number(uint64_t line)
{
  return (uint32_t)(line < UINT32_MAX ? line : UINT32_MAX);
}

/* Gives an error its place; line 0: none. */
static bool fail(const struct capture_reader *r, uint64_t line, enum error_code code,
                 const char *text, uint32_t column, struct error *err)
{
  return error_at(err, code, r->path, line_number(line), column, "%s", text);
}

static bool fail_cut(struct capture_reader *r, uint64_t line, const char *middle, struct error *err)
{
  char text[160];
  r->cut = true;
  snprintf(text, sizeof text,
           "the capture ends in the middle of %s; before it %s %" PRIu64 " whole record%s", middle,
           r->records == 1 ? "is" : "are", r->records, r->records == 1 ? "" : "s");
  return fail(r, line, ERR_DATA, text, 0, err);
}

static bool read_more(struct capture_reader *r, struct error *err)
{
  struct error problem;
  size_t left = r->text.n - r->start;
  if (left > CAPTURE_LINE_BYTES) {
    snprintf(problem.text, sizeof problem.text, "the line is longer than %d bytes: no capture?",
             CAPTURE_LINE_BYTES);
    return fail(r, r->lines + 1, ERR_RANGE, problem.text, 0, err);
  }
  if (r->start != 0)
    memmove(r->text.p, r->text.p + r->start, left);
  r->text.n = left;
  r->seen -= r->start;
  r->start = 0;
  if (stream_in_read(r->stream, &r->text, &r->at_end, &problem))
    return true;
  return fail(r, problem.code == ERR_DATA ? r->lines + 1 : 0, problem.code, problem.text, 0, err);
}

/* The next line without its end; *ended tells whether it has one. False at the end of the file, or
 * with an error. */
static bool next_line(struct capture_reader *r, struct slice *line, bool *ended, bool *end,
                      struct error *err)
{
  const char *found;
  while ((found = r->text.n == r->seen
                      ? NULL
                      : memchr(r->text.p + r->seen, '\n', r->text.n - r->seen)) == NULL) {
    r->seen = r->text.n;
    if (r->at_end)
      break;
    if (!read_more(r, err))
      return false;
  }
  *ended = found != NULL;
  *end = !*ended && r->start == r->text.n;
  size_t stop = *ended ? (size_t)(found - r->text.p) : r->text.n;
  *line = (struct slice){r->text.p + r->start, stop - r->start};
  r->start = r->seen = stop + *ended;
  r->lines += !*end;
  return true;
}

bool capture_next(struct capture_reader *r, struct capture_record *out, bool *end,
                  struct error *err)
{
  struct slice line;
  bool ended;
  struct error problem;
  do
    if (!next_line(r, &line, &ended, end, err))
      return false;
  while (!*end && slice_trim(line).n == 0);
  if (*end && stream_in_is_cut(r->stream)) {
    *end = false;
    return fail_cut(r, r->lines + 1, "its zstd data", err);
  }
  if (*end)
    return true;
  if (envelope_decode(line, out, &r->room, &problem)) {
    r->records++;
    return true;
  }
  /* What is no JSON and has no line end was cut, if it began as a record does. */
  if (!ended && problem.code == ERR_SYNTAX && slice_trim(line).p[0] == '{')
    return fail_cut(r, r->lines, "a record", err);
  return fail(r, r->lines, ERR_DATA, problem.text, problem.column, err);
}

uint32_t capture_line(const struct capture_reader *r)
{
  return line_number(r->lines);
}

bool capture_is_cut(const struct capture_reader *r)
{
  return r->cut;
}

void capture_close(struct capture_reader *r)
{
  if (r == NULL)
    return;
  stream_in_close(r->stream);
  buffer_free(&r->text);
  envelope_room_free(&r->room);
  free(r->path);
  free(r);
}

bool capture_count(const char *path, uint64_t *records, bool *cut, struct error *err)
{
  struct capture_record record;
  bool end = false;
  *records = 0;
  *cut = false;
  struct capture_reader *reader = capture_open(path, err);
  if (reader == NULL)
    return false;
  while (!end && capture_next(reader, &record, &end, err))
    continue;
  *records = reader->records;
  *cut = capture_is_cut(reader);
  capture_close(reader);
  return end;
}
