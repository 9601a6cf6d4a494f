/* SPDX-License-Identifier: Apache-2.0 */
/* html.h - texts, numbers and tables as HTML. Everything is appended to a buffer of the caller. */
#ifndef RETRIAL_REPLAY_REPORT_HTML_H
#define RETRIAL_REPLAY_REPORT_HTML_H

#include "base/buffer.h"

/* The text with blanks for control characters, and U+FFFD for bytes that are no UTF-8. */
void html_clean(struct buffer *out, struct slice text);

/* The same with &, < and > and both quotes escaped. */
void html_text(struct buffer *out, struct slice text);

/* "28,800". */
void html_count(struct buffer *out, uint64_t n);

/* "28,800 rows", "1 row". */
void html_counted(struct buffer *out, uint64_t n, const char *thing);

/* "1.25 ms" of nanoseconds: three digits and the unit that they need. */
void html_duration(struct buffer *out, int64_t ns);

/* "0:24:29". */
void html_clock(struct buffer *out, uint64_t seconds);

/* A table whose headings are separated by '|'; one that ends with '#' is over numbers. */
void html_table(struct buffer *out, const char *caption, const char *headings);
void html_table_end(struct buffer *out);

/* A row starts with the cell that names it. */
void html_row(struct buffer *out, struct slice name);
void html_cell(struct buffer *out, struct slice text);
void html_cell_code(struct buffer *out, struct slice text);
void html_cell_count(struct buffer *out, uint64_t n);
void html_cell_duration(struct buffer *out, int64_t ns);
void html_row_end(struct buffer *out);

#endif
