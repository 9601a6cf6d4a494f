/* SPDX-License-Identifier: Apache-2.0 */
/* file_hash.h - how long a file is, and its SHA-256. */
#ifndef RETRIAL_REPLAY_FILE_HASH_H
#define RETRIAL_REPLAY_FILE_HASH_H

#include "base/error.h"

struct file_hash {
  uint64_t bytes;
  char sha256[65]; /* hexadecimal, small letters */
};

/* ERR_IO if it cannot be read. */
bool file_hash(const char *path, struct file_hash *out, struct error *err);

#endif
