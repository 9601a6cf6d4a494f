// SPDX-License-Identifier: Apache-2.0
// Times as text: nanoseconds for one. The texts are 4,096 different ones, so that no branch is
// learnt by heart.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#define _Noreturn [[noreturn]] // C has its own word for it
extern "C" {
#include "base/random.h"
#include "text/civil.h"
#include "text/time_pattern.h"
#include "text/time_text.h"

_Noreturn void mem_exhausted(size_t size)
{
  std::fprintf(stderr, "no memory for %zu bytes\n", size);
  std::abort();
}
}

namespace
{
constexpr size_t TEXTS = 4096;
constexpr int64_t YEARS_1970_2040 = INT64_C(70) * 365 * MICROS_PER_DAY;

std::vector<int64_t> some_micros()
{
  struct random r;
  random_seed(&r, 1);
  std::vector<int64_t> micros;
  for (size_t i = 0; i < TEXTS; i++)
    micros.push_back(random_between(&r, 0, YEARS_1970_2040) / MICROS_PER_SECOND *
                     MICROS_PER_SECOND);
  return micros;
}

struct compiled {
  struct arena arena = {};
  struct time_pattern *pattern;
  compiled(const char *text, enum time_pattern_use use)
  {
    struct error err;
    pattern = time_pattern_compile(slice_of(text), use, &arena, &err);
    if (pattern == nullptr)
      std::abort();
  }
  ~compiled()
  {
    arena_free(&arena);
  }
};

std::vector<std::string> some_texts(const char *pattern)
{
  compiled c(pattern, TIME_PATTERN_PRINT);
  std::vector<std::string> texts;
  std::vector<char> out(time_pattern_room(c.pattern));
  for (int64_t micros : some_micros())
    texts.emplace_back(out.data(), time_pattern_print(c.pattern, micros, 0, out.data()));
  return texts;
}

void parse(benchmark::State &state, const char *pattern)
{
  compiled c(pattern, TIME_PATTERN_PARSE);
  std::vector<std::string> texts = some_texts(pattern);
  size_t i = 0;
  for (auto _ : state) {
    const std::string &text = texts[i++ % TEXTS];
    int64_t micros;
    benchmark::DoNotOptimize(time_pattern_parse(c.pattern, {text.data(), text.size()}, 0, &micros));
    benchmark::DoNotOptimize(micros);
  }
}

void print(benchmark::State &state, const char *pattern)
{
  compiled c(pattern, TIME_PATTERN_PRINT);
  std::vector<int64_t> micros = some_micros();
  std::vector<char> out(time_pattern_room(c.pattern));
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(time_pattern_print(c.pattern, micros[i++ % TEXTS], 0, out.data()));
    benchmark::ClobberMemory();
  }
}

void cast(benchmark::State &state)
{
  std::vector<std::string> texts = some_texts("yyyy-MM-dd HH:mm:ss");
  size_t i = 0;
  for (auto _ : state) {
    const std::string &text = texts[i++ % TEXTS];
    int64_t micros;
    benchmark::DoNotOptimize(
        timestamp_parse({text.data(), text.size()}, 0, TODAY_UNKNOWN, &micros));
    benchmark::DoNotOptimize(micros);
  }
}

void iso(benchmark::State &state)
{
  std::vector<int64_t> micros = some_micros();
  char out[TIME_TEXT_ROOM];
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(timestamp_print_iso(micros[i++ % TEXTS], 0, out));
    benchmark::ClobberMemory();
  }
}
} // namespace

BENCHMARK_CAPTURE(parse, time, "HH:mm:ss");
BENCHMARK_CAPTURE(parse, date_time, "yyyy-MM-dd HH:mm:ss");
BENCHMARK_CAPTURE(parse, general, "yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX]");
BENCHMARK_CAPTURE(print, time, "HH:mm:ss");
BENCHMARK_CAPTURE(print, date_time, "yyyy-MM-dd HH:mm:ss");
BENCHMARK_CAPTURE(print, general, "yyyy-MM-dd HH:mm:ss.SSS");
BENCHMARK(cast);
BENCHMARK(iso);
BENCHMARK_MAIN();
