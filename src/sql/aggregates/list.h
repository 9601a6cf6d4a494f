/* SPDX-License-Identifier: Apache-2.0 */
/* list.h - every aggregate function: name, least and most arguments, binder, kind. Sorted by name.
 */
#ifndef RETRIAL_SQL_AGGREGATES_LIST_H
#define RETRIAL_SQL_AGGREGATES_LIST_H

#include "sql/aggregates/call.h"
#include "sql/functions/call.h"

#define AGGREGATE_LIST(F)                                                                          \
  F("any", 1, 1, aggregate_bool_extreme, AGGREGATE_MAX)                                            \
  F("any_value", 1, 2, aggregate_met, AGGREGATE_FIRST)                                             \
  F("approx_count_distinct", 1, 2, aggregate_approx_count, AGGREGATE_APPROX_COUNT_DISTINCT)        \
  F("approx_percentile", 2, 3, aggregate_percentile_approx, AGGREGATE_PERCENTILE_APPROX)           \
  F("array_agg", 1, 1, aggregate_collect, AGGREGATE_COLLECT_LIST)                                  \
  F("avg", 1, 1, aggregate_avg, AGGREGATE_AVG)                                                     \
  F("bit_and", 1, 1, aggregate_bits, AGGREGATE_BIT_AND)                                            \
  F("bit_or", 1, 1, aggregate_bits, AGGREGATE_BIT_OR)                                              \
  F("bit_xor", 1, 1, aggregate_bits, AGGREGATE_BIT_XOR)                                            \
  F("bool_and", 1, 1, aggregate_bool_extreme, AGGREGATE_MIN)                                       \
  F("bool_or", 1, 1, aggregate_bool_extreme, AGGREGATE_MAX)                                        \
  F("collect_list", 1, 1, aggregate_collect, AGGREGATE_COLLECT_LIST)                               \
  F("collect_set", 1, 1, aggregate_collect, AGGREGATE_COLLECT_SET)                                 \
  F("corr", 2, 2, aggregate_doubles, AGGREGATE_CORR)                                               \
  F("count", 1, ANY_NUMBER, aggregate_count, AGGREGATE_COUNT)                                      \
  F("count_if", 1, 1, aggregate_count_if, AGGREGATE_COUNT)                                         \
  F("covar_pop", 2, 2, aggregate_doubles, AGGREGATE_COVAR_POP)                                     \
  F("covar_samp", 2, 2, aggregate_doubles, AGGREGATE_COVAR_SAMP)                                   \
  F("every", 1, 1, aggregate_bool_extreme, AGGREGATE_MIN)                                          \
  F("first", 1, 2, aggregate_met, AGGREGATE_FIRST)                                                 \
  F("first_value", 1, 2, aggregate_met, AGGREGATE_FIRST)                                           \
  F("kurtosis", 1, 1, aggregate_doubles, AGGREGATE_KURTOSIS)                                       \
  F("last", 1, 2, aggregate_met, AGGREGATE_LAST)                                                   \
  F("last_value", 1, 2, aggregate_met, AGGREGATE_LAST)                                             \
  F("max", 1, 1, aggregate_extreme, AGGREGATE_MAX)                                                 \
  F("max_by", 2, 2, aggregate_extreme_by, AGGREGATE_MAX_BY)                                        \
  F("mean", 1, 1, aggregate_avg, AGGREGATE_AVG)                                                    \
  F("median", 1, 1, aggregate_percentile, AGGREGATE_PERCENTILE)                                    \
  F("min", 1, 1, aggregate_extreme, AGGREGATE_MIN)                                                 \
  F("min_by", 2, 2, aggregate_extreme_by, AGGREGATE_MIN_BY)                                        \
  F("mode", 1, 1, aggregate_mode, AGGREGATE_MODE)                                                  \
  F("percentile", 2, 3, aggregate_percentile, AGGREGATE_PERCENTILE)                                \
  F("percentile_approx", 2, 3, aggregate_percentile_approx, AGGREGATE_PERCENTILE_APPROX)           \
  F("percentile_cont", 2, 2, aggregate_percentile_within, AGGREGATE_PERCENTILE)                    \
  F("percentile_disc", 2, 2, aggregate_percentile_within, AGGREGATE_PERCENTILE_DISC)               \
  F("regr_avgx", 2, 2, aggregate_regr_avgx, AGGREGATE_AVG)                                         \
  F("regr_avgy", 2, 2, aggregate_regr_avgy, AGGREGATE_AVG)                                         \
  F("regr_count", 2, 2, aggregate_regr_count, AGGREGATE_COUNT)                                     \
  F("regr_intercept", 2, 2, aggregate_regression_of_x, AGGREGATE_REGR_INTERCEPT)                   \
  F("regr_r2", 2, 2, aggregate_doubles, AGGREGATE_REGR_R2)                                         \
  F("regr_slope", 2, 2, aggregate_regression_of_x, AGGREGATE_REGR_SLOPE)                           \
  F("regr_sxx", 2, 2, aggregate_regression_of_x, AGGREGATE_SQUARES)                                \
  F("regr_sxy", 2, 2, aggregate_doubles, AGGREGATE_PRODUCTS)                                       \
  F("regr_syy", 2, 2, aggregate_doubles, AGGREGATE_SQUARES)                                        \
  F("skewness", 1, 1, aggregate_doubles, AGGREGATE_SKEWNESS)                                       \
  F("some", 1, 1, aggregate_bool_extreme, AGGREGATE_MAX)                                           \
  F("std", 1, 1, aggregate_doubles, AGGREGATE_STDDEV_SAMP)                                         \
  F("stddev", 1, 1, aggregate_doubles, AGGREGATE_STDDEV_SAMP)                                      \
  F("stddev_pop", 1, 1, aggregate_doubles, AGGREGATE_STDDEV_POP)                                   \
  F("stddev_samp", 1, 1, aggregate_doubles, AGGREGATE_STDDEV_SAMP)                                 \
  F("sum", 1, 1, aggregate_sum, AGGREGATE_SUM)                                                     \
  F("try_avg", 1, 1, aggregate_avg, AGGREGATE_AVG)                                                 \
  F("try_sum", 1, 1, aggregate_try_sum, AGGREGATE_TRY_SUM)                                         \
  F("var_pop", 1, 1, aggregate_doubles, AGGREGATE_VAR_POP)                                         \
  F("var_samp", 1, 1, aggregate_doubles, AGGREGATE_VAR_SAMP)                                       \
  F("variance", 1, 1, aggregate_doubles, AGGREGATE_VAR_SAMP)

#define AGGREGATE_BINDER(name, least, most, binder, kind) aggregate_binder binder;
AGGREGATE_LIST(AGGREGATE_BINDER)

#endif
