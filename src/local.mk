# SPDX-License-Identifier: Apache-2.0
noinst_LIBRARIES += src/libretrial.a

src_libretrial_a_SOURCES = \
	src/base/ascii.h \
	src/base/base64.c src/base/base64.h \
	src/base/buffer.c src/base/buffer.h \
	src/base/distribution.c src/base/distribution.h \
	src/base/error.c src/base/error.h \
	src/base/executor.c src/base/executor.h \
	src/base/growing.c src/base/growing.h \
	src/base/hash.h \
	src/base/infile.c src/base/infile.h \
	src/base/memory.c src/base/memory.h \
	src/base/murmur3.h \
	src/base/nanoseconds.h \
	src/base/outfile.c src/base/outfile.h \
	src/base/random.c src/base/random.h \
	src/base/slice.c src/base/slice.h \
	src/base/strict_angle.c \
	src/base/strict_exp.c \
	src/base/strict_math.h \
	src/base/strict_power.c \
	src/base/suggest.c src/base/suggest.h \
	src/base/xxhash64.h \
	src/broker/broker.h \
	src/broker/faulty.c src/broker/faulty.h \
	src/broker/headers.c src/broker/headers.h \
	src/broker/kafka.h \
	src/broker/memory.c src/broker/memory.h \
	src/broker/modelled.c src/broker/modelled.h \
	src/broker/partitioner.c src/broker/partitioner.h \
	src/broker/wake_pipe.c src/broker/wake_pipe.h \
	src/capture/capture.h \
	src/capture/envelope.c src/capture/envelope.h \
	src/capture/envelope_decode.h \
	src/capture/envelope_json.c \
	src/capture/envelope_layout.c \
	src/capture/reader.c \
	src/capture/stream_in.c src/capture/stream_in.h \
	src/capture/stream_out.c src/capture/stream_out.h \
	src/capture/writer.c \
	src/exec/accumulate.c src/exec/accumulate.h \
	src/exec/aggregate.c \
	src/exec/aggregates/best.c \
	src/exec/aggregates/bits.c \
	src/exec/aggregates/chains.c src/exec/aggregates/chains.h \
	src/exec/aggregates/collect.c \
	src/exec/aggregates/covariance.c \
	src/exec/aggregates/distinct_estimate.c \
	src/exec/aggregates/doubles.c src/exec/aggregates/doubles.h \
	src/exec/aggregates/java_hash.c src/exec/aggregates/java_hash.h \
	src/exec/aggregates/kind.h \
	src/exec/aggregates/moments.c \
	src/exec/aggregates/percentile.c \
	src/exec/aggregates/quantile.c \
	src/exec/aggregates/quantiles.c src/exec/aggregates/quantiles.h \
	src/exec/boundary.c src/exec/boundary.h \
	src/exec/build.c \
	src/exec/compare.c src/exec/compare.h \
	src/exec/expand.c \
	src/exec/explain.c src/exec/explain.h \
	src/exec/fast_map.c src/exec/fast_map.h \
	src/exec/filter.c \
	src/exec/full_join.c \
	src/exec/generate.c \
	src/exec/hash_join.c \
	src/exec/held_side.c src/exec/held_side.h \
	src/exec/join_rows.c src/exec/join_rows.h \
	src/exec/join_side.c src/exec/join_side.h \
	src/exec/key_table.c src/exec/key_table.h \
	src/exec/lanes.c src/exec/lanes.h \
	src/exec/limit.c \
	src/exec/merge_join.c \
	src/exec/order.c src/exec/order.h \
	src/exec/over.c src/exec/over.h \
	src/exec/over_add.c \
	src/exec/over_frame.c \
	src/exec/over_pick.c \
	src/exec/over_rank.c \
	src/exec/pages.c src/exec/pages.h \
	src/exec/parts.c src/exec/parts.h \
	src/exec/project.c \
	src/exec/query.c src/exec/query.h \
	src/exec/repeat.c \
	src/exec/runs.c src/exec/runs.h \
	src/exec/scalar.c \
	src/exec/scan.c \
	src/exec/semi_join.c \
	src/exec/shared_counts.c src/exec/shared_counts.h \
	src/exec/sort.c \
	src/exec/sorting.c src/exec/sorting.h \
	src/exec/source.c src/exec/source.h \
	src/exec/step.c src/exec/step.h \
	src/exec/store.c src/exec/store.h \
	src/exec/top.c \
	src/exec/union.c \
	src/exec/values.c \
	src/exec/window.c \
	src/exec/windows.h \
	src/golden/compare.c src/golden/compare.h \
	src/measure/account.c src/measure/account.h \
	src/measure/encoding.c src/measure/encoding.h \
	src/measure/histogram.c src/measure/histogram.h \
	src/measure/hlog.c src/measure/hlog.h \
	src/measure/latency.c src/measure/latency.h \
	src/measure/latency_write.c src/measure/latency_write.h \
	src/measure/percentile.c src/measure/percentile.h \
	src/measure/seconds.c src/measure/seconds.h \
	src/pipeline/generate.c \
	src/pipeline/generator.c src/pipeline/generator.h \
	src/pipeline/generator_check.c \
	src/pipeline/jobs.c \
	src/pipeline/parameters.c \
	src/pipeline/pipeline.c src/pipeline/pipeline.h \
	src/pipeline/reader.c src/pipeline/reader.h \
	src/pipeline/service.c \
	src/pipeline/tables.c \
	src/pipeline/topics.c \
	src/pipeline/yaml.c src/pipeline/yaml.h \
	src/sql/aggregates/call.h \
	src/sql/aggregates/list.h \
	src/sql/aggregates/percentiles.c \
	src/sql/aggregates/statistics.c \
	src/sql/aggregates/sums.c \
	src/sql/aggregates/values.c \
	src/sql/ast.h \
	src/sql/bind/bind_aggregate.c \
	src/sql/bind/bind_expr.c \
	src/sql/bind/bind_frame.c \
	src/sql/bind/bind_generate.c \
	src/sql/bind/bind_group.c \
	src/sql/bind/bind_lambda.c \
	src/sql/bind/bind_level.h \
	src/sql/bind/bind_over.c \
	src/sql/bind/bind_pivot.c \
	src/sql/bind/bind_query.c \
	src/sql/bind/bind_relation.c \
	src/sql/bind/bind_select.c \
	src/sql/bind/bind_set.c \
	src/sql/bind/bind_subquery.c src/sql/bind/bind_subquery.h \
	src/sql/bind/bind_table_function.c \
	src/sql/bind/bind_version.c \
	src/sql/bind/bind_window.c \
	src/sql/bind/check_call.c \
	src/sql/bind/decorrelate.c src/sql/bind/decorrelate.h \
	src/sql/binder.h src/sql/bind/binder_internal.h \
	src/sql/coercion.c src/sql/coercion.h \
	src/sql/expr.c src/sql/expr.h \
	src/sql/extra_items.c src/sql/extra_items.h \
	src/sql/function.c src/sql/function.h \
	src/sql/functions/about.c \
	src/sql/functions/arithmetic.c \
	src/sql/functions/array_order.c \
	src/sql/functions/array_rows.c src/sql/functions/array_rows.h \
	src/sql/functions/array_sets.c \
	src/sql/functions/array_values.c \
	src/sql/functions/call.c src/sql/functions/call.h \
	src/sql/functions/cast.c src/sql/functions/cast.h \
	src/sql/functions/cast_nested.c \
	src/sql/functions/cast_text.c \
	src/sql/functions/choose.c \
	src/sql/functions/collections.c \
	src/sql/functions/compare.c src/sql/functions/compare.h \
	src/sql/functions/compare_values.c \
	src/sql/functions/date_arithmetic.c \
	src/sql/functions/decimal_arithmetic.c \
	src/sql/functions/digests.c \
	src/sql/functions/format.c \
	src/sql/functions/hash_values.c \
	src/sql/functions/higher_order.c \
	src/sql/functions/interval_arithmetic.c \
	src/sql/functions/interval_parts.c \
	src/sql/functions/java_numbers.h \
	src/sql/functions/json.c \
	src/sql/functions/lambda.c src/sql/functions/lambda.h \
	src/sql/functions/like.c \
	src/sql/functions/list.h \
	src/sql/functions/logic.c \
	src/sql/functions/maps.c \
	src/sql/functions/math.c \
	src/sql/functions/math_integer.c \
	src/sql/functions/math_strict.c \
	src/sql/functions/pattern.c src/sql/functions/pattern.h \
	src/sql/functions/pattern_java.c src/sql/functions/pattern_java.h \
	src/sql/functions/refused.c \
	src/sql/functions/regexp.c src/sql/functions/regexp.h \
	src/sql/functions/regexp_places.c \
	src/sql/functions/result.c src/sql/functions/result.h \
	src/sql/functions/rounding.c \
	src/sql/functions/sequence.c \
	src/sql/functions/text_build.c \
	src/sql/functions/text_case.c \
	src/sql/functions/text_codes.c \
	src/sql/functions/text_parts.c \
	src/sql/functions/text_rows.h \
	src/sql/functions/text_search.c \
	src/sql/functions/time_arithmetic.c \
	src/sql/functions/time_fields.c \
	src/sql/functions/time_kernel.h \
	src/sql/functions/time_patterns.c \
	src/sql/functions/time_units.c \
	src/sql/functions/time_zones.c \
	src/sql/functions/try_arithmetic.c \
	src/sql/names/column_name.c src/sql/names/column_name.h \
	src/sql/names/column_name_arithmetic.c \
	src/sql/names/column_name_call.c \
	src/sql/names/column_name_literal.c \
	src/sql/names/column_name_over.c \
	src/sql/names/expr_text.c src/sql/names/expr_text.h \
	src/sql/names/plan_text.c src/sql/names/plan_text.h \
	src/sql/parse/keyword.c src/sql/parse/keyword.h \
	src/sql/parse/lexer.c src/sql/parse/lexer.h \
	src/sql/parse/parser.c src/sql/parser.h src/sql/parse/parser_internal.h \
	src/sql/parse/parser_call.c \
	src/sql/parse/parser_expr.c \
	src/sql/parse/parser_from.c \
	src/sql/parse/parser_group.c \
	src/sql/parse/parser_hint.c \
	src/sql/parse/parser_literal.c \
	src/sql/parse/parser_pivot.c \
	src/sql/parse/parser_primary.c \
	src/sql/parse/parser_query.c \
	src/sql/plan/plan.c src/sql/plan.h \
	src/sql/plan/plan_groups.c \
	src/sql/plan/plan_join.c \
	src/sql/plan/plan_named.c \
	src/sql/plan/plan_order.c \
	src/sql/plan/plan_over.c \
	src/sql/plan/plan_push.c \
	src/sql/plan/plan_wanted.c \
	src/sql/reference.h \
	src/sql/result_place.c src/sql/result_place.h \
	src/sql/spark_version.c src/sql/spark_version.h \
	src/sql/unknown_function.c \
	src/sql/variables.c src/sql/variables.h \
	src/table/column.c src/table/column.h \
	src/table/column_stack.c \
	src/table/csv_block.c src/table/csv_block.h \
	src/table/csv_convert.c src/table/csv_convert.h \
	src/table/csv_deal.c \
	src/table/csv_decode.c \
	src/table/csv_index.c src/table/csv_index.h \
	src/table/csv_options.c src/table/csv_options.h \
	src/table/csv_reader.c src/table/csv_reader.h \
	src/table/csv_reader_internal.h \
	src/table/csv_reader_state.h \
	src/table/csv_record.c src/table/csv_record.h \
	src/table/csv_start.c \
	src/table/csv_writer.c src/table/csv_writer.h \
	src/table/java_bits.h \
	src/table/schema.c src/table/schema.h \
	src/table/type.c src/table/type.h \
	src/text/civil.c src/text/civil.h \
	src/text/decimal.c src/text/decimal.h \
	src/text/decimal_digits.h \
	src/text/decimal_scale.h \
	src/text/decimal_text.c \
	src/text/digest.c src/text/digest.h \
	src/text/duration.c \
	src/text/fixed_text.c src/text/fixed_text.h \
	src/text/format_number.c src/text/format_number.h \
	src/text/format_string.c src/text/format_string.h \
	src/text/hundredths.h \
	src/text/interval.c src/text/interval.h \
	src/text/interval_units.c src/text/interval_units.h \
	src/text/json_text.h \
	src/text/letter_case.c src/text/letter_case.h src/text/letter_case_table.h \
	src/text/message.c src/text/message.h \
	src/text/message_decode.c \
	src/text/message_layout.h \
	src/text/names.c src/text/names.h \
	src/text/number.h \
	src/text/number_parse.c \
	src/text/number_print.c \
	src/text/powers_of_ten.c src/text/powers_of_ten.h \
	src/text/round.c src/text/round.h \
	src/text/shortest.c src/text/shortest.h \
	src/text/time_fixed.h \
	src/text/time_legacy.c \
	src/text/time_pattern.c src/text/time_pattern.h \
	src/text/time_pattern_parse.c \
	src/text/time_pattern_print.c \
	src/text/time_pattern_steps.h \
	src/text/time_text.c src/text/time_text.h \
	src/text/to_binary.c src/text/to_binary.h \
	src/text/two_digits.h \
	src/text/unicode_digit.c src/text/unicode_digit.h \
	src/text/utf8.h \
	src/text/wide.c src/text/wide.h \
	$(end)

if HAVE_KAFKA
src_libretrial_a_SOURCES += \
	src/broker/kafka/client.c \
	src/broker/kafka/consume.c \
	src/broker/kafka/internal.h \
	src/broker/kafka/kafka.c \
	src/broker/kafka/produce.c \
	src/broker/kafka/refill.c \
	src/broker/kafka/topics.c \
	$(end)
else
src_libretrial_a_SOURCES += src/broker/kafka/none.c
endif

# The reference: its chapters, in the order in which one reads. They become a table of the library
# and, with the same words, the manual page retrial-sql(7).
ref = src/sql/reference
reference_chapters = \
	$(ref)/overview.ref \
	$(ref)/types.ref \
	$(ref)/literals.ref \
	$(ref)/clauses.ref \
	$(ref)/expressions.ref \
	$(ref)/arithmetic.ref \
	$(ref)/comparisons.ref \
	$(ref)/conditions.ref \
	$(ref)/numbers.ref \
	$(ref)/text.ref \
	$(ref)/patterns.ref \
	$(ref)/times.ref \
	$(ref)/collections.ref \
	$(ref)/casts.ref \
	$(ref)/json.ref \
	$(ref)/aggregates.ref \
	$(ref)/over.ref \
	$(ref)/tables.ref \
	$(ref)/refused.ref \
	$(ref)/options.ref \
	$(ref)/time-patterns.ref \
	$(ref)/versions.ref \
	$(end)

nodist_src_libretrial_a_SOURCES = src/sql/reference_data.c
CLEANFILES += src/sql/reference_data.c
EXTRA_DIST += $(reference_chapters) $(ref)/README.md $(ref)/reference.awk

reference_from = cd $(srcdir) && LC_ALL=C $(AWK) -f $(ref)/reference.awk

src/sql/reference_data.c: $(reference_chapters) $(ref)/reference.awk
	$(AM_V_GEN)$(MKDIR_P) src/sql && ( $(reference_from) -v as=c $(reference_chapters) ) >$@.new && \
	mv $@.new $@

EXTRA_DIST += src/text/LetterCase.java src/text/powers_of_ten.py
