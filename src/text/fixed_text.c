/* SPDX-License-Identifier: Apache-2.0 */
#include "text/fixed_text.h"

void fixed_text(struct buffer *out, const char *digit, size_t n, int64_t exponent, int decimals,
                bool group)
{
  int64_t whole = (int64_t)n + exponent; /* digits before the point */
  if (whole <= 0)
    buffer_put(out, '0');
  for (int64_t i = 0; i < whole; i++) {
    if (group && i > 0 && (whole - i) % 3 == 0)
      buffer_put(out, ',');
    buffer_put(out, i < (int64_t)n ? digit[i] : '0');
  }
  if (decimals > 0)
    buffer_put(out, '.');
  for (int64_t i = whole; i < whole + decimals; i++)
    buffer_put(out, i >= 0 && i < (int64_t)n ? digit[i] : '0');
}
