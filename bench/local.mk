# SPDX-License-Identifier: Apache-2.0
# Microbenchmarks, built by `make benchmarks`, run by `make bench`, and neither by plain `make`.
# bench/NAME_bench.cc is one line here; it has its own BENCHMARK_MAIN() and mem_exhausted().
benchmarks = \
	bench/broker_bench \
	bench/csv_bench \
	bench/expr_bench \
	bench/measure_bench \
	bench/message_bench \
	bench/number_bench \
	bench/time_bench \
	$(end)

# One rule for all of them: each is one C++ file linked with the library, whose headers are its own.
SUFFIXES = .cc
.cc:
	$(AM_V_CXXLD)$(MKDIR_P) bench && $(CXX) $(AM_CPPFLAGS) $(BENCHMARK_CFLAGS) $(CPPFLAGS) \
	  $(AM_CXXFLAGS) $(CXXFLAGS) $(AM_LDFLAGS) $(LDFLAGS) -o $@ $< \
	  replay/libreplay.a src/libretrial.a $(BENCHMARK_LIBS) $(DEPS_LIBS) $(THREAD_LIBS) -lm $(LIBS)
$(benchmarks): replay/libreplay.a src/libretrial.a

.PHONY: bench benchmarks
if HAVE_BENCHMARK
benchmarks: $(benchmarks) bench/compare bench/samples
bench: $(benchmarks)
	@for b in $(benchmarks); do echo "# $$b"; ./$$b $(BENCH_FLAGS) || exit 1; done
else
bench benchmarks:
	@echo 'Google Benchmark was not found when configure ran (Debian: libbenchmark-dev)' >&2; exit 1
endif

# Bare loops on librdkafka and what they share, for bench/kafka/run: compiled on demand and with
# nothing of ours, whether or not the program has the Kafka transport.
kafka_loops = \
	bench/kafka/bare_closed_loop \
	bench/kafka/bare_consume \
	bench/kafka/bare_produce \
	bench/kafka/topic \
	$(end)

.PHONY: bench-kafka
bench-kafka:
	@$(PKG_CONFIG) --exists rdkafka || { echo 'librdkafka is missing (Debian: librdkafka-dev)' >&2; exit 1; }
	@$(MAKE) $(AM_MAKEFLAGS) $(kafka_loops)
$(kafka_loops): $(kafka_loops:=.c) bench/kafka/bare.c bench/kafka/bare.h
	$(AM_V_CCLD)$(MKDIR_P) bench/kafka && $(CC) -D_POSIX_C_SOURCE=200809L -std=c11 $(WARNINGS) \
	  $(CPPFLAGS) $(CFLAGS) `$(PKG_CONFIG) --cflags rdkafka` $(LDFLAGS) -o $@ \
	  $(srcdir)/$@.c $(srcdir)/bench/kafka/bare.c `$(PKG_CONFIG) --libs rdkafka` $(THREAD_LIBS)

# Whole programs: bench/run-bench and bench/peers/run build these when they need them.
EXTRA_PROGRAMS += bench/compare bench/pacing/bare_sleep bench/samples
bench_compare_SOURCES = bench/compare.c
bench_compare_LDADD =
bench_pacing_bare_sleep_SOURCES = bench/pacing/bare_sleep.c
bench_pacing_bare_sleep_LDADD =
bench_samples_SOURCES = bench/samples.c
bench_samples_LDADD = src/libretrial.a

CLEANFILES += $(benchmarks) $(kafka_loops) $(EXTRA_PROGRAMS)
EXTRA_DIST += \
	$(benchmarks:=.cc) \
	bench/README.md \
	bench/kafka/bare.c \
	bench/kafka/bare.h \
	bench/kafka/bare_closed_loop.c \
	bench/kafka/bare_consume.c \
	bench/kafka/bare_produce.c \
	bench/kafka/closed_loop_peer.py \
	bench/kafka/ours \
	bench/kafka/pipeline/cpu.sql \
	bench/kafka/pipeline/pipeline.yaml \
	bench/kafka/records.py \
	bench/kafka/run \
	bench/kafka/topic.c \
	bench/pacing/ours \
	bench/pacing/run \
	bench/peers/cpu_mem.sql \
	bench/peers/cpu_mem_join.sql \
	bench/peers/differing.py \
	bench/peers/duckdb_peer.py \
	bench/peers/net_disk.sql \
	bench/peers/polars_peer.py \
	bench/peers/run \
	bench/peers/spark_peer.py \
	bench/run-bench
