/* SPDX-License-Identifier: Apache-2.0 */
/* topic create|delete BROKER NAME - a topic of one partition, through librdkafka's admin client:
 * Kafka's own tool takes a second each time.
 */
#include <stdio.h>
#include <string.h>

#include "bare.h"

/* The results of either operation, one for each topic. */
static const rd_kafka_topic_result_t *result_of(rd_kafka_event_t *event)
{
  size_t n = 0;
  const rd_kafka_topic_result_t **results;
  if (rd_kafka_event_type(event) == RD_KAFKA_EVENT_CREATETOPICS_RESULT)
    results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &n);
  else
    results = rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event), &n);
  return n == 1 ? results[0] : NULL;
}

static void check(rd_kafka_event_t *event, const char *name)
{
  if (event == NULL)
    die(name, "no answer in time");
  if (rd_kafka_event_error(event) != RD_KAFKA_RESP_ERR_NO_ERROR)
    die(name, rd_kafka_event_error_string(event));
  const rd_kafka_topic_result_t *result = result_of(event);
  if (result == NULL || rd_kafka_topic_result_error(result) != RD_KAFKA_RESP_ERR_NO_ERROR)
    die(name, result == NULL ? "no result" : rd_kafka_topic_result_error_string(result));
  rd_kafka_event_destroy(event);
}

static void create(rd_kafka_t *client, const char *name, rd_kafka_queue_t *queue)
{
  char message[MESSAGE_SIZE];
  rd_kafka_NewTopic_t *topic = rd_kafka_NewTopic_new(name, 1, 1, message, sizeof message);
  if (topic == NULL)
    die(name, message);
  rd_kafka_CreateTopics(client, &topic, 1, NULL, queue);
  rd_kafka_NewTopic_destroy(topic);
}

static void delete (rd_kafka_t *client, const char *name, rd_kafka_queue_t *queue)
{
  rd_kafka_DeleteTopic_t *topic = rd_kafka_DeleteTopic_new(name);
  rd_kafka_DeleteTopics(client, &topic, 1, NULL, queue);
  rd_kafka_DeleteTopic_destroy(topic);
}

int main(int argc, char **argv)
{
  if (argc != 4 || (strcmp(argv[1], "create") != 0 && strcmp(argv[1], "delete") != 0)) {
    fputs("usage: topic create|delete BROKER NAME\n", stderr);
    return 2;
  }
  char message[MESSAGE_SIZE];
  rd_kafka_t *client =
      rd_kafka_new(RD_KAFKA_PRODUCER, conf_of(argv[2], 0, NULL), message, sizeof message);
  if (client == NULL)
    die("no client", message);
  rd_kafka_queue_t *queue = rd_kafka_queue_new(client);
  if (argv[1][0] == 'c')
    create(client, argv[3], queue);
  else
    delete (client, argv[3], queue);
  check(rd_kafka_queue_poll(queue, PATIENCE_MS), argv[3]);
  rd_kafka_queue_destroy(queue);
  rd_kafka_destroy(client);
  return 0;
}
