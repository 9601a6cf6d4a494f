/* SPDX-License-Identifier: Apache-2.0 */
/* mutate - runs a fuzz target where libFuzzer is not at hand.
 *
 *     NAME_fuzz SEED RUNS FILE...
 *
 * Each input is one of the files with a few pieces cut out, doubled, flipped, or replaced by pieces
 * of other files. The same seed gives the same inputs; a crash leaves its input in crash.input.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/infile.h"
#include "base/random.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

enum { LONGEST_INPUT = 8192, LONGEST_PIECE = 24, MOST_CHANGES = 6 };

static struct buffer input; /* for the signal's sake */

static void keep_input(int signal_number)
{
  FILE *file = fopen("crash.input", "wb");
  if (file != NULL) {
    fwrite(input.p, 1, input.n, file);
    fclose(file);
  }
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

static size_t below(struct random *r, size_t bound)
{
  return (size_t)random_below(r, bound);
}

/* A piece of b, not longer than LONGEST_PIECE. */
static struct slice piece_of(struct random *r, const struct buffer *b)
{
  if (b->n == 0)
    return (struct slice){"", 0};
  size_t from = below(r, b->n), most = b->n - from;
  size_t n = 1 + below(r, most < LONGEST_PIECE ? most : LONGEST_PIECE);
  return (struct slice){b->p + from, n};
}

/* Replaces input[from, from + n) by s, which may be a piece of the input. */
static void replace(size_t from, size_t n, struct slice s)
{
  struct buffer next = {0};
  buffer_append(&next, input.p, from);
  buffer_add(&next, s);
  buffer_append(&next, input.p + from + n, input.n - from - n);
  buffer_free(&input);
  input = next;
}

static void change(struct random *r, const struct buffer *file, size_t files)
{
  size_t at = below(r, input.n + 1);
  struct slice own = piece_of(r, &input);
  switch (below(r, 5)) {
  case 0: /* cut out */
    replace(own.n == 0 ? 0 : (size_t)(own.p - input.p), own.n, (struct slice){"", 0});
    return;
  case 1: /* double */
    replace(at, 0, own);
    return;
  case 2: /* flip */
    if (input.n != 0)
      input.p[below(r, input.n)] ^= (char)(1 << below(r, 8));
    return;
  case 3: /* insert */
    replace(at, 0, piece_of(r, &file[below(r, files)]));
    return;
  default: /* exchange */
    replace(own.n == 0 ? 0 : (size_t)(own.p - input.p), own.n, piece_of(r, &file[below(r, files)]));
  }
}

static void run(struct random *r, const struct buffer *file, size_t files)
{
  const struct buffer *first = &file[below(r, files)];
  input.n = 0;
  buffer_append(&input, first->p, first->n < LONGEST_INPUT ? first->n : LONGEST_INPUT);
  for (size_t i = below(r, MOST_CHANGES + 1); i > 0; i--)
    change(r, file, files);
  /* A copy of the exact size, so that the address sanitizer sees the first byte behind it. */
  unsigned char *copy = mem_new(input.n, 1);
  if (input.n != 0)
    memcpy(copy, input.p, input.n);
  LLVMFuzzerTestOneInput(copy, input.n);
  free(copy);
}

int main(int argc, char **argv)
{
  if (argc < 4) {
    fprintf(stderr, "usage: %s SEED RUNS FILE...\n", argv[0]);
    return 2;
  }
  size_t files = (size_t)argc - 3;
  struct buffer *file = mem_new(files, sizeof *file);
  struct random r;
  struct error err;
  for (size_t i = 0; i < files; i++)
    if (!infile_read(argv[i + 3], &file[i], &err)) {
      fprintf(stderr, "%s: %s\n", argv[i + 3], err.text);
      return 2;
    }
  signal(SIGABRT, keep_input);
  signal(SIGSEGV, keep_input);
  random_seed(&r, strtoull(argv[1], NULL, 10));
  for (unsigned long long left = strtoull(argv[2], NULL, 10); left > 0; left--)
    run(&r, file, files);
  for (size_t i = 0; i < files; i++)
    buffer_free(&file[i]);
  free(file);
  buffer_free(&input);
  return 0;
}
