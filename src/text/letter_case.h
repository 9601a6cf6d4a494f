/* SPDX-License-Identifier: Apache-2.0 */
/* letter_case.h - upper, lower and title case of Unicode's letters, as Java has them in the root
 * locale: no language's own rules, the same on every machine.
 */
#ifndef RETRIAL_TEXT_LETTER_CASE_H
#define RETRIAL_TEXT_LETTER_CASE_H

#include <stddef.h>
#include <stdint.h>

enum { UPPER_CASE_LETTERS = 3 };

/* String.toUpperCase of one letter: 1 .. 3 code points into out (U+00DF gives "SS"); how many. */
size_t letter_upper(uint32_t c, uint32_t out[UPPER_CASE_LETTERS]);

/* Character.toLowerCase and toTitleCase. String.toLowerCase differs in two letters: U+0130 and the
 * sigma at the end of a word (U+03C2), which need to see their neighbours. */
uint32_t letter_lower(uint32_t c);
uint32_t letter_title(uint32_t c);

#endif
