/* SPDX-License-Identifier: Apache-2.0 */
/* producer.h - the role that sends the dataset: each row as one message to every topic, when the
 * schedule says so. A full broker holds it up; nothing is skipped.
 */
#ifndef RETRIAL_REPLAY_PRODUCER_H
#define RETRIAL_REPLAY_PRODUCER_H

#include "broker/broker.h"
#include "measure/account.h"
#include "pipeline/pipeline.h"
#include "replay/dataset.h"
#include "replay/role.h"

/* The header that carries a row's number in the dataset. */
#define HEADER_ROW "retrial-row"

struct producer;

/* The pipeline's topics were made in `broker` under their indexes, with partitions[i] partitions.
 * What happens is counted in account[i]. All of it must outlive the producer; producer_free()
 * releases it and closes the dataset. */
struct producer *producer_new(const struct pipeline *pipeline, struct dataset *dataset,
                              struct broker *broker, const uint32_t *partitions,
                              struct account_topic *account, int64_t start_ns);

struct role *producer_role(struct producer *producer);

/* Rows sent so far, to all topics. */
uint64_t producer_rows(const struct producer *producer);

/* The topic that had no room at the last try; NULL if there was room. */
const struct topic *producer_blocked(const struct producer *producer);

/* The columns of the dataset that the pipeline's topics and schedule read. */
void producer_wants(const struct pipeline *pipeline, bool *wanted);

void producer_free(struct producer *producer);

#endif
