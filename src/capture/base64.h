/* SPDX-License-Identifier: Apache-2.0 */
/* base64.h - bytes as RFC 4648 writes them, section 4: padded, in one line. */
#ifndef RETRIAL_CAPTURE_BASE64_H
#define RETRIAL_CAPTURE_BASE64_H

#include "base/buffer.h"

/* Appends the digits of s. */
void base64_put(struct buffer *out, struct slice s);

/* The bytes that digits stand for, in the arena; false if they are none. Blanks are skipped. */
bool base64_take(struct slice digits, struct arena *arena, struct slice *out);

#endif
