/* SPDX-License-Identifier: Apache-2.0 */
/* csv_reader_internal.h - what tests and benchmarks may choose that nobody else needs to. */
#ifndef RETRIAL_TABLE_CSV_READER_INTERNAL_H
#define RETRIAL_TABLE_CSV_READER_INTERNAL_H

#include "table/csv_index.h"
#include "table/csv_reader.h"

/* Rows do not depend on either. */
struct csv_tuning {
  size_t block; /* bytes read at once */
  enum csv_kernel kernel;
};

struct csv_reader *csv_reader_open_tuned(const char *path, const struct schema *schema,
                                         const bool *wanted, const struct csv_read_options *options,
                                         int64_t zone_offset_us, struct csv_tuning tuning,
                                         struct error *err);

#endif
