/* SPDX-License-Identifier: Apache-2.0 */
/* list.h - every scalar function: name, least and most arguments, binder, and what tells functions
 * of one binder apart. Sorted by name (bytes), for the search in function.c.
 */
#ifndef RETRIAL_SQL_FUNCTIONS_LIST_H
#define RETRIAL_SQL_FUNCTIONS_LIST_H

#include "sql/functions/call.h"
#include "text/digest.h"
#include "text/round.h"

enum comparison {
  COMPARE_EQUAL,
  COMPARE_UNEQUAL,
  COMPARE_LESS,
  COMPARE_LESS_EQUAL,
  COMPARE_GREATER,
  COMPARE_GREATER_EQUAL,
};

enum arithmetic {
  ARITHMETIC_ADD,
  ARITHMETIC_SUBTRACT,
  ARITHMETIC_MULTIPLY,
  ARITHMETIC_DIVIDE,
  ARITHMETIC_REMAINDER, /* % and mod: the sign of the dividend */
  ARITHMETIC_MODULO,    /* pmod */
  ARITHMETIC_QUOTIENT,  /* div */
  ARITHMETIC_AND,
  ARITHMETIC_OR,
  ARITHMETIC_XOR,
};

enum unary { UNARY_NEGATIVE, UNARY_ABS, UNARY_COMPLEMENT, UNARY_POSITIVE };

enum { DECIDED_BY_FALSE = 0, DECIDED_BY_TRUE = 1 }; /* AND, OR */

enum time_field {
  FIELD_YEAR,
  FIELD_QUARTER,
  FIELD_MONTH,
  FIELD_DAY,
  FIELD_DAY_OF_YEAR,
  FIELD_DAY_OF_WEEK, /* 1 Sunday .. 7 Saturday */
  FIELD_WEEKDAY,     /* 0 Monday .. 6 Sunday */
  FIELD_WEEK,        /* ISO 8601 */
  FIELD_HOUR,
  FIELD_MINUTE,
  FIELD_SECOND,
};

enum math {
  MATH_SQRT,
  MATH_SIGNUM,
  MATH_RADIANS,
  MATH_DEGREES,
};

enum strict {
  STRICT_ACOS,
  STRICT_ACOSH,
  STRICT_ASIN,
  STRICT_ASINH,
  STRICT_ATAN,
  STRICT_ATANH,
  STRICT_CBRT,
  STRICT_COSH,
  STRICT_EXP,
  STRICT_EXPM1,
  STRICT_LN,
  STRICT_LOG10,
  STRICT_LOG1P,
  STRICT_LOG2,
  STRICT_RINT,
  STRICT_SINH,
  STRICT_TANH,
};

enum strict_pair { STRICT_ATAN2, STRICT_HYPOT, STRICT_POWER };

enum shift { SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_ZEROS };

enum array_set {
  ARRAY_DISTINCT,
  ARRAY_UNION,
  ARRAY_INTERSECT,
  ARRAY_EXCEPT,
  ARRAY_COMPACT,
  ARRAY_REVERSE,
};

enum map_part { MAP_KEYS, MAP_VALUES, MAP_ENTRIES };

enum trim_side { TRIM_BOTH, TRIM_LEFT, TRIM_RIGHT };

enum find { FIND_CONTAINS, FIND_STARTS, FIND_ENDS };

#define FUNCTION_LIST(F)                                                                           \
  F("!=", 2, 2, bind_comparison, COMPARE_UNEQUAL)                                                  \
  F("%", 2, 2, bind_arithmetic, ARITHMETIC_REMAINDER)                                              \
  F("&", 2, 2, bind_arithmetic, ARITHMETIC_AND)                                                    \
  F("*", 2, 2, bind_arithmetic, ARITHMETIC_MULTIPLY)                                               \
  F("+", 2, 2, bind_arithmetic, ARITHMETIC_ADD)                                                    \
  F("-", 2, 2, bind_arithmetic, ARITHMETIC_SUBTRACT)                                               \
  F("/", 2, 2, bind_arithmetic, ARITHMETIC_DIVIDE)                                                 \
  F("<", 2, 2, bind_comparison, COMPARE_LESS)                                                      \
  F("<=", 2, 2, bind_comparison, COMPARE_LESS_EQUAL)                                               \
  F("<=>", 2, 2, bind_same, 0)                                                                     \
  F("<>", 2, 2, bind_comparison, COMPARE_UNEQUAL)                                                  \
  F("=", 2, 2, bind_comparison, COMPARE_EQUAL)                                                     \
  F("==", 2, 2, bind_comparison, COMPARE_EQUAL)                                                    \
  F(">", 2, 2, bind_comparison, COMPARE_GREATER)                                                   \
  F(">=", 2, 2, bind_comparison, COMPARE_GREATER_EQUAL)                                            \
  F("^", 2, 2, bind_arithmetic, ARITHMETIC_XOR)                                                    \
  F("abs", 1, 1, bind_unary, UNARY_ABS)                                                            \
  F("acos", 1, 1, bind_strict, STRICT_ACOS)                                                        \
  F("acosh", 1, 1, bind_strict, STRICT_ACOSH)                                                      \
  F("add_months", 2, 2, bind_add_months, 0)                                                        \
  F("aggregate", 3, 4, bind_array_aggregate, 0)                                                    \
  F("and", 2, 2, bind_and_or, DECIDED_BY_FALSE)                                                    \
  F("array", 0, ANY_NUMBER, bind_array, 0)                                                         \
  F("array_append", 2, 2, bind_array_add, 0)                                                       \
  F("array_compact", 1, 1, bind_array_set, ARRAY_COMPACT)                                          \
  F("array_contains", 2, 2, bind_array_contains, 0)                                                \
  F("array_distinct", 1, 1, bind_array_set, ARRAY_DISTINCT)                                        \
  F("array_except", 2, 2, bind_array_set, ARRAY_EXCEPT)                                            \
  F("array_insert", 3, 3, bind_array_insert, 0)                                                    \
  F("array_intersect", 2, 2, bind_array_set, ARRAY_INTERSECT)                                      \
  F("array_join", 2, 3, bind_array_join, 0)                                                        \
  F("array_max", 1, 1, bind_array_extreme, 1)                                                      \
  F("array_min", 1, 1, bind_array_extreme, -1)                                                     \
  F("array_position", 2, 2, bind_array_position, 0)                                                \
  F("array_prepend", 2, 2, bind_array_add, 1)                                                      \
  F("array_remove", 2, 2, bind_array_remove, 0)                                                    \
  F("array_repeat", 2, 2, bind_array_repeat, 0)                                                    \
  F("array_size", 1, 1, bind_array_size, 0)                                                        \
  F("array_sort", 1, 2, bind_array_sort, 0)                                                        \
  F("array_union", 2, 2, bind_array_set, ARRAY_UNION)                                              \
  F("arrays_overlap", 2, 2, bind_arrays_overlap, 0)                                                \
  F("arrays_zip", 2, ANY_NUMBER, bind_arrays_zip, 0)                                               \
  F("ascii", 1, 1, bind_ascii, 0)                                                                  \
  F("asin", 1, 1, bind_strict, STRICT_ASIN)                                                        \
  F("asinh", 1, 1, bind_strict, STRICT_ASINH)                                                      \
  F("atan", 1, 1, bind_strict, STRICT_ATAN)                                                        \
  F("atan2", 2, 2, bind_strict_pair, STRICT_ATAN2)                                                 \
  F("atanh", 1, 1, bind_strict, STRICT_ATANH)                                                      \
  F("base64", 1, 1, bind_base64, 0)                                                                \
  F("bigint", 1, 1, bind_cast_to, TYPE_BIGINT)                                                     \
  F("bin", 1, 1, bind_bin, 0)                                                                      \
  F("bit_count", 1, 1, bind_bit_count, 0)                                                          \
  F("bit_get", 2, 2, bind_bit_get, 0)                                                              \
  F("bit_length", 1, 1, bind_byte_length, 8)                                                       \
  F("boolean", 1, 1, bind_cast_to, TYPE_BOOLEAN)                                                   \
  F("bround", 1, 2, bind_round, ROUND_HALF_EVEN)                                                   \
  F("btrim", 1, 2, bind_trim, TRIM_BOTH)                                                           \
  F("cardinality", 1, 1, bind_size, 0)                                                             \
  F("case", 1, ANY_NUMBER, bind_case, 0)                                                           \
  F("cbrt", 1, 1, bind_strict, STRICT_CBRT)                                                        \
  F("ceil", 1, 2, bind_floor, 1)                                                                   \
  F("ceiling", 1, 2, bind_floor, 1)                                                                \
  F("char", 1, 1, bind_char, 0)                                                                    \
  F("char_length", 1, 1, bind_length, 0)                                                           \
  F("character_length", 1, 1, bind_length, 0)                                                      \
  F("chr", 1, 1, bind_char, 0)                                                                     \
  F("coalesce", 1, ANY_NUMBER, bind_coalesce, 0)                                                   \
  F("concat", 0, ANY_NUMBER, bind_concat, 0)                                                       \
  F("concat_ws", 1, ANY_NUMBER, bind_concat_ws, 0)                                                 \
  F("contains", 2, 2, bind_find, FIND_CONTAINS)                                                    \
  F("conv", 3, 3, bind_conv, 0)                                                                    \
  F("cosh", 1, 1, bind_strict, STRICT_COSH)                                                        \
  F("crc32", 1, 1, bind_crc32, 0)                                                                  \
  F("curdate", 0, 0, bind_unrepeatable, 0)                                                         \
  F("current_catalog", 0, 0, bind_current, 1)                                                      \
  F("current_database", 0, 0, bind_current, 0)                                                     \
  F("current_date", 0, 0, bind_unrepeatable, 0)                                                    \
  F("current_schema", 0, 0, bind_current, 0)                                                       \
  F("current_timestamp", 0, 0, bind_unrepeatable, 0)                                               \
  F("date", 1, 1, bind_cast_to, TYPE_DATE)                                                         \
  F("date_add", 2, 2, bind_date_add, 1)                                                            \
  F("date_diff", 2, 2, bind_date_diff, 0)                                                          \
  F("date_format", 2, 2, bind_date_format, 0)                                                      \
  F("date_from_unix_date", 1, 1, bind_date_from_days, 0)                                           \
  F("date_part", 2, 2, bind_extract, 0)                                                            \
  F("date_sub", 2, 2, bind_date_add, -1)                                                           \
  F("date_trunc", 2, 2, bind_date_trunc, 0)                                                        \
  F("dateadd", 2, 2, bind_date_add, 1)                                                             \
  F("datediff", 2, 2, bind_date_diff, 0)                                                           \
  F("datepart", 2, 2, bind_extract, 0)                                                             \
  F("day", 1, 1, bind_time_field, FIELD_DAY)                                                       \
  F("dayofmonth", 1, 1, bind_time_field, FIELD_DAY)                                                \
  F("dayofweek", 1, 1, bind_time_field, FIELD_DAY_OF_WEEK)                                         \
  F("dayofyear", 1, 1, bind_time_field, FIELD_DAY_OF_YEAR)                                         \
  F("decimal", 1, 1, bind_cast_to, TYPE_DECIMAL)                                                   \
  F("decode", 3, ANY_NUMBER, bind_decode, 0)                                                       \
  F("degrees", 1, 1, bind_math, MATH_DEGREES)                                                      \
  F("div", 2, 2, bind_arithmetic, ARITHMETIC_QUOTIENT)                                             \
  F("double", 1, 1, bind_cast_to, TYPE_DOUBLE)                                                     \
  F("e", 0, 0, bind_math_constant, 'e')                                                            \
  F("element", 2, 2, bind_element, 0)                                                              \
  F("element_at", 2, 2, bind_element_at, 0)                                                        \
  F("elt", 2, ANY_NUMBER, bind_elt, 0)                                                             \
  F("endswith", 2, 2, bind_find, FIND_ENDS)                                                        \
  F("equal_null", 2, 2, bind_equal_null, 0)                                                        \
  F("exists", 2, 2, bind_exists, DECIDED_BY_TRUE)                                                  \
  F("exp", 1, 1, bind_strict, STRICT_EXP)                                                          \
  F("expm1", 1, 1, bind_strict, STRICT_EXPM1)                                                      \
  F("extract", 2, 2, bind_extract, 0)                                                              \
  F("factorial", 1, 1, bind_factorial, 0)                                                          \
  F("field", 2, 2, bind_field, 0)                                                                  \
  F("filter", 2, 2, bind_filter, 0)                                                                \
  F("find_in_set", 2, 2, bind_find_in_set, 0)                                                      \
  F("flatten", 1, 1, bind_flatten, 0)                                                              \
  F("float", 1, 1, bind_cast_to, TYPE_FLOAT)                                                       \
  F("floor", 1, 2, bind_floor, -1)                                                                 \
  F("forall", 2, 2, bind_exists, DECIDED_BY_FALSE)                                                 \
  F("format_number", 2, 2, bind_format_number, 0)                                                  \
  F("format_string", 1, ANY_NUMBER, bind_format_string, 0)                                         \
  F("from_json", 2, 2, bind_from_json, 0)                                                          \
  F("from_unixtime", 1, 2, bind_from_unixtime, 0)                                                  \
  F("from_utc_timestamp", 2, 2, bind_utc_timestamp, 1)                                             \
  F("get", 2, 2, bind_get, 0)                                                                      \
  F("get_json_object", 2, 2, bind_get_json_object, 0)                                              \
  F("getbit", 2, 2, bind_bit_get, 0)                                                               \
  F("greatest", 2, ANY_NUMBER, bind_extreme, 1)                                                    \
  F("hash", 1, ANY_NUMBER, bind_hash, 32)                                                          \
  F("hex", 1, 1, bind_hex, 0)                                                                      \
  F("hour", 1, 1, bind_time_field, FIELD_HOUR)                                                     \
  F("hypot", 2, 2, bind_strict_pair, STRICT_HYPOT)                                                 \
  F("if", 3, 3, bind_case, 0)                                                                      \
  F("ifnull", 2, 2, bind_coalesce, 0)                                                              \
  F("ilike", 2, 3, bind_like, 1)                                                                   \
  F("in", 2, ANY_NUMBER, bind_in, 0)                                                               \
  F("initcap", 1, 1, bind_initcap, 0)                                                              \
  F("instr", 2, 2, bind_instr, 0)                                                                  \
  F("int", 1, 1, bind_cast_to, TYPE_INT)                                                           \
  F("interval_months", 1, 1, bind_interval_months, 0)                                              \
  F("is false", 1, 1, bind_is_true, 0)                                                             \
  F("is true", 1, 1, bind_is_true, 1)                                                              \
  F("isnan", 1, 1, bind_isnan, 0)                                                                  \
  F("isnotnull", 1, 1, bind_is_null, 0)                                                            \
  F("isnull", 1, 1, bind_is_null, 1)                                                               \
  F("last_day", 1, 1, bind_last_day, 0)                                                            \
  F("lcase", 1, 1, bind_lower, 0)                                                                  \
  F("least", 2, ANY_NUMBER, bind_extreme, -1)                                                      \
  F("left", 2, 2, bind_left, 0)                                                                    \
  F("len", 1, 1, bind_length, 0)                                                                   \
  F("length", 1, 1, bind_length, 0)                                                                \
  F("levenshtein", 2, 2, bind_levenshtein, 0)                                                      \
  F("like", 2, 3, bind_like, 0)                                                                    \
  F("ln", 1, 1, bind_strict, STRICT_LN)                                                            \
  F("localtimestamp", 0, 0, bind_unrepeatable, 0)                                                  \
  F("locate", 2, 3, bind_locate, 0)                                                                \
  F("log", 1, 2, bind_log, 0)                                                                      \
  F("log10", 1, 1, bind_strict, STRICT_LOG10)                                                      \
  F("log1p", 1, 1, bind_strict, STRICT_LOG1P)                                                      \
  F("log2", 1, 1, bind_strict, STRICT_LOG2)                                                        \
  F("lower", 1, 1, bind_lower, 0)                                                                  \
  F("lpad", 2, 3, bind_pad, TRIM_LEFT)                                                             \
  F("ltrim", 1, 2, bind_trim, TRIM_LEFT)                                                           \
  F("luhn_check", 1, 1, bind_luhn_check, 0)                                                        \
  F("make_date", 3, 3, bind_make_date, 0)                                                          \
  F("make_dt_interval", 0, 4, bind_make_interval, TYPE_INTERVAL)                                   \
  F("make_timestamp", 6, 6, bind_make_timestamp, 0)                                                \
  F("make_timestamp_ltz", 6, 6, bind_make_timestamp, 0)                                            \
  F("make_ym_interval", 0, 2, bind_make_interval, TYPE_MONTHS)                                     \
  F("map", 0, ANY_NUMBER, bind_map, 0)                                                             \
  F("map_concat", 1, ANY_NUMBER, bind_map_concat, 0)                                               \
  F("map_contains_key", 2, 2, bind_map_contains_key, 0)                                            \
  F("map_entries", 1, 1, bind_map_parts, MAP_ENTRIES)                                              \
  F("map_filter", 2, 2, bind_map_filter, 0)                                                        \
  F("map_from_arrays", 2, 2, bind_map_from_arrays, 0)                                              \
  F("map_from_entries", 1, 1, bind_map_from_entries, 0)                                            \
  F("map_keys", 1, 1, bind_map_parts, MAP_KEYS)                                                    \
  F("map_values", 1, 1, bind_map_parts, MAP_VALUES)                                                \
  F("mask", 1, 5, bind_mask, 0)                                                                    \
  F("md5", 1, 1, bind_digest, DIGEST_MD5)                                                          \
  F("minute", 1, 1, bind_time_field, FIELD_MINUTE)                                                 \
  F("mod", 2, 2, bind_arithmetic, ARITHMETIC_REMAINDER)                                            \
  F("month", 1, 1, bind_time_field, FIELD_MONTH)                                                   \
  F("months_between", 2, 3, bind_months_between, 0)                                                \
  F("named_struct", 2, ANY_NUMBER, bind_struct, 1)                                                 \
  F("nanvl", 2, 2, bind_nanvl, 0)                                                                  \
  F("negative", 1, 1, bind_unary, UNARY_NEGATIVE)                                                  \
  F("next_day", 2, 2, bind_next_day, 0)                                                            \
  F("not", 1, 1, bind_not, 0)                                                                      \
  F("now", 0, 0, bind_unrepeatable, 0)                                                             \
  F("nullif", 2, 2, bind_nullif, 0)                                                                \
  F("nvl", 2, 2, bind_coalesce, 0)                                                                 \
  F("nvl2", 3, 3, bind_nvl2, 0)                                                                    \
  F("octet_length", 1, 1, bind_byte_length, 1)                                                     \
  F("or", 2, 2, bind_and_or, DECIDED_BY_TRUE)                                                      \
  F("overlay", 3, 4, bind_overlay, 0)                                                              \
  F("pi", 0, 0, bind_math_constant, 'p')                                                           \
  F("pmod", 2, 2, bind_arithmetic, ARITHMETIC_MODULO)                                              \
  F("position", 2, 3, bind_locate, 0)                                                              \
  F("positive", 1, 1, bind_unary, UNARY_POSITIVE)                                                  \
  F("pow", 2, 2, bind_strict_pair, STRICT_POWER)                                                   \
  F("power", 2, 2, bind_strict_pair, STRICT_POWER)                                                 \
  F("printf", 1, ANY_NUMBER, bind_format_string, 0)                                                \
  F("quarter", 1, 1, bind_time_field, FIELD_QUARTER)                                               \
  F("radians", 1, 1, bind_math, MATH_RADIANS)                                                      \
  F("rand", 0, 1, bind_unrepeatable, 0)                                                            \
  F("randn", 0, 1, bind_unrepeatable, 0)                                                           \
  F("random", 0, 1, bind_unrepeatable, 0)                                                          \
  F("reduce", 3, 4, bind_array_aggregate, 0)                                                       \
  F("regexp", 2, 2, bind_rlike, 0)                                                                 \
  F("regexp_count", 2, 2, bind_regexp_count, 0)                                                    \
  F("regexp_extract", 2, 3, bind_regexp_extract, 0)                                                \
  F("regexp_extract_all", 2, 3, bind_regexp_extract_all, 0)                                        \
  F("regexp_instr", 2, 3, bind_regexp_instr, 0)                                                    \
  F("regexp_like", 2, 2, bind_rlike, 0)                                                            \
  F("regexp_replace", 3, 4, bind_regexp_replace, 0)                                                \
  F("regexp_substr", 2, 2, bind_regexp_substr, 0)                                                  \
  F("repeat", 2, 2, bind_repeat, 0)                                                                \
  F("replace", 2, 3, bind_replace, 0)                                                              \
  F("reverse", 1, 1, bind_reverse, ARRAY_REVERSE)                                                  \
  F("right", 2, 2, bind_right, 0)                                                                  \
  F("rint", 1, 1, bind_strict, STRICT_RINT)                                                        \
  F("rlike", 2, 2, bind_rlike, 0)                                                                  \
  F("round", 1, 2, bind_round, ROUND_HALF_UP)                                                      \
  F("rpad", 2, 3, bind_pad, TRIM_RIGHT)                                                            \
  F("rtrim", 1, 2, bind_trim, TRIM_RIGHT)                                                          \
  F("second", 1, 1, bind_time_field, FIELD_SECOND)                                                 \
  F("sequence", 2, 3, bind_sequence, 0)                                                            \
  F("sha", 1, 1, bind_digest, DIGEST_SHA1)                                                         \
  F("sha1", 1, 1, bind_digest, DIGEST_SHA1)                                                        \
  F("sha2", 2, 2, bind_sha2, 0)                                                                    \
  F("shiftleft", 2, 2, bind_shift, SHIFT_LEFT)                                                     \
  F("shiftright", 2, 2, bind_shift, SHIFT_RIGHT)                                                   \
  F("shiftrightunsigned", 2, 2, bind_shift, SHIFT_RIGHT_ZEROS)                                     \
  F("sign", 1, 1, bind_math, MATH_SIGNUM)                                                          \
  F("signum", 1, 1, bind_math, MATH_SIGNUM)                                                        \
  F("sinh", 1, 1, bind_strict, STRICT_SINH)                                                        \
  F("size", 1, 1, bind_size, 0)                                                                    \
  F("slice", 3, 3, bind_slice, 0)                                                                  \
  F("smallint", 1, 1, bind_cast_to, TYPE_SMALLINT)                                                 \
  F("sort_array", 1, 2, bind_sort_array, 0)                                                        \
  F("soundex", 1, 1, bind_soundex, 0)                                                              \
  F("space", 1, 1, bind_space, 0)                                                                  \
  F("spark_partition_id", 0, 0, bind_partition_id, 0)                                              \
  F("split", 2, 3, bind_split, 0)                                                                  \
  F("split_part", 3, 3, bind_split_part, 0)                                                        \
  F("sqrt", 1, 1, bind_math, MATH_SQRT)                                                            \
  F("startswith", 2, 2, bind_find, FIND_STARTS)                                                    \
  F("string", 1, 1, bind_cast_to, TYPE_STRING)                                                     \
  F("struct", 1, ANY_NUMBER, bind_struct, 0)                                                       \
  F("substr", 2, 3, bind_substring, 0)                                                             \
  F("substring", 2, 3, bind_substring, 0)                                                          \
  F("substring_index", 3, 3, bind_substring_index, 0)                                              \
  F("tanh", 1, 1, bind_strict, STRICT_TANH)                                                        \
  F("timestamp", 1, 1, bind_cast_to, TYPE_TIMESTAMP)                                               \
  F("timestamp_micros", 1, 1, bind_timestamp_units, 1)                                             \
  F("timestamp_millis", 1, 1, bind_timestamp_units, 1000)                                          \
  F("timestamp_seconds", 1, 1, bind_timestamp_seconds, 0)                                          \
  F("timestampadd", 3, 3, bind_timestampadd, 0)                                                    \
  F("timestampdiff", 3, 3, bind_timestampdiff, 0)                                                  \
  F("tinyint", 1, 1, bind_cast_to, TYPE_TINYINT)                                                   \
  F("to_date", 1, 2, bind_to_time, TYPE_DATE)                                                      \
  F("to_timestamp", 1, 2, bind_to_time, TYPE_TIMESTAMP)                                            \
  F("to_timestamp_ltz", 1, 2, bind_to_time, TYPE_TIMESTAMP)                                        \
  F("to_unix_timestamp", 1, 2, bind_unix_timestamp, 0)                                             \
  F("to_utc_timestamp", 2, 2, bind_utc_timestamp, -1)                                              \
  F("transform", 2, 2, bind_transform, 0)                                                          \
  F("transform_keys", 2, 2, bind_map_transform, MAP_KEYS)                                          \
  F("transform_values", 2, 2, bind_map_transform, MAP_VALUES)                                      \
  F("translate", 3, 3, bind_translate, 0)                                                          \
  F("trim", 1, 2, bind_trim, TRIM_BOTH)                                                            \
  F("trunc", 2, 2, bind_trunc, 0)                                                                  \
  F("try_add", 2, 2, bind_try_arithmetic, ARITHMETIC_ADD)                                          \
  F("try_divide", 2, 2, bind_try_arithmetic, ARITHMETIC_DIVIDE)                                    \
  F("try_element_at", 2, 2, bind_element_at, 0)                                                    \
  F("try_multiply", 2, 2, bind_try_arithmetic, ARITHMETIC_MULTIPLY)                                \
  F("try_subtract", 2, 2, bind_try_arithmetic, ARITHMETIC_SUBTRACT)                                \
  F("try_to_timestamp", 1, 2, bind_to_time, TYPE_TIMESTAMP)                                        \
  F("typeof", 1, 1, bind_typeof, 0)                                                                \
  F("ucase", 1, 1, bind_upper, 0)                                                                  \
  F("unix_date", 1, 1, bind_unix_date, 0)                                                          \
  F("unix_micros", 1, 1, bind_unix_units, 1)                                                       \
  F("unix_millis", 1, 1, bind_unix_units, 1000)                                                    \
  F("unix_seconds", 1, 1, bind_unix_units, 1000000)                                                \
  F("unix_timestamp", 1, 2, bind_unix_timestamp, 0)                                                \
  F("upper", 1, 1, bind_upper, 0)                                                                  \
  F("url_decode", 1, 1, bind_url, 1)                                                               \
  F("url_encode", 1, 1, bind_url, 0)                                                               \
  F("uuid", 0, 0, bind_unrepeatable, 0)                                                            \
  F("weekday", 1, 1, bind_time_field, FIELD_WEEKDAY)                                               \
  F("weekofyear", 1, 1, bind_time_field, FIELD_WEEK)                                               \
  F("width_bucket", 4, 4, bind_width_bucket, 0)                                                    \
  F("xxhash64", 1, ANY_NUMBER, bind_hash, 64)                                                      \
  F("year", 1, 1, bind_time_field, FIELD_YEAR)                                                     \
  F("zip_with", 3, 3, bind_zip_with, 0)                                                            \
  F("|", 2, 2, bind_arithmetic, ARITHMETIC_OR)                                                     \
  F("||", 2, 2, bind_concat, 0)                                                                    \
  F("~", 1, 1, bind_unary, UNARY_COMPLEMENT)

/* Binders serve several names: declaring one twice is harmless. */
#define DECLARE(name, least, most, binder, variant) function_binder binder;
FUNCTION_LIST(DECLARE)
#undef DECLARE

/* Of bind_concat(): arrays. */
function_binder bind_concat_arrays;

/* Of bind_arithmetic(): operands of its special types. */
function_binder bind_time_arithmetic, bind_interval_arithmetic, bind_decimal_arithmetic;

/* -x and abs(x) of an interval; extract('field', x) of one. */
struct expr *bind_interval_sign(struct call *c, bool is_abs);
struct expr *bind_interval_part(struct call *c, struct slice field);

#endif
