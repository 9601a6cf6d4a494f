/* SPDX-License-Identifier: Apache-2.0 */
/* stored.h - a stored table being written: rows of a topic in, a CSV file out.
 *
 * The file has Spark's bytes and its header, also when no row came. It gets its name only by
 * stored_commit().
 */
#ifndef RETRIAL_REPLAY_ROLES_STORED_H
#define RETRIAL_REPLAY_ROLES_STORED_H

#include "base/growing.h"
#include "pipeline/pipeline.h"
#include "text/message.h"

struct stored;

/* kind[] is by field of the topic's message; table must outlive it, and so must `growing`, from
 * which it can be read meanwhile (NULL: nobody does). ERR_IO if the directory of `path` cannot be written. */
struct stored *stored_open(const char *path, struct growing *growing,
                           const struct stored_table *table, const enum message_kind *kind,
                           struct error *err);

/* One row: the values of all fields of the message. */
bool stored_add(struct stored *stored, const struct message_value *value, struct error *err);

uint64_t stored_rows(const struct stored *stored);

/* Writes the rest, names the file and releases it; after a failure nothing has changed. */
bool stored_commit(struct stored *stored, struct error *err);

/* Releases it without a trace; NULL is allowed. */
void stored_discard(struct stored *stored);

#endif
