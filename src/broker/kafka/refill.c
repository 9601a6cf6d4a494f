/* SPDX-License-Identifier: Apache-2.0 */
/* refill.c - queues of records that were fetched ahead are filled again before they are empty.
 *
 * Where all queues of a broker are full, librdkafka 2.0.2 fetches no more, and looks at them again
 * when something else happens, or a second later (rd_kafka_broker_consumer_serve(); later versions
 * have fetch.queue.backoff.ms). A question to that broker is something else. */
#include <stdlib.h>

#include "broker/kafka/internal.h"

enum { PATIENCE_MS = 100 };

static size_t setting(const rd_kafka_t *client, const char *name)
{
  char text[32];
  size_t size = sizeof text;
  if (rd_kafka_conf_get(rd_kafka_conf((rd_kafka_t *)(uintptr_t)client), name, text, &size) !=
      RD_KAFKA_CONF_OK)
    return SIZE_MAX;
  return strtoul(text, NULL, 10);
}

void kafka_learn_limits(struct kafka_group *group)
{
  group->most_queued = setting(group->client, "queued.min.messages");
  group->most_queued_bytes = 1024 * setting(group->client, "queued.max.messages.kbytes");
}

/* librdkafka counts the bytes of values. What is queued is taken to be like what came last. */
static bool is_full(const struct kafka_group *group, const struct source *source, size_t queued)
{
  return queued >= group->most_queued ||
         queued * (source->fetched_bytes / source->messages) >= group->most_queued_bytes;
}

void kafka_refill(struct kafka_reader *r, uint32_t partition)
{
  struct source *source = &r->source[partition];
  struct kafka_group *group = r->group;
  int64_t start, end;
  size_t queued = rd_kafka_queue_length(source->queue);
  if (is_full(group, source, queued + source->messages))
    source->was_full = true;
  if (!source->was_full || is_full(group, source, 2 * queued))
    return;
  source->was_full = false;
  rd_kafka_query_watermark_offsets(group->client,
                                   group->kafka->topic[r->topic].text, (int32_t)partition, &start,
                                   &end, PATIENCE_MS);
}
