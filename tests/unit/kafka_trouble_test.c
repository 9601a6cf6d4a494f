/* SPDX-License-Identifier: Apache-2.0 */
/* What the Kafka transport says of a broker that goes and comes back: librdkafka's mock cluster. */
#include "broker/kafka/internal.h"
/* After rdkafka.h, which it needs. */
#include <librdkafka/rdkafka_mock.h>

#include "replay/time/sleeper.h"
#include "tests/support/check.h"

enum { PATIENCE_MS = 10000 };

struct cluster {
  struct broker *broker;
  struct kafka_broker *kafka;
  rd_kafka_mock_cluster_t *mock;
  uint32_t topic, reader;
  int64_t next, until_ns;
};

static struct cluster begin(void)
{
  struct kafka_options options = {.timeout_ms = PATIENCE_MS};
  struct topic_spec spec = {.name = SLICE("t"), .partitions = 1};
  struct cluster c = {.until_ns = sleeper_now() + PATIENCE_MS * NS_PER_MS};
  struct error err = {0};
  c.broker = kafka_broker_new(&options, &err);
  if (c.broker == NULL || !c.broker->ops->open_topic(c.broker, &spec, &c.topic, &err) ||
      !c.broker->ops->subscribe(c.broker, SLICE("g"), c.topic, NULL, &c.reader, &err))
    fail_msg("%s", err.text);
  c.kafka = kafka_of(c.broker);
  c.mock = rd_kafka_handle_mock_cluster(c.kafka->client);
  return c;
}

static const char *trouble(const struct cluster *c)
{
  return c->broker->ops->trouble(c->broker);
}

static void rest(const struct cluster *c)
{
  struct sleeper sleeper;
  assert_true(sleeper_now() < c->until_ns);
  sleeper_start(&sleeper, false);
  sleeper_wait(&sleeper, sleeper_now() + NS_PER_MS, -1);
}

static void poll_acks(struct cluster *c, size_t *count)
{
  struct broker_ack ack;
  assert_true(c->broker->ops->poll(c->broker, 1, &ack, count, NULL));
}

static void append(struct cluster *c)
{
  const struct broker_record record = {.value = SLICE("v")};
  size_t count = 0;
  assert_int_equal(c->broker->ops->produce(c->broker, c->topic, &record, NULL), BROKER_QUEUED);
  for (poll_acks(c, &count); count == 0; poll_acks(c, &count))
    rest(c);
}

static void fetch_one(struct cluster *c)
{
  struct broker_record record;
  for (size_t count = 0; count == 0; rest(c))
    assert_true(c->broker->ops->fetch(c->broker, c->reader, 0, c->next, 1, &record, &count, NULL));
  c->next++;
}

static void take_down(struct cluster *c)
{
  size_t count;
  rd_kafka_mock_broker_set_down(c->mock, -1);
  for (; trouble(c)[0] == '\0'; rest(c))
    poll_acks(c, &count);
}

static void trouble_is_over_when_a_record_is_acknowledged_again(void **state)
{
  (void)state;
  struct cluster c = begin();
  append(&c);
  assert_string_equal(trouble(&c), "");
  take_down(&c);
  rd_kafka_mock_broker_set_up(c.mock, -1);
  assert_string_not_equal(trouble(&c), "");
  append(&c);
  assert_string_equal(trouble(&c), "");
  broker_close(c.broker);
}

/* What was fetched before it went is there still, and proves nothing. */
static void only_a_record_that_came_after_the_trouble_ends_it(void **state)
{
  (void)state;
  enum { RECORDS = 3 };
  struct cluster c = begin();
  for (int i = 0; i < RECORDS; i++)
    append(&c);
  fetch_one(&c);
  while (rd_kafka_queue_length(c.kafka->reader[0]->source[0].queue) < RECORDS - 1)
    rest(&c);
  take_down(&c);
  for (int i = 1; i < RECORDS; i++)
    fetch_one(&c);
  assert_string_not_equal(trouble(&c), "");
  rd_kafka_mock_broker_set_up(c.mock, -1);
  do {          /* a complaint may come late, and make one more record look old */
    append(&c); /* which ends it as well */
    strcpy(c.kafka->problem, "it does not speak to readers");
    fetch_one(&c);
  } while (trouble(&c)[0] != '\0');
  broker_close(c.broker);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(trouble_is_over_when_a_record_is_acknowledged_again),
      cmocka_unit_test(only_a_record_that_came_after_the_trouble_ends_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
