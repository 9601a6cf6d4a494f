/* SPDX-License-Identifier: Apache-2.0 */
/* partitioner.h - which partition a record goes to: the rule of Kafka's Java client, so that a key
 * lands where a real cluster puts it (Utils.murmur2 and BuiltInPartitioner.partitionForKey of
 * kafka-clients 3.9; librdkafka calls the rule murmur2_random).
 */
#ifndef RETRIAL_BROKER_PARTITIONER_H
#define RETRIAL_BROKER_PARTITIONER_H

#include <stdint.h>

#include "base/slice.h"

/* MurmurHash2, 32 bits (Appleby 2008), with the seed that Kafka uses. */
uint32_t murmur2(struct slice key);

/* The partition of a record with a key (an empty key is a key) out of `partitions`, at least 1. */
static inline uint32_t partition_of_key(struct slice key, uint32_t partitions)
{
  return partitions == 1 ? 0 : (murmur2(key) & 0x7fffffff) % partitions;
}

/* The partition of a record without a key. Kafka's client spreads these by chance and by load; a
 * replay may do neither, so they take turns by their number in the dataset. */
static inline uint32_t partition_of_number(uint64_t number, uint32_t partitions)
{
  return (uint32_t)(number % partitions);
}

#endif
