/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/rejects.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/outfile.h"
#include "text/message.h"

enum { TOPIC, PARTITION, OFFSET, ROW, REASON, VALUE, FIELDS };

struct reject {
  struct message_value value[FIELDS];
};

struct rejects {
  size_t count, room;
  struct reject *reject;
  struct arena arena;
};

struct rejects *rejects_new(void)
{
  return mem_new(1, sizeof(struct rejects));
}

static struct message_value copy(struct rejects *r, struct slice text)
{
  return (struct message_value){.text = {arena_copy(&r->arena, text.p, text.n), text.n}};
}

void rejects_add(struct rejects *r, struct slice topic, const struct broker_record *record,
                 const uint64_t *row, const char *reason)
{
  if (r->count == r->room) {
    r->room = r->room != 0 ? 2 * r->room : 16;
    r->reject = mem_resize(r->reject, r->room, sizeof *r->reject);
  }
  r->reject[r->count] = (struct reject){
      .value =
          {
              [TOPIC] = copy(r, topic),
              [PARTITION] = {.integer = record->partition},
              [OFFSET] = {.integer = record->offset},
              [ROW] = {.null = row == NULL, .integer = row != NULL ? (int64_t)*row : 0},
              [REASON] = copy(r, slice_of(reason)),
              [VALUE] = copy(r, record->value),
          },
  };
  r->count++;
}

uint64_t rejects_count(const struct rejects *r)
{
  return r->count;
}

static int compare(int64_t a, int64_t b)
{
  return (a > b) - (a < b);
}

/* Nothing of it depends on when a record came. */
static int by_topic_and_row(const void *left, const void *right)
{
  const struct reject *a = left, *b = right;
  int order = slice_compare(a->value[TOPIC].text, b->value[TOPIC].text);
  if (order != 0)
    return order;
  if (a->value[ROW].null != b->value[ROW].null)
    return a->value[ROW].null ? 1 : -1;
  order = compare(a->value[ROW].integer, b->value[ROW].integer);
  if (order == 0)
    order = compare(a->value[PARTITION].integer, b->value[PARTITION].integer);
  return order != 0 ? order : compare(a->value[OFFSET].integer, b->value[OFFSET].integer);
}

bool rejects_write(struct rejects *r, const char *path, struct error *err)
{
  if (r->count == 0) {
    if (unlink(path) != 0 && errno != ENOENT)
      return error_io(err, path, errno, "cannot be removed");
    return true;
  }
  static const struct slice name[] = {
      [TOPIC] = {"topic", 5}, [PARTITION] = {"partition", 9}, [OFFSET] = {"offset", 6},
      [ROW] = {"row", 3},     [REASON] = {"reason", 6},       [VALUE] = {"value", 5}};
  static const enum message_kind kind[] = {
      [TOPIC] = MESSAGE_TEXT,  [PARTITION] = MESSAGE_INTEGER, [OFFSET] = MESSAGE_INTEGER,
      [ROW] = MESSAGE_INTEGER, [REASON] = MESSAGE_TEXT,       [VALUE] = MESSAGE_TEXT};
  struct message_layout *layout = message_layout_new(FIELDS, name, kind);
  struct buffer lines = {0};
  qsort(r->reject, r->count, sizeof *r->reject, by_topic_and_row);
  for (size_t i = 0; i < r->count; i++) {
    message_encode(layout, r->reject[i].value, &lines);
    buffer_put(&lines, '\n');
  }
  bool good = outfile_put(path, (struct slice){lines.p, lines.n}, err);
  buffer_free(&lines);
  message_layout_free(layout);
  return good;
}

void rejects_free(struct rejects *r)
{
  if (r == NULL)
    return;
  free(r->reject);
  arena_free(&r->arena);
  free(r);
}
