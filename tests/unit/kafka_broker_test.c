/* SPDX-License-Identifier: Apache-2.0 */
/* What broker.h promises, of the memory broker and of Kafka's (its mock cluster) alike; and what
 * only holds of the latter. */
#include "broker/kafka.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "base/random.h"
#include "broker/headers.h"
#include "broker/memory.h"
#include "tests/support/check.h"

enum { FETCH_MAX = 512, PATIENCE_MS = 10000 };

/* --- one of both, as a test's state says --- */

static char MEMORY[] = "memory", MOCK[] = "mock";

static struct broker *mock_with(const char *name, const char *value)
{
  static struct broker_setting setting;
  struct kafka_options options = {.timeout_ms = PATIENCE_MS};
  struct error err = {0};
  setting = (struct broker_setting){slice_of(name), slice_of(value)};
  options.settings = name[0] != '\0';
  options.setting = &setting;
  struct broker *b = kafka_broker_new(&options, &err);
  if (b == NULL)
    fail_msg("%s", err.text);
  return b;
}

static struct broker *open_broker(void **state)
{
  return *state == MEMORY ? memory_broker_new(MEMORY_LIMIT_BYTES) : mock_with("", "");
}

static int needs_librdkafka(void **state)
{
  if (*state == MOCK && !kafka_is_built_in()) {
    fputs("# no librdkafka in this build\n", stderr);
    skip();
  }
  return 0;
}

static uint32_t make_topic(struct broker *b, const char *name, uint32_t partitions)
{
  struct topic_spec spec = {.name = slice_of(name), .partitions = partitions};
  struct error err = {0};
  uint32_t topic;
  if (!b->ops->open_topic(b, &spec, &topic, &err))
    fail_msg("%s", err.text);
  return topic;
}

static uint32_t make_reader(struct broker *b, const char *group, uint32_t topic)
{
  struct error err = {0};
  uint32_t reader;
  if (!b->ops->subscribe(b, slice_of(group), topic, NULL, &reader, &err))
    fail_msg("%s", err.text);
  return reader;
}

static int64_t now_ms(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Sleeps until the broker has something; false if it has nothing for too long. */
static bool await(struct broker *b, int fd)
{
  struct pollfd wake = {.fd = fd, .events = POLLIN};
  return b->ops->wake == NULL || poll(&wake, 1, PATIENCE_MS) == 1;
}

static int look(struct broker *b)
{
  return b->ops->wake != NULL ? b->ops->wake(b, NULL) : -1;
}

/* Until it is in the log. */
static void append(struct broker *b, uint32_t topic, struct broker_record record)
{
  enum broker_answer answer = b->ops->produce(b, topic, &record, NULL);
  size_t count = answer == BROKER_ACKED;
  struct broker_ack ack;
  assert_true(answer == BROKER_ACKED || answer == BROKER_QUEUED);
  while (count == 0) {
    int fd = look(b);
    assert_true(b->ops->poll(b, 1, &ack, &count, NULL));
    assert_true(count != 0 || await(b, fd));
  }
  if (answer == BROKER_QUEUED)
    assert_true(ack.tag == record.tag && ack.refusal == NULL);
}

static struct broker_record plain(uint32_t partition, const char *value)
{
  return (struct broker_record){.partition = partition, .value = slice_of(value)};
}

/* At least one record, in one fetch. */
static size_t fetch(struct broker *b, uint32_t reader, uint32_t partition, int64_t offset,
                    size_t max, struct broker_record *record)
{
  struct error err = {0};
  size_t count = 0;
  while (count == 0) {
    int fd = look(b);
    if (!b->ops->fetch(b, reader, partition, offset, max, record, &count, &err))
      fail_msg("%s", err.text);
    assert_true(count != 0 || await(b, fd));
  }
  assert_true(count <= max);
  return count;
}

/* That very record. */
static struct broker_record fetch_one(struct broker *b, uint32_t reader, uint32_t partition,
                                      int64_t offset)
{
  struct broker_record record;
  fetch(b, reader, partition, offset, 1, &record);
  assert_int_equal(record.partition, partition);
  assert_int_equal(record.offset, offset);
  return record;
}

/* --- both --- */

static void assert_header(struct slice block, size_t *at, const char *name, const char *value)
{
  struct header header;
  assert_true(headers_next(block, at, &header) && slice_is(header.name, name));
  assert_int_equal(header.null, value == NULL);
  assert_true(slice_is(header.value, value != NULL ? value : ""));
}

static void a_record_comes_back_whole(void **state)
{
  struct broker *b = open_broker(state);
  uint32_t topic = make_topic(b, "t", 2), reader = make_reader(b, "g", topic);
  struct buffer headers = {0};
  headers_add(&headers, SLICE("trace"), SLICE("abc"));
  headers_add_null(&headers, SLICE("none"));
  headers_add(&headers, SLICE("trace"), SLICE("def"));
  headers_add(&headers, SLICE("empty"), SLICE(""));
  headers_add(&headers, SLICE("a"), (struct slice){"\0\xff", 2});
  append(b, topic,
         (struct broker_record){.key = SLICE("server_1"),
                                .keyed = true,
                                .headers = {headers.p, headers.n},
                                .value = {"{\"a\":\0 1}", 9},
                                .timestamp_ms = 1735689600123,
                                .partition = 1,
                                .tag = 77});
  struct broker_record out = fetch_one(b, reader, 1, 0);
  assert_true(out.keyed && slice_is(out.key, "server_1"));
  assert_int_equal(out.value.n, 9);
  assert_memory_equal(out.value.p, "{\"a\":\0 1}", 9);
  assert_true(out.timestamp_ms == 1735689600123);
  assert_int_equal(out.headers.n, headers.n);
  assert_memory_equal(out.headers.p, headers.p, headers.n);
  size_t at = 0;
  assert_header(out.headers, &at, "trace", "abc");
  assert_header(out.headers, &at, "none", NULL);
  assert_header(out.headers, &at, "trace", "def");
  assert_header(out.headers, &at, "empty", "");
  buffer_free(&headers);
  broker_close(b);
}

static void a_record_has_as_many_headers_as_it_likes(void **state)
{
  struct broker *b = open_broker(state);
  uint32_t topic = make_topic(b, "t", 1), reader = make_reader(b, "g", topic);
  struct buffer headers = {0};
  for (int i = 0; i < 1000; i++)
    headers_add(&headers, SLICE("h"), SLICE("v"));
  append(b, topic, (struct broker_record){.headers = {headers.p, headers.n}});
  struct broker_record out = fetch_one(b, reader, 0, 0);
  assert_int_equal(out.headers.n, headers.n);
  assert_memory_equal(out.headers.p, headers.p, headers.n);
  buffer_free(&headers);
  broker_close(b);
}

static void none_is_not_empty_in_keys_and_values(void **state)
{
  struct broker *b = open_broker(state);
  uint32_t topic = make_topic(b, "t", 1), reader = make_reader(b, "g", topic);
  append(b, topic, (struct broker_record){.keyed = true});
  append(b, topic, (struct broker_record){.value = SLICE("v")});
  append(b, topic, (struct broker_record){.key = SLICE("k"), .keyed = true, .tombstone = true});
  append(b, topic, (struct broker_record){.tombstone = true});
  struct broker_record out = fetch_one(b, reader, 0, 0);
  assert_true(out.keyed && out.key.n == 0 && !out.tombstone && out.value.n == 0);
  out = fetch_one(b, reader, 0, 1);
  assert_true(!out.keyed && !out.tombstone && slice_is(out.value, "v") && out.headers.n == 0);
  out = fetch_one(b, reader, 0, 2);
  assert_true(out.keyed && slice_is(out.key, "k") && out.tombstone && out.value.n == 0);
  out = fetch_one(b, reader, 0, 3);
  assert_true(!out.keyed && out.tombstone);
  broker_close(b);
}

static void offsets_count_from_0_in_each_partition(void **state)
{
  struct broker *b = open_broker(state);
  uint32_t topic = make_topic(b, "t", 3), reader = make_reader(b, "g", topic);
  int64_t start, end, offset;
  for (uint32_t i = 0; i < 5; i++)
    append(b, topic, plain(i % 2, "v"));
  for (uint32_t partition = 0; partition < 3; partition++) {
    static const int64_t records[] = {3, 2, 0};
    assert_true(b->ops->range(b, topic, partition, &start, &end, NULL));
    assert_int_equal(start, 0);
    assert_int_equal(end, records[partition]);
    assert_true(b->ops->committed(b, reader, partition, &offset, NULL));
    assert_int_equal(offset, 0);
    for (int64_t i = 0; i < end; i++)
      fetch_one(b, reader, partition, i);
  }
  broker_close(b);
}

static void a_fetch_may_begin_anywhere_and_takes_no_more_than_asked(void **state)
{
  enum { RECORDS = 3000 };
  struct broker *b = open_broker(state);
  uint32_t topic = make_topic(b, "t", 1), reader = make_reader(b, "g", topic);
  struct broker_record out[FETCH_MAX];
  struct random random;
  char value[32];
  for (int i = 0; i < RECORDS; i++) {
    snprintf(value, sizeof value, "value %d", i);
    assert_true(b->ops->produce(b, topic, &(struct broker_record){.value = slice_of(value)},
                                NULL) <= BROKER_QUEUED);
  }
  for (int64_t start, end = 0; end < RECORDS;)
    assert_true(b->ops->range(b, topic, 0, &start, &end, NULL));
  random_seed(&random, 1);
  for (int i = 0; i < 40; i++) {
    int64_t from = random_between(&random, 0, RECORDS - 1);
    size_t max = random_below(&random, FETCH_MAX) + 1;
    size_t count = fetch(b, reader, 0, from, max, out);
    for (size_t k = 0; k < count; k++) {
      snprintf(value, sizeof value, "value %lld", (long long)from + (long long)k);
      assert_true(slice_is(out[k].value, value));
      assert_int_equal(out[k].offset, from + (int64_t)k);
    }
  }
  broker_close(b);
}

static void an_offset_that_is_not_there_is_an_error(void **state)
{
  struct broker *b = open_broker(state);
  uint32_t topic = make_topic(b, "t", 1), reader = make_reader(b, "g", topic);
  struct broker_record out;
  struct error err = {0};
  size_t count;
  append(b, topic, plain(0, "v"));
  fetch_one(b, reader, 0, 0);
  bool good = true;
  for (int64_t end = now_ms() + PATIENCE_MS; good && now_ms() < end;)
    good = b->ops->fetch(b, reader, 0, 5, 1, &out, &count, &err);
  assert_false(good);
  assert_int_equal(err.code, ERR_BROKER);
  assert_non_null(strstr(err.text, "offset 5"));
  broker_close(b);
}

static void a_group_reads_from_where_it_says_and_each_for_itself(void **state)
{
  struct broker *b = open_broker(state);
  uint32_t topic = make_topic(b, "t", 2), reader, all;
  static const int64_t start[] = {2, 0};
  int64_t offset;
  for (int i = 0; i < 4; i++) {
    char value[8];
    snprintf(value, sizeof value, "%d", i);
    append(b, topic, plain(0, value));
  }
  assert_true(b->ops->subscribe(b, SLICE("late"), topic, start, &reader, NULL));
  all = make_reader(b, "all", topic);
  assert_true(b->ops->committed(b, reader, 0, &offset, NULL) && offset == 2);
  assert_true(b->ops->committed(b, all, 0, &offset, NULL) && offset == 0);
  assert_true(slice_is(fetch_one(b, reader, 0, 2).value, "2"));
  assert_true(b->ops->commit(b, reader, 0, 3, NULL));
  assert_true(slice_is(fetch_one(b, all, 0, 0).value, "0"));
  assert_true(b->ops->committed(b, reader, 0, &offset, NULL) && offset == 3);
  assert_true(b->ops->committed(b, all, 0, &offset, NULL) && offset == 0);
  assert_true(slice_is(fetch_one(b, reader, 0, 3).value, "3"));
  broker_close(b);
}

/* A stream through one partition and a little in another: the reader sees each record once and in
 * order, though the broker is full all the time. Whoever has nothing to do sleeps. */
struct stream {
  struct broker *b;
  uint32_t topic, reader;
  int64_t records, sent, acked, read, full;
  size_t bytes; /* of a value */
};

static void send_some(struct stream *s)
{
  char value[4096];
  for (int i = 0; i < 256 && s->sent < s->records; i++, s->sent++) {
    snprintf(value, sizeof value, "%0*lld", (int)s->bytes, (long long)s->sent);
    struct broker_record record = {.value = {value, s->bytes}, .tag = (uint64_t)s->sent};
    enum broker_answer answer = s->b->ops->produce(s->b, s->topic, &record, NULL);
    s->full += answer == BROKER_FULL;
    if (answer == BROKER_FULL)
      return;
    assert_true(answer == BROKER_ACKED || answer == BROKER_QUEUED);
    s->acked += answer == BROKER_ACKED;
  }
}

static size_t take_acks(struct stream *s)
{
  struct broker_ack ack[FETCH_MAX];
  size_t count;
  assert_true(s->b->ops->poll(s->b, FETCH_MAX, ack, &count, NULL));
  for (size_t i = 0; i < count; i++, s->acked++)
    assert_true(ack[i].refusal == NULL && ack[i].tag == (uint64_t)s->acked);
  return count;
}

static size_t read_some(struct stream *s)
{
  struct broker_record record[FETCH_MAX];
  struct error err = {0};
  size_t count;
  char value[4096];
  if (!s->b->ops->fetch(s->b, s->reader, 0, s->read, FETCH_MAX, record, &count, &err))
    fail_msg("%s", err.text);
  for (size_t i = 0; i < count; i++, s->read++) {
    snprintf(value, sizeof value, "%0*lld", (int)s->bytes, (long long)s->read);
    assert_int_equal(record[i].offset, s->read);
    assert_true(slice_is(record[i].value, value));
  }
  assert_true(count == 0 || s->b->ops->commit(s->b, s->reader, 0, s->read, NULL));
  return count;
}

static void run_stream(void **state, int64_t records, size_t bytes, bool is_full)
{
  struct stream s = {.b = open_broker(state), .records = records, .bytes = bytes};
  s.topic = make_topic(s.b, "t", 1);
  s.reader = make_reader(s.b, "g", s.topic);
  while (s.read < records || s.acked < records) {
    int fd = look(s.b);
    int64_t before = s.sent;
    send_some(&s);
    bool idle = s.sent == before;
    idle = take_acks(&s) == 0 && idle;
    idle = read_some(&s) == 0 && idle;
    assert_true(!idle || await(s.b, fd));
  }
  assert_int_equal(s.acked, records);
  assert_true(!is_full || s.full != 0);
  broker_close(s.b);
}

static void a_million_records_pass_without_a_gap(void **state)
{
  run_stream(state, 1000000, 100, *state == MOCK);
}

static void large_records_pass_without_a_gap(void **state)
{
  run_stream(state, 20000, 4000, *state == MOCK); /* 80 MB */
}

/* One record at a time, each only after the one before was acknowledged and read: a wake-up that
 * is lost would show as 10 s without anything. */
static void no_wake_up_is_lost(void **state)
{
  struct broker *b = open_broker(state);
  uint32_t topic = make_topic(b, "t", 1), reader = make_reader(b, "g", topic);
  for (int64_t i = 0; i < 300; i++) {
    append(b, topic, (struct broker_record){.value = SLICE("v"), .tag = (uint64_t)i});
    fetch_one(b, reader, 0, i);
    assert_true(b->ops->commit(b, reader, 0, i + 1, NULL));
  }
  broker_close(b);
}

/* --- the mock cluster only --- */

static void what_is_not_read_fills_the_broker(void **state)
{
  struct broker *b = open_broker(state);
  uint32_t topic = make_topic(b, "t", 2), reader = make_reader(b, "g", topic);
  static char value[10000];
  struct broker_record record = {.value = {value, sizeof value}}, out[FETCH_MAX];
  int64_t sent = 0, read = 0;
  while (b->ops->produce(b, topic, &record, NULL) == BROKER_QUEUED)
    sent++;
  assert_true(sent * (int64_t)sizeof value > 2 * 1024 * 1024 &&
              sent * (int64_t)sizeof value < 5 * 1024 * 1024);
  record.partition = 1; /* has room of its own */
  assert_int_equal(b->ops->produce(b, topic, &record, NULL), BROKER_QUEUED);
  record.partition = 0;
  while (read < sent) {
    read += (int64_t)fetch(b, reader, 0, read, FETCH_MAX, out);
    assert_true(b->ops->commit(b, reader, 0, read, NULL));
  }
  assert_int_equal(b->ops->produce(b, topic, &record, NULL), BROKER_QUEUED);
  fetch_one(b, reader, 0, sent);
  broker_close(b);
}

static void assert_refused(struct broker *b, uint32_t topic, const struct broker_record *record,
                           const char *text)
{
  struct error err = {0};
  assert_int_equal(b->ops->produce(b, topic, record, &err), BROKER_REFUSED);
  assert_int_equal(err.code, ERR_BROKER);
  assert_string_equal(err.text, text);
}

static void a_record_that_cannot_be_sent_is_refused(void **state)
{
  (void)state;
  struct broker *b = mock_with("message.max.bytes", "2000");
  uint32_t topic = make_topic(b, "t", 1);
  static char value[3000];
  assert_refused(b, topic, &(struct broker_record){.value = {value, sizeof value}},
                 "topic 't': a record of 3000 bytes is refused: Broker: Message size too large; "
                 "message.max.bytes (-X) is the client's limit");
  broker_close(b);
}

static void assert_no_topic(struct broker *b, struct topic_spec spec, const char *text)
{
  struct error err = {0};
  uint32_t topic;
  assert_false(b->ops->open_topic(b, &spec, &topic, &err));
  assert_int_equal(err.code, ERR_BROKER);
  assert_non_null(strstr(err.text, text));
}

static void a_topic_is_found_as_it_is_or_not_at_all(void **state)
{
  struct broker *b = open_broker(state);
  make_topic(b, "t", 2);
  make_topic(b, "t", 2);
  assert_no_topic(b, (struct topic_spec){.name = SLICE("t"), .partitions = 3},
                  "topic 't' has 2 partitions, not 3");
  assert_no_topic(b, (struct topic_spec){.name = SLICE("u"), .partitions = 3, .must_exist = true},
                  "there is no topic 'u'");
  broker_close(b);
}

static void assert_no_broker(const char *name, const char *value, const char *text)
{
  struct broker_setting setting = {slice_of(name), slice_of(value)};
  struct kafka_options options = {.timeout_ms = 1000, .settings = 1, .setting = &setting};
  struct error err = {0};
  assert_null(kafka_broker_new(&options, &err));
  assert_int_equal(err.code, ERR_USAGE);
  assert_ptr_equal(strstr(err.text, text), err.text);
}

static void a_setting_that_librdkafka_does_not_take_is_named(void **state)
{
  (void)state;
  assert_no_broker("linger.msec", "1",
                   "librdkafka has no property 'linger.msec' (did you mean 'linger.ms'?)");
  assert_no_broker("akcs", "1", "librdkafka has no property 'akcs' (did you mean 'acks'?)");
  assert_no_broker("linger.ms", "soon", "linger.ms=soon: Invalid value");
  assert_no_broker("linger.ms", "-2", "linger.ms=-2: ");
  assert_no_broker("security.protocol", "sasl", "security.protocol=sasl: Invalid value");
  assert_no_broker("acks", "1001", "acks=1001: ");
  assert_no_broker("max.in.flight", "6", "the Kafka client cannot be set up: ");
}

static void records_that_nobody_waits_for_do_not_keep_it_open(void **state)
{
  struct broker *b = open_broker(state);
  uint32_t topic = make_topic(b, "t", 1);
  for (int i = 0; i < 1000; i++)
    assert_int_equal(b->ops->produce(b, topic, &(struct broker_record){.value = SLICE("v")}, NULL),
                     BROKER_QUEUED);
  int64_t before = now_ms();
  broker_close(b);
  assert_true(now_ms() - before < 2000);
}

#define OVER(test, broker)                                                                         \
  {                                                                                                \
#test " (" #broker ")", test, needs_librdkafka, NULL, broker                                   \
  }
#define OVER_BOTH(test) OVER(test, MEMORY), OVER(test, MOCK)

/* A member that wants another offset than it said before the partition came to it. */
static void a_partition_that_just_came_is_read_from_where_the_reader_wants(void **state)
{
  (void)state;
  enum { RECORDS = 8 };
  struct kafka_options options = {.timeout_ms = PATIENCE_MS, .grouped = true};
  struct error err = {0};
  struct broker *b = kafka_broker_new(&options, &err);
  assert_non_null(b);
  uint32_t topic = make_topic(b, "t", 1), reader = make_reader(b, "g", topic);
  for (int i = 0; i < RECORDS; i++)
    append(b, topic, plain(0, "value"));
  struct broker_record record;
  size_t count = 0;
  int64_t offset = 0;
  int64_t until = now_ms() + PATIENCE_MS;
  while (count == 0) {
    int fd = look(b);
    offset = b->ops->owns(b, reader, 0) ? offset : (offset + 1) % RECORDS;
    if (!b->ops->fetch(b, reader, 0, offset, 1, &record, &count, &err))
      fail_msg("%s", err.text);
    assert_true(now_ms() < until && (count != 0 || await(b, fd)));
  }
  assert_int_equal(record.offset, offset);
  broker_close(b);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      OVER_BOTH(a_record_comes_back_whole),
      OVER_BOTH(a_record_has_as_many_headers_as_it_likes),
      OVER_BOTH(none_is_not_empty_in_keys_and_values),
      OVER_BOTH(offsets_count_from_0_in_each_partition),
      OVER_BOTH(a_fetch_may_begin_anywhere_and_takes_no_more_than_asked),
      OVER_BOTH(an_offset_that_is_not_there_is_an_error),
      OVER_BOTH(a_group_reads_from_where_it_says_and_each_for_itself),
      OVER_BOTH(a_million_records_pass_without_a_gap),
      OVER_BOTH(large_records_pass_without_a_gap),
      OVER_BOTH(no_wake_up_is_lost),
      OVER(what_is_not_read_fills_the_broker, MOCK),
      OVER(a_record_that_cannot_be_sent_is_refused, MOCK),
      OVER(a_topic_is_found_as_it_is_or_not_at_all, MOCK),
      OVER(a_setting_that_librdkafka_does_not_take_is_named, MOCK),
      OVER(records_that_nobody_waits_for_do_not_keep_it_open, MOCK),
      OVER(a_partition_that_just_came_is_read_from_where_the_reader_wants, MOCK),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
