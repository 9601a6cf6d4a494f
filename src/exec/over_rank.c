/* SPDX-License-Identifier: Apache-2.0 */
/* row_number(), rank() and their like: a row's place in its partition (windowExpressions.scala). */
#include "exec/over.h"

struct place {
  size_t row;  /* from 0, in the partition */
  size_t rows; /* of the partition */
  size_t peer, peer_end;
  size_t dense; /* runs of peers so far, this one included */
};

/* The first rows % buckets ones are larger by one row. */
static size_t bucket_of(const struct place *p, size_t buckets)
{
  size_t size = p->rows / buckets, larger = p->rows % buckets;
  size_t in_larger = larger * (size + 1);
  return p->row < in_larger ? p->row / (size + 1) : larger + (p->row - in_larger) / size;
}

static size_t number_of(const struct place *p, const struct over_function *f)
{
  switch (f->kind) {
  case OVER_ROW_NUMBER:
    return p->row + 1;
  case OVER_RANK:
    return p->peer + 1;
  case OVER_DENSE_RANK:
    return p->dense;
  default:
    return bucket_of(p, (size_t)f->number) + 1;
  }
}

static double share_of(const struct place *p, enum over_kind kind)
{
  if (kind == OVER_CUME_DIST)
    return (double)p->peer_end / (double)p->rows;
  return p->rows > 1 ? (double)p->peer / (double)(p->rows - 1) : 0;
}

void over_rank(const struct over_rows *rows, const struct over_function *f, struct column *out,
               struct arena *arena)
{
  column_make(out, f->type, rows->batch.rows, arena);
  for (size_t p = 0; p < rows->partitions; p++) {
    size_t start = rows->start[p];
    struct place place = {.rows = rows->start[p + 1] - start};
    for (size_t i = start; i < rows->start[p + 1]; i++) {
      place.row = i - start;
      place.peer = rows->peer[i] - start;
      place.peer_end = rows->peer_end[i] - start;
      place.dense += place.row == place.peer;
      if (f->type.kind == TYPE_DOUBLE)
        out->f64[i] = share_of(&place, f->kind);
      else
        out->i32[i] = (int32_t)number_of(&place, f);
    }
  }
}
