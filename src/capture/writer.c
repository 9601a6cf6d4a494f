/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "capture/capture.h"
#include "capture/stream_out.h"

struct capture_writer {
  struct stream_out *stream;
  struct buffer line;
};

struct capture_writer *capture_create(const char *path, struct error *err)
{
  struct stream_out *stream = stream_out_open(path, err);
  if (stream == NULL)
    return NULL;
  struct capture_writer *writer = mem_new(1, sizeof *writer);
  writer->stream = stream;
  return writer;
}

bool capture_write(struct capture_writer *writer, const struct capture_record *record,
                   struct error *err)
{
  struct buffer *line = &writer->line;
  line->n = 0;
  envelope_encode(record, line);
  if (line->n > CAPTURE_LINE_BYTES)
    return error_set(err, ERR_RANGE,
                     "the record at offset %lld of topic '%.*s', partition %u, makes a line of %zu "
                     "bytes; a capture has lines of at most %d",
                     (long long)record->record.offset, SLICE_PRINT(record->topic),
                     record->record.partition, line->n, CAPTURE_LINE_BYTES);
  return stream_out_write(writer->stream, (struct slice){line->p, line->n}, err);
}

bool capture_commit(struct capture_writer *writer, struct error *err)
{
  bool good = stream_out_commit(writer->stream, err);
  writer->stream = NULL;
  capture_discard(writer);
  return good;
}

void capture_discard(struct capture_writer *writer)
{
  if (writer == NULL)
    return;
  stream_out_discard(writer->stream);
  buffer_free(&writer->line);
  free(writer);
}
