/* SPDX-License-Identifier: Apache-2.0 */
/* csv_writer.h - batches as Spark's CSV (UnivocityGenerator.scala): the bytes, into a buffer. */
#ifndef RETRIAL_TABLE_CSV_WRITER_H
#define RETRIAL_TABLE_CSV_WRITER_H

#include "base/buffer.h"
#include "table/column.h"
#include "table/csv_options.h"
#include "table/schema.h"

struct csv_writer;

/* Whether CSV holds values of the type. */
bool csv_writer_takes(struct type type);

/* schema and options must outlive the writer. ERR_TYPE for a column that CSV cannot hold (STRUCT,
 * a bare NULL), as Spark refuses it. The caller releases it with csv_writer_free(). */
struct csv_writer *csv_writer_new(const struct schema *schema,
                                  const struct csv_write_options *options, int64_t zone_offset_us,
                                  struct error *err);

/* The header line, if the options ask for one. */
void csv_writer_header(struct csv_writer *writer, struct buffer *out);

/* The rows of the batch, appended. */
void csv_writer_rows(struct csv_writer *writer, const struct batch *batch, struct buffer *out);

/* NULL is allowed. */
void csv_writer_free(struct csv_writer *writer);

#endif
