// SPDX-License-Identifier: Apache-2.0
// CSV in and out: nanoseconds for one row. The file has the layout of the comparison with other
// engines: a time, a server, five numbers of two decimals, some 65 bytes a row.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <unistd.h>
#include <vector>

#define _Noreturn [[noreturn]] // C has its own word for it
extern "C" {
#include "base/random.h"
#include "table/csv_reader_internal.h"
#include "table/csv_writer.h"

_Noreturn void mem_exhausted(size_t size)
{
  std::fprintf(stderr, "no memory for %zu bytes\n", size);
  std::abort();
}
}

namespace
{
constexpr size_t ROWS = 400000;
constexpr size_t SERVERS = 20;

void append_number(std::string &text, struct random *r, int64_t low, int64_t high)
{
  char number[32];
  int64_t cents = random_between(r, low * 100, high * 100);
  std::snprintf(number, sizeof number, ",%lld.%02lld", (long long)(cents / 100),
                (long long)(cents % 100));
  text += number;
}

std::string samples()
{
  struct random r;
  std::string text = "ts,server_id,cpu_pct,mem_pct,net_in,net_out,disk_io\n";
  random_seed(&r, 20260101);
  for (size_t i = 0; i < ROWS; i++) {
    char start[64];
    size_t second = i / SERVERS * 5;
    std::snprintf(start, sizeof start, "2026-01-%02zu %02zu:%02zu:%02zu,server_%llu",
                  1 + second / 86400, second / 3600 % 24, second / 60 % 60, second % 60,
                  (unsigned long long)random_below(&r, SERVERS) + 1);
    text += start;
    append_number(text, &r, 5, 100);
    append_number(text, &r, 10, 100);
    append_number(text, &r, 10, 9999);
    append_number(text, &r, 10, 9999);
    append_number(text, &r, 1, 2500);
    text += '\n';
  }
  return text;
}

// The samples, and a file that holds them for as long as the program runs.
struct sample_file {
  std::string text = samples();
  char path[32] = "csv_bench.XXXXXX";
  sample_file()
  {
    int fd = mkstemp(path);
    if (fd < 0 || write(fd, text.data(), text.size()) != (ssize_t)text.size())
      std::abort();
    close(fd);
  }
  ~sample_file()
  {
    unlink(path);
  }
};

const sample_file &file()
{
  static const sample_file the_file;
  return the_file;
}

// The time of one row stands in the column "row".
void per_row(benchmark::State &state, size_t rows)
{
  state.SetItemsProcessed((int64_t)(state.iterations() * rows));
  state.counters["row"] =
      benchmark::Counter((double)(state.iterations() * rows),
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

// Floors: every byte added up; every line end found by the C library; the file read and thrown
// away.
void floor_sum(benchmark::State &state)
{
  const std::string &text = file().text;
  for (auto _ : state) {
    uint64_t sum = 0, word;
    for (size_t i = 0; i + 8 <= text.size(); i += 8) {
      std::memcpy(&word, text.data() + i, 8);
      sum += word;
    }
    benchmark::DoNotOptimize(sum);
  }
  per_row(state, ROWS);
}
BENCHMARK(floor_sum);

void floor_memchr(benchmark::State &state)
{
  const std::string &text = file().text;
  for (auto _ : state) {
    size_t lines = 0;
    const char *p = text.data(), *end = p + text.size();
    while ((p = (const char *)std::memchr(p, '\n', (size_t)(end - p))) != nullptr && ++p < end)
      lines++;
    benchmark::DoNotOptimize(lines);
  }
  per_row(state, ROWS);
}
BENCHMARK(floor_memchr);

void floor_read(benchmark::State &state)
{
  std::vector<char> block(256 * 1024);
  for (auto _ : state) {
    FILE *in = std::fopen(file().path, "rb");
    while (read(fileno(in), block.data(), block.size()) > 0)
      benchmark::DoNotOptimize(block[0]);
    std::fclose(in);
  }
  per_row(state, ROWS);
}
BENCHMARK(floor_read);

void index_text(benchmark::State &state)
{
  std::string text = file().text.substr(0, 128 * 1024);
  size_t n = text.size(), rows = 0;
  struct csv_index index = {};
  text.append(CSV_PADDING, '\0');
  enum csv_kernel kernel = (enum csv_kernel)state.range(0);
  if (!csv_kernel_exists(kernel)) {
    state.SkipWithError("this processor has no such instructions");
    return;
  }
  for (auto _ : state) {
    csv_index_build(&index, text.data(), n, SIZE_MAX, csv_needles{',', '"', true}, kernel);
    rows = index.lines;
  }
  csv_index_free(&index);
  per_row(state, rows);
}
BENCHMARK(index_text)->Arg(CSV_KERNEL_PORTABLE)->Arg(CSV_KERNEL_SSE2)->Arg(CSV_KERNEL_AVX2);

// Reads the columns whose digits are in `columns`, under a schema.
void read_columns(benchmark::State &state, const char *ddl, const char *columns)
{
  struct arena arena = {};
  struct schema schema;
  struct error err;
  struct csv_read_options options;
  bool wanted[8] = {};
  schema_parse(slice_of(ddl), &schema, &arena, &err);
  csv_read_defaults(&options);
  for (const char *c = columns; *c != '\0'; c++)
    wanted[*c - '0'] = true;
  for (auto _ : state) {
    struct csv_reader *reader = csv_reader_open(file().path, &schema, wanted, &options, 0, &err);
    struct batch batch;
    size_t rows = 0;
    while (csv_reader_next(reader, &batch, &err) && batch.rows != 0)
      rows += batch.rows;
    csv_reader_close(reader);
    if (rows != ROWS)
      std::abort();
  }
  arena_free(&arena);
  per_row(state, ROWS);
}

#define REST "net_in DOUBLE, net_out DOUBLE, disk_io DOUBLE"
BENCHMARK_CAPTURE(read_columns, ts_string_double,
                  "ts STRING, server_id STRING, cpu DOUBLE, mem DOUBLE, " REST, "0123");
BENCHMARK_CAPTURE(read_columns, ts_timestamp_double,
                  "ts TIMESTAMP, server_id STRING, cpu DOUBLE, mem DOUBLE, " REST, "0123");
BENCHMARK_CAPTURE(read_columns, ts_timestamp_float,
                  "ts TIMESTAMP, server_id STRING, cpu FLOAT, mem FLOAT, " REST, "0123");
BENCHMARK_CAPTURE(read_columns, all, "ts STRING, server_id STRING, cpu DOUBLE, mem DOUBLE, " REST,
                  "0123456");
BENCHMARK_CAPTURE(read_columns, none, "ts STRING, server_id STRING, cpu DOUBLE, mem DOUBLE, " REST,
                  "");

// server_id, window_start, window_end, avg_cpu, avg_mem, alert: a row of the windowed job's output.
void write_rows(benchmark::State &state)
{
  constexpr size_t N = BATCH_ROWS;
  struct random r;
  std::vector<struct slice> server(N, SLICE("server_12")), alert(N, SLICE("CPU spike suspected"));
  std::vector<int64_t> start(N), end(N);
  std::vector<double> cpu(N), mem(N);
  std::vector<uint8_t> quiet(N);
  random_seed(&r, 1);
  for (size_t i = 0; i < N; i++) {
    start[i] = INT64_C(1767225600000000) + (int64_t)i * 10000000;
    end[i] = start[i] + 30000000;
    cpu[i] = (double)random_between(&r, 500, 10000) / 100;
    mem[i] = (double)random_between(&r, 500, 10000) / 100;
    quiet[i] = i % 8 != 0;
  }
  struct field field[] = {
      {SLICE("server_id"), type_of(TYPE_STRING)}, {SLICE("start"), type_of(TYPE_TIMESTAMP)},
      {SLICE("end"), type_of(TYPE_TIMESTAMP)},    {SLICE("cpu"), type_of(TYPE_DOUBLE)},
      {SLICE("mem"), type_of(TYPE_DOUBLE)},       {SLICE("alert"), type_of(TYPE_STRING)}};
  void *data[] = {server.data(), start.data(), end.data(), cpu.data(), mem.data(), alert.data()};
  struct column column[6] = {};
  for (size_t i = 0; i < 6; i++) {
    column[i].type = field[i].type;
    column[i].data = data[i];
  }
  column[5].null = quiet.data();
  struct schema schema = {6, field};
  struct batch batch = {N, 6, column, 0};
  struct csv_write_options options;
  struct buffer out = {};
  struct error err;
  csv_write_defaults(&options);
  struct csv_writer *writer = csv_writer_new(&schema, &options, 0, &err);
  for (auto _ : state) {
    out.n = 0;
    csv_writer_rows(writer, &batch, &out);
    benchmark::DoNotOptimize(out.p);
  }
  csv_writer_free(writer);
  buffer_free(&out);
  per_row(state, N);
}
BENCHMARK(write_rows);
} // namespace

BENCHMARK_MAIN();
