/* SPDX-License-Identifier: Apache-2.0 */
/* rejects.h - the messages that no consumer could read, kept for whoever wants to know why.
 *
 * They become a file of JSON lines, {"topic", "partition", "offset", "row", "reason", "value"},
 * ordered by topic, row (those without one last), partition and offset, so that its bytes do not
 * depend on the order of arrival. Without rejects there is no file.
 */
#ifndef RETRIAL_REPLAY_ROLES_REJECTS_H
#define RETRIAL_REPLAY_ROLES_REJECTS_H

#include "broker/broker.h"

struct rejects;

struct rejects *rejects_new(void);

/* Keeps a copy; row is NULL for a record that carries no number. */
void rejects_add(struct rejects *rejects, struct slice topic, const struct broker_record *record,
                 const uint64_t *row, const char *reason);

uint64_t rejects_count(const struct rejects *rejects);

/* Writes the file, or removes an older one if nothing was rejected. */
bool rejects_write(struct rejects *rejects, const char *path, struct error *err);

void rejects_free(struct rejects *rejects);

#endif
