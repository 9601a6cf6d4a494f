/* SPDX-License-Identifier: Apache-2.0 */
/* What it costs to count a duration, beside the least that counting can cost: one increment of a
 * table's entry by a mask of the same durations. */
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <vector>

#define _Noreturn [[noreturn]] // C has its own word for it
extern "C" {
#include "base/random.h"
#include "measure/encoding.h"
#include "measure/histogram.h"
#include "measure/latency.h"

_Noreturn void mem_exhausted(size_t)
{
  abort();
}
}

namespace
{

constexpr size_t kDurations = 4096;
constexpr int64_t kSecond = 1000000000;

/* From 2^low_bits to 2^high_bits ns; each doubling is as likely. */
std::vector<int64_t> Durations(unsigned low_bits, unsigned high_bits)
{
  struct random r;
  random_seed(&r, 1);
  std::vector<int64_t> ns(kDurations);
  for (int64_t &d : ns) {
    int64_t least = INT64_C(1) << random_between(&r, low_bits, high_bits - 1);
    d = random_between(&r, least, 2 * least - 1);
  }
  return ns;
}

/* All within a few ms, as on a machine that is not busy. */
std::vector<int64_t> Near()
{
  return Durations(20, 22);
}

/* From a microsecond to a second. */
std::vector<int64_t> Far()
{
  return Durations(10, 30);
}

void PerDuration(benchmark::State &state)
{
  state.SetItemsProcessed(state.iterations() * kDurations);
  state.counters["ns"] = benchmark::Counter(static_cast<double>(kDurations) * 1e-9,
                                            benchmark::Counter::kIsIterationInvariantRate |
                                                benchmark::Counter::kInvert);
}

void Increment(benchmark::State &state, const std::vector<int64_t> &ns)
{
  std::vector<uint64_t> table(16384);
  for (auto _ : state) {
    for (int64_t d : ns) {
      table[static_cast<size_t>(d) & 16383]++;
      benchmark::ClobberMemory();
    }
  }
  PerDuration(state);
}

void Record(benchmark::State &state, const std::vector<int64_t> &ns)
{
  struct hist *h = hist_new(INT64_MAX, 3, nullptr);
  for (auto _ : state) {
    for (int64_t d : ns) {
      hist_record(h, d);
      benchmark::ClobberMemory(); /* so that nothing stays in a register, as between two events */
    }
  }
  PerDuration(state);
  free(h);
}

/* `per_second` things are done in each second of time. */
void LatencyRecord(benchmark::State &state, const std::vector<int64_t> &ns,
                   enum latency_metric metric, int64_t per_second)
{
  struct latency *l = latency_new(0);
  int64_t now = 0;
  for (auto _ : state) {
    for (int64_t d : ns) {
      now += kSecond / per_second;
      latency_record(l, metric, now - d, now - d / 2, now);
    }
    benchmark::ClobberMemory();
  }
  PerDuration(state);
  latency_free(l);
}

void Quantile(benchmark::State &state, const std::vector<int64_t> &ns)
{
  struct hist *h = hist_new(INT64_MAX, 3, nullptr);
  for (int64_t d : ns)
    hist_record(h, d);
  for (auto _ : state)
    benchmark::DoNotOptimize(hist_quantile(h, 99, 100));
  free(h);
}

void Encode(benchmark::State &state, const std::vector<int64_t> &ns)
{
  struct hist *h = hist_new(INT64_MAX, 3, nullptr);
  struct buffer out = {};
  for (int64_t d : ns)
    hist_record(h, d);
  for (auto _ : state) {
    out.n = 0;
    hist_encode(h, &out);
  }
  state.counters["bytes"] = static_cast<double>(out.n);
  buffer_free(&out);
  free(h);
}

} // namespace

BENCHMARK_CAPTURE(Increment, near, Near());
BENCHMARK_CAPTURE(Increment, far, Far());
BENCHMARK_CAPTURE(Record, near, Near());
BENCHMARK_CAPTURE(Record, far, Far());
BENCHMARK_CAPTURE(LatencyRecord, near, Near(), LATENCY_PRODUCE_TO_ACK, 1000000);
BENCHMARK_CAPTURE(LatencyRecord, far, Far(), LATENCY_PRODUCE_TO_ACK, 1000000);
BENCHMARK_CAPTURE(LatencyRecord, far_20_a_second, Far(), LATENCY_PRODUCE_TO_ACK, 20);
BENCHMARK_CAPTURE(LatencyRecord, schedule_lag, Near(), LATENCY_SCHEDULE_LAG, 1000000);
BENCHMARK_CAPTURE(Quantile, far, Far());
BENCHMARK_CAPTURE(Encode, far, Far());

BENCHMARK_MAIN();
