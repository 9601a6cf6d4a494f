/* SPDX-License-Identifier: Apache-2.0 */
/* Open addressing over the keys' bytes: the text itself where the key is one string that is not
 * null, else what value_encode() gives. */
#include "exec/key_table.h"

#include <stdlib.h>

#include "base/hash.h"
#include "exec/compare.h"
#include "exec/store.h"

enum { FIRST_PLACES = 256 };

/* A text of up to 16 bytes and its number: rows repeat their keys, and short ones are found again
 * by comparing two words. */
struct known {
  uint64_t first, last; /* see words_of() */
  uint32_t n;           /* + 1; 0: nothing is known here */
  uint32_t number;
};

/* Texts of one hash have two places. */
enum { KNOWN_BITS = 14, KNOWN_BYTES = 16 };

struct place {
  uint32_t hash;   /* upper half of the hash: most other keys are told apart by it */
  uint32_t number; /* + 1; 0 is an empty place */
};

struct key_table {
  size_t columns;
  bool is_text;    /* one STRING column */
  bool has_floats; /* whose zeros may have a sign */
  size_t keys, room;
  struct slice *bytes; /* by number */
  size_t places;       /* a power of two */
  struct place *place;
  struct arena arena;
  struct arena row; /* of one key's values, on their way to be kept */
  struct store *values;
  struct known *known;  /* 2^KNOWN_BITS of them; NULL until many rows were added */
  uint32_t null_number; /* of the null key, if is_text; ROW_NONE: not seen */
  struct buffer encoded;
};

static bool has_floats(struct type type)
{
  bool found = type.kind == TYPE_FLOAT || type.kind == TYPE_DOUBLE;
  for (unsigned i = 0; i < type.items; i++)
    found |= has_floats(type.item[i].type);
  return found;
}

struct key_table *key_table_new(size_t columns, const struct type *type)
{
  struct key_table *table = mem_new(1, sizeof *table);
  table->columns = columns;
  table->is_text = columns == 1 && type[0].kind == TYPE_STRING;
  for (size_t i = 0; i < columns; i++)
    table->has_floats |= has_floats(type[i]);
  table->places = FIRST_PLACES;
  table->place = mem_new(table->places, sizeof *table->place);
  table->values = store_new(columns, type, NULL);
  table->null_number = ROW_NONE;
  return table;
}

static void grow(struct key_table *table)
{
  size_t places = 2 * table->places;
  struct place *place = mem_new(places, sizeof *place);
  for (size_t i = 0; i < table->keys; i++) {
    if (table->bytes[i].p == NULL)
      continue; /* the null key of a text table */
    uint64_t hash = hash_slice(table->bytes[i]);
    size_t at = hash & (places - 1);
    while (place[at].number != 0)
      at = (at + 1) & (places - 1);
    place[at] = (struct place){(uint32_t)(hash >> 32), (uint32_t)i + 1};
  }
  free(table->place);
  table->place = place;
  table->places = places;
}

static void drop_signs_of_zeros(struct column *c, size_t rows)
{
  for (size_t i = 0; c->type.kind == TYPE_FLOAT && i < rows; i++)
    c->f32[i] = c->f32[i] == 0 ? 0 : c->f32[i];
  for (size_t i = 0; c->type.kind == TYPE_DOUBLE && i < rows; i++)
    c->f64[i] = c->f64[i] == 0 ? 0 : c->f64[i];
  size_t items = column_items(c, rows);
  for (unsigned k = 0; k < c->type.items; k++)
    drop_signs_of_zeros(&c->item[k], items);
}

static void keep_values(struct key_table *table, const struct column *key, size_t row)
{
  if (!table->has_floats) {
    store_append(table->values, key, row, row + 1);
    return;
  }
  uint32_t one = (uint32_t)row;
  arena_reset(&table->row);
  struct column *value = arena_take(&table->row, table->columns, sizeof *value);
  for (size_t k = 0; k < table->columns; k++) {
    column_gather(&key[k], &one, 1, &value[k], &table->row);
    drop_signs_of_zeros(&value[k], 1);
  }
  store_append(table->values, value, 0, 1);
}

/* Gives the key the next number and keeps its values. */
static uint32_t new_key(struct key_table *table, const struct column *key, size_t row,
                        struct slice bytes)
{
  if (table->keys == UINT32_MAX - 1) /* the numbers of keys have 32 bits */
    mem_exhausted(table->keys * sizeof *table->bytes);
  if (table->keys == table->room) {
    table->room = table->room != 0 ? 2 * table->room : 64;
    table->bytes = mem_resize(table->bytes, table->room, sizeof *table->bytes);
  }
  if (bytes.p != NULL)
    bytes.p = arena_copy(&table->arena, bytes.p, bytes.n);
  table->bytes[table->keys] = bytes;
  keep_values(table, key, row);
  return (uint32_t)table->keys++;
}

/* The place of the bytes, or the empty one where they would go. */
static inline size_t find_place(const struct key_table *table, struct slice bytes, uint64_t hash)
{
  size_t at = hash & (table->places - 1);
  for (;; at = (at + 1) & (table->places - 1)) {
    const struct place *place = &table->place[at];
    if (place->number == 0 || (place->hash == (uint32_t)(hash >> 32) &&
                               slice_equal(table->bytes[place->number - 1], bytes)))
      return at;
  }
}

static inline uint32_t add_bytes(struct key_table *table, const struct column *key, size_t row,
                                 struct slice bytes)
{
  uint64_t hash = hash_slice(bytes);
  size_t at = find_place(table, bytes, hash);
  if (table->place[at].number != 0)
    return table->place[at].number - 1;
  uint32_t number = new_key(table, key, row, bytes);
  table->place[at] = (struct place){(uint32_t)(hash >> 32), number + 1};
  if (2 * table->keys > table->places)
    grow(table);
  return number;
}

static struct slice encode(struct key_table *table, const struct column *key, size_t row)
{
  table->encoded.n = 0;
  for (size_t k = 0; k < table->columns; k++)
    value_encode(&key[k], row, &table->encoded);
  return (struct slice){table->encoded.p, table->encoded.n};
}

/* Two words that tell the text from all others of its length, which is at most 16. */
static inline void words_of(struct slice s, uint64_t *first, uint64_t *last)
{
  uint32_t low, high;
  *last = 0;
  if (s.n >= 8) {
    memcpy(first, s.p, 8);
    memcpy(last, s.p + s.n - 8, 8);
  } else if (s.n >= 4) {
    memcpy(&low, s.p, 4);
    memcpy(&high, s.p + s.n - 4, 4);
    *first = low | (uint64_t)high << 32;
  } else {
    const unsigned char *p = (const unsigned char *)s.p;
    *first = s.n == 0 ? 0 : p[0] | (uint64_t)p[s.n / 2] << 8 | (uint64_t)p[s.n - 1] << 16;
  }
}

static inline bool is_known(const struct known *known, uint64_t first, uint64_t last, size_t n)
{
  return known->first == first && known->last == last && known->n == n + 1;
}

static inline uint32_t add_text(struct key_table *table, const struct column *key, size_t row,
                                struct slice text)
{
  uint64_t first, last;
  if (text.n > KNOWN_BYTES)
    return add_bytes(table, key, row, text);
  words_of(text, &first, &last);
  uint64_t mixed = (first ^ (last << 21 | last >> 43)) * 0x9e3779b97f4a7c15u;
  struct known *known = &table->known[mixed >> (64 - KNOWN_BITS) & ~(uint64_t)1];
  if (is_known(&known[0], first, last, text.n))
    return known[0].number;
  if (is_known(&known[1], first, last, text.n))
    return known[1].number;
  uint32_t number = add_bytes(table, key, row, text.n != 0 ? text : SLICE(""));
  known[1] = known[0];
  known[0] = (struct known){first, last, (uint32_t)text.n + 1, number};
  return number;
}

static void add_texts(struct key_table *table, const struct column *key, size_t rows,
                      uint32_t *number)
{
  enum { MANY = 256 };
  if (table->known == NULL && rows >= MANY)
    table->known = mem_new((size_t)1 << KNOWN_BITS, sizeof *table->known);
  for (size_t i = 0; i < rows; i++) {
    if (!column_is_null(key, i)) {
      struct slice text = key->text[column_index(key, i)];
      number[i] = table->known != NULL ? add_text(table, key, i, text)
                                       : add_bytes(table, key, i, text.n != 0 ? text : SLICE(""));
      continue;
    }
    if (table->null_number == ROW_NONE)
      table->null_number = new_key(table, key, i, (struct slice){NULL, 0});
    number[i] = table->null_number;
  }
}

size_t key_table_add(struct key_table *table, const struct column *key, size_t rows,
                     uint32_t *number)
{
  if (table->columns == 0) {
    memset(number, 0, rows * sizeof *number);
    table->keys = table->keys != 0 || rows != 0;
  } else if (table->is_text) {
    add_texts(table, key, rows, number);
  } else {
    for (size_t i = 0; i < rows; i++)
      number[i] = add_bytes(table, key, i, encode(table, key, i));
  }
  return table->keys;
}

static bool any_null(const struct key_table *table, const struct column *key, size_t row,
                     const bool *null_safe)
{
  for (size_t k = 0; k < table->columns; k++)
    if (column_is_null(&key[k], row) && (null_safe == NULL || !null_safe[k]))
      return true;
  return false;
}

void key_table_find(struct key_table *table, const struct column *key, size_t rows,
                    const bool *null_safe, uint32_t *number)
{
  for (size_t i = 0; i < rows; i++) {
    number[i] = ROW_NONE;
    if (any_null(table, key, i, null_safe))
      continue;
    if (table->is_text && column_is_null(key, i)) {
      number[i] = table->null_number;
      continue;
    }
    struct slice bytes = table->is_text ? key->text[column_index(key, i)] : encode(table, key, i);
    const struct place *place = &table->place[find_place(table, bytes, hash_slice(bytes))];
    if (place->number != 0)
      number[i] = place->number - 1;
  }
}

size_t key_table_keys(const struct key_table *table)
{
  return table->keys;
}

void key_table_values(const struct key_table *table, const uint32_t *number, size_t count,
                      struct column *column, struct arena *arena)
{
  store_gather(table->values, number, count, column, arena);
}

void key_table_free(struct key_table *table)
{
  if (table == NULL)
    return;
  store_free(table->values);
  arena_free(&table->arena);
  arena_free(&table->row);
  buffer_free(&table->encoded);
  free(table->bytes);
  free(table->known);
  free(table->place);
  free(table);
}
