/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/locked.h"

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "broker/memory.h"
#include "tests/support/check.h"

/* So many records that segments are filled, released and used again all the time. */
enum { RECORDS = 200000, PARTITIONS = 2, FETCH_MAX = 64, LIMIT = 8 * MEMORY_SEGMENT_BYTES };

static uint32_t make_topic(struct broker *b)
{
  struct topic_spec spec = {.name = SLICE("t"), .partitions = PARTITIONS};
  uint32_t topic;
  assert_true(b->ops->open_topic(b, &spec, &topic, NULL));
  return topic;
}

static enum broker_answer produce(struct broker *b, int64_t number)
{
  char value[64];
  snprintf(value, sizeof value, "record %lld", (long long)number);
  struct broker_record record = {.partition = (uint32_t)(number % PARTITIONS),
                                 .value = slice_of(value)};
  return b->ops->produce(b, 0, &record, NULL);
}

static void *produce_all(void *argument)
{
  struct broker *b = argument;
  for (int64_t i = 0; i < RECORDS;)
    i += produce(b, i) == BROKER_ACKED;
  return NULL;
}

static bool is_readable(int fd, int timeout_ms)
{
  struct pollfd wake = {.fd = fd, .events = POLLIN};
  return poll(&wake, 1, timeout_ms) == 1;
}

/* Reads what a partition has from *offset on; how many records. */
static size_t read_on(struct broker *b, uint32_t reader, uint32_t partition, int64_t *offset)
{
  struct broker_record record[FETCH_MAX];
  char value[64];
  size_t count;
  assert_true(b->ops->fetch(b, reader, partition, *offset, FETCH_MAX, record, &count, NULL));
  for (size_t i = 0; i < count; i++) {
    snprintf(value, sizeof value, "record %lld",
             (long long)(*offset + (int64_t)i) * PARTITIONS + partition);
    assert_true(slice_is(record[i].value, value));
  }
  *offset += (int64_t)count;
  assert_true(count == 0 || b->ops->commit(b, reader, partition, *offset, NULL));
  return count;
}

/* Whoever reads sleeps until it is woken, and for 10 s at most: a wake-up that is lost shows. */
static void what_one_thread_produces_another_one_reads_and_is_woken_for(void **state)
{
  (void)state;
  struct broker *b = locked_broker_new(memory_broker_new(LIMIT));
  pthread_t thread;
  uint32_t reader, topic = make_topic(b);
  int64_t offset[PARTITIONS] = {0};
  size_t left = RECORDS;
  assert_true(b->ops->subscribe(b, SLICE("g"), topic, NULL, &reader, NULL));
  assert_int_equal(pthread_create(&thread, NULL, produce_all, b), 0);
  while (left != 0) {
    int fd = b->ops->wake(b, NULL);
    size_t count = 0;
    for (uint32_t i = 0; i < PARTITIONS; i++)
      count += read_on(b, reader, i, &offset[i]);
    left -= count;
    assert_true(count != 0 || is_readable(fd, 10000));
  }
  pthread_join(thread, NULL);
  broker_close(b);
}

static void each_record_wakes_once_until_somebody_looks(void **state)
{
  (void)state;
  struct broker *b = locked_broker_new(memory_broker_new(LIMIT));
  make_topic(b);
  int fd = b->ops->wake(b, NULL);
  assert_false(is_readable(fd, 0));
  for (int64_t i = 0; i < 10; i++)
    assert_int_equal(produce(b, i), BROKER_ACKED);
  assert_true(is_readable(fd, 0));
  assert_int_equal(b->ops->wake(b, NULL), fd);
  assert_false(is_readable(fd, 0));
  assert_int_equal(produce(b, 10), BROKER_ACKED);
  assert_true(is_readable(fd, 0));
  broker_close(b);
}

static void the_broker_behind_the_lock_answers_as_before(void **state)
{
  (void)state;
  struct broker *b = locked_broker_new(memory_broker_new(LIMIT));
  struct topic_spec spec = {.name = SLICE("t"), .partitions = 1};
  struct error err = {0};
  uint32_t again, reader, topic = make_topic(b);
  int64_t start, end, offset;
  struct broker_ack ack;
  size_t count = 1;
  assert_false(b->ops->open_topic(b, &spec, &again, &err));
  assert_string_equal(err.text, "topic 't' exists already");
  assert_true(b->ops->subscribe(b, SLICE("g"), topic, NULL, &reader, NULL));
  assert_int_equal(produce(b, 0), BROKER_ACKED);
  assert_true(b->ops->poll(b, 1, &ack, &count, NULL) && count == 0);
  assert_true(b->ops->range(b, topic, 0, &start, &end, NULL) && start == 0 && end == 1);
  assert_true(b->ops->commit(b, reader, 0, 1, NULL));
  assert_true(b->ops->committed(b, reader, 0, &offset, NULL) && offset == 1);
  assert_false(b->ops->commit(b, reader, 0, 2, &err));
  broker_close(b);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_one_thread_produces_another_one_reads_and_is_woken_for),
      cmocka_unit_test(each_record_wakes_once_until_somebody_looks),
      cmocka_unit_test(the_broker_behind_the_lock_answers_as_before),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
