/* SPDX-License-Identifier: Apache-2.0 */
/* Over the mock cluster; without librdkafka there is nothing to resume. */
#include "replay/roles/resume.h"

#include <poll.h>
#include <stdio.h>

#include "broker/kafka.h"
#include "replay/time/clock.h"
#include "replay/roles/stamp.h"
#include "tests/support/check.h"

#define PATIENCE_NS (10 * NS_PER_SECOND)
enum { PATIENCE_MS = 10000 };

/* Two topics, of one and of three partitions. */
static struct topic TOPIC[] = {{.name = SLICE("one")}, {.name = SLICE("three")}};
static const struct pipeline PIPELINE = {.topics = 2, .topic = TOPIC};
static const uint32_t PARTITIONS[] = {1, 3};

static struct broker *open_topics(void)
{
  struct kafka_options options = {.timeout_ms = PATIENCE_MS};
  struct error err = {0};
  struct broker *b = kafka_broker_new(&options, &err);
  for (uint32_t i = 0; b != NULL && i < 2; i++) {
    struct topic_spec spec = {.name = TOPIC[i].name, .partitions = PARTITIONS[i]};
    uint32_t topic;
    if (!b->ops->open_topic(b, &spec, &topic, &err))
      break;
    assert_int_equal(topic, i);
  }
  if (err.text[0] != '\0')
    fail_msg("%s", err.text);
  return b;
}

/* Until it is acknowledged. */
static void send(struct broker *b, uint32_t topic, const struct broker_record *record)
{
  struct error err = {0};
  struct broker_ack ack;
  size_t count = 0;
  assert_int_equal(b->ops->produce(b, topic, record, &err), BROKER_QUEUED);
  while (count == 0) {
    struct pollfd wake = {.fd = b->ops->wake(b, &err), .events = POLLIN};
    assert_true(b->ops->poll(b, 1, &ack, &count, &err));
    assert_true(count != 0 || poll(&wake, 1, PATIENCE_MS) == 1);
  }
  assert_null(ack.refusal);
}

static void send_row(struct broker *b, uint32_t topic, uint32_t partition, uint64_t row)
{
  struct buffer headers = {0};
  stamp_put((struct stamp){row, 0, 0}, &headers);
  struct broker_record record = {
      .headers = {headers.p, headers.n}, .value = SLICE("{}"), .partition = partition};
  send(b, topic, &record);
  buffer_free(&headers);
}

static struct resume find(struct broker *b, struct arena *arena)
{
  struct resume resume;
  struct error err = {0};
  if (!resume_find(b, &PIPELINE, PARTITIONS, PATIENCE_NS, &resume, arena, &err))
    fail_msg("%s", err.text);
  return resume;
}

static void empty_topics_are_begun_with_the_first_row(void **state)
{
  (void)state;
  struct arena arena = {0};
  struct broker *b = open_topics();
  struct resume resume = find(b, &arena);
  assert_true(resume.empty);
  assert_int_equal(resume.next, 0);
  assert_int_equal(resume.have[0][0], 0);
  assert_int_equal(resume.have[1][2], 0);
  broker_close(b);
  arena_free(&arena);
}

static void each_partition_has_the_rows_up_to_its_last_one(void **state)
{
  (void)state;
  struct arena arena = {0};
  struct broker *b = open_topics();
  for (uint64_t row = 0; row < 7; row++)
    send_row(b, 0, 0, row);
  send_row(b, 1, 0, 0);
  send_row(b, 1, 2, 1);
  send_row(b, 1, 2, 4);
  struct resume resume = find(b, &arena);
  assert_false(resume.empty);
  assert_int_equal(resume.next, 7);
  assert_int_equal(resume.have[0][0], 7);
  assert_int_equal(resume.have[1][0], 1);
  assert_int_equal(resume.have[1][1], 0);
  assert_int_equal(resume.have[1][2], 5);
  broker_close(b);
  arena_free(&arena);
}

static void behind_a_strangers_record_nothing_can_be_resumed(void **state)
{
  (void)state;
  struct arena arena = {0};
  struct error err = {0};
  struct resume resume;
  struct broker *b = open_topics();
  struct broker_record record = {.value = SLICE("hello"), .partition = 1};
  send_row(b, 1, 1, 5);
  send(b, 1, &record);
  assert_false(resume_find(b, &PIPELINE, PARTITIONS, PATIENCE_NS, &resume, &arena, &err));
  assert_int_equal(err.code, ERR_DATA);
  assert_string_equal(err.text, "topic 'three': the last record of partition 1 is not retrial's, "
                                "so it does not say how far a producer came");
  broker_close(b);
  arena_free(&arena);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(empty_topics_are_begun_with_the_first_row),
      cmocka_unit_test(each_partition_has_the_rows_up_to_its_last_one),
      cmocka_unit_test(behind_a_strangers_record_nothing_can_be_resumed),
  };
  if (!kafka_is_built_in()) {
    puts("1..0 # SKIP no librdkafka in this build");
    return 0;
  }
  return cmocka_run_group_tests(tests, NULL, NULL);
}
