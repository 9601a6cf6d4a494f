/* SPDX-License-Identifier: Apache-2.0 */
/* csv_options.h - the options of Spark's CSV reader and writer (CSVOptions.scala), by Spark's
 * names.
 */
#ifndef RETRIAL_TABLE_CSV_OPTIONS_H
#define RETRIAL_TABLE_CSV_OPTIONS_H

#include "base/error.h"
#include "base/memory.h"
#include "base/slice.h"

enum csv_mode { CSV_PERMISSIVE, CSV_DROPMALFORMED, CSV_FAILFAST };

struct csv_read_options {
  bool header;         /* true: the first line names the columns (their names do not matter) */
  bool enforce_schema; /* true; false: header names must equal the schema's */
  bool multi_line;
  bool ignore_leading_blanks, ignore_trailing_blanks;
  enum csv_mode mode;
  struct slice separator;  /* "," */
  char quote, escape;      /* '"' and '\\'; 0: the NUL character, as Spark has it */
  char escape_escape;      /* what stands before an escape that is text; 0: the escape itself */
  char comment;            /* 0: none */
  char line_end;           /* lineSep; 0: LF, CR LF and CR */
  bool latin_1;            /* encoding ISO-8859-1; else UTF-8 */
  struct slice null_value; /* "" */
  struct slice empty_value;
  bool empty_value_given;
  struct slice nan_value, positive_inf, negative_inf; /* NaN, Inf, -Inf */
  struct slice timestamp_format, date_format;         /* empty: Spark's default */
  bool time_fallback, time_fallback_given; /* enableDateTimeParsingFallback; see csv_convert.c */
  struct slice corrupt_record_column;      /* "_corrupt_record" */
};

struct csv_write_options {
  bool header; /* true */
  bool quote_all;
  bool escape_quotes;                                 /* true */
  bool ignore_leading_blanks, ignore_trailing_blanks; /* true */
  struct slice separator;                             /* "," */
  char quote, escape, escape_escape;                  /* as for reading */
  char comment; /* '#': the first value of a row that starts with it is quoted */
  struct slice null_value, empty_value; /* "" and "\"\"" */
  struct slice timestamp_format, date_format;
  struct slice line_separator; /* "\n" */
};

/* The suite's defaults: Spark's, but that the header is true. */
void csv_read_defaults(struct csv_read_options *options);
void csv_write_defaults(struct csv_write_options *options);

/* Sets one option by Spark's name (letters' case ignored). Texts are copied into the arena.
 * ERR_NAME with the nearest name if there is none such, ERR_RANGE if the value does not fit,
 * ERR_UNSUPPORTED if Spark has it and retrial has not. */
bool csv_read_option(struct csv_read_options *options, struct slice name, struct slice value,
                     struct arena *arena, struct error *err);
bool csv_write_option(struct csv_write_options *options, struct slice name, struct slice value,
                      struct arena *arena, struct error *err);

#endif
