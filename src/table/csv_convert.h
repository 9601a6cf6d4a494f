/* SPDX-License-Identifier: Apache-2.0 */
/* csv_convert.h - the texts of one CSV column as a typed column, by Spark's rules
 * (UnivocityParser.makeConverter).
 *
 * A cell that equals the null value is null. A cell that its type cannot hold is null, and its row
 * is marked as malformed.
 */
#ifndef RETRIAL_TABLE_CSV_CONVERT_H
#define RETRIAL_TABLE_CSV_CONVERT_H

#include "table/column.h"
#include "table/csv_options.h"

struct csv_converter;

/* One for a column; everything in the arena. `name` is for messages. ERR_TYPE for a type that CSV
 * cannot hold; errors of the option's time pattern. options must outlive it. */
struct csv_converter *csv_converter_new(struct slice name, struct type type,
                                        const struct csv_read_options *options,
                                        int64_t zone_offset_us, struct arena *arena,
                                        struct error *err);

/* Where the caller puts the texts of up to BATCH_ROWS rows before it calls csv_convert(). Their
 * bytes must stay as long as the batch; the cells are used up. */
struct slice *csv_converter_cells(struct csv_converter *converter);

/* What may be wrong with a row. */
enum {
  CSV_MALFORMED = 1,
  CSV_OF_TODAY = 2, /* malformed, as it holds a time of a day that one would have to know */
};

/* Fills *out from the cells of `rows` rows. Adds to bad[i] what is wrong with row i and returns
 * whether there was such a row. `high`: there may be bytes beyond ASCII. New text goes into
 * `texts`. *out is valid until the next call. */
bool csv_convert(struct csv_converter *converter, size_t rows, bool high, uint8_t *bad,
                 struct arena *texts, struct column *out);

/* The text in UTF-8: as it is, or a copy in which what is not UTF-8 (or is Latin-1) is replaced as
 * Java's decoder does it. */
struct slice csv_decode(struct slice text, bool latin_1, struct arena *texts);

#endif
