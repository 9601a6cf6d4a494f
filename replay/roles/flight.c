/* SPDX-License-Identifier: Apache-2.0 */
#include "replay/roles/flight.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/memory.h"

/* More than librdkafka's queue holds by default, so that the queue is the limit. */
enum { ENTRIES = 1 << 18 };

struct flight {
  _Atomic uint64_t next;   /* tag of the next launch; the sender's */
  _Atomic uint64_t oldest; /* tag of the first one that is left; the other side's */
  struct flight_entry entry[ENTRIES];
};

struct flight *flight_new(void)
{
  return mem_new(1, sizeof(struct flight));
}

void flight_free(struct flight *f)
{
  free(f);
}

uint64_t flight_count(const struct flight *f)
{
  uint64_t oldest = atomic_load_explicit(&f->oldest, memory_order_acquire);
  return atomic_load_explicit(&f->next, memory_order_acquire) - oldest;
}

struct flight_entry *flight_begin(struct flight *f, uint64_t *tag)
{
  uint64_t next = atomic_load_explicit(&f->next, memory_order_relaxed);
  if (next - atomic_load_explicit(&f->oldest, memory_order_acquire) == ENTRIES)
    return NULL;
  struct flight_entry *entry = &f->entry[next % ENTRIES];
  atomic_store_explicit(&entry->acked_ns, 0, memory_order_relaxed);
  *tag = next;
  return entry;
}

void flight_launch(struct flight *f)
{
  uint64_t next = atomic_load_explicit(&f->next, memory_order_relaxed);
  atomic_store_explicit(&f->next, next + 1, memory_order_release);
}

struct flight_entry *flight_entry(struct flight *f, uint64_t tag)
{
  return &f->entry[tag % ENTRIES];
}

struct flight_entry *flight_landed(struct flight *f)
{
  uint64_t oldest = atomic_load_explicit(&f->oldest, memory_order_relaxed);
  if (oldest == atomic_load_explicit(&f->next, memory_order_acquire))
    return NULL;
  struct flight_entry *entry = &f->entry[oldest % ENTRIES];
  return atomic_load_explicit(&entry->acked_ns, memory_order_acquire) != 0 ? entry : NULL;
}

void flight_take_out(struct flight *f)
{
  uint64_t oldest = atomic_load_explicit(&f->oldest, memory_order_relaxed);
  atomic_store_explicit(&f->oldest, oldest + 1, memory_order_release);
}
