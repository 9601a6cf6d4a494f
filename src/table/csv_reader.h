/* SPDX-License-Identifier: Apache-2.0 */
/* csv_reader.h - a CSV file as batches of typed columns, by Spark's rules (UnivocityParser.scala).
 *
 * The file is read in blocks, so memory does not grow with it. A batch and the bytes of its
 * strings are valid until the next call.
 */
#ifndef RETRIAL_TABLE_CSV_READER_H
#define RETRIAL_TABLE_CSV_READER_H

#include "base/growing.h"
#include "table/column.h"
#include "table/csv_options.h"
#include "table/schema.h"

struct csv_reader;

/* What was met so far, for messages and accounts. */
struct csv_counts {
  uint64_t rows;      /* handed on */
  uint64_t malformed; /* rows with a field that did not parse, or too few or too many fields */
  uint64_t dropped;   /* of these, rows left out (DROPMALFORMED) */
};

/* Opens `path`. The columns of `schema` go by position; only those with wanted[i] are parsed and
 * handed on, in the schema's order (wanted NULL: all). schema, wanted and options must outlive it.
 * ERR_IO if the file cannot be read. */
struct csv_reader *csv_reader_open(const char *path, const struct schema *schema,
                                   const bool *wanted, const struct csv_read_options *options,
                                   int64_t zone_offset_us, struct error *err);

/* The same for a file that is still being written; its path is for messages. */
struct csv_reader *csv_reader_follow(struct growing *growing, const char *path,
                                     const struct schema *schema, const bool *wanted,
                                     const struct csv_read_options *options, int64_t zone_offset_us,
                                     struct error *err);

/* The next rows into *out (1 .. BATCH_ROWS of them), or out->rows = 0 at the end. ERR_DATA with
 * file and line in FAILFAST mode or where Spark itself gives up; ERR_IO. */
bool csv_reader_next(struct csv_reader *reader, struct batch *out, struct error *err);

/* The names of the header line as they stand in the file, once the first batch was read or none
 * was there; *count of them (0: no header). Valid as long as the reader. */
const struct slice *csv_reader_header(struct csv_reader *reader, size_t *count);

const struct csv_counts *csv_reader_counts(const struct csv_reader *reader);

/* Several may read one file at once, each a run of its lines (not with multiLine, where a line may
 * be a part of a record: ERR_USAGE). A lane has no lines at first; csv_reader_next() gives the rows
 * of those that were dealt to it last. The caller closes it, before or after the file. */
struct csv_reader *csv_reader_lane(const struct csv_reader *file, struct error *err);

/* Deals the next lines, some BATCH_ROWS or fewer, to a lane whose rows are all taken; *any is false
 * where there are none. How the file is cut depends on its bytes only. The file's own
 * csv_reader_next() must not be called. */
bool csv_reader_deal(struct csv_reader *file, struct csv_reader *lane, bool *any,
                     struct error *err);

/* To be called for each run of lines, in the order in which they were dealt, when its rows are all
 * taken or have failed with *err (NULL: they have not), which gets its line in the file. */
void csv_reader_settle(struct csv_reader *file, struct csv_reader *lane, struct error *err);

/* NULL is allowed. */
void csv_reader_close(struct csv_reader *reader);

#endif
