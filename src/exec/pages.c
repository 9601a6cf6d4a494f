/* SPDX-License-Identifier: Apache-2.0 */
#include "exec/pages.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

enum { FIRST_PLACES = 256, CHUNK_PAGES = 32, NO_PAGE = 0xffffffff };

/* The pages of a key that were used last: rows come mostly in the order of time. */
struct recent {
  uint32_t page[2]; /* by the lowest bit of its number */
};

struct pages {
  size_t page_bytes;
  size_t count, room;
  struct page *page;
  size_t places;   /* a power of two */
  uint32_t *place; /* page + 1; 0 is empty */
  size_t keys;
  struct recent *recent;
  size_t chunks;
  unsigned char **chunk; /* CHUNK_PAGES states each */
};

static size_t round_up(size_t page_bytes)
{
  return (page_bytes + 15) / 16 * 16;
}

struct pages *pages_new(size_t page_bytes)
{
  struct pages *pages = mem_new(1, sizeof *pages);
  pages->page_bytes = round_up(page_bytes);
  pages->places = FIRST_PLACES;
  pages->place = mem_new(pages->places, sizeof *pages->place);
  return pages;
}

static uint64_t hash_of(uint32_t key, int64_t number)
{
  return hash_combine(key, (uint64_t)number);
}

static void grow_places(struct pages *pages)
{
  size_t places = 2 * pages->places;
  uint32_t *place = mem_new(places, sizeof *place);
  for (size_t i = 0; i < pages->count; i++) {
    size_t at = hash_of(pages->page[i].key, pages->page[i].number) & (places - 1);
    while (place[at] != 0)
      at = (at + 1) & (places - 1);
    place[at] = (uint32_t)i + 1;
  }
  free(pages->place);
  pages->place = place;
  pages->places = places;
}

unsigned char *pages_state(const struct pages *pages, size_t i)
{
  return pages->page[i].state;
}

static unsigned char *new_chunk(const struct pages *pages)
{
  return mem_new(CHUNK_PAGES * pages->page_bytes + PAGE_ROOM, 1);
}

static unsigned char *new_state(struct pages *pages)
{
  size_t in_chunk = pages->count % CHUNK_PAGES;
  if (in_chunk == 0) {
    pages->chunk = mem_resize(pages->chunk, pages->chunks + 1, sizeof *pages->chunk);
    pages->chunk[pages->chunks++] = new_chunk(pages);
  }
  return pages->chunk[pages->chunks - 1] + in_chunk * pages->page_bytes;
}

static uint32_t add_page(struct pages *pages, size_t place, uint32_t key, int64_t number)
{
  if (pages->count == pages->room) {
    pages->room = pages->room != 0 ? pages->room + pages->room / 2 : 64;
    pages->page = mem_resize(pages->page, pages->room, sizeof *pages->page);
  }
  pages->page[pages->count] =
      (struct page){.key = key, .number = number, .state = new_state(pages)};
  pages->place[place] = (uint32_t)++pages->count;
  if (2 * pages->count > pages->places)
    grow_places(pages);
  return (uint32_t)pages->count - 1;
}

static __attribute__((noinline)) uint32_t find_page(struct pages *pages, uint32_t key,
                                                    int64_t number)
{
  size_t at = hash_of(key, number) & (pages->places - 1);
  for (; pages->place[at] != 0; at = (at + 1) & (pages->places - 1)) {
    const struct page *page = &pages->page[pages->place[at] - 1];
    if (page->key == key && page->number == number)
      return pages->place[at] - 1;
  }
  return add_page(pages, at, key, number);
}

static __attribute__((noinline)) void know_key(struct pages *pages, uint32_t key)
{
  size_t keys = pages->keys != 0 ? pages->keys : 64;
  while (keys <= key)
    keys *= 2;
  pages->recent = mem_resize(pages->recent, keys, sizeof *pages->recent);
  for (size_t i = pages->keys; i < keys; i++)
    pages->recent[i] = (struct recent){{NO_PAGE, NO_PAGE}};
  pages->keys = keys;
}

/* The page if it was used lately, else NO_PAGE. */
static inline uint32_t recent_page(const struct pages *pages, uint32_t key, int64_t number)
{
  if (key >= pages->keys)
    return NO_PAGE;
  uint32_t page = pages->recent[key].page[number & 1];
  return page != NO_PAGE && pages->page[page].number == number ? page : NO_PAGE;
}

static __attribute__((noinline)) uint32_t other_page(struct pages *pages, uint32_t key,
                                                     int64_t number)
{
  if (key >= pages->keys)
    know_key(pages, key);
  uint32_t page = find_page(pages, key, number);
  pages->recent[key].page[number & 1] = page;
  return page;
}

static __attribute__((noinline)) struct page *at_other_page(struct pages *pages, uint32_t key,
                                                            int64_t number)
{
  uint32_t page = other_page(pages, key, number); /* which may move all pages */
  return &pages->page[page];
}

/* Both are calls without a frame where the page was used lately. */
struct page *pages_find(struct pages *pages, uint32_t key, int64_t number)
{
  uint32_t page = recent_page(pages, key, number);
  return page != NO_PAGE ? &pages->page[page] : at_other_page(pages, key, number);
}

uint32_t pages_get(struct pages *pages, uint32_t key, int64_t number)
{
  uint32_t page = recent_page(pages, key, number);
  return page != NO_PAGE ? page : other_page(pages, key, number);
}

size_t pages_bytes(const struct pages *pages)
{
  return pages->page_bytes;
}

size_t pages_count(const struct pages *pages)
{
  return pages->count;
}

struct page *pages_at(const struct pages *pages, size_t i)
{
  return &pages->page[i];
}

void pages_move(struct pages *pages, size_t page_bytes,
                void (*move)(void *argument, const unsigned char *from, unsigned char *to),
                void *argument)
{
  pages->page_bytes = round_up(page_bytes);
  for (size_t i = 0, k = 0; k < pages->chunks; k++) {
    unsigned char *from = pages->chunk[k], *to = new_chunk(pages);
    for (size_t in = 0; in < CHUNK_PAGES && i < pages->count; in++, i++) {
      unsigned char *state = to + in * pages->page_bytes;
      move(argument, pages->page[i].state, state);
      pages->page[i].state = state;
    }
    pages->chunk[k] = to;
    free(from);
  }
}

void pages_free(struct pages *pages)
{
  if (pages == NULL)
    return;
  for (size_t i = 0; i < pages->chunks; i++)
    free(pages->chunk[i]);
  free(pages->chunk);
  free(pages->page);
  free(pages->place);
  free(pages->recent);
  free(pages);
}
