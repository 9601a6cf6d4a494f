/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/file_hash.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"

enum { BLOCK_BYTES = 256 * 1024 };

bool file_hash(const char *path, struct file_hash *out, struct error *err)
{
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return error_io(err, path, errno, "cannot be read");
  struct sha256_ctx hash;
  uint8_t digest[SHA256_DIGEST_SIZE];
  uint8_t *block = mem_resize(NULL, BLOCK_BYTES, 1);
  ssize_t n;
  *out = (struct file_hash){0};
  sha256_init(&hash);
  while ((n = read(fd, block, BLOCK_BYTES)) > 0 || (n < 0 && errno == EINTR)) {
    if (n < 0)
      continue;
    sha256_update(&hash, (size_t)n, block);
    out->bytes += (uint64_t)n;
  }
  int problem = errno;
  free(block);
  close(fd);
  if (n < 0)
    return error_io(err, path, problem, "cannot be read");
  sha256_digest(&hash, SHA256_DIGEST_SIZE, digest);
  for (size_t i = 0; i < SHA256_DIGEST_SIZE; i++)
    snprintf(out->sha256 + 2 * i, 3, "%02x", digest[i]);
  return true;
}
