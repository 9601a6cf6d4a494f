/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a capture: what the reader gives is written and read again as the same, and what it
 * reads without a parser a parser reads as the same.
 * Built with tests/fuzz/mutate.c, or with clang's -fsanitize=fuzzer. */
#include <assert.h>
#include <stdio.h>
#include <unistd.h>

#include "capture/capture.h"
#include "capture/envelope_decode.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* What a pipe holds without anybody reading from it. */
enum { PIPE = 60000 };

static void assert_same(const struct capture_record *a, const struct capture_record *b)
{
  const struct broker_record *x = &a->record, *y = &b->record;
  assert(slice_equal(a->topic, b->topic) && a->time == b->time && a->broker == b->broker);
  assert(x->keyed == y->keyed && slice_equal(x->key, y->key));
  assert(x->tombstone == y->tombstone && slice_equal(x->value, y->value));
  assert(slice_equal(x->headers, y->headers) && x->timestamp_ms == y->timestamp_ms);
  assert(x->partition == y->partition && x->offset == y->offset);
}

static void check_line(struct slice line)
{
  struct envelope_room rooms[3] = {0};
  struct capture_record record, parsed, again;
  struct buffer written = {0};
  struct error err;
  bool plain = envelope_decode_layout(line, &record, &rooms[0]);
  bool json = envelope_decode_json(line, &parsed, &rooms[1], &err);
  if (plain && json)
    assert_same(&record, &parsed);
  if (plain || json) {
    assert(json || !utf8_is_well_formed(line));
    const struct capture_record *read = plain ? &record : &parsed;
    envelope_encode(read, &written);
    assert(written.p[written.n - 1] == '\n');
    struct slice text = {written.p, written.n - 1};
    assert(memchr(text.p, '\n', text.n) == NULL && utf8_is_well_formed(text));
    assert(envelope_decode_layout(text, &again, &rooms[2]));
    assert_same(read, &again);
    assert(envelope_decode_json(text, &again, &rooms[2], &err));
    assert_same(read, &again);
  }
  buffer_free(&written);
  for (size_t i = 0; i < 3; i++)
    envelope_room_free(&rooms[i]);
}

/* A pipe that holds the text: no file system slows the fuzzer down. */
static void check_file(struct slice text)
{
  int ends[2];
  char path[32];
  uint64_t records;
  struct error err = {0};
  bool cut;
  assert(pipe(ends) == 0);
  assert(write(ends[1], text.p, text.n) == (ssize_t)text.n);
  close(ends[1]);
  snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
  bool good = capture_count(path, &records, &cut, &err);
  assert(good ? !cut : err.code == ERR_DATA && err.line > 0);
  close(ends[0]);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
  struct slice text = {(const char *)data, size};
  if (size > PIPE)
    return 0;
  check_file(text);
  for (size_t start = 0, i = 0; i <= size; i++)
    if (i == size || text.p[i] == '\n') {
      check_line((struct slice){text.p + start, i - start});
      start = i + 1;
    }
  return 0;
}
