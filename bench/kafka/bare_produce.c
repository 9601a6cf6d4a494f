/* SPDX-License-Identifier: Apache-2.0 */
/* bare_produce BROKER TOPIC RECORDS COUNT plain|keyed [KEY=VALUE]... - COUNT messages, the lines of
 * the file RECORDS over and over, as fast as librdkafka takes them; ends when all are acked.
 *
 * `plain` sends a value only and has the library read it where it is, without a copy; `keyed` sends
 * what retrial sends: a copy of it, the server as the key, a header with the row's number. A
 * message's latency is from its hand-over to its ack, the wait in the library's queue included.
 */
#include <stdio.h>
#include <string.h>

#include "bare.h"

enum { POLL_EVERY = 256, HEADER_BYTES = 24 };

struct acks {
  size_t n;
  int64_t *latency_ns;
};

/* The time of the hand-over is the message's opaque pointer. */
static void on_ack(rd_kafka_t *client, const rd_kafka_message_t *message, void *opaque)
{
  (void)client;
  struct acks *acks = opaque;
  if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR)
    die("a message was not delivered", rd_kafka_err2str(message->err));
  acks->latency_ns[acks->n++] = now_ns() - (int64_t)(intptr_t)message->_private;
}

static rd_kafka_resp_err_t send_plain(rd_kafka_topic_t *topic, const struct lines *lines, size_t i)
{
  if (rd_kafka_produce(topic, RD_KAFKA_PARTITION_UA, 0, lines->text[i], lines->size[i], NULL, 0,
                       (void *)(intptr_t)now_ns()) == 0)
    return RD_KAFKA_RESP_ERR_NO_ERROR;
  return rd_kafka_last_error();
}

static rd_kafka_resp_err_t send_keyed(rd_kafka_t *client, rd_kafka_topic_t *topic,
                                      const struct lines *lines, size_t i, size_t row)
{
  char number[HEADER_BYTES] = {0}; /* the row, and room for two times */
  for (size_t byte = 0; byte < sizeof(uint64_t); byte++)
    number[byte] = (char)(row >> (8 * (sizeof(uint64_t) - 1 - byte)));
  return rd_kafka_producev(
      client, RD_KAFKA_V_RKT(topic), RD_KAFKA_V_PARTITION(RD_KAFKA_PARTITION_UA),
      RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(lines->key[i], lines->key_size[i]),
      RD_KAFKA_V_VALUE(lines->text[i], lines->size[i]),
      RD_KAFKA_V_HEADER("retrial", number, sizeof number),
      RD_KAFKA_V_OPAQUE((void *)(intptr_t)now_ns()), RD_KAFKA_V_END);
}

static void send_all(rd_kafka_t *client, rd_kafka_topic_t *topic, const struct lines *lines,
                     size_t count, int keyed)
{
  for (size_t row = 0, i = 0; row < count; row++) {
    rd_kafka_resp_err_t err;
    while ((err = keyed ? send_keyed(client, topic, lines, i, row) : send_plain(topic, lines, i)) !=
           RD_KAFKA_RESP_ERR_NO_ERROR) {
      if (err != RD_KAFKA_RESP_ERR__QUEUE_FULL)
        die("a message was not taken", rd_kafka_err2str(err));
      rd_kafka_poll(client, 5);
    }
    if (++i == lines->n)
      i = 0;
    if (row % POLL_EVERY == 0)
      rd_kafka_poll(client, 0);
  }
}

int main(int argc, char **argv)
{
  if (argc < 6) {
    fputs("usage: bare_produce BROKER TOPIC RECORDS COUNT plain|keyed [KEY=VALUE]...\n", stderr);
    return 2;
  }
  struct lines lines = read_lines(argv[3]);
  size_t count = number_of(argv[4]);
  struct acks acks = {.latency_ns = get_memory(count, sizeof *acks.latency_ns)};
  rd_kafka_conf_t *conf = conf_of(argv[1], argc - 6, argv + 6);
  conf_set(conf, "acks", "all");
  rd_kafka_conf_set_dr_msg_cb(conf, on_ack);
  rd_kafka_conf_set_opaque(conf, &acks);
  char message[MESSAGE_SIZE];
  rd_kafka_t *client = rd_kafka_new(RD_KAFKA_PRODUCER, conf, message, sizeof message);
  if (client == NULL)
    die("no producer", message);
  rd_kafka_topic_t *topic = rd_kafka_topic_new(client, argv[2], NULL);
  if (topic == NULL)
    die(argv[2], rd_kafka_err2str(rd_kafka_last_error()));

  int64_t start = now_ns();
  send_all(client, topic, &lines, count, strcmp(argv[5], "keyed") == 0);
  if (rd_kafka_flush(client, PATIENCE_MS) != RD_KAFKA_RESP_ERR_NO_ERROR || acks.n != count)
    die("flush", "not all was acked in time");
  print_result(count, start, acks.latency_ns, acks.n);
  rd_kafka_topic_destroy(topic);
  rd_kafka_destroy(client);
  return 0;
}
