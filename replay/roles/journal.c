/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/hash.h"

static const char MAGIC[8] = {'r', 'e', 't', 'r', 'i', 'a', 'l', '1'};

/* What stands before the key, the headers and the value of each record. The machine's own byte
 * order: a journal does not travel. */
struct entry {
  uint64_t check; /* of all that follows */
  uint64_t bytes; /* of the entry, this one included */
  uint64_t value; /* its bytes; as are headers and key */
  int64_t offset, timestamp_ms;
  uint32_t partition, headers;
  uint32_t key; /* NO_KEY: none */
  uint32_t tombstone;
};

enum { NO_KEY = 0xffffffff, ALIGNMENT = 8 };

struct journal {
  const char *path;
  int fd;
  struct buffer batch;
  struct arena arena;
};

static uint64_t check_of(const char *entry, uint64_t bytes)
{
  size_t skip = sizeof(uint64_t);
  return hash_slice((struct slice){entry + skip, bytes - skip});
}

/* The entry at p, of which there are `left` bytes; false if it is not whole. */
static bool read_entry(const char *p, size_t left, struct broker_record *record, size_t *bytes)
{
  struct entry e;
  if (left < sizeof e)
    return false;
  memcpy(&e, p, sizeof e);
  if (e.bytes < sizeof e || e.bytes > left || e.bytes % ALIGNMENT != 0 ||
      check_of(p, e.bytes) != e.check)
    return false;
  const char *key = p + sizeof e;
  uint32_t key_bytes = e.key != NO_KEY ? e.key : 0;
  *record = (struct broker_record){
      .key = {key, key_bytes},
      .keyed = e.key != NO_KEY,
      .tombstone = e.tombstone != 0,
      .headers = {key + key_bytes, e.headers},
      .value = {key + key_bytes + e.headers, e.value},
      .timestamp_ms = e.timestamp_ms,
      .partition = e.partition,
      .offset = e.offset,
  };
  *bytes = e.bytes;
  return true;
}

/* Visits what is whole of the mapped file; *end is where that ends. */
static bool visit_all(const char *map, size_t size, int64_t from, journal_visitor *visit,
                      void *argument, int64_t *next, size_t *end, struct error *err)
{
  struct broker_record record;
  size_t at = sizeof MAGIC, bytes;
  for (; read_entry(map + at, size - at, &record, &bytes); at += bytes) {
    *next = record.offset + 1;
    if (record.offset >= from && !visit(argument, &record, err))
      return false;
  }
  *end = at;
  return true;
}

static bool visit_file(int fd, const char *path, int64_t from, journal_visitor *visit,
                       void *argument, int64_t *next, size_t *end, struct error *err)
{
  struct stat status;
  *next = -1;
  *end = 0;
  if (fstat(fd, &status) != 0)
    return error_io(err, path, errno, "cannot be read");
  size_t size = (size_t)status.st_size;
  if (size < sizeof MAGIC) /* killed before its first record */
    return true;
  char *map = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (map == MAP_FAILED)
    return error_io(err, path, errno, "cannot be read");
  bool good = memcmp(map, MAGIC, sizeof MAGIC) == 0
                  ? visit_all(map, size, from, visit, argument, next, end, err)
                  : error_at(err, ERR_DATA, path, 0, 0, "is no journal of retrial; move it away");
  munmap(map, size);
  return good;
}

bool journal_visit(const char *path, int64_t from, journal_visitor *visit, void *argument,
                   int64_t *next, struct error *err)
{
  size_t end;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  *next = -1;
  if (fd < 0)
    return errno == ENOENT || error_io(err, path, errno, "cannot be read");
  bool good = visit_file(fd, path, from, visit, argument, next, &end, err);
  close(fd);
  return good;
}

static bool write_all(const struct journal *j, const char *p, size_t n, struct error *err)
{
  while (n != 0) {
    ssize_t written = write(j->fd, p, n);
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return error_io(err, j->path, errno, "cannot be written");
    p += written;
    n -= (size_t)written;
  }
  return true;
}

/* Cuts off what is not whole, and begins a file that is empty. */
static bool prepare(struct journal *j, size_t end, struct error *err)
{
  if (ftruncate(j->fd, (off_t)end) != 0)
    return error_io(err, j->path, errno, "cannot be written");
  return end != 0 || write_all(j, MAGIC, sizeof MAGIC, err);
}

enum journal_opened journal_open(const char *path, int64_t from, journal_visitor *visit,
                                 void *argument, int64_t *next, struct journal **journal,
                                 struct error *err)
{
  struct journal *j = mem_new(1, sizeof *j);
  size_t end;
  j->path = arena_copy(&j->arena, path, strlen(path));
  j->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  bool locked = j->fd >= 0 && flock(j->fd, LOCK_EX | LOCK_NB) != 0;
  bool good = j->fd >= 0 || error_io(err, path, errno, "cannot be written");
  good = good && !locked && visit_file(j->fd, path, from, visit, argument, next, &end, err) &&
         prepare(j, end, err);
  *journal = j;
  if (good)
    return JOURNAL_OPEN;
  journal_close(j);
  return locked ? JOURNAL_LOCKED : JOURNAL_FAILED;
}

static void add_entry(struct buffer *batch, const struct broker_record *r)
{
  size_t start = batch->n;
  uint64_t size = sizeof(struct entry) + r->key.n + r->headers.n + r->value.n;
  struct entry e = {
      .value = r->value.n,
      .bytes = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT,
      .offset = r->offset,
      .timestamp_ms = r->timestamp_ms,
      .partition = r->partition,
      .headers = (uint32_t)r->headers.n,
      .key = r->keyed ? (uint32_t)r->key.n : NO_KEY,
      .tombstone = r->tombstone,
  };
  buffer_append(batch, &e, sizeof e);
  if (r->keyed)
    buffer_add(batch, r->key);
  buffer_add(batch, r->headers);
  buffer_add(batch, r->value);
  while (batch->n - start < e.bytes)
    buffer_put(batch, '\0');
  e.check = check_of(batch->p + start, e.bytes);
  memcpy(batch->p + start, &e.check, sizeof e.check);
}

bool journal_append(struct journal *j, const struct broker_record *record, size_t records,
                    struct error *err)
{
  j->batch.n = 0;
  for (size_t i = 0; i < records; i++)
    add_entry(&j->batch, &record[i]);
  return write_all(j, j->batch.p, j->batch.n, err);
}

void journal_close(struct journal *j)
{
  if (j == NULL)
    return;
  if (j->fd >= 0)
    close(j->fd);
  buffer_free(&j->batch);
  arena_free(&j->arena);
  free(j);
}
