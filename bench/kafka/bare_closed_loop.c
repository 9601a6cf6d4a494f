/* SPDX-License-Identifier: Apache-2.0 */
/* bare_closed_loop BROKER TOPIC RECORDS COUNT IN_FLIGHT PRODUCERS [KEY=VALUE]... - COUNT messages
 * of which IN_FLIGHT are on their way at any time: each sends its next one when its ack has come.
 *
 * They are spread over PRODUCERS clients, each with a thread and a connection of its own; with as
 * many as IN_FLIGHT every client waits for one ack at a time.
 */
#include <pthread.h>
#include <stdio.h>

#include "bare.h"

enum { PRODUCERS_MAX = 64 };

struct loop {
  char *broker, *topic_name;
  const struct lines *lines;
  char **settings;
  int settings_count;
  size_t count, in_flight;
  size_t sent, acked;
  int64_t *latency_ns;
  rd_kafka_topic_t *topic;
  pthread_t thread;
};

static void send_next(struct loop *loop)
{
  size_t i = loop->sent++ % loop->lines->n;
  if (rd_kafka_produce(loop->topic, RD_KAFKA_PARTITION_UA, 0, loop->lines->text[i],
                       loop->lines->size[i], NULL, 0, (void *)(intptr_t)now_ns()) != 0)
    die("a message was not taken", rd_kafka_err2str(rd_kafka_last_error()));
}

static void on_ack(rd_kafka_t *client, const rd_kafka_message_t *message, void *opaque)
{
  (void)client;
  struct loop *loop = opaque;
  if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR)
    die("a message was not delivered", rd_kafka_err2str(message->err));
  loop->latency_ns[loop->acked++] = now_ns() - (int64_t)(intptr_t)message->_private;
  if (loop->sent < loop->count)
    send_next(loop);
}

static void *run(void *argument)
{
  struct loop *loop = argument;
  rd_kafka_conf_t *conf = conf_of(loop->broker, loop->settings_count, loop->settings);
  conf_set(conf, "acks", "all");
  conf_set(conf, "linger.ms", "0");
  rd_kafka_conf_set_dr_msg_cb(conf, on_ack);
  rd_kafka_conf_set_opaque(conf, loop);
  char message[MESSAGE_SIZE];
  rd_kafka_t *client = rd_kafka_new(RD_KAFKA_PRODUCER, conf, message, sizeof message);
  if (client == NULL)
    die("no producer", message);
  loop->topic = rd_kafka_topic_new(client, loop->topic_name, NULL);
  if (loop->topic == NULL)
    die(loop->topic_name, rd_kafka_err2str(rd_kafka_last_error()));
  while (loop->sent < loop->in_flight && loop->sent < loop->count)
    send_next(loop);
  while (loop->acked < loop->count)
    if (rd_kafka_poll(client, PATIENCE_MS) == 0)
      die(loop->topic_name, "no ack in time");
  rd_kafka_topic_destroy(loop->topic);
  rd_kafka_destroy(client);
  return NULL;
}

int main(int argc, char **argv)
{
  if (argc < 7) {
    fputs("usage: bare_closed_loop BROKER TOPIC RECORDS COUNT IN_FLIGHT PRODUCERS [KEY=VALUE]...\n",
          stderr);
    return 2;
  }
  struct lines lines = read_lines(argv[3]);
  size_t in_flight = number_of(argv[5]), producers = number_of(argv[6]);
  if (producers > PRODUCERS_MAX || in_flight % producers != 0)
    die(argv[6], "IN_FLIGHT must be a multiple of it, and it at most 64");
  size_t each = (number_of(argv[4]) + producers - 1) / producers, count = each * producers;
  int64_t *latency = get_memory(count, sizeof *latency);
  static struct loop loop[PRODUCERS_MAX];

  int64_t start = now_ns();
  for (size_t i = 0; i < producers; i++) {
    loop[i] = (struct loop){.broker = argv[1],
                            .topic_name = argv[2],
                            .lines = &lines,
                            .settings = argv + 7,
                            .settings_count = argc - 7,
                            .count = each,
                            .in_flight = in_flight / producers,
                            .latency_ns = latency + i * each};
    if (pthread_create(&loop[i].thread, NULL, run, &loop[i]) != 0)
      die("thread", "cannot be started");
  }
  for (size_t i = 0; i < producers; i++)
    pthread_join(loop[i].thread, NULL);
  print_result(count, start, latency, count);
  return 0;
}
