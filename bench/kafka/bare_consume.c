/* SPDX-License-Identifier: Apache-2.0 */
/* bare_consume BROKER TOPIC COUNT [KEY=VALUE]... - reads COUNT messages of partition 0 from its
 * beginning, in batches; looks at each one's size only. The time is from the assignment on.
 */
#include <stdio.h>

#include "bare.h"

enum { BATCH = 10000, WAIT_MS = 1000 };

static void assign(rd_kafka_t *client, const char *topic)
{
  rd_kafka_topic_partition_list_t *partitions = rd_kafka_topic_partition_list_new(1);
  rd_kafka_topic_partition_list_add(partitions, topic, 0)->offset = 0;
  rd_kafka_resp_err_t err = rd_kafka_assign(client, partitions);
  if (err != RD_KAFKA_RESP_ERR_NO_ERROR)
    die(topic, rd_kafka_err2str(err));
  rd_kafka_topic_partition_list_destroy(partitions);
}

/* Returns how many of the n are messages; one that is a final error ends the program. */
static size_t take(rd_kafka_message_t **messages, size_t n, size_t *bytes)
{
  size_t taken = 0;
  for (size_t i = 0; i < n; i++) {
    if (messages[i]->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      taken++;
      *bytes += messages[i]->len;
    } else if (messages[i]->err != RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      die("fetch", rd_kafka_message_errstr(messages[i]));
    }
    rd_kafka_message_destroy(messages[i]);
  }
  return taken;
}

int main(int argc, char **argv)
{
  if (argc < 4) {
    fputs("usage: bare_consume BROKER TOPIC COUNT [KEY=VALUE]...\n", stderr);
    return 2;
  }
  size_t count = number_of(argv[3]), got = 0, bytes = 0;
  rd_kafka_conf_t *conf = conf_of(argv[1], argc - 4, argv + 4);
  conf_set(conf, "group.id", "bare-consume");
  conf_set(conf, "enable.auto.commit", "false");
  conf_set(conf, "auto.offset.reset", "error");
  char message[MESSAGE_SIZE];
  rd_kafka_t *client = rd_kafka_new(RD_KAFKA_CONSUMER, conf, message, sizeof message);
  if (client == NULL)
    die("no consumer", message);
  rd_kafka_poll_set_consumer(client);
  rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(client);
  rd_kafka_message_t **messages = get_memory(BATCH, sizeof(rd_kafka_message_t *));

  int64_t start = now_ns(), deadline = start + (int64_t)PATIENCE_MS * 1000000;
  assign(client, argv[2]);
  while (got < count) {
    ssize_t n = rd_kafka_consume_batch_queue(queue, WAIT_MS, messages, BATCH);
    if (n < 0)
      die("fetch", rd_kafka_err2str(rd_kafka_last_error()));
    got += take(messages, (size_t)n, &bytes);
    if (now_ns() > deadline)
      die(argv[2], "not all of it came in time");
  }
  print_result(got, start, NULL, 0);
  if (bytes == 0)
    die(argv[2], "its messages are empty");
  rd_kafka_queue_destroy(queue);
  rd_kafka_consumer_close(client);
  rd_kafka_destroy(client);
  return 0;
}
