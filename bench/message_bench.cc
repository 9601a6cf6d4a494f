// SPDX-License-Identifier: Apache-2.0
// Messages to bytes and back, beside floors: the same bytes by code that knows this one layout,
// and by jansson alone.
#include <benchmark/benchmark.h>
#include <jansson.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#define _Noreturn [[noreturn]]
extern "C" {
#include "base/random.h"
#include "text/message.h"
#include "text/number.h"

void mem_exhausted(size_t)
{
  abort();
}
}

namespace
{
constexpr size_t SAMPLES = 4096;

struct sample {
  std::string sent, ts, server, message;
  double cpu;
};

std::vector<sample> make_samples()
{
  std::vector<sample> all(SAMPLES);
  struct random random;
  random_seed(&random, 1);
  for (sample &s : all) {
    char text[200], time[16];
    int cents = (int)random_below(&random, 10000);
    snprintf(time, sizeof time, "%02d:%02d:%02d", (int)random_below(&random, 24),
             (int)random_below(&random, 60), (int)random_below(&random, 60));
    s.sent = "00:12:34";
    s.ts = time;
    s.server = "server_" + std::to_string(1 + random_below(&random, 20));
    s.cpu = cents / 100.0;
    size_t n = number_print_json(s.cpu, text);
    s.message = "{\"timestamp\": \"" + s.sent + "\", \"original_ts\": \"" + s.ts +
                "\", \"server_id\": \"" + s.server + "\", \"cpu_pct\": " + std::string(text, n) +
                "}";
  }
  return all;
}

const std::vector<sample> &samples()
{
  static const std::vector<sample> all = make_samples();
  return all;
}

struct slice slice_from(const std::string &s)
{
  return {s.data(), s.size()};
}

struct message_layout *cpu_layout()
{
  const struct slice name[] = {
      {"timestamp", 9}, {"original_ts", 11}, {"server_id", 9}, {"cpu_pct", 7}};
  const enum message_kind kind[] = {MESSAGE_TEXT, MESSAGE_TEXT, MESSAGE_TEXT, MESSAGE_NUMBER};
  return message_layout_new(4, name, kind);
}

std::vector<struct message_value> make_values()
{
  std::vector<struct message_value> all(4 * SAMPLES);
  for (size_t i = 0; i < SAMPLES; i++) {
    const sample &s = samples()[i];
    all[4 * i].text = slice_from(s.sent);
    all[4 * i + 1].text = slice_from(s.ts);
    all[4 * i + 2].text = slice_from(s.server);
    all[4 * i + 3].number = s.cpu;
  }
  return all;
}

void encode(benchmark::State &state)
{
  struct message_layout *layout = cpu_layout();
  const std::vector<struct message_value> values = make_values();
  struct buffer out = {};
  size_t i = 0;
  for (auto _ : state) {
    i = (i + 1) % SAMPLES;
    out.n = 0;
    message_encode(layout, &values[4 * i], &out);
    benchmark::DoNotOptimize(out.p);
    benchmark::ClobberMemory();
  }
  buffer_free(&out);
  message_layout_free(layout);
}

void decode(benchmark::State &state, bool other_spelling)
{
  struct message_layout *layout = cpu_layout();
  struct message_value value[4];
  struct arena arena = {};
  std::vector<std::string> messages;
  for (const sample &s : samples())
    messages.push_back(other_spelling ? " " + s.message : s.message);
  size_t i = 0;
  for (auto _ : state) {
    i = (i + 1) % SAMPLES;
    if (!message_decode(layout, slice_from(messages[i]), value, &arena, nullptr))
      state.SkipWithError("not read");
    benchmark::DoNotOptimize(value);
    if (other_spelling)
      arena_reset(&arena);
  }
  arena_free(&arena);
  message_layout_free(layout);
}

// --- floors ---

char *put_cents(char *out, unsigned cents)
{
  unsigned whole = cents / 100, part = cents % 100;
  if (whole >= 10)
    *out++ = (char)('0' + whole / 10);
  *out++ = (char)('0' + whole % 10);
  *out++ = '.';
  *out++ = (char)('0' + part / 10);
  *out = (char)('0' + part % 10);
  return out + (part % 10 != 0);
}

void floor_encode(benchmark::State &state)
{
  char out[256];
  std::vector<unsigned> cents;
  for (const sample &s : samples())
    cents.push_back((unsigned)(s.cpu * 100 + 0.5));
  size_t i = 0;
  for (auto _ : state) {
    i = (i + 1) % SAMPLES;
    static const char A[] = "{\"timestamp\": \"00:12:34\", \"original_ts\": \"";
    static const char B[] = "\", \"server_id\": \"", C[] = "\", \"cpu_pct\": ";
    const sample &s = samples()[i];
    char *p = out;
    memcpy(p, A, sizeof A - 1), p += sizeof A - 1;
    memcpy(p, s.ts.data(), 8), p += 8;
    memcpy(p, B, sizeof B - 1), p += sizeof B - 1;
    memcpy(p, s.server.data(), 16), p += s.server.size(); // std::string has the room
    memcpy(p, C, sizeof C - 1), p += sizeof C - 1;
    p = put_cents(p, cents[i]);
    *p++ = '}';
    benchmark::DoNotOptimize(p);
    benchmark::ClobberMemory();
  }
}

bool parse_template(const std::string &message, struct slice *ts, struct slice *server, double *cpu)
{
  static const char A[] = "{\"timestamp\": \"", B[] = "\", \"original_ts\": \"";
  static const char C[] = "\", \"server_id\": \"", D[] = "\", \"cpu_pct\": ";
  const char *p = message.data(), *end = p + message.size();
  if (message.size() < 90 || memcmp(p, A, sizeof A - 1) != 0)
    return false;
  p += sizeof A - 1 + 8;
  if (memcmp(p, B, sizeof B - 1) != 0)
    return false;
  p += sizeof B - 1;
  *ts = {p, 8};
  p += 8;
  if (memcmp(p, C, sizeof C - 1) != 0)
    return false;
  p += sizeof C - 1;
  const char *quote = p;
  while (*quote != '"')
    quote++;
  *server = {p, (size_t)(quote - p)};
  if (memcmp(quote, D, sizeof D - 1) != 0)
    return false;
  p = number_scan_double(quote + sizeof D - 1, end, cpu);
  return p != nullptr && p + 1 == end && *p == '}';
}

void floor_decode(benchmark::State &state)
{
  struct slice ts, server;
  double cpu = 0;
  size_t i = 0;
  for (auto _ : state) {
    i = (i + 1) % SAMPLES;
    if (!parse_template(samples()[i].message, &ts, &server, &cpu))
      state.SkipWithError("not read");
    benchmark::DoNotOptimize(ts);
    benchmark::DoNotOptimize(server);
    benchmark::DoNotOptimize(cpu);
  }
}

void peer_jansson(benchmark::State &state)
{
  size_t i = 0;
  for (auto _ : state) {
    i = (i + 1) % SAMPLES;
    const std::string &m = samples()[i].message;
    json_t *json = json_loadb(m.data(), m.size(), 0, nullptr);
    benchmark::DoNotOptimize(json_real_value(json_object_get(json, "cpu_pct")));
    benchmark::DoNotOptimize(json_string_value(json_object_get(json, "server_id")));
    benchmark::DoNotOptimize(json_string_value(json_object_get(json, "original_ts")));
    json_decref(json);
  }
}
} // namespace

BENCHMARK(encode)->Name("message/encode");
BENCHMARK(floor_encode)->Name("message/encode/floor");
BENCHMARK_CAPTURE(decode, fast, false)->Name("message/decode");
BENCHMARK(floor_decode)->Name("message/decode/floor");
BENCHMARK_CAPTURE(decode, other, true)->Name("message/decode/other-spelling");
BENCHMARK(peer_jansson)->Name("message/decode/jansson");
BENCHMARK_MAIN();
