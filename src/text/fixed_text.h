/* SPDX-License-Identifier: Apache-2.0 */
/* fixed_text.h - digits with a fixed number of decimals: what format_number and format_string have
 * in common. */
#ifndef RETRIAL_TEXT_FIXED_TEXT_H
#define RETRIAL_TEXT_FIXED_TEXT_H

#include "base/buffer.h"

/* Appends the n digits, times 10^exponent, with `decimals` digits behind the point (digits beyond
 * are left away) and commas between thousands if `group`. There are no leading zeros among them. */
void fixed_text(struct buffer *out, const char *digit, size_t n, int64_t exponent, int decimals,
                bool group);

#endif
