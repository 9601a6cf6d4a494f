/* SPDX-License-Identifier: Apache-2.0 */
/* header.h - what the first line of a table's file says of its columns, for the user's eyes only:
 * columns go by their place. */
#ifndef RETRIAL_REPLAY_HEADER_H
#define RETRIAL_REPLAY_HEADER_H

#include <stdio.h>

#include "base/buffer.h"
#include "exec/query.h"

/* Appends the columns of the header as texts, ready to be pasted as a schema; an example if the
 * file has no header that is simple. */
void header_propose(const struct query_table *table, struct buffer *out);

/* One line to `out` if a name of the header is not that of the schema's column in its place, as
 * Spark logs it (CSVHeaderChecker). */
void header_compare(const struct query_table *table, FILE *out);

#endif
