/* SPDX-License-Identifier: Apache-2.0 */
/* Reading, printing and rounding numbers: two-decimal samples, as the pipelines have, and doubles
 * with all their digits. The C library and C++'s own conversions are measured beside. */
#include <benchmark/benchmark.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

extern "C" {
#include "base/random.h"
#include "text/decimal.h"
#include "text/number.h"
#include "text/round.h"

[[noreturn]] void mem_exhausted(size_t)
{
  abort();
}
}

namespace
{

constexpr size_t kNumbers = 4096;

std::vector<double> Samples()
{
  struct random r;
  random_seed(&r, 1);
  std::vector<double> x(kNumbers);
  for (double &v : x)
    v = static_cast<double>(random_below(&r, 10000)) / 100;
  return x;
}

/* Means of a few samples: 15 to 17 digits, and ties at the third decimal now and then. */
std::vector<double> Means()
{
  struct random r;
  random_seed(&r, 2);
  std::vector<double> x(kNumbers);
  for (double &v : x) {
    uint64_t n = 1 + random_below(&r, 30);
    for (uint64_t i = 0; i < n; i++)
      v += static_cast<double>(random_below(&r, 10000)) / 100;
    v /= static_cast<double>(n);
  }
  return x;
}

std::vector<double> AnyDoubles()
{
  struct random r;
  random_seed(&r, 3);
  std::vector<double> x(kNumbers);
  for (double &v : x)
    v = static_cast<double>(random_next(&r)) / static_cast<double>(1 + random_next(&r));
  return x;
}

std::vector<std::string> Texts(const std::vector<double> &x)
{
  std::vector<std::string> text;
  for (double v : x) {
    char out[NUMBER_DOUBLE_BYTES];
    text.emplace_back(out, number_print_double(v, out));
  }
  return text;
}

void PerNumber(benchmark::State &state)
{
  state.SetItemsProcessed(state.iterations() * kNumbers);
  state.counters["ns"] = benchmark::Counter(static_cast<double>(kNumbers) * 1e-9,
                                            benchmark::Counter::kIsIterationInvariantRate |
                                                benchmark::Counter::kInvert);
}

template <typename Read>
void ReadAll(benchmark::State &state, const std::vector<double> &x, Read read)
{
  std::vector<std::string> text = Texts(x);
  for (auto _ : state)
    for (const std::string &t : text)
      benchmark::DoNotOptimize(read(t));
  PerNumber(state);
}

double ReadOurs(const std::string &t)
{
  double x = 0;
  number_read_double(slice{t.data(), t.size()}, &x);
  return x;
}

double ReadFloat(const std::string &t)
{
  float x = 0;
  number_read_float(slice{t.data(), t.size()}, &x);
  return x;
}

double ReadStrtod(const std::string &t)
{
  return strtod(t.c_str(), nullptr);
}

double ReadFromChars(const std::string &t)
{
  double x = 0;
  std::from_chars(t.data(), t.data() + t.size(), x);
  return x;
}

template <typename T, typename Print>
void PrintAll(benchmark::State &state, const std::vector<T> &x, Print print)
{
  char out[512];
  for (auto _ : state)
    for (T v : x) {
      benchmark::DoNotOptimize(print(v, out));
      benchmark::ClobberMemory();
    }
  PerNumber(state);
}

size_t PrintToChars(double x, char *out)
{
  return static_cast<size_t>(std::to_chars(out, out + 512, x).ptr - out);
}

size_t PrintSnprintf(double x, char *out)
{
  return static_cast<size_t>(snprintf(out, 512, "%.2f", x));
}

size_t RoundAndPrint(double x, char *out)
{
  int64_t value;
  if (round_to_scaled(x, 2, ROUND_HALF_UP, &value))
    return number_print_scaled(value, 2, out);
  return number_print_double(round_double(x, 2, ROUND_HALF_UP), out);
}

size_t PrintInt(double x, char *out)
{
  return number_print_int(static_cast<int64_t>(x * 1000), out);
}

std::vector<float> Floats(const std::vector<double> &x)
{
  return {x.begin(), x.end()};
}

void RoundAll(benchmark::State &state, enum rounding mode)
{
  std::vector<double> x = Means(), out(kNumbers);
  for (auto _ : state) {
    round_doubles(x.data(), kNumbers, 2, mode, out.data());
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  PerNumber(state);
}

void RoundFloats(benchmark::State &state)
{
  std::vector<float> x = Floats(Means()), out(kNumbers);
  for (auto _ : state) {
    round_floats(x.data(), kNumbers, 2, ROUND_HALF_UP, out.data());
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  PerNumber(state);
}

template <typename Operation> void Decimals(benchmark::State &state, Operation operation)
{
  struct random r;
  random_seed(&r, 4);
  std::vector<decimal> x(kNumbers);
  for (decimal &v : x)
    v = decimal{1 + static_cast<int128>(random_below(&r, 1000000)), 2};
  for (auto _ : state)
    for (size_t i = 1; i < kNumbers; i++) {
      int128 out = 0;
      operation(x[i - 1], x[i], &out);
      benchmark::DoNotOptimize(out);
    }
  PerNumber(state);
}

} // namespace

BENCHMARK_CAPTURE(ReadAll, two_decimals, Samples(), ReadOurs);
BENCHMARK_CAPTURE(ReadAll, two_decimals_float, Samples(), ReadFloat);
BENCHMARK_CAPTURE(ReadAll, two_decimals_from_chars, Samples(), ReadFromChars);
BENCHMARK_CAPTURE(ReadAll, two_decimals_strtod, Samples(), ReadStrtod);
BENCHMARK_CAPTURE(ReadAll, all_digits, AnyDoubles(), ReadOurs);
BENCHMARK_CAPTURE(ReadAll, all_digits_from_chars, AnyDoubles(), ReadFromChars);
BENCHMARK_CAPTURE(ReadAll, all_digits_strtod, AnyDoubles(), ReadStrtod);

BENCHMARK_CAPTURE(PrintAll, two_decimals, Samples(), number_print_double);
BENCHMARK_CAPTURE(PrintAll, two_decimals_float, Floats(Samples()), number_print_float);
BENCHMARK_CAPTURE(PrintAll, two_decimals_json, Samples(), number_print_json);
BENCHMARK_CAPTURE(PrintAll, two_decimals_to_chars, Samples(), PrintToChars);
BENCHMARK_CAPTURE(PrintAll, two_decimals_snprintf, Samples(), PrintSnprintf);
BENCHMARK_CAPTURE(PrintAll, all_digits, AnyDoubles(), number_print_double);
BENCHMARK_CAPTURE(PrintAll, all_digits_float, Floats(AnyDoubles()), number_print_float);
BENCHMARK_CAPTURE(PrintAll, all_digits_to_chars, AnyDoubles(), PrintToChars);
BENCHMARK_CAPTURE(PrintAll, rounded_to_two, Means(), RoundAndPrint);
BENCHMARK_CAPTURE(PrintAll, integers, AnyDoubles(), PrintInt);

BENCHMARK_CAPTURE(RoundAll, half_up, ROUND_HALF_UP);
BENCHMARK_CAPTURE(RoundAll, half_even, ROUND_HALF_EVEN);
BENCHMARK(RoundFloats);

BENCHMARK_CAPTURE(Decimals, add,
                  [](decimal a, decimal b, int128 *out) { return decimal_add(a, b, 11, 2, out); });
BENCHMARK_CAPTURE(Decimals, multiply, [](decimal a, decimal b, int128 *out) {
  return decimal_multiply(a, b, 21, 4, out);
});
BENCHMARK_CAPTURE(Decimals, divide, [](decimal a, decimal b, int128 *out) {
  return decimal_divide(a, b, 21, 13, out);
});

BENCHMARK_MAIN();
