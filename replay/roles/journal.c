/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
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
  uint32_t kind;
};

enum { RECORD, TOMBSTONE, MARK /* nothing but an offset */ };
enum { NO_KEY = 0xffffffff, ALIGNMENT = 8, READ_BYTES = 1 << 16 };

/* A journal being read. Not mapped: who opens it to write may cut it meanwhile. */
struct scan {
  const char *path;
  int fd;
  struct buffer bytes;
  size_t at;     /* in the bytes: the next entry */
  uint64_t left; /* of the file, behind the bytes */
};

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

/* Reads on until `n` bytes are there from the next entry on, if the file has so many; *there says
 * whether. */
static bool need(struct scan *s, uint64_t n, bool *there, struct error *err)
{
  size_t have = s->bytes.n - s->at;
  *there = n <= have || n - have <= s->left;
  if (n <= have || !*there)
    return true;
  if (have != 0)
    memmove(s->bytes.p, s->bytes.p + s->at, have);
  s->bytes.n = have;
  s->at = 0;
  while (s->bytes.n < n) {
    size_t room = n - s->bytes.n > READ_BYTES ? n - s->bytes.n : READ_BYTES;
    ssize_t got = read(s->fd, buffer_room(&s->bytes, room), room);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return error_io(err, s->path, errno, "cannot be read");
    *there = got != 0;
    if (!*there)
      return true;
    s->bytes.n += (size_t)got;
    s->left -= (uint64_t)got < s->left ? (uint64_t)got : s->left;
  }
  return true;
}

/* The next entry; *there: it is whole, and has so many bytes. */
static bool next_entry(struct scan *s, struct entry *e, bool *there, struct error *err)
{
  if (!need(s, sizeof *e, there, err))
    return false;
  if (!*there)
    return true;
  memcpy(e, s->bytes.p + s->at, sizeof *e);
  *there = e->bytes >= sizeof *e && e->bytes % ALIGNMENT == 0;
  if (!*there)
    return true;
  if (!need(s, e->bytes, there, err))
    return false;
  *there = *there && check_of(s->bytes.p + s->at, e->bytes) == e->check;
  return true;
}

static struct broker_record record_of(const struct entry *e, const char *p)
{
  const char *key = p + sizeof *e;
  uint32_t key_bytes = e->key != NO_KEY ? e->key : 0;
  return (struct broker_record){
      .key = {key, key_bytes},
      .keyed = e->key != NO_KEY,
      .tombstone = e->kind == TOMBSTONE,
      .headers = {key + key_bytes, e->headers},
      .value = {key + key_bytes + e->headers, e->value},
      .timestamp_ms = e->timestamp_ms,
      .partition = e->partition,
      .offset = e->offset,
  };
}

/* Visits what is whole; *end is where in the file that ends. */
static bool visit_all(struct scan *s, int64_t from, journal_visitor *visit, void *argument,
                      int64_t *next, uint64_t *end, struct error *err)
{
  struct entry e;
  bool there;
  for (;;) {
    if (!next_entry(s, &e, &there, err))
      return false;
    if (!there)
      return true;
    struct broker_record record = record_of(&e, s->bytes.p + s->at);
    *next = e.offset + 1;
    if (e.kind != MARK && e.offset >= from && !visit(argument, &record, err))
      return false;
    s->at += e.bytes;
    *end += e.bytes;
  }
}

static bool visit_file(int fd, const char *path, int64_t from, journal_visitor *visit,
                       void *argument, int64_t *next, uint64_t *end, struct error *err)
{
  struct stat status;
  struct scan s = {.path = path, .fd = fd};
  bool there;
  *next = -1;
  *end = 0;
  if (fstat(fd, &status) != 0)
    return error_io(err, path, errno, "cannot be read");
  s.left = (uint64_t)status.st_size;
  size_t head = s.left < sizeof MAGIC ? s.left : sizeof MAGIC;
  bool good = need(&s, head, &there, err);
  if (good && there && head != 0 && memcmp(s.bytes.p, MAGIC, head) != 0)
    good = error_at(err, ERR_DATA, path, 0, 0, "is no journal of retrial; move it away");
  else if (good && there && head == sizeof MAGIC) { /* else killed before its first record */
    s.at = *end = sizeof MAGIC;
    good = visit_all(&s, from, visit, argument, next, end, err);
  }
  buffer_free(&s.bytes);
  return good;
}

bool journal_visit(const char *path, int64_t from, journal_visitor *visit, void *argument,
                   int64_t *next, struct error *err)
{
  uint64_t end;
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
static bool prepare(struct journal *j, uint64_t end, struct error *err)
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
  uint64_t end;
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

static void add_entry(struct buffer *batch, const struct broker_record *r, uint32_t kind)
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
      .kind = kind,
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
    add_entry(&j->batch, &record[i], record[i].tombstone ? TOMBSTONE : RECORD);
  return write_all(j, j->batch.p, j->batch.n, err);
}

bool journal_skip(struct journal *j, int64_t next, struct error *err)
{
  struct broker_record mark = {.offset = next - 1};
  j->batch.n = 0;
  add_entry(&j->batch, &mark, MARK);
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
