/* SPDX-License-Identifier: Apache-2.0 */
#include "broker/memory.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"

/* What stands before the key, the headers and the value of each record. */
struct entry {
  int64_t timestamp_ms;
  uint64_t value; /* NO_VALUE: none */
  uint32_t key;   /* NO_KEY: none */
  uint32_t headers;
};

enum { NO_KEY = 0xffffffff, ALIGNMENT = 8 };
#define NO_VALUE UINT64_MAX

struct segment {
  struct segment *next;
  int64_t base, count; /* offset of its first record, records in it */
  size_t size, used;   /* of data */
  char data[];
};

struct partition {
  struct segment *first, *last; /* NULL: nothing is kept */
  int64_t end;
};

/* Where a reader's next fetch will most likely begin. */
struct cursor {
  struct segment *segment; /* NULL: not known */
  size_t at;
  int64_t offset;
};

struct reader {
  struct slice group;
  uint32_t topic;
  int64_t *committed; /* by partition */
  struct cursor *cursor;
};

struct topic {
  struct slice name;
  uint32_t partitions;
  struct partition *partition;
};

struct memory_broker {
  struct broker broker;
  size_t limit, bytes;   /* bytes: of all segments, the spare ones too */
  struct segment *spare; /* of MEMORY_SEGMENT_BYTES */
  uint32_t topics, readers;
  struct topic *topic;
  struct reader *reader;
  struct arena arena; /* names and what is per partition */
};

static struct memory_broker *self(struct broker *broker)
{
  return (struct memory_broker *)broker;
}

static struct slice keep(struct memory_broker *m, struct slice name)
{
  return (struct slice){arena_copy(&m->arena, name.p, name.n), name.n};
}

static int64_t start_offset(const struct partition *p)
{
  return p->first != NULL ? p->first->base : p->end;
}

static bool open_topic(struct broker *broker, const struct topic_spec *spec, uint32_t *topic,
                       struct error *err)
{
  struct memory_broker *m = self(broker);
  assert(spec->partitions >= 1);
  for (uint32_t i = 0; i < m->topics; i++)
    if (slice_equal(m->topic[i].name, spec->name))
      return error_set(err, ERR_BROKER, "topic '%.*s' exists already", SLICE_PRINT(spec->name));
  m->topic = mem_resize(m->topic, m->topics + 1, sizeof *m->topic);
  m->topic[m->topics] = (struct topic){
      .name = keep(m, spec->name),
      .partitions = spec->partitions,
      .partition = arena_zero(&m->arena, spec->partitions, sizeof(struct partition)),
  };
  *topic = m->topics++;
  if (spec->has != NULL)
    *spec->has = spec->partitions;
  return true;
}

static bool subscribe(struct broker *broker, struct slice group, uint32_t topic,
                      const int64_t *start, uint32_t *reader, struct error *err)
{
  struct memory_broker *m = self(broker);
  assert(topic < m->topics);
  struct topic *t = &m->topic[topic];
  for (uint32_t i = 0; i < m->readers; i++)
    if (m->reader[i].topic == topic && slice_equal(m->reader[i].group, group))
      return error_set(err, ERR_BROKER, "group '%.*s' reads topic '%.*s' already",
                       SLICE_PRINT(group), SLICE_PRINT(t->name));
  m->reader = mem_resize(m->reader, m->readers + 1, sizeof *m->reader);
  m->reader[m->readers] = (struct reader){
      .group = keep(m, group),
      .topic = topic,
      .committed = arena_zero(&m->arena, t->partitions, sizeof(int64_t)),
      .cursor = arena_zero(&m->arena, t->partitions, sizeof(struct cursor)),
  };
  for (uint32_t i = 0; i < t->partitions; i++)
    m->reader[m->readers].committed[i] = start != NULL ? start[i] : start_offset(&t->partition[i]);
  *reader = m->readers++;
  return true;
}

static void free_spares(struct memory_broker *m)
{
  while (m->spare != NULL) {
    struct segment *next = m->spare->next;
    m->bytes -= m->spare->size;
    free(m->spare);
    m->spare = next;
  }
}

/* A segment that leaves its partition. */
static void retire(struct memory_broker *m, struct segment *segment)
{
  if (segment->size == MEMORY_SEGMENT_BYTES) {
    segment->next = m->spare;
    m->spare = segment;
  } else {
    m->bytes -= segment->size;
    free(segment);
  }
}

/* An empty segment for at least `size` bytes; NULL if that would go over the limit, unless it is
 * the partition's only one: every partition can make progress. */
static struct segment *new_segment(struct memory_broker *m, size_t size, bool only)
{
  if (size < MEMORY_SEGMENT_BYTES)
    size = MEMORY_SEGMENT_BYTES;
  struct segment *segment = m->spare;
  if (size == MEMORY_SEGMENT_BYTES && segment != NULL) {
    m->spare = segment->next;
  } else {
    if (m->bytes + size > m->limit)
      free_spares(m);
    if (m->bytes + size > m->limit && !only)
      return NULL;
    segment = mem_resize(NULL, 1, sizeof *segment + size);
    m->bytes += size;
  }
  *segment = (struct segment){.size = size};
  return segment;
}

/* The partition's last segment, with room for `size` bytes; NULL if there is no memory for one. */
static struct segment *room(struct memory_broker *m, struct partition *p, size_t size)
{
  if (p->last != NULL && p->last->size - p->last->used >= size)
    return p->last;
  if (p->last != NULL && p->last->count == 0) { /* then it is the only one */
    retire(m, p->last);
    p->first = p->last = NULL;
  }
  struct segment *segment = new_segment(m, size, p->first == NULL);
  if (segment == NULL)
    return NULL;
  segment->base = p->end;
  if (p->last != NULL)
    p->last->next = segment;
  else
    p->first = segment;
  return p->last = segment;
}

static char *put(char *out, struct slice bytes)
{
  if (bytes.n != 0)
    memcpy(out, bytes.p, bytes.n);
  return out + bytes.n;
}

static size_t entry_bytes(const struct entry *e)
{
  size_t value = e->value != NO_VALUE ? e->value : 0, key = e->key != NO_KEY ? e->key : 0;
  size_t bytes = sizeof *e + value + e->headers + key;
  return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static enum broker_answer produce(struct broker *broker, uint32_t topic,
                                  const struct broker_record *record, struct error *err)
{
  struct memory_broker *m = self(broker);
  assert(topic < m->topics);
  assert(record->partition < m->topic[topic].partitions);
  struct partition *p = &m->topic[topic].partition[record->partition];
  if (record->key.n >= NO_KEY || record->headers.n > UINT32_MAX) {
    error_set(err, ERR_BROKER, "a key or the headers of a record are longer than 4 GiB");
    return BROKER_REFUSED;
  }
  struct entry entry = {
      .timestamp_ms = record->timestamp_ms,
      .value = record->tombstone ? NO_VALUE : record->value.n,
      .key = record->keyed ? (uint32_t)record->key.n : NO_KEY,
      .headers = (uint32_t)record->headers.n,
  };
  size_t bytes = entry_bytes(&entry);
  struct segment *segment = room(m, p, bytes);
  if (segment == NULL)
    return BROKER_FULL;
  char *out = segment->data + segment->used;
  memcpy(out, &entry, sizeof entry);
  out += sizeof entry;
  if (!record->tombstone)
    out = put(out, record->value);
  out = put(out, record->headers);
  if (record->keyed)
    put(out, record->key);
  segment->used += bytes;
  segment->count++;
  p->end++;
  return BROKER_ACKED;
}

static bool poll(struct broker *broker, size_t max, struct broker_ack *ack, size_t *count,
                 struct error *err)
{
  (void)broker, (void)max, (void)ack, (void)err;
  *count = 0; /* produce() has told already */
  return true;
}

/* Reads the record at `at`; returns where the next one is. */
static size_t read_entry(const struct segment *segment, size_t at, struct broker_record *record)
{
  struct entry entry;
  const char *p = segment->data + at;
  memcpy(&entry, p, sizeof entry);
  p += sizeof entry;
  record->timestamp_ms = entry.timestamp_ms;
  record->tombstone = entry.value == NO_VALUE;
  record->value = (struct slice){p, record->tombstone ? 0 : entry.value};
  record->headers = (struct slice){p += record->value.n, entry.headers};
  record->keyed = entry.key != NO_KEY;
  record->key = (struct slice){p + entry.headers, record->keyed ? entry.key : 0};
  return at + entry_bytes(&entry);
}

/* Where the record of that offset lies, which is kept or the next one to come. */
static struct cursor find(const struct partition *p, int64_t offset)
{
  struct segment *segment = p->first;
  while (segment != NULL && segment->next != NULL && segment->base + segment->count <= offset)
    segment = segment->next;
  struct cursor cursor = {segment, 0, offset};
  struct broker_record skipped;
  for (int64_t i = segment != NULL ? segment->base : offset; i < offset; i++)
    cursor.at = read_entry(segment, cursor.at, &skipped);
  return cursor;
}

static bool fetch(struct broker *broker, uint32_t reader, uint32_t partition, int64_t offset,
                  size_t max, struct broker_record *record, size_t *count, struct error *err)
{
  struct memory_broker *m = self(broker);
  assert(reader < m->readers);
  struct reader *r = &m->reader[reader];
  struct topic *t = &m->topic[r->topic];
  assert(partition < t->partitions);
  struct partition *p = &t->partition[partition];
  int64_t start = start_offset(p);
  if (offset < start || offset > p->end)
    return error_set(err, ERR_BROKER, "%.*s: partition %u has no offset %lld, only %lld up to %lld",
                     SLICE_PRINT(t->name), partition, (long long)offset, (long long)start,
                     (long long)p->end);
  struct cursor c = r->cursor[partition];
  if (c.segment == NULL || c.offset != offset)
    c = find(p, offset);
  size_t n = 0;
  for (; n < max && c.offset < p->end; n++, c.offset++) {
    if (c.at == c.segment->used)
      c.segment = c.segment->next, c.at = 0;
    c.at = read_entry(c.segment, c.at, &record[n]);
    record[n].partition = partition;
    record[n].offset = c.offset;
  }
  r->cursor[partition] = c;
  *count = n;
  return true;
}

static void forget_cursors(struct memory_broker *m, uint32_t topic, uint32_t partition,
                           const struct segment *segment)
{
  for (uint32_t i = 0; i < m->readers; i++)
    if (m->reader[i].topic == topic && m->reader[i].cursor[partition].segment == segment)
      m->reader[i].cursor[partition].segment = NULL;
}

/* Releases the segments that every reader is done with. The last one stays, empty again, so that
 * a pipeline that keeps up writes to the same few pages all the time. */
static void release(struct memory_broker *m, uint32_t topic, uint32_t partition)
{
  struct partition *p = &m->topic[topic].partition[partition];
  int64_t done = p->end;
  for (uint32_t i = 0; i < m->readers; i++)
    if (m->reader[i].topic == topic && m->reader[i].committed[partition] < done)
      done = m->reader[i].committed[partition];
  struct segment *segment;
  while ((segment = p->first) != NULL && segment->count != 0 &&
         segment->base + segment->count <= done) {
    forget_cursors(m, topic, partition, segment);
    if (segment == p->last && segment->size == MEMORY_SEGMENT_BYTES) {
      segment->base = p->end;
      segment->count = 0;
      segment->used = 0;
    } else {
      p->first = segment->next;
      if (p->first == NULL)
        p->last = NULL;
      retire(m, segment);
    }
  }
}

static bool commit(struct broker *broker, uint32_t reader, uint32_t partition, int64_t offset,
                   struct error *err)
{
  struct memory_broker *m = self(broker);
  assert(reader < m->readers);
  struct reader *r = &m->reader[reader];
  struct topic *t = &m->topic[r->topic];
  assert(partition < t->partitions);
  if (offset < r->committed[partition] || offset > t->partition[partition].end)
    return error_set(err, ERR_BROKER,
                     "%.*s: group '%.*s' cannot commit offset %lld of partition %u",
                     SLICE_PRINT(t->name), SLICE_PRINT(r->group), (long long)offset, partition);
  if (offset != r->committed[partition]) {
    r->committed[partition] = offset;
    release(m, r->topic, partition);
  }
  return true;
}

static bool committed(struct broker *broker, uint32_t reader, uint32_t partition, int64_t *offset,
                      struct error *err)
{
  (void)err;
  struct memory_broker *m = self(broker);
  assert(reader < m->readers && partition < m->topic[m->reader[reader].topic].partitions);
  *offset = m->reader[reader].committed[partition];
  return true;
}

static bool range(struct broker *broker, uint32_t topic, uint32_t partition, int64_t *start,
                  int64_t *end, struct error *err)
{
  (void)err;
  struct memory_broker *m = self(broker);
  assert(topic < m->topics && partition < m->topic[topic].partitions);
  *start = start_offset(&m->topic[topic].partition[partition]);
  *end = m->topic[topic].partition[partition].end;
  return true;
}

static void close_memory(struct broker *broker)
{
  struct memory_broker *m = self(broker);
  for (uint32_t t = 0; t < m->topics; t++) {
    for (uint32_t i = 0; i < m->topic[t].partitions; i++) {
      struct segment *segment = m->topic[t].partition[i].first;
      while (segment != NULL) {
        struct segment *next = segment->next;
        free(segment);
        segment = next;
      }
    }
  }
  free_spares(m);
  free(m->topic);
  free(m->reader);
  arena_free(&m->arena);
  free(m);
}

static const struct broker_ops OPERATIONS = {
    .open_topic = open_topic,
    .subscribe = subscribe,
    .produce = produce,
    .poll = poll,
    .fetch = fetch,
    .commit = commit,
    .committed = committed,
    .range = range,
    .close = close_memory,
};

struct broker *memory_broker_new(size_t limit)
{
  struct memory_broker *m = mem_new(1, sizeof *m);
  m->broker.ops = &OPERATIONS;
  m->limit = limit;
  return &m->broker;
}

size_t memory_broker_bytes(const struct broker *broker)
{
  return ((const struct memory_broker *)broker)->bytes;
}
