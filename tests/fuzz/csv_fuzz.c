/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a CSV file, read with options that the first bytes choose: the rows do not depend on
 * the size of the blocks or on the kernel, and what the writer makes of them can be read again.
 * Built with tests/fuzz/mutate.c, or with clang's -fsanitize=fuzzer. */
#include <assert.h>
#include <stdio.h>
#include <unistd.h>

#include "table/csv_reader_internal.h"
#include "table/csv_writer.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* What a pipe holds without anybody reading from it. */
enum { PIPE = 60000 };

static char path[32];
static int pipe_end;

/* Makes `path` a pipe that holds the text: no file system slows the fuzzer down. */
static void open_pipe(struct slice text)
{
  int ends[2];
  assert(pipe(ends) == 0);
  assert(write(ends[1], text.p, text.n) == (ssize_t)text.n);
  close(ends[1]);
  pipe_end = ends[0];
  snprintf(path, sizeof path, "/dev/fd/%d", pipe_end);
}

static struct field columns[] = {
    {SLICE("s"), {.kind = TYPE_STRING}},         {SLICE("i"), {.kind = TYPE_INT}},
    {SLICE("d"), {.kind = TYPE_DOUBLE}},         {SLICE("t"), {.kind = TYPE_TIMESTAMP}},
    {SLICE("_r"), {.kind = TYPE_STRING}},        {SLICE("f"), {.kind = TYPE_FLOAT}},
    {SLICE("n"), {TYPE_DECIMAL, 9, 2, 0, NULL}}, {SLICE("b"), {.kind = TYPE_BOOLEAN}},
    {SLICE("day"), {.kind = TYPE_DATE}},
};

enum { COLUMNS = sizeof columns / sizeof *columns };

static struct csv_read_options choose(unsigned bits)
{
  static const struct slice separator[] = {SLICE(","), SLICE(","), SLICE("\t"), SLICE("::")};
  struct csv_read_options options;
  csv_read_defaults(&options);
  options.header = bits & 1;
  options.multi_line = bits & 2;
  options.ignore_leading_blanks = bits & 4;
  options.ignore_trailing_blanks = bits & 8;
  options.comment = bits & 16 ? '#' : 0;
  options.escape = bits & 32 ? '"' : '\\';
  options.latin_1 = bits & 64;
  options.separator = separator[bits >> 7 & 3];
  options.mode = (bits >> 9 & 3) == 3 ? CSV_DROPMALFORMED : CSV_PERMISSIVE;
  options.corrupt_record_column = SLICE("_r");
  return options;
}

/* The text's rows as CSV. */
static bool read_all(struct slice text, const struct csv_read_options *options, const bool *wanted,
                     struct csv_tuning tuning, struct buffer *out)
{
  open_pipe(text);
  struct schema schema = {COLUMNS, columns}, written = {0, NULL};
  struct field chosen[COLUMNS];
  struct csv_write_options write;
  struct error err;
  struct batch batch;
  csv_write_defaults(&write);
  for (size_t i = 0; i < COLUMNS; i++)
    if (wanted[i])
      chosen[written.columns++] = columns[i];
  written.column = chosen;
  struct csv_reader *reader =
      csv_reader_open_tuned(path, &schema, wanted, options, 0, tuning, &err);
  assert(reader != NULL);
  struct csv_writer *writer = csv_writer_new(&written, &write, 0, &err);
  csv_writer_header(writer, out);
  bool ok;
  while ((ok = csv_reader_next(reader, &batch, &err)) && batch.rows != 0)
    csv_writer_rows(writer, &batch, out);
  csv_writer_free(writer);
  csv_reader_close(reader);
  close(pipe_end);
  return ok;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
  static const struct csv_tuning tunings[] = {
      {4096, CSV_KERNEL_BEST}, {5, CSV_KERNEL_PORTABLE}, {64, CSV_KERNEL_SSE2}};
  struct buffer first = {0}, other = {0};
  bool wanted[COLUMNS] = {true};
  if (size < 4 || size > PIPE)
    return 0;
  struct csv_read_options options = choose(data[0] | (unsigned)data[1] << 8);
  for (unsigned i = 1; i < COLUMNS; i++)
    wanted[i] = (data[2] | (unsigned)data[3] << 8) >> i & 1;
  struct slice text = {(const char *)data + 4, size - 4};
  bool ok = read_all(text, &options, wanted, tunings[0], &first);
  for (size_t i = 1; i < sizeof tunings / sizeof *tunings; i++) {
    if (!csv_kernel_exists(tunings[i].kernel))
      continue;
    other.n = 0;
    assert(read_all(text, &options, wanted, tunings[i], &other) == ok);
    assert(slice_equal((struct slice){first.p, first.n}, (struct slice){other.p, other.n}));
  }
  csv_read_defaults(&options);
  options.multi_line = true;
  other.n = 0;
  if (first.n <= PIPE)
    assert(read_all((struct slice){first.p, first.n}, &options, wanted, tunings[0], &other));
  buffer_free(&first);
  buffer_free(&other);
  return 0;
}
