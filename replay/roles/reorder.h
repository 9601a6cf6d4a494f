/* SPDX-License-Identifier: Apache-2.0 */
/* reorder.h - rows back in the dataset's order, however the partitions mixed them.
 *
 * Every row of a topic carries its number in the dataset, 0, 1, 2, ... without gaps. A row whose
 * predecessors have all come is handed on at once; others wait, as copies. Rows of strangers, who
 * number nothing, wait until the end and follow by timestamp, partition and offset.
 */
#ifndef RETRIAL_REPLAY_ROLES_REORDER_H
#define RETRIAL_REPLAY_ROLES_REORDER_H

#include "broker/broker.h"
#include "text/message.h"

struct reorder;

/* Takes a row that is next in order. */
typedef bool reorder_sink(void *argument, const struct message_value *value, struct error *err);

/* For rows of `fields` values of these kinds, which must outlive it. */
struct reorder *reorder_new(size_t fields, const enum message_kind *kind, reorder_sink *sink,
                            void *argument);

/* A numbered row, or NULL for one that was rejected: its successors need not wait for it. A row
 * that came before is not handed on again. ERR_DATA if it is 2^28 rows or more ahead of one that
 * has not come. */
bool reorder_add(struct reorder *reorder, uint64_t number, const struct message_value *value,
                 struct error *err);

/* A row without a number, from this record. */
bool reorder_stranger(struct reorder *reorder, const struct broker_record *record,
                      const struct message_value *value, struct error *err);

/* No row comes any more: hands on what waits, past the gaps if there are any. */
bool reorder_finish(struct reorder *reorder, struct error *err);

/* Rows that came again and were not handed on again; after reorder_finish(), rows that never came
 * although later ones did, and the first of them. */
uint64_t reorder_doubled(const struct reorder *reorder);
uint64_t reorder_missing(const struct reorder *reorder, uint64_t *first);

/* NULL is allowed. */
void reorder_free(struct reorder *reorder);

#endif
