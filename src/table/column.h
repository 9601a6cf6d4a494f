/* SPDX-License-Identifier: Apache-2.0 */
/* column.h - values of one type, side by side; batches of columns.
 *
 * Columns do not own what they point to: elements, null flags and the bytes of strings live in an
 * arena or a buffer of whoever made the column, and its header says until when.
 */
#ifndef RETRIAL_TABLE_COLUMN_H
#define RETRIAL_TABLE_COLUMN_H

#include "base/memory.h"
#include "table/type.h"

/* Rows that an operator hands on at once, at most. */
enum { BATCH_ROWS = 2048 };

struct column {
  struct type type;
  bool constant; /* element 0 (and its null flag) stands for every row */
  uint8_t *null; /* 1 where the row is null; NULL: no row is */
  union {        /* by type.kind, see type.h; the element of a null row is zero or any value */
    void *data;
    uint8_t *boolean;
    int32_t *i32; /* TINYINT, SMALLINT, INT, DATE */
    int64_t *i64; /* BIGINT, TIMESTAMP, INTERVAL */
    int128 *decimal;
    float *f32;
    double *f64;
    struct slice *text;
    uint32_t *end; /* ARRAY, MAP: row i has elements end[i-1] (0 for i = 0) .. end[i]-1 of item */
  };
  struct column *item; /* type.items columns: a struct's fields, an array's elements */
};

struct batch {
  size_t rows;
  size_t columns;
  struct column *column;
  uint32_t partition; /* which input of a UNION has the rows, as far as Spark keeps these apart */
};

/* Bytes of one element of the type; 0 for NULL and STRUCT. */
size_t type_size(struct type t);

/* The index to read row i at: 0 in a constant column. */
static inline size_t column_index(const struct column *c, size_t row)
{
  return c->constant ? 0 : row;
}

/* Row i of a column of integers, times or intervals, which are of four or of eight bytes. */
static inline int64_t column_integer(const struct column *c, size_t row)
{
  size_t i = column_index(c, row);
  return type_size(c->type) == sizeof(int64_t) ? c->i64[i] : c->i32[i];
}

static inline bool column_is_null(const struct column *c, size_t row)
{
  return c->type.kind == TYPE_NULL || (c->null != NULL && c->null[column_index(c, row)]);
}

/* How many rows of item belong to the first `rows` of a column that is not constant. */
static inline size_t column_items(const struct column *c, size_t rows)
{
  bool has_runs = c->type.kind == TYPE_ARRAY || c->type.kind == TYPE_MAP;
  return !has_runs ? rows : rows != 0 ? c->end[rows - 1] : 0;
}

/* Of a BOOLEAN column: neither false nor null. */
static inline bool column_is_true(const struct column *c, size_t row)
{
  return !column_is_null(c, row) && c->boolean[column_index(c, row)] != 0;
}

/* Makes *c a column of `rows` elements in the arena: elements not initialised (a struct's fields
 * zeroed and left to the caller), no nulls. */
void column_make(struct column *c, struct type type, size_t rows, struct arena *arena);

/* Gives the column null flags, all 0, if it has none yet; returns them. */
uint8_t *column_flags(struct column *c, size_t rows, struct arena *arena);

/* A constant null of the type. */
void column_make_null(struct column *c, struct type type, struct arena *arena);

/* A constant string; the bytes are not copied. */
void column_make_text(struct column *c, struct slice text, struct arena *arena);

/* Copies the bytes of strings, in fields and elements too, into the arena. */
void column_keep_text(struct column *c, size_t rows, struct arena *arena);

/* Row 0 stands for all, in the fields of a struct too. */
void column_make_constant(struct column *c);

/* The first `rows` rows with all that they point to, in the arena. */
void column_copy(const struct column *in, size_t rows, struct column *out, struct arena *arena);

/* out[i] = in[row[i]] for i < count. A row of ROW_NONE gives null. Bytes of strings are shared. */
enum { ROW_NONE = 0xffffffff };
void column_gather(const struct column *in, const uint32_t *row, size_t count, struct column *out,
                   struct arena *arena);

/* The `pieces` (one or more, of one type) one below the other; of piece k the first rows[k] rows,
 * a constant one repeated so often. */
void column_stack(const struct column *const *piece, const size_t *rows, size_t pieces,
                  struct column *out, struct arena *arena);

/* The same rows with nothing constant in it. */
void column_spread(const struct column *in, size_t rows, struct column *out, struct arena *arena);

#endif
