# SPDX-License-Identifier: Apache-2.0
# Microbenchmarks, built by `make benchmarks`, run by `make bench`, and neither by plain `make`.
# bench/NAME_bench.cc is one line here; it has its own BENCHMARK_MAIN() and mem_exhausted().
benchmarks = \
	$(end)

EXTRA_DIST += $(benchmarks:=.cc)
CLEANFILES += $(benchmarks)

# One rule for all of them: each is one C++ file linked with the library, whose headers are its own.
SUFFIXES = .cc
.cc:
	$(AM_V_CXXLD)$(MKDIR_P) bench && $(CXX) $(AM_CPPFLAGS) $(BENCHMARK_CFLAGS) $(CPPFLAGS) \
	  $(AM_CXXFLAGS) $(CXXFLAGS) $(AM_LDFLAGS) $(LDFLAGS) -o $@ $< \
	  src/libretrial.a $(BENCHMARK_LIBS) $(DEPS_LIBS) $(THREAD_LIBS) -lm $(LIBS)
$(benchmarks): src/libretrial.a

.PHONY: bench benchmarks
if HAVE_BENCHMARK
benchmarks: $(benchmarks)
bench: benchmarks
	@for b in $(benchmarks); do echo "# $$b"; ./$$b $(BENCH_FLAGS) || exit 1; done
else
bench benchmarks:
	@echo 'Google Benchmark was not found when configure ran (Debian: libbenchmark-dev)' >&2; exit 1
endif
