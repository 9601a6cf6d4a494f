/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/reorder.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/memory.h"

/* No row waits for so many: their copies would not fit into memory. A record that says so was
 * written by somebody else, or is damaged. */
#define MOST_AHEAD (UINT64_C(1) << 28)

/* A copy of a row; the bytes of its texts stand behind its values. */
struct waiting {
  int64_t timestamp_ms, offset; /* of strangers */
  uint32_t partition;
  bool rejected; /* nothing is handed on */
  struct message_value value[];
};

struct reorder {
  size_t fields;
  const enum message_kind *kind;
  reorder_sink *sink;
  void *argument;
  uint64_t next;         /* the number that is handed on next */
  size_t slots, pending; /* a power of two; rows in them */
  struct waiting **slot; /* number n waits in slot n % slots */
  uint64_t doubled, missing, first_missing;
  size_t strangers, room;
  struct waiting **stranger;
};

struct reorder *reorder_new(size_t fields, const enum message_kind *kind, reorder_sink *sink,
                            void *argument)
{
  struct reorder *r = mem_new(1, sizeof *r);
  r->fields = fields;
  r->kind = kind;
  r->sink = sink;
  r->argument = argument;
  r->slots = 64;
  r->slot = mem_new(r->slots, sizeof *r->slot);
  return r;
}

static struct waiting *copy_row(const struct reorder *r, const struct message_value *value)
{
  size_t bytes = 0, values = r->fields * sizeof *value;
  for (size_t i = 0; i < r->fields; i++)
    if (r->kind[i] == MESSAGE_TEXT && !value[i].null)
      bytes += value[i].text.n;
  struct waiting *row = mem_resize(NULL, 1, sizeof *row + values + bytes);
  *row = (struct waiting){0};
  memcpy(row->value, value, values);
  char *text = (char *)row->value + values;
  for (size_t i = 0; i < r->fields; i++) {
    if (r->kind[i] != MESSAGE_TEXT || value[i].null)
      continue;
    if (value[i].text.n != 0)
      memcpy(text, value[i].text.p, value[i].text.n);
    row->value[i].text.p = text;
    text += value[i].text.n;
  }
  return row;
}

/* What holds the place of a rejected row. */
static struct waiting *no_row(void)
{
  struct waiting *row = mem_new(1, sizeof *row);
  row->rejected = true;
  return row;
}

/* Makes room for the row `number`, so many behind the next one. */
static void widen(struct reorder *r, uint64_t number)
{
  size_t slots = r->slots;
  while (number - r->next >= slots)
    slots *= 2;
  if (slots == r->slots)
    return;
  struct waiting **slot = mem_new(slots, sizeof *slot);
  for (uint64_t n = r->next; n < r->next + r->slots; n++)
    slot[n % slots] = r->slot[n % r->slots];
  free(r->slot);
  r->slot = slot;
  r->slots = slots;
}

/* Hands on the row that waits for its turn at `next`, if it does. */
static bool hand_on(struct reorder *r, bool *handed, struct error *err)
{
  struct waiting *row = r->slot[r->next % r->slots];
  *handed = row != NULL;
  if (row == NULL)
    return true;
  r->slot[r->next % r->slots] = NULL;
  r->pending--;
  r->next++;
  bool good = row->rejected || r->sink(r->argument, row->value, err);
  free(row);
  return good;
}

bool reorder_add(struct reorder *r, uint64_t number, const struct message_value *value,
                 struct error *err)
{
  bool handed = true;
  if (number < r->next) {
    r->doubled++;
    return true;
  }
  if (number == r->next && r->pending == 0) {
    r->next++;
    return value == NULL || r->sink(r->argument, value, err);
  }
  if (number - r->next >= MOST_AHEAD)
    return error_set(err, ERR_DATA,
                     "a record says that it is row %" PRIu64 ", but row %" PRIu64
                     " has not come yet: no dataset of this pipeline has it",
                     number, r->next);
  widen(r, number);
  struct waiting **slot = &r->slot[number % r->slots];
  if (*slot == NULL) {
    *slot = value != NULL ? copy_row(r, value) : no_row();
    r->pending++;
  } else {
    r->doubled++;
  }
  while (r->pending != 0 && handed)
    if (!hand_on(r, &handed, err))
      return false;
  return true;
}

bool reorder_stranger(struct reorder *r, const struct broker_record *record,
                      const struct message_value *value, struct error *err)
{
  (void)err;
  if (r->strangers == r->room) {
    r->room = r->room != 0 ? 2 * r->room : 64;
    r->stranger = mem_resize(r->stranger, r->room, sizeof(struct waiting *));
  }
  struct waiting *row = copy_row(r, value);
  row->timestamp_ms = record->timestamp_ms;
  row->partition = record->partition;
  row->offset = record->offset;
  r->stranger[r->strangers++] = row;
  return true;
}

static int by_time_and_place(const void *left, const void *right)
{
  const struct waiting *a = *(struct waiting *const *)left, *b = *(struct waiting *const *)right;
  if (a->timestamp_ms != b->timestamp_ms)
    return a->timestamp_ms < b->timestamp_ms ? -1 : 1;
  if (a->partition != b->partition)
    return a->partition < b->partition ? -1 : 1;
  return (a->offset > b->offset) - (a->offset < b->offset);
}

static void miss(struct reorder *r)
{
  if (r->missing++ == 0)
    r->first_missing = r->next;
  r->next++;
}

bool reorder_finish(struct reorder *r, struct error *err)
{
  bool handed;
  while (r->pending != 0) {
    if (!hand_on(r, &handed, err))
      return false;
    if (!handed)
      miss(r);
  }
  if (r->strangers > 1)
    qsort(r->stranger, r->strangers, sizeof *r->stranger, by_time_and_place);
  for (size_t i = 0; i < r->strangers; i++)
    if (!r->sink(r->argument, r->stranger[i]->value, err))
      return false;
  return true;
}

uint64_t reorder_doubled(const struct reorder *r)
{
  return r->doubled;
}

uint64_t reorder_missing(const struct reorder *r, uint64_t *first)
{
  *first = r->first_missing;
  return r->missing;
}

void reorder_free(struct reorder *r)
{
  if (r == NULL)
    return;
  for (size_t i = 0; i < r->slots; i++)
    free(r->slot[i]);
  for (size_t i = 0; i < r->strangers; i++)
    free(r->stranger[i]);
  free(r->slot);
  free(r->stranger);
  free(r);
}
