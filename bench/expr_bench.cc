// SPDX-License-Identifier: Apache-2.0
// Expressions over one batch of 2,048 rows; the time reported is that of a row.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#define _Noreturn [[noreturn]] // C has its own word for it
extern "C" {
#include "sql/function.h"
}

extern "C" void mem_exhausted(size_t size)
{
  std::fprintf(stderr, "no memory for %zu bytes\n", size);
  std::abort();
}

namespace
{

const sql_settings settings = {};

struct Bench {
  arena plan = {}, results = {};
  error err = {};
  binding b = {&plan, &settings, "bench", &err};
  column columns[3] = {};
  batch in = {BATCH_ROWS, 3, columns, 0};

  Bench() = default;
  Bench(const Bench &) = delete;
  Bench &operator=(const Bench &) = delete;
  ~Bench()
  {
    arena_free(&plan);
    arena_free(&results);
  }

  // Averages of percentages, as a job rounds them.
  expr *doubles(size_t index)
  {
    column &c = columns[index];
    column_make(&c, type_of(TYPE_DOUBLE), BATCH_ROWS, &plan);
    for (size_t i = 0; i < BATCH_ROWS; i++)
      c.f64[i] = double((i * 7919 + index * 31) % 10000) / 100 + double(i % 7) / 7;
    return expr_column(&plan, index, c.type, position{1, 1});
  }

  // Twenty servers report at one time, every five seconds.
  expr *timestamps(size_t index)
  {
    column &c = columns[index];
    column_make(&c, type_of(TYPE_TIMESTAMP), BATCH_ROWS, &plan);
    for (size_t i = 0; i < BATCH_ROWS; i++)
      c.i64[i] = int64_t(i / 20) * 5000000;
    return expr_column(&plan, index, c.type, position{1, 1});
  }

  expr *call(const char *name, std::vector<expr *> arg)
  {
    auto **own = static_cast<expr **>(arena_take(&plan, arg.size(), sizeof(expr *)));
    std::memcpy(own, arg.data(), arg.size() * sizeof(expr *));
    expr *e = function_bind(&b, slice_of(name), own, arg.size(), position{1, 1});
    if (e == nullptr) {
      std::fprintf(stderr, "%s\n", err.text);
      std::exit(1);
    }
    return e;
  }

  expr *text(const char *value)
  {
    column c;
    column_make_text(&c, slice_of(value), &plan);
    return expr_literal(&plan, c, position{1, 1});
  }

  expr *number(double value)
  {
    column c;
    column_make(&c, type_of(TYPE_DOUBLE), 1, &plan);
    c.f64[0] = value;
    return expr_literal(&plan, c, position{1, 1});
  }

  expr *integer(int value)
  {
    column c;
    column_make(&c, type_of(TYPE_INT), 1, &plan);
    c.i32[0] = value;
    return expr_literal(&plan, c, position{1, 1});
  }

  // What an expression gives becomes a column, so that only what stands above it is measured.
  expr *computed(size_t index, expr *e)
  {
    evaluation ev = {&plan, &err};
    if (!expr_eval(e, &in, &ev, &columns[index]))
      std::abort();
    return expr_column(&plan, index, columns[index].type, position{1, 1});
  }

  void run(benchmark::State &state, const expr *e)
  {
    evaluation ev = {&results, &err};
    for (auto _ : state) {
      column out;
      arena_reset(&results);
      if (!expr_eval(e, &in, &ev, &out))
        std::abort();
      benchmark::DoNotOptimize(out.data);
    }
    state.SetItemsProcessed(state.iterations() * BATCH_ROWS);
    state.counters["row"] =
        benchmark::Counter(double(state.iterations()) * BATCH_ROWS,
                           benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  }
};

void compare_with_constant(benchmark::State &state)
{
  Bench b;
  b.run(state, b.call(">=", {b.doubles(0), b.number(80.07)}));
}
BENCHMARK(compare_with_constant);

void compare_columns(benchmark::State &state)
{
  Bench b;
  b.run(state, b.call(">=", {b.doubles(0), b.doubles(1)}));
}
BENCHMARK(compare_columns);

void compare_strings(benchmark::State &state)
{
  Bench b;
  expr *s = b.computed(
      1, b.call("concat", {b.text("server_"), b.call("pmod", {b.doubles(0), b.number(20)})}));
  b.run(state, b.call("=", {s, b.text("server_7.0")}));
}
BENCHMARK(compare_strings);

void add_doubles(benchmark::State &state)
{
  Bench b;
  b.run(state, b.call("+", {b.doubles(0), b.doubles(1)}));
}
BENCHMARK(add_doubles);

void round_to_two(benchmark::State &state)
{
  Bench b;
  b.run(state, b.call("round", {b.doubles(0), b.integer(2)}));
}
BENCHMARK(round_to_two);

// The alert of a job: two columns, two thresholds, three labels or null.
void case_of_labels(benchmark::State &state)
{
  Bench b;
  expr *cpu = b.doubles(0), *mem = b.doubles(1);
  expr *hot = b.call(">=", {cpu, b.number(80.07)}), *full = b.call(">=", {mem, b.number(89.36)});
  b.run(state, b.call("case", {b.call("and", {hot, full}), b.text("CPU and Memory spike"), hot,
                               b.text("CPU spike suspected"), full,
                               b.text("Memory saturation suspected")}));
}
BENCHMARK(case_of_labels);

void case_alone(benchmark::State &state)
{
  Bench b;
  expr *hot = b.computed(1, b.call(">=", {b.doubles(0), b.number(80.07)}));
  b.run(state, b.call("case", {hot, b.text("CPU spike suspected")}));
}
BENCHMARK(case_alone);

void to_timestamp_of_equal_neighbours(benchmark::State &state)
{
  Bench b;
  expr *text = b.computed(1, b.call("date_format", {b.timestamps(0), b.text("HH:mm:ss")}));
  // a reader's strings lie apart in memory
  column &c = b.columns[1];
  for (size_t i = 0; i < BATCH_ROWS; i++)
    c.text[i].p = arena_copy(&b.plan, c.text[i].p, c.text[i].n);
  b.run(state, b.call("to_timestamp", {text, b.text("HH:mm:ss")}));
}
BENCHMARK(to_timestamp_of_equal_neighbours);

void date_format_of_equal_neighbours(benchmark::State &state)
{
  Bench b;
  b.run(state, b.call("date_format", {b.timestamps(0), b.text("HH:mm:ss")}));
}
BENCHMARK(date_format_of_equal_neighbours);

void regexp_replace_of_plain_text(benchmark::State &state)
{
  Bench b;
  expr *text =
      b.computed(1, expr_cast(&b.b, b.computed(2, b.call("round", {b.doubles(0), b.integer(1)})),
                              type_of(TYPE_STRING), position{1, 1}));
  b.run(state, b.call("regexp_replace", {text, b.text("\\.0$"), b.text("")}));
}
BENCHMARK(regexp_replace_of_plain_text);

void regexp_replace_by_pcre(benchmark::State &state)
{
  Bench b;
  expr *text = b.computed(1, expr_cast(&b.b, b.doubles(0), type_of(TYPE_STRING), position{1, 1}));
  b.run(state, b.call("regexp_replace", {text, b.text("[.]\\d+$"), b.text("")}));
}
BENCHMARK(regexp_replace_by_pcre);

void cast_double_to_string(benchmark::State &state)
{
  Bench b;
  b.run(state, expr_cast(&b.b, b.doubles(0), type_of(TYPE_STRING), position{1, 1}));
}
BENCHMARK(cast_double_to_string);

void upper_of_ascii(benchmark::State &state)
{
  Bench b;
  expr *text = b.computed(1, b.call("concat", {b.text("server_"), b.doubles(0)}));
  b.run(state, b.call("upper", {text}));
}
BENCHMARK(upper_of_ascii);

} // namespace

BENCHMARK_MAIN();
