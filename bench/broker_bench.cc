// SPDX-License-Identifier: Apache-2.0
// The memory broker and the whole way of a message through it, beside floors: the copying alone,
// and a log that knows neither topics, keys, headers nor readers; and beside librdkafka's mock
// cluster, by the CPU time of all threads.
#include <benchmark/benchmark.h>

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#define _Noreturn [[noreturn]]
#pragma GCC diagnostic ignored "-Wmissing-field-initializers" // C's headers have them
extern "C" {
#include "base/random.h"
#include "broker/kafka.h"
#include "broker/memory.h"
#include "broker/partitioner.h"
#include "replay/roles/reorder.h"
#include "replay/roles/stamp.h"
#include "replay/roles/stored.h"

void mem_exhausted(size_t)
{
  abort();
}
}

namespace
{
constexpr size_t ROUND = 400; // records appended before they are read, or at least released
constexpr size_t MESSAGE_BYTES = 100;

struct slice slice_from(const std::string &s)
{
  return {s.data(), s.size()};
}

// A topic of one partition with one reader.
struct log_of_one {
  struct broker *broker;
  uint32_t topic, reader;
  int64_t end = 0;

  log_of_one() : broker(memory_broker_new(MEMORY_LIMIT_BYTES))
  {
    struct topic_spec spec = {};
    spec.name = {"t", 1};
    spec.partitions = 1;
    broker->ops->open_topic(broker, &spec, &topic, nullptr);
    broker->ops->subscribe(broker, {"g", 1}, topic, nullptr, &reader, nullptr);
  }
  ~log_of_one()
  {
    broker_close(broker);
  }
  void append(const struct broker_record &record)
  {
    if (broker->ops->produce(broker, topic, &record, nullptr) != BROKER_ACKED)
      abort();
    end++;
  }
  void release()
  {
    broker->ops->commit(broker, reader, 0, end, nullptr);
  }
};

void append(benchmark::State &state, bool whole)
{
  log_of_one log;
  const std::string value(MESSAGE_BYTES, 'x'), key = "server_1";
  char number[HEADER_NUMBER_BYTES] = {};
  struct buffer headers = {};
  headers_add(&headers, {"retrial", 7}, {number, sizeof number});
  struct broker_record record = {};
  record.value = slice_from(value);
  if (whole) {
    record.key = slice_from(key);
    record.keyed = true;
    record.headers = {headers.p, headers.n};
  }
  size_t i = 0;
  for (auto _ : state) {
    log.append(record);
    if (++i % ROUND == 0)
      log.release();
  }
  buffer_free(&headers);
}

void fetch(benchmark::State &state)
{
  log_of_one log;
  const std::string value(MESSAGE_BYTES, 'x'), key = "server_1";
  struct broker_record record = {}, got[512];
  record.value = slice_from(value);
  record.key = slice_from(key);
  record.keyed = true;
  for (int i = 0; i < 100000; i++)
    log.append(record);
  int64_t offset = 0;
  size_t count = 0, next = 0;
  for (auto _ : state) {
    if (next == count) {
      offset = offset + (int64_t)count < log.end ? offset + (int64_t)count : 0;
      next = 0;
      if (!log.broker->ops->fetch(log.broker, log.reader, 0, offset, 512, got, &count, nullptr))
        abort();
    }
    benchmark::DoNotOptimize(got[next++].value.p);
  }
}

// --- from the producer to the reader, over either broker ---

constexpr size_t FLIGHT = 10000; // records appended before they are read

// Sends them all; those that are not acknowledged at once are waited for.
void send(struct broker *b, uint32_t topic, const struct broker_record &record)
{
  struct broker_ack ack[512];
  size_t sent = 0, waiting = 0, count;
  while (sent < FLIGHT || waiting != 0) {
    enum broker_answer answer =
        sent < FLIGHT ? b->ops->produce(b, topic, &record, nullptr) : BROKER_FULL;
    sent += answer == BROKER_ACKED || answer == BROKER_QUEUED;
    waiting += answer == BROKER_QUEUED;
    if (answer == BROKER_REFUSED || (answer == BROKER_FULL && waiting == 0))
      abort();
    if (answer != BROKER_FULL)
      continue;
    if (!b->ops->poll(b, 512, ack, &count, nullptr))
      abort();
    waiting -= count;
    if (count == 0)
      usleep(500);
  }
}

void receive(struct broker *b, uint32_t reader, int64_t *offset)
{
  struct broker_record got[512];
  size_t received = 0, count;
  while (received < FLIGHT) {
    if (!b->ops->fetch(b, reader, 0, *offset, 512, got, &count, nullptr))
      abort();
    received += count;
    *offset += (int64_t)count;
    b->ops->commit(b, reader, 0, *offset, nullptr);
    if (count == 0)
      usleep(500);
  }
}

void through(benchmark::State &state, struct broker *(*make)())
{
  struct broker *b = make();
  if (b == nullptr) {
    state.SkipWithError("it is not in this build");
    return;
  }
  const std::string value(MESSAGE_BYTES, 'x'), key = "server_1";
  char number[HEADER_NUMBER_BYTES] = {};
  struct buffer headers = {};
  headers_add(&headers, {"retrial", 7}, {number, sizeof number});
  struct broker_record record = {};
  record.value = slice_from(value);
  record.key = slice_from(key);
  record.keyed = true;
  record.headers = {headers.p, headers.n};
  struct topic_spec spec = {};
  spec.name = {"t", 1};
  spec.partitions = 1;
  uint32_t topic, reader;
  int64_t offset = 0;
  if (!b->ops->open_topic(b, &spec, &topic, nullptr) ||
      !b->ops->subscribe(b, {"g", 1}, topic, nullptr, &reader, nullptr))
    abort();
  while (state.KeepRunningBatch(FLIGHT)) {
    send(b, topic, record);
    receive(b, reader, &offset);
  }
  broker_close(b);
  buffer_free(&headers);
}

struct broker *make_memory()
{
  return memory_broker_new(MEMORY_LIMIT_BYTES);
}

struct broker *make_mock()
{
  struct kafka_options options = {};
  options.timeout_ms = 10000;
  return kafka_broker_new(&options, nullptr);
}

// --- floors ---

void floor_copy(benchmark::State &state)
{
  std::vector<char> memory(MEMORY_SEGMENT_BYTES + 128);
  char value[MESSAGE_BYTES] = {};
  size_t at = 0;
  for (auto _ : state) {
    memcpy(memory.data() + at, value, sizeof value);
    at += sizeof value;
    if (at > MEMORY_SEGMENT_BYTES - 128)
      at = 0;
    benchmark::ClobberMemory();
  }
}

// Length, time and value in one ring.
void floor_append(benchmark::State &state)
{
  std::vector<char> memory(MEMORY_SEGMENT_BYTES);
  char value[MESSAGE_BYTES] = {};
  uint32_t n = sizeof value;
  int64_t time = 0;
  benchmark::DoNotOptimize(n);
  size_t at = 0;
  for (auto _ : state) {
    if (at + 16 + n > MEMORY_SEGMENT_BYTES)
      at = 0;
    char *out = memory.data() + at;
    memcpy(out, &n, 4);
    memcpy(out + 8, &time, 8);
    memcpy(out + 16, value, n);
    at += 16 + n;
    time++;
    benchmark::ClobberMemory();
  }
}

void murmur(benchmark::State &state)
{
  std::vector<std::string> key;
  for (int i = 1; i <= 20; i++)
    key.push_back("server_" + std::to_string(i));
  size_t i = 0;
  for (auto _ : state) {
    i = i == 19 ? 0 : i + 1;
    benchmark::DoNotOptimize(partition_of_key(slice_from(key[i]), 7));
  }
}

// --- the whole way: encode, partition, append, fetch, decode, order, store ---

const struct slice FIELD[] = {
    {"timestamp", 9}, {"original_ts", 11}, {"server_id", 9}, {"cpu_pct", 7}};
const enum message_kind KIND[] = {MESSAGE_TEXT, MESSAGE_TEXT, MESSAGE_TEXT, MESSAGE_NUMBER};

bool store(void *argument, const struct message_value *value, struct error *err)
{
  return stored_add(static_cast<struct stored *>(argument), value, err);
}

struct row {
  std::string ts, server;
  double cpu;
};

std::vector<row> make_rows()
{
  std::vector<row> all(4096);
  struct random random;
  random_seed(&random, 1);
  for (size_t i = 0; i < all.size(); i++) {
    char ts[16];
    int second = (int)(i / 20);
    snprintf(ts, sizeof ts, "%02d:%02d:%02d", 20 + second / 3600, second / 60 % 60, second % 60);
    all[i] = {ts, "server_" + std::to_string(1 + i % 20), random_below(&random, 10000) / 100.0};
  }
  return all;
}

// Groups of 20 messages go in and come out, as in server-monitoring.
void path(benchmark::State &state)
{
  const uint32_t partitions = (uint32_t)state.range(0);
  enum { GROUP = 20 };
  const std::vector<row> rows = make_rows();
  struct table_column column[] = {
      {{"ts", 2}, 1, {}}, {{"server_id", 9}, 2, {}}, {{"cpu_pct", 7}, 3, {}}};
  struct stored_table table = {};
  table.columns = 3;
  table.column = column;
  struct error err = {};
  struct stored *stored = stored_open("/dev/null", nullptr, &table, KIND, &err);
  struct message_layout *layout = message_layout_new(4, FIELD, KIND);
  struct reorder *reorder = reorder_new(4, KIND, store, stored);
  struct broker *b = memory_broker_new(MEMORY_LIMIT_BYTES);
  uint32_t topic, reader;
  struct topic_spec spec = {};
  spec.name = {"t", 1};
  spec.partitions = partitions;
  b->ops->open_topic(b, &spec, &topic, nullptr);
  b->ops->subscribe(b, {"g", 1}, topic, nullptr, &reader, nullptr);
  struct buffer headers = {}, message = {};
  std::vector<int64_t> offset(partitions);
  struct broker_record got[GROUP];
  struct arena arena = {};
  struct message_value value[4];
  uint64_t sent = 0;
  while (state.KeepRunningBatch(GROUP)) {
    for (int i = 0; i < GROUP; i++, sent++) {
      const row &r = rows[sent % rows.size()];
      struct message_value in[4] = {};
      in[0].text = {"00:12:34", 8};
      in[1].text = slice_from(r.ts);
      in[2].text = slice_from(r.server);
      in[3].number = r.cpu;
      message.n = 0;
      message_encode(layout, in, &message);
      stamp_put({sent, 0, 0}, &headers);
      struct broker_record record = {};
      record.key = slice_from(r.server);
      record.keyed = true;
      record.headers = {headers.p, headers.n};
      record.value = {message.p, message.n};
      record.partition = partition_of_key(record.key, partitions);
      if (b->ops->produce(b, topic, &record, nullptr) != BROKER_ACKED)
        abort();
    }
    for (uint32_t p = 0; p < partitions; p++) {
      size_t count;
      if (!b->ops->fetch(b, reader, p, offset[p], GROUP, got, &count, nullptr))
        abort();
      for (size_t i = 0; i < count; i++) {
        struct stamp stamp;
        if (!stamp_find(got[i].headers, &stamp) ||
            !message_decode(layout, got[i].value, value, &arena, nullptr) ||
            !reorder_add(reorder, stamp.row, value, nullptr))
          abort();
      }
      offset[p] += (int64_t)count;
      b->ops->commit(b, reader, p, offset[p], nullptr);
    }
  }
  if (stored_rows(stored) != sent)
    state.SkipWithError("rows were lost");
  stored_discard(stored);
  reorder_free(reorder);
  message_layout_free(layout);
  broker_close(b);
  buffer_free(&headers);
  buffer_free(&message);
  arena_free(&arena);
}
} // namespace

BENCHMARK_CAPTURE(append, value, false)->Name("append/100-bytes");
BENCHMARK_CAPTURE(append, whole, true)->Name("append/100-bytes-key-header");
BENCHMARK(floor_append)->Name("append/floor");
BENCHMARK(floor_copy)->Name("append/floor-memcpy");
BENCHMARK(fetch)->Name("fetch/100-bytes");
BENCHMARK_CAPTURE(through, memory, make_memory)->Name("through/memory")->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(through, mock, make_mock)->Name("through/mock")->MeasureProcessCPUTime();
BENCHMARK(murmur)->Name("partition-of-key");
BENCHMARK(path)->Name("whole-path/partitions")->Arg(1)->Arg(7);
BENCHMARK_MAIN();
