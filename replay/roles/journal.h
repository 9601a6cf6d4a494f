/* SPDX-License-Identifier: Apache-2.0 */
/* journal.h - the records that a consumer took from one partition, in a file, so that one that was
 * killed goes on where it was: where the journal ends is where reading goes on, and what stands in
 * it was taken once.
 *
 * Records are appended a batch at a time and never changed. What a kill left of a last one is cut
 * off when the journal is opened again. One process writes a journal at a time (a lock that ends
 * with the process); others may read it.
 */
#ifndef RETRIAL_REPLAY_ROLES_JOURNAL_H
#define RETRIAL_REPLAY_ROLES_JOURNAL_H

#include "broker/broker.h"

/* Takes a record of the journal; its bytes are valid until it returns. */
typedef bool journal_visitor(void *argument, const struct broker_record *record, struct error *err);

/* Visits the whole records of a journal whose offset is at least `from`, in order; *next is one
 * behind the last record, whether visited or not, or what journal_skip() said after it; -1 if there
 * is neither. A file that is not there has none. ERR_IO; ERR_DATA if the file is no journal. */
bool journal_visit(const char *path, int64_t from, journal_visitor *visit, void *argument,
                   int64_t *next, struct error *err);

struct journal;

enum journal_opened { JOURNAL_OPEN, JOURNAL_LOCKED, JOURNAL_FAILED };

/* Opens a journal to append to it, makes it if it is not there, and visits what it has, as above.
 * JOURNAL_LOCKED if another process writes it; err is filled with JOURNAL_FAILED alone. */
enum journal_opened journal_open(const char *path, int64_t from, journal_visitor *visit,
                                 void *argument, int64_t *next, struct journal **journal,
                                 struct error *err);

/* ERR_IO; what was there before stays whole. */
bool journal_append(struct journal *journal, const struct broker_record *record, size_t records,
                    struct error *err);

/* There is no record from the last one up to offset `next`: the log has marks there. ERR_IO. */
bool journal_skip(struct journal *journal, int64_t next, struct error *err);

/* NULL is allowed. */
void journal_close(struct journal *journal);

#endif
