/* SPDX-License-Identifier: Apache-2.0 */
/* pages.h - where the states of groups live: one page for a key and a run of windows.
 *
 * A page holds the states of PAGE_WINDOWS windows that follow each other (of one, where there are
 * no windows), all zero at first. A state that is zero is that of a group without rows.
 */
#ifndef RETRIAL_EXEC_PAGES_H
#define RETRIAL_EXEC_PAGES_H

#include <stdint.h>

#include "base/memory.h"

enum { PAGE_WINDOWS = 32 };

/* Bytes behind any page that may be read, and written back as they are. */
enum { PAGE_ROOM = 16 };

struct page {
  uint32_t key;
  uint32_t present; /* bit w: window number * PAGE_WINDOWS + w has a row */
  int64_t number;
  unsigned char *state; /* its states: page_bytes of them, aligned to 16 */
};

struct pages;

/* The caller releases it with pages_free(). */
struct pages *pages_new(size_t page_bytes);

/* The page of that key and number, made if there is none; valid until a page is made. */
struct page *pages_find(struct pages *pages, uint32_t key, int64_t number);

/* The index of the page of that key and number, made if there is none. */
uint32_t pages_get(struct pages *pages, uint32_t key, int64_t number);

size_t pages_count(const struct pages *pages);

/* page_bytes, rounded up to 16. */
size_t pages_bytes(const struct pages *pages);

/* Page i, valid until a page is made. */
struct page *pages_at(const struct pages *pages, size_t i);

/* The states of page i. They stay where they are. */
unsigned char *pages_state(const struct pages *pages, size_t i);

/* Gives all pages states of another size: `move` fills in those of a page, which are zero, from
 * its old ones. */
void pages_move(struct pages *pages, size_t page_bytes,
                void (*move)(void *argument, const unsigned char *from, unsigned char *to),
                void *argument);

/* NULL is allowed. */
void pages_free(struct pages *pages);

#endif
