/* SPDX-License-Identifier: Apache-2.0 */
#include "broker/modelled.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/random.h"
#include "broker/faulty.h"
#include "broker/memory.h"
#include "tests/support/check.h"
#include "tests/support/data.h"

enum { MOST = 64, SEED = 98 };

static struct distribution constant(int64_t ns)
{
  return (struct distribution){.constant_ns = ns};
}

static struct distribution uniform(int64_t low_ns, int64_t high_ns)
{
  return (struct distribution){.kind = DISTRIBUTION_UNIFORM,
                               .uniform = {.low_ns = low_ns, .high_ns = high_ns}};
}

static struct broker *over(struct broker *inner, struct distribution service,
                           struct distribution delivery, size_t limit)
{
  struct modelled_times times = {service, delivery};
  struct modelled_options options = {.topics = 1, .times = &times, .seed = SEED, .limit = limit};
  return modelled_broker_new(inner, &options);
}

static struct broker *over_memory(struct distribution service, struct distribution delivery)
{
  return over(memory_broker_new(MEMORY_LIMIT_BYTES), service, delivery, MODELLED_LIMIT_BYTES);
}

/* A topic with a reader; both are 0 in a new broker. */
static void open(struct broker *b, uint32_t partitions)
{
  struct topic_spec spec = {.name = SLICE("t"), .partitions = partitions};
  uint32_t topic, reader;
  assert_true(b->ops->open_topic(b, &spec, &topic, NULL));
  assert_true(b->ops->subscribe(b, SLICE("g"), topic, NULL, &reader, NULL));
  assert_int_equal(topic + reader, 0);
}

static enum broker_answer produce(struct broker *b, uint32_t partition, uint64_t tag,
                                  const char *value)
{
  struct broker_record record = {.partition = partition, .tag = tag, .value = slice_of(value)};
  return b->ops->produce(b, 0, &record, NULL);
}

static size_t fetch(struct broker *b, uint32_t partition, int64_t offset,
                    struct broker_record *record)
{
  size_t count;
  assert_true(b->ops->fetch(b, 0, partition, offset, MOST, record, &count, NULL));
  return count;
}

static size_t poll(struct broker *b, struct broker_ack *ack)
{
  size_t count;
  assert_true(b->ops->poll(b, MOST, ack, &count, NULL));
  return count;
}

/* What is acknowledged now: these tags, as letters, and no other. */
static void assert_acked(struct broker *b, const char *tags)
{
  struct broker_ack ack[MOST];
  char got[MOST + 1] = "";
  size_t count = poll(b, ack);
  for (size_t i = 0; i < count; i++) {
    assert_null(ack[i].refusal);
    got[i] = (char)ack[i].tag;
  }
  assert_string_equal(got, tags);
}

static int64_t end_of(struct broker *b, uint32_t partition)
{
  int64_t start, end;
  assert_true(b->ops->range(b, 0, partition, &start, &end, NULL));
  return end;
}

static void a_record_waits_for_those_before_it_and_for_its_own_service(void **state)
{
  (void)state;
  struct broker *b = over_memory(constant(10), constant(0));
  struct broker_record out[MOST];
  open(b, 2);
  assert_int_equal(produce(b, 0, 'a', "first"), BROKER_QUEUED);
  assert_int_equal(produce(b, 0, 'b', "second"), BROKER_QUEUED);
  assert_int_equal(modelled_broker_advance(b, 3), 10);
  assert_int_equal(produce(b, 0, 'c', "third"), BROKER_QUEUED);
  assert_int_equal(produce(b, 1, 'd', "beside"), BROKER_QUEUED);
  assert_int_equal(modelled_broker_advance(b, 9), 10);
  assert_acked(b, "");
  assert_int_equal(fetch(b, 0, 0, out), 0);
  assert_int_equal(modelled_broker_advance(b, 10), 13);
  assert_acked(b, "a");
  assert_int_equal(end_of(b, 0), 1);
  assert_int_equal(fetch(b, 0, 0, out), 1);
  assert_true(slice_is(out[0].value, "first"));
  assert_int_equal(modelled_broker_advance(b, 13), 20);
  assert_acked(b, "d");
  assert_int_equal(modelled_broker_advance(b, 20), 30);
  assert_int_equal(modelled_broker_advance(b, 30), INT64_MAX);
  assert_acked(b, "bc");
  assert_int_equal(modelled_broker_advance(b, 50), INT64_MAX);
  assert_int_equal(produce(b, 0, 'e', "later"), BROKER_QUEUED);
  assert_int_equal(modelled_broker_advance(b, 50), 60);
  assert_int_equal(modelled_broker_waiting(b), 1);
  assert_int_equal(modelled_broker_advance(b, 60), INT64_MAX);
  assert_acked(b, "e");
  assert_int_equal(fetch(b, 0, 1, out), 3);
  assert_true(slice_is(out[2].value, "later"));
  assert_int_equal(modelled_broker_waiting(b), 0);
  broker_close(b);
}

static void what_happened_before_a_late_advance_happened_in_its_time(void **state)
{
  (void)state;
  struct broker *b = over_memory(constant(10), constant(0));
  open(b, 2);
  produce(b, 1, 'b', "");
  modelled_broker_advance(b, 1);
  produce(b, 0, 'c', "");
  produce(b, 0, 'e', "");
  produce(b, 1, 'd', "");
  assert_int_equal(modelled_broker_advance(b, 1000), INT64_MAX);
  assert_acked(b, "bcde"); /* at 10, 11, 20, 21 */
  broker_close(b);
}

static void a_record_is_delivered_after_its_acknowledgement_and_passes_none(void **state)
{
  (void)state;
  struct broker *b = over_memory(constant(10), constant(25));
  struct broker_record out[MOST];
  open(b, 1);
  produce(b, 0, 'a', "a");
  produce(b, 0, 'b', "b");
  assert_int_equal(modelled_broker_advance(b, 10), 20);
  assert_acked(b, "a");
  assert_int_equal(end_of(b, 0), 1);
  assert_int_equal(fetch(b, 0, 0, out), 0);
  assert_int_equal(modelled_broker_advance(b, 20), 35);
  assert_int_equal(modelled_broker_advance(b, 35), 45);
  assert_int_equal(end_of(b, 0), 2);
  assert_int_equal(fetch(b, 0, 0, out), 1);
  assert_int_equal(fetch(b, 0, 1, out), 0);
  struct error err = {0};
  size_t count;
  assert_false(b->ops->fetch(b, 0, 0, 3, 1, out, &count, &err));
  assert_int_equal(modelled_broker_advance(b, 45), INT64_MAX);
  assert_int_equal(fetch(b, 0, 0, out), 2);
  broker_close(b);
}

/* The records of tests/data/queue.py: what it says, and what the broker did. */
struct trace {
  size_t records;
  struct {
    int64_t at, acked, delivered, got_acked, got_delivered;
    uint32_t partition;
  } record[1000];
};

static struct trace trace;

static void add_record(const struct slice *field)
{
  size_t i = trace.records++;
  trace.record[i].at = data_number(field[0]);
  trace.record[i].partition = (uint32_t)data_number(field[1]);
  trace.record[i].acked = data_number(field[2]);
  trace.record[i].delivered = data_number(field[3]);
}

/* What there is to see at `now`. */
static void look(struct broker *b, int64_t now, size_t seen[3], size_t by_offset[3][1000])
{
  struct broker_ack ack[MOST];
  struct broker_record out[MOST];
  for (size_t count; (count = poll(b, ack)) != 0;)
    for (size_t i = 0; i < count; i++)
      trace.record[ack[i].tag].got_acked = now;
  for (uint32_t p = 0; p < 3; p++)
    for (size_t count; (count = fetch(b, p, (int64_t)seen[p], out)) != 0; seen[p] += count)
      for (size_t i = 0; i < count; i++)
        trace.record[by_offset[p][seen[p] + i]].got_delivered = now;
}

static void times_are_those_of_the_recursion_for_a_single_server(void **state)
{
  (void)state;
  static size_t by_offset[3][1000];
  size_t seen[3] = {0}, came[3] = {0}, next = 0;
  struct broker *b = over_memory(uniform(1000, 3000), uniform(0, 9000));
  open(b, 3);
  assert_true(data_each("queue_python.tsv", 4, add_record) == 600);
  for (int64_t now = 0; now != INT64_MAX;) {
    modelled_broker_advance(b, now);
    for (; next < trace.records && trace.record[next].at == now; next++) {
      uint32_t p = trace.record[next].partition;
      by_offset[p][came[p]++] = next;
      assert_int_equal(produce(b, p, next, "v"), BROKER_QUEUED);
    }
    look(b, now, seen, by_offset);
    int64_t event = modelled_broker_advance(b, now);
    int64_t arrival = next < trace.records ? trace.record[next].at : INT64_MAX;
    assert_true(event > now && arrival > now);
    now = event < arrival ? event : arrival;
  }
  for (size_t i = 0; i < trace.records; i++) {
    assert_int_equal(trace.record[i].got_acked, trace.record[i].acked);
    assert_int_equal(trace.record[i].got_delivered, trace.record[i].delivered);
  }
  broker_close(b);
}

/* Of Poisson arrivals at a server with a constant time D that is busy a share r of all time, the
 * mean wait before service is r D / (2 (1 - r)) (Pollaczek and Khinchin). */
static void waits_before_a_constant_service_are_those_of_an_m_d_1_queue(void **state)
{
  (void)state;
  enum { N = 200000, SERVICE = 1000000 };
  static int64_t came[N];
  const struct distribution gap = {.kind = DISTRIBUTION_EXPONENTIAL, .mean_ns = 2 * SERVICE};
  struct broker *b = over_memory(constant(SERVICE), constant(0));
  struct broker_ack ack[MOST];
  double waits = 0;
  size_t arrived = 0, acked = 0;
  int64_t arrival = 0, event = INT64_MAX;
  open(b, 1);
  while (acked < N) {
    int64_t now = arrived < N && arrival < event ? arrival : event;
    modelled_broker_advance(b, now);
    if (arrived < N && now == arrival) {
      came[arrived] = now;
      assert_int_equal(produce(b, 0, arrived, ""), BROKER_QUEUED);
      arrival += distribution_draw(&gap, hash_combine(SEED, ++arrived));
    }
    for (size_t i = 0, count = poll(b, ack); i < count; i++, acked++)
      waits += (double)(now - came[ack[i].tag] - SERVICE);
    event = modelled_broker_advance(b, now);
  }
  assert_true(fabs(waits / N / SERVICE - 0.5) <= 0.01);
  broker_close(b);
}

static void a_full_log_makes_the_server_stand_still_and_loses_nothing(void **state)
{
  (void)state;
  enum { RECORDS = 3000 };
  struct broker *b = over(memory_broker_new(1), constant(10), constant(0), MODELLED_LIMIT_BYTES);
  struct broker_record out[MOST];
  char value[101];
  open(b, 1);
  for (int i = 0; i < RECORDS; i++) {
    snprintf(value, sizeof value, "%0100d", i);
    assert_int_equal(produce(b, 0, 0, value), BROKER_QUEUED);
  }
  /* A segment of 64 KiB is full after some 500 records of 100 bytes. */
  assert_int_equal(modelled_broker_advance(b, 1000000), INT64_MAX);
  int64_t kept = end_of(b, 0);
  assert_in_range(kept, 400, 600);
  assert_int_equal(modelled_broker_waiting(b), RECORDS - kept);
  for (int64_t now = 2000000, offset = 0; offset < RECORDS;) {
    size_t count = fetch(b, 0, offset, out);
    for (size_t i = 0; i < count; i++, offset++) {
      snprintf(value, sizeof value, "%0100d", (int)offset);
      assert_true(slice_is(out[i].value, value));
    }
    int64_t event = modelled_broker_advance(b, now);
    if (count != 0)
      assert_true(b->ops->commit(b, 0, 0, offset, NULL));
    if (count != 0 && offset == kept) /* there is room: the first at once, the next one 10 later */
      assert_int_equal(end_of(b, 0), kept + 1);
    if (event == INT64_MAX && (event = modelled_broker_advance(b, now)) != INT64_MAX)
      assert_int_equal(event, now + 10);
    now = event != INT64_MAX ? event : now;
  }
  assert_int_equal(modelled_broker_waiting(b), 0);
  assert_int_equal(end_of(b, 0), RECORDS);
  broker_close(b);
}

/* Each record takes a segment of its own: four of them fill the log. */
static void room_goes_to_the_record_that_was_served_first(void **state)
{
  (void)state;
  struct broker *inner = memory_broker_new(4 * MEMORY_SEGMENT_BYTES);
  struct broker *b = over(inner, constant(10), constant(0), MODELLED_LIMIT_BYTES);
  char value[40001];
  memset(value, 'x', 40000), value[40000] = '\0';
  open(b, 2);
  for (uint32_t p = 2; p-- > 0;) { /* partition 1 is ahead by one nanosecond */
    for (int i = 0; i < 3; i++)
      assert_int_equal(produce(b, p, 'a' + p, value), BROKER_QUEUED);
    modelled_broker_advance(b, 2 - (int64_t)p);
  }
  assert_int_equal(modelled_broker_advance(b, 40), INT64_MAX);
  assert_acked(b, "baba");
  assert_true(b->ops->commit(b, 0, 0, 1, NULL));
  assert_acked(b, "b");
  assert_true(b->ops->commit(b, 0, 1, 1, NULL));
  assert_acked(b, "a");
  assert_int_equal(end_of(b, 0) + end_of(b, 1), 6);
  broker_close(b);
}

static void records_that_wait_are_bounded_in_bytes_and_one_may_always_wait(void **state)
{
  (void)state;
  struct broker *b = over(memory_broker_new(MEMORY_LIMIT_BYTES), constant(10), constant(0), 10000);
  char large[20001], value[1001];
  memset(large, 'x', 20000), large[20000] = '\0';
  memset(value, 'x', 1000), value[1000] = '\0';
  open(b, 2);
  assert_int_equal(produce(b, 0, 'a', large), BROKER_QUEUED);
  assert_int_equal(produce(b, 1, 'b', ""), BROKER_FULL);
  modelled_broker_advance(b, 10);
  assert_acked(b, "a");
  int taken = 0;
  while (produce(b, (uint32_t)taken % 2, 'c', value) == BROKER_QUEUED)
    taken++;
  assert_in_range(taken, 7, 10);
  modelled_broker_advance(b, 20);
  assert_acked(b, "cc");
  assert_int_equal(produce(b, 0, 'd', value), BROKER_QUEUED);
  broker_close(b); /* with records that still wait */
}

static void a_topic_without_times_is_the_inner_brokers_own(void **state)
{
  (void)state;
  struct broker *b = over_memory(constant(0), constant(0));
  struct broker_record out[MOST];
  open(b, 1);
  assert_int_equal(produce(b, 0, 'a', "now"), BROKER_ACKED);
  assert_int_equal(fetch(b, 0, 0, out), 1);
  assert_acked(b, "");
  assert_int_equal(modelled_broker_advance(b, 5), INT64_MAX);
  broker_close(b);
}

static void a_service_of_no_time_ends_within_the_call(void **state)
{
  (void)state;
  struct broker *b = over_memory(uniform(0, 0), constant(0));
  struct broker_record out[MOST];
  open(b, 1);
  assert_int_equal(produce(b, 0, 'a', "now"), BROKER_QUEUED);
  assert_acked(b, "a");
  assert_int_equal(fetch(b, 0, 0, out), 1);
  broker_close(b);
}

static void a_record_is_copied_while_it_waits(void **state)
{
  (void)state;
  struct broker *b = over_memory(constant(10), constant(0));
  struct broker_record out[MOST];
  char key[] = "key", headers[] = {1, 'h', 1, 0, 0, 0, 'v'}, value[] = "value";
  struct broker_record in = {.key = {key, 3},
                             .keyed = true,
                             .headers = {headers, sizeof headers},
                             .value = {value, 5},
                             .timestamp_ms = 1735689600123};
  open(b, 1);
  assert_int_equal(b->ops->produce(b, 0, &in, NULL), BROKER_QUEUED);
  memset(key, 'x', 3), memset(headers, 'x', sizeof headers), memset(value, 'x', 5);
  modelled_broker_advance(b, 10);
  assert_int_equal(fetch(b, 0, 0, out), 1);
  assert_true(out[0].keyed && slice_is(out[0].key, "key") && slice_is(out[0].value, "value"));
  assert_memory_equal(out[0].headers.p, "\001h\001\0\0\0v", 7);
  assert_true(out[0].timestamp_ms == 1735689600123);
  broker_close(b);
}

static void a_refusal_comes_with_the_acknowledgement_and_the_next_record_is_served(void **state)
{
  (void)state;
  struct fault fault = {.kind = FAULT_REFUSE, .record = 1};
  struct broker *faulty = faulty_broker_new(memory_broker_new(MEMORY_LIMIT_BYTES), fault);
  struct broker *b = over(faulty, constant(10), constant(5), MODELLED_LIMIT_BYTES);
  struct broker_ack ack[MOST];
  struct broker_record out[MOST];
  open(b, 1);
  for (uint64_t tag = 0; tag < 3; tag++)
    produce(b, 0, tag, "v");
  assert_int_equal(modelled_broker_advance(b, 30), 35);
  modelled_broker_advance(b, 35);
  assert_int_equal(poll(b, ack), 3);
  assert_null(ack[0].refusal);
  assert_string_equal(ack[1].refusal, "the broker refused a record on purpose");
  assert_null(ack[2].refusal);
  assert_int_equal(fetch(b, 0, 0, out), 2);
  broker_close(b);
}

/* --- the order of calls within an instant --- */

struct instant {
  struct broker *b;
  int64_t now, offset[4];
  uint64_t sent, most_waiting;
  uint64_t hash; /* of all that was seen, at which instant */
};

static void send_some(struct instant *s)
{
  char value[6000];
  uint64_t burst = hash_combine((uint64_t)s->now, 1) % 5;
  for (uint64_t i = 0; i < burst && s->sent < 4000; i++, s->sent++) {
    snprintf(value, sizeof value, "%05000d", (int)s->sent);
    assert_int_equal(produce(s->b, s->sent % 4, s->sent, value), BROKER_QUEUED);
  }
}

static void read_all(struct instant *s, uint32_t p)
{
  struct broker_record out[MOST];
  size_t count;
  while ((count = fetch(s->b, p, s->offset[p], out)) != 0) {
    for (size_t i = 0; i < count; i++)
      s->hash += hash_combine(hash_combine((uint64_t)s->now, p), hash_slice(out[i].value));
    s->offset[p] += (int64_t)count;
    assert_true(s->b->ops->commit(s->b, 0, p, s->offset[p], NULL));
  }
}

static void take_acks(struct instant *s)
{
  struct broker_ack ack[MOST];
  size_t count;
  while ((count = poll(s->b, ack)) != 0)
    for (size_t i = 0; i < count; i++)
      s->hash += hash_combine((uint64_t)s->now, 1000000 + ack[i].tag);
}

/* Everybody acts, in an order of the seed's, until nothing is left to do; readers come only every
 * 50 instants, so that the log, which has room for few records, is full now and then. */
static void settle(struct instant *s, struct random *random)
{
  bool sent = false;
  for (int i = 0; i < 200; i++) {
    uint64_t who = random_below(random, 7);
    if (who < 4 && s->now % 50 == 0)
      read_all(s, (uint32_t)who);
    if (who == 4)
      take_acks(s);
    if (who == 5)
      modelled_broker_advance(s->b, s->now);
    if (who == 6 && !sent) {
      send_some(s);
      sent = true;
    }
  }
  if (!sent)
    send_some(s);
  for (uint32_t p = 0; p < 4 && s->now % 50 == 0; p++)
    read_all(s, p);
  take_acks(s);
}

/* The log has room for so many segments, and for one of each partition. */
static uint64_t play(uint64_t seed, size_t segments)
{
  struct broker *inner = memory_broker_new(segments * MEMORY_SEGMENT_BYTES);
  struct instant s = {.b = over(inner, uniform(0, 3), uniform(0, 4), MODELLED_LIMIT_BYTES)};
  struct random random;
  random_seed(&random, seed);
  open(s.b, 4);
  for (; s.now < 5000; s.now++) {
    modelled_broker_advance(s.b, s.now);
    settle(&s, &random);
    uint64_t waiting = modelled_broker_waiting(s.b);
    s.most_waiting = waiting > s.most_waiting ? waiting : s.most_waiting;
  }
  assert_true(s.most_waiting > 100); /* it was full */
  assert_int_equal(s.sent, 4000);
  assert_int_equal(s.offset[0] + s.offset[1] + s.offset[2] + s.offset[3], 4000);
  broker_close(s.b);
  return s.hash;
}

static void the_order_of_calls_within_an_instant_changes_nothing(void **state)
{
  (void)state;
  for (size_t segments = 4; segments < 8; segments++) {
    uint64_t hash = play(1, segments);
    for (uint64_t seed = 2; seed < 6; seed++)
      assert_true(play(seed, segments) == hash);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_record_waits_for_those_before_it_and_for_its_own_service),
      cmocka_unit_test(what_happened_before_a_late_advance_happened_in_its_time),
      cmocka_unit_test(a_record_is_delivered_after_its_acknowledgement_and_passes_none),
      cmocka_unit_test(times_are_those_of_the_recursion_for_a_single_server),
      cmocka_unit_test(waits_before_a_constant_service_are_those_of_an_m_d_1_queue),
      cmocka_unit_test(a_full_log_makes_the_server_stand_still_and_loses_nothing),
      cmocka_unit_test(room_goes_to_the_record_that_was_served_first),
      cmocka_unit_test(records_that_wait_are_bounded_in_bytes_and_one_may_always_wait),
      cmocka_unit_test(a_topic_without_times_is_the_inner_brokers_own),
      cmocka_unit_test(a_service_of_no_time_ends_within_the_call),
      cmocka_unit_test(a_record_is_copied_while_it_waits),
      cmocka_unit_test(a_refusal_comes_with_the_acknowledgement_and_the_next_record_is_served),
      cmocka_unit_test(the_order_of_calls_within_an_instant_changes_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
