/* SPDX-License-Identifier: Apache-2.0 */
/* csv_record.h - the fields of one CSV record, character by character.
 *
 * Spark's tokenizer is univocity-parsers 2.9.1 with unescaped quotes STOP_AT_DELIMITER. What it
 * makes of irregular quoting follows from its state (the character read, the one before, where the
 * input ends), and the scanner keeps the same state, so that it gives the same fields for any
 * bytes. It is the long way; csv_reader.c takes it for records that hold a quote. The caller owns
 * the scanner and releases it with csv_scanner_free(); fields are valid until the next scan.
 */
#ifndef RETRIAL_TABLE_CSV_RECORD_H
#define RETRIAL_TABLE_CSV_RECORD_H

#include "base/buffer.h"
#include "table/csv_options.h"

/* Spark's maxColumns: a record with more fields stops the job. */
enum { CSV_MAX_FIELDS = 20480 };

/* The options that decide where fields begin and end. */
struct csv_dialect {
  struct slice separator;
  unsigned char quote, escape, escape_escape, comment;
  bool has_comment, skip_leading, skip_trailing;
  struct slice null_value, empty_value;
  bool lines;                /* the input is one line; else it is a stream of records */
  unsigned char line_end[2]; /* of the stream: LF; CR; or CR, LF. A second of 0 is none. */
};

void csv_dialect_of(struct csv_dialect *dialect, const struct csv_read_options *options);

/* A field is a run of the scanner's text, or one of the dialect's two values. */
struct csv_field {
  size_t at, n;
  const struct slice *value;
};

struct csv_scanner {
  const struct csv_dialect *dialect;
  /* Columns to be kept, of `columns`; NULL: all. univocity is less careful about the end of a
   * quoted field that nobody wants, so this can change other fields. */
  const bool *selected;
  size_t columns;

  struct csv_field *field;
  size_t fields, room;
  struct buffer text;

  const char *start, *p, *end;
  bool final, more;       /* no input follows `end`; it would have been needed */
  bool ended;             /* the last record ended with the input: there is no other */
  unsigned char ch, prev; /* the character at hand, and the one before as far as quoting goes */
  bool unescaped, trim;   /* a quote was met that is no escape; blanks at the end go */
  size_t value_at;        /* where the current field's text starts */
  size_t match;           /* characters of a long separator met so far */
};

enum csv_scan {
  CSV_SCAN_RECORD,
  CSV_SCAN_NOTHING, /* an empty line, a comment, or the end of the input */
  CSV_SCAN_MORE,    /* the record goes on behind `end`; scan it again with more input */
  CSV_SCAN_TOO_MANY /* more than CSV_MAX_FIELDS fields */
};

/* Scans one record at *p and moves *p behind it. */
enum csv_scan csv_scan(struct csv_scanner *s, const char **p, const char *end, bool final);

struct slice csv_scanner_field(const struct csv_scanner *s, size_t i);

void csv_scanner_free(struct csv_scanner *s);

#endif
