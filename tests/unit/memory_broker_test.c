/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/random.h"
#include "broker/headers.h"
#include "broker/memory.h"
#include "tests/support/check.h"

enum { FETCH_MAX = 64 };

static uint32_t make_topic(struct broker *b, const char *name, uint32_t partitions)
{
  struct topic_spec spec = {.name = slice_of(name), .partitions = partitions};
  uint32_t topic;
  assert_true(b->ops->open_topic(b, &spec, &topic, NULL));
  return topic;
}

static uint32_t make_reader(struct broker *b, const char *group, uint32_t topic)
{
  uint32_t reader;
  assert_true(b->ops->subscribe(b, slice_of(group), topic, NULL, &reader, NULL));
  return reader;
}

static enum broker_answer produce(struct broker *b, uint32_t topic, uint32_t partition,
                                  const char *value)
{
  struct broker_record record = {.partition = partition, .value = slice_of(value)};
  return b->ops->produce(b, topic, &record, NULL);
}

static size_t fetch(struct broker *b, uint32_t reader, uint32_t partition, int64_t offset,
                    size_t max, struct broker_record *record)
{
  size_t count;
  assert_true(b->ops->fetch(b, reader, partition, offset, max, record, &count, NULL));
  return count;
}

static void assert_value(const struct broker_record *record, const char *value)
{
  assert_int_equal(record->value.n, strlen(value));
  assert_memory_equal(record->value.p, value, strlen(value));
}

static void a_record_comes_back_whole(void **state)
{
  (void)state;
  struct broker *b = memory_broker_new(MEMORY_LIMIT_BYTES);
  uint32_t topic = make_topic(b, "t", 2), reader = make_reader(b, "g", topic);
  struct buffer headers = {0};
  headers_add(&headers, SLICE("trace"), SLICE("abc"));
  headers_add(&headers, SLICE("empty"), SLICE(""));
  headers_add(&headers, SLICE("trace"), SLICE("def"));
  struct broker_record in = {.key = SLICE("server_1"),
                             .keyed = true,
                             .headers = {headers.p, headers.n},
                             .value = SLICE("{\"a\": 1}"),
                             .timestamp_ms = 1735689600123,
                             .partition = 1};
  struct broker_record out[FETCH_MAX];
  assert_int_equal(b->ops->produce(b, topic, &in, NULL), BROKER_ACKED);
  assert_int_equal(fetch(b, reader, 0, 0, FETCH_MAX, out), 0);
  assert_int_equal(fetch(b, reader, 1, 0, FETCH_MAX, out), 1);
  assert_true(out[0].keyed && slice_is(out[0].key, "server_1"));
  assert_value(&out[0], "{\"a\": 1}");
  assert_true(out[0].timestamp_ms == 1735689600123);
  assert_int_equal(out[0].partition, 1);
  assert_int_equal(out[0].offset, 0);
  struct slice value;
  assert_true(headers_find(out[0].headers, SLICE("trace"), &value) && slice_is(value, "def"));
  assert_true(headers_find(out[0].headers, SLICE("empty"), &value) && value.n == 0);
  assert_false(headers_find(out[0].headers, SLICE("trac"), &value));
  buffer_free(&headers);
  broker_close(b);
}

static void no_key_is_not_the_empty_key(void **state)
{
  (void)state;
  struct broker *b = memory_broker_new(MEMORY_LIMIT_BYTES);
  uint32_t topic = make_topic(b, "t", 1), reader = make_reader(b, "g", topic);
  struct broker_record keyed = {.keyed = true}, plain = {.keyed = false}, out[FETCH_MAX];
  assert_int_equal(b->ops->produce(b, topic, &keyed, NULL), BROKER_ACKED);
  assert_int_equal(b->ops->produce(b, topic, &plain, NULL), BROKER_ACKED);
  assert_int_equal(fetch(b, reader, 0, 0, FETCH_MAX, out), 2);
  assert_true(out[0].keyed && out[0].key.n == 0);
  assert_false(out[1].keyed);
  broker_close(b);
}

static void no_value_is_not_the_empty_value(void **state)
{
  (void)state;
  struct broker *b = memory_broker_new(MEMORY_LIMIT_BYTES);
  uint32_t topic = make_topic(b, "t", 1), reader = make_reader(b, "g", topic);
  struct broker_record none = {.key = SLICE("k"), .keyed = true, .tombstone = true};
  struct broker_record empty = {.key = SLICE("k"), .keyed = true}, out[FETCH_MAX];
  assert_int_equal(b->ops->produce(b, topic, &none, NULL), BROKER_ACKED);
  assert_int_equal(b->ops->produce(b, topic, &empty, NULL), BROKER_ACKED);
  assert_int_equal(fetch(b, reader, 0, 0, FETCH_MAX, out), 2);
  assert_true(out[0].tombstone && out[0].value.n == 0 && slice_is(out[0].key, "k"));
  assert_true(!out[1].tombstone && out[1].value.n == 0 && slice_is(out[1].key, "k"));
  broker_close(b);
}

static void headers_come_in_their_order_with_or_without_values(void **state)
{
  (void)state;
  struct buffer block = {0};
  struct header header;
  size_t at = 0;
  headers_add(&block, SLICE("a"), SLICE("1"));
  headers_add_null(&block, SLICE("b"));
  headers_add(&block, SLICE("a"), SLICE(""));
  struct slice all = {block.p, block.n};
  assert_true(headers_next(all, &at, &header) && slice_is(header.value, "1") && !header.null);
  assert_true(headers_next(all, &at, &header) && slice_is(header.name, "b") && header.null);
  assert_true(headers_next(all, &at, &header) && slice_is(header.name, "a") && !header.null);
  assert_false(headers_next(all, &at, &header));
  assert_true(headers_find(all, SLICE("b"), &header.value) && header.value.n == 0);
  buffer_free(&block);
}

static void offsets_count_from_0_in_each_partition(void **state)
{
  (void)state;
  struct broker *b = memory_broker_new(MEMORY_LIMIT_BYTES);
  uint32_t topic = make_topic(b, "t", 2), reader = make_reader(b, "g", topic);
  for (int i = 0; i < 5; i++)
    assert_int_equal(produce(b, topic, i % 2, "v"), BROKER_ACKED);
  struct broker_record out[FETCH_MAX];
  int64_t start, end;
  for (uint32_t partition = 0; partition < 2; partition++) {
    size_t count = fetch(b, reader, partition, 0, FETCH_MAX, out);
    assert_int_equal(count, 3 - partition);
    for (size_t i = 0; i < count; i++)
      assert_int_equal(out[i].offset, i);
    assert_true(b->ops->range(b, topic, partition, &start, &end, NULL));
    assert_int_equal(start, 0);
    assert_int_equal(end, count);
  }
  broker_close(b);
}

static void a_fetch_may_begin_anywhere_and_takes_no_more_than_asked(void **state)
{
  (void)state;
  struct broker *b = memory_broker_new(MEMORY_LIMIT_BYTES);
  uint32_t topic = make_topic(b, "t", 1), reader = make_reader(b, "g", topic);
  enum { RECORDS = 20000 }; /* several segments */
  char value[32];
  for (int i = 0; i < RECORDS; i++) {
    snprintf(value, sizeof value, "value %d", i);
    assert_int_equal(produce(b, topic, 0, value), BROKER_ACKED);
  }
  struct random random;
  random_seed(&random, 1);
  struct broker_record out[FETCH_MAX];
  for (int i = 0; i < 200; i++) {
    int64_t from = random_between(&random, 0, RECORDS);
    size_t max = random_below(&random, FETCH_MAX) + 1;
    size_t left = (size_t)(RECORDS - from), expected = left < max ? left : max;
    assert_int_equal(fetch(b, reader, 0, from, max, out), expected);
    for (size_t k = 0; k < expected; k++) {
      snprintf(value, sizeof value, "value %lld", (long long)from + (long long)k);
      assert_value(&out[k], value);
    }
  }
  struct error err = {0};
  size_t count;
  assert_false(b->ops->fetch(b, reader, 0, RECORDS + 1, 1, out, &count, &err));
  assert_int_equal(err.code, ERR_BROKER);
  assert_false(b->ops->fetch(b, reader, 0, -1, 1, out, &count, &err));
  broker_close(b);
}

static void groups_commit_each_for_itself(void **state)
{
  (void)state;
  struct broker *b = memory_broker_new(MEMORY_LIMIT_BYTES);
  uint32_t topic = make_topic(b, "t", 1);
  uint32_t one = make_reader(b, "one", topic), two = make_reader(b, "two", topic), again;
  for (int i = 0; i < 3; i++)
    assert_int_equal(produce(b, topic, 0, "v"), BROKER_ACKED);
  int64_t offset;
  assert_true(b->ops->commit(b, one, 0, 3, NULL));
  assert_true(b->ops->committed(b, one, 0, &offset, NULL) && offset == 3);
  assert_true(b->ops->committed(b, two, 0, &offset, NULL) && offset == 0);
  struct broker_record out[FETCH_MAX];
  assert_int_equal(fetch(b, two, 0, 0, FETCH_MAX, out), 3);
  struct error err = {0};
  assert_false(b->ops->commit(b, one, 0, 4, &err));
  assert_int_equal(err.code, ERR_BROKER);
  assert_false(b->ops->commit(b, one, 0, 2, NULL));
  assert_false(b->ops->subscribe(b, SLICE("one"), topic, NULL, &again, NULL));
  broker_close(b);
}

static void a_topic_is_made_once(void **state)
{
  (void)state;
  struct broker *b = memory_broker_new(MEMORY_LIMIT_BYTES);
  make_topic(b, "t", 1);
  struct topic_spec spec = {.name = SLICE("t"), .partitions = 1};
  uint32_t topic;
  struct error err = {0};
  assert_false(b->ops->open_topic(b, &spec, &topic, &err));
  assert_string_equal(err.text, "topic 't' exists already");
  broker_close(b);
}

static void a_full_broker_says_so_and_loses_nothing(void **state)
{
  (void)state;
  enum { LIMIT = 4 * MEMORY_SEGMENT_BYTES };
  struct broker *b = memory_broker_new(LIMIT);
  uint32_t topic = make_topic(b, "t", 1);
  uint32_t fast = make_reader(b, "fast", topic), slow = make_reader(b, "slow", topic);
  char value[101];
  int64_t produced = 0;
  for (;; produced++) {
    snprintf(value, sizeof value, "%0100lld", (long long)produced);
    enum broker_answer answer = produce(b, topic, 0, value);
    if (answer == BROKER_FULL)
      break;
    assert_int_equal(answer, BROKER_ACKED);
    assert_true(memory_broker_bytes(b) <= LIMIT);
  }
  assert_true(produced * 100 > LIMIT / 2);
  /* One reader alone does not make room: the other has yet to read. */
  assert_true(b->ops->commit(b, fast, 0, produced, NULL));
  assert_int_equal(produce(b, topic, 0, value), BROKER_FULL);
  struct broker_record out[FETCH_MAX];
  int64_t offset = 0;
  while (offset < produced) {
    size_t count = fetch(b, slow, 0, offset, FETCH_MAX, out);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++, offset++) {
      snprintf(value, sizeof value, "%0100lld", (long long)offset);
      assert_value(&out[i], value);
    }
    assert_true(b->ops->commit(b, slow, 0, offset, NULL));
  }
  assert_int_equal(produce(b, topic, 0, "more"), BROKER_ACKED);
  assert_int_equal(fetch(b, slow, 0, offset, FETCH_MAX, out), 1);
  assert_int_equal(out[0].offset, produced);
  assert_value(&out[0], "more");
  size_t count;
  struct error err = {0};
  assert_false(b->ops->fetch(b, slow, 0, 0, 1, out, &count, &err));
  assert_int_equal(err.code, ERR_BROKER);
  broker_close(b);
}

static void memory_is_bounded_by_what_is_not_read_yet(void **state)
{
  (void)state;
  struct broker *b = memory_broker_new(MEMORY_LIMIT_BYTES);
  uint32_t topic = make_topic(b, "t", 3), reader = make_reader(b, "g", topic);
  struct broker_record out[FETCH_MAX];
  for (int64_t offset = 0; offset < 100000; offset++) {
    for (uint32_t partition = 0; partition < 3; partition++) {
      assert_int_equal(produce(b, topic, partition, "0123456789"), BROKER_ACKED);
      assert_int_equal(fetch(b, reader, partition, offset, FETCH_MAX, out), 1);
      assert_true(b->ops->commit(b, reader, partition, offset + 1, NULL));
    }
  }
  assert_true(memory_broker_bytes(b) <= 3 * MEMORY_SEGMENT_BYTES);
  broker_close(b);
}

static void every_partition_can_take_a_record_of_any_size(void **state)
{
  (void)state;
  struct broker *b = memory_broker_new(1);
  uint32_t topic = make_topic(b, "t", 2), reader = make_reader(b, "g", topic);
  enum { LARGE = 10 * 1024 * 1024 };
  char *large = mem_new(LARGE + 1, 1);
  memset(large, 'x', LARGE);
  struct broker_record out[FETCH_MAX];
  for (int64_t offset = 0; offset < 4; offset++) {
    for (uint32_t partition = 0; partition < 2; partition++) {
      const char *value = offset % 2 == 0 ? large : "small";
      assert_int_equal(produce(b, topic, partition, value), BROKER_ACKED);
      assert_int_equal(produce(b, topic, partition, large), BROKER_FULL);
    }
    for (uint32_t partition = 0; partition < 2; partition++) {
      assert_int_equal(fetch(b, reader, partition, offset, FETCH_MAX, out), 1);
      assert_int_equal(out[0].value.n, offset % 2 == 0 ? LARGE : 5);
      assert_true(b->ops->commit(b, reader, partition, offset + 1, NULL));
    }
  }
  free(large);
  broker_close(b);
}

static void a_late_group_reads_what_is_still_there(void **state)
{
  (void)state;
  struct broker *b = memory_broker_new(MEMORY_LIMIT_BYTES);
  uint32_t topic = make_topic(b, "t", 1), early = make_reader(b, "early", topic);
  assert_int_equal(produce(b, topic, 0, "gone"), BROKER_ACKED);
  assert_true(b->ops->commit(b, early, 0, 1, NULL));
  uint32_t late = make_reader(b, "late", topic);
  assert_int_equal(produce(b, topic, 0, "there"), BROKER_ACKED);
  int64_t offset;
  assert_true(b->ops->committed(b, late, 0, &offset, NULL));
  assert_int_equal(offset, 1);
  struct broker_record out[FETCH_MAX];
  assert_int_equal(fetch(b, late, 0, offset, FETCH_MAX, out), 1);
  assert_value(&out[0], "there");
  broker_close(b);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_record_comes_back_whole),
      cmocka_unit_test(no_key_is_not_the_empty_key),
      cmocka_unit_test(no_value_is_not_the_empty_value),
      cmocka_unit_test(headers_come_in_their_order_with_or_without_values),
      cmocka_unit_test(offsets_count_from_0_in_each_partition),
      cmocka_unit_test(a_fetch_may_begin_anywhere_and_takes_no_more_than_asked),
      cmocka_unit_test(groups_commit_each_for_itself),
      cmocka_unit_test(a_topic_is_made_once),
      cmocka_unit_test(a_full_broker_says_so_and_loses_nothing),
      cmocka_unit_test(memory_is_bounded_by_what_is_not_read_yet),
      cmocka_unit_test(every_partition_can_take_a_record_of_any_size),
      cmocka_unit_test(a_late_group_reads_what_is_still_there),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
