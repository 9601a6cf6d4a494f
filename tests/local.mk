# SPDX-License-Identifier: Apache-2.0
# A unit test tests/unit/NAME_test.c is one line here and becomes one program.
unit_tests = \
	tests/unit/account_test \
	tests/unit/alert_windows_test \
	tests/unit/base64_test \
	tests/unit/capture_rows_test \
	tests/unit/capture_test \
	tests/unit/civil_test \
	tests/unit/compare_test \
	tests/unit/csv_reader_test \
	tests/unit/csv_record_test \
	tests/unit/csv_writer_test \
	tests/unit/decimal_test \
	tests/unit/distribution_test \
	tests/unit/envelope_test \
	tests/unit/error_test \
	tests/unit/flight_test \
	tests/unit/format_test \
	tests/unit/function_bind_test \
	tests/unit/function_fuzz_test \
	tests/unit/function_test \
	tests/unit/generator_test \
	tests/unit/histogram_test \
	tests/unit/hlog_test \
	tests/unit/interval_test \
	tests/unit/journal_test \
	tests/unit/kafka_broker_test \
	tests/unit/key_table_test \
	tests/unit/latency_test \
	tests/unit/locked_test \
	tests/unit/loop_test \
	tests/unit/memory_broker_test \
	tests/unit/memory_test \
	tests/unit/message_test \
	tests/unit/modelled_broker_test \
	tests/unit/number_test \
	tests/unit/order_test \
	tests/unit/outfile_test \
	tests/unit/pace_test \
	tests/unit/pages_test \
	tests/unit/parser_test \
	tests/unit/partitioner_test \
	tests/unit/pipeline_test \
	tests/unit/query_test \
	tests/unit/random_test \
	tests/unit/reference_test \
	tests/unit/rejects_test \
	tests/unit/reorder_test \
	tests/unit/replay_test \
	tests/unit/resume_test \
	tests/unit/round_test \
	tests/unit/schedule_test \
	tests/unit/schema_test \
	tests/unit/sleeper_test \
	tests/unit/stamp_test \
	tests/unit/store_test \
	tests/unit/suggest_test \
	tests/unit/threads_test \
	tests/unit/time_pattern_test \
	tests/unit/time_text_test \
	tests/unit/variables_test \
	tests/unit/wide_test \
	tests/unit/windows_test \
	$(end)

if HAVE_KAFKA
unit_tests += tests/unit/kafka_trouble_test
endif

check_LIBRARIES += tests/support/libsupport.a
tests_support_libsupport_a_SOURCES = \
	tests/support/check.h \
	tests/support/columns.c tests/support/columns.h \
	tests/support/data.c tests/support/data.h \
	tests/support/durations.c tests/support/durations.h \
	tests/support/exhausted.c \
	tests/support/number_fields.h \
	tests/support/sql_dump.c tests/support/sql_dump.h

# Of every program without an LDADD of its own, that is, of the unit tests. The library and the
# tests' support call each other.
LDADD = replay/libreplay.a src/libretrial.a tests/support/libsupport.a \
	src/libretrial.a tests/support/libsupport.a \
	$(CMOCKA_LIBS) $(DEPS_LIBS) $(THREAD_LIBS) -lm

if HAVE_CMOCKA
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)
endif

TESTS += tests/check-house tests/run-cases tests/check-conformance tests/check-hlog tests/check-fuzz

check_PROGRAMS += tests/run-conformance
tests_run_conformance_SOURCES = \
	tests/run-conformance.c \
	tests/support/conformance_case.c tests/support/conformance_case.h
tests_run_conformance_LDADD = src/libretrial.a tests/support/libsupport.a src/libretrial.a \
	$(DEPS_LIBS) $(THREAD_LIBS) -lm

check_PROGRAMS += tests/write-hlog
tests_write_hlog_SOURCES = tests/write-hlog.c
tests_write_hlog_LDADD = src/libretrial.a tests/support/libsupport.a src/libretrial.a \
	$(DEPS_LIBS) $(THREAD_LIBS) -lm

# Fuzz targets: with libFuzzer's driver where it was asked for, else with our own.
if LIBFUZZER
fuzz_driver =
else
fuzz_driver = tests/fuzz/mutate.c
endif
fuzz_libraries = src/libretrial.a tests/support/libsupport.a src/libretrial.a \
	$(DEPS_LIBS) $(THREAD_LIBS) -lm
check_PROGRAMS += \
	tests/fuzz/capture_fuzz \
	tests/fuzz/csv_fuzz \
	tests/fuzz/number_fuzz \
	tests/fuzz/pipeline_fuzz \
	tests/fuzz/query_fuzz \
	tests/fuzz/sql_fuzz \
	tests/fuzz/time_fuzz
tests_fuzz_capture_fuzz_SOURCES = tests/fuzz/capture_fuzz.c $(fuzz_driver)
tests_fuzz_capture_fuzz_LDFLAGS = $(FUZZER)
tests_fuzz_capture_fuzz_LDADD = $(fuzz_libraries)
tests_fuzz_csv_fuzz_SOURCES = tests/fuzz/csv_fuzz.c $(fuzz_driver)
tests_fuzz_csv_fuzz_LDFLAGS = $(FUZZER)
tests_fuzz_csv_fuzz_LDADD = $(fuzz_libraries)
tests_fuzz_number_fuzz_SOURCES = tests/fuzz/number_fuzz.c $(fuzz_driver)
tests_fuzz_number_fuzz_LDFLAGS = $(FUZZER)
tests_fuzz_number_fuzz_LDADD = $(fuzz_libraries)
tests_fuzz_pipeline_fuzz_SOURCES = tests/fuzz/pipeline_fuzz.c $(fuzz_driver)
tests_fuzz_pipeline_fuzz_LDFLAGS = $(FUZZER)
tests_fuzz_pipeline_fuzz_LDADD = $(fuzz_libraries)
tests_fuzz_query_fuzz_SOURCES = tests/fuzz/query_fuzz.c $(fuzz_driver)
tests_fuzz_query_fuzz_LDFLAGS = $(FUZZER)
tests_fuzz_query_fuzz_LDADD = $(fuzz_libraries)
tests_fuzz_sql_fuzz_SOURCES = tests/fuzz/sql_fuzz.c $(fuzz_driver)
tests_fuzz_sql_fuzz_LDFLAGS = $(FUZZER)
tests_fuzz_sql_fuzz_LDADD = $(fuzz_libraries)
tests_fuzz_time_fuzz_SOURCES = tests/fuzz/time_fuzz.c $(fuzz_driver)
tests_fuzz_time_fuzz_LDFLAGS = $(FUZZER)
tests_fuzz_time_fuzz_LDADD = $(fuzz_libraries)

# All tests speak TAP. tests/setup fixes the environment for every one of them.
LOG_DRIVER = AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
AM_TESTS_ENVIRONMENT = \
	RETRIAL='$(abs_builddir)/retrial'; export RETRIAL; . $(abs_srcdir)/tests/setup;

EXTRA_DIST += \
	tests/README.md \
	tests/cases \
	tests/check \
	tests/check-conformance \
	tests/check-fuzz \
	tests/check-hlog \
	tests/check-house \
	tests/check-kafka \
	tests/conformance \
	tests/data \
	tests/differential \
	tests/differential/refusals.sql \
	tests/fuzz/csv.seed \
	tests/fuzz/mutate.c \
	tests/fuzz/number.seed \
	tests/fuzz/run \
	tests/fuzz/sql.dict \
	tests/fuzz/time.seed \
	tests/golden_spark.py \
	tests/kafka \
	tests/latency_sample.py \
	tests/reference_spark.py \
	tests/run-cases \
	tests/setup \
	tests/support/c11_threads.c \
	tests/support/threads.suppressions

# Against a real Kafka, which takes a Java runtime and a first download: not part of `make check`.
.PHONY: check-kafka
check-kafka: all
	@$(AM_TESTS_ENVIRONMENT) $(srcdir)/tests/check-kafka $(CASES) || [ $$? = 77 ]

# Fifty kills of each part, some minutes: by hand, too.
.PHONY: check-kafka-kill
check-kafka-kill: all
	@$(AM_TESTS_ENVIRONMENT) $(srcdir)/tests/kafka/kill || [ $$? = 77 ]

# What was installed finds what was installed.
installcheck-local:
	cd / && '$(DESTDIR)$(bindir)/retrial' list | grep server-monitoring
