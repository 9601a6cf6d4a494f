/* SPDX-License-Identifier: Apache-2.0 */
/* digest.h - checksums of bytes: MD5 (RFC 1321), SHA-1 and SHA-2 (FIPS 180-4), CRC-32 (ISO 3309).
 */
#ifndef RETRIAL_TEXT_DIGEST_H
#define RETRIAL_TEXT_DIGEST_H

#include "base/slice.h"

enum digest { DIGEST_MD5, DIGEST_SHA1, DIGEST_SHA224, DIGEST_SHA256, DIGEST_SHA384, DIGEST_SHA512 };

enum { DIGEST_HEX_BYTES = 128 }; /* of the longest one */

/* Writes the digest in small hexadecimal digits; returns how many. */
size_t digest_hex(enum digest kind, struct slice bytes, char *out);

uint32_t digest_crc32(struct slice bytes);

#endif
