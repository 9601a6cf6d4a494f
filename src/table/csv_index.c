/* SPDX-License-Identifier: Apache-2.0 */
#include "table/csv_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { CHUNK = 64, CHUNKS_AT_ONCE = 16 };

/* Bit i of each mask stands for byte i of a chunk. */
struct masks {
  uint64_t mark, lf; /* separators and LF; LF alone */
  uint64_t quote, cr;
  bool odd; /* there may be a quote, a CR or a byte that is not ASCII; else these two are not set */
  bool high;
};

/* Masks of `chunks` chunks at p. */
typedef void masks_function(const char *p, size_t chunks, struct csv_needles needles,
                            struct masks *out);

/* Eight bytes at once: the high bit of each byte of the result tells whether the byte equals the
 * needle; the multiplication gathers the eight bits. Exact for every byte, unlike the classic
 * trick with a borrow. */
static uint64_t equal_bits(uint64_t word, unsigned char needle)
{
  const uint64_t low7 = 0x7f7f7f7f7f7f7f7fu;
  uint64_t x = word ^ (0x0101010101010101u * needle);
  uint64_t zero = ~(((x & low7) + low7) | x | low7);
  return ((zero >> 7) * 0x0102040810204080u) >> 56;
}

static uint64_t load_little_endian(const char *p)
{
  uint64_t word;
  memcpy(&word, p, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

static void masks_portable(const char *p, size_t chunks, struct csv_needles needles,
                           struct masks *out)
{
  for (size_t i = 0; i < chunks; i++) {
    struct masks m = {0};
    for (unsigned k = 0; k < CHUNK; k += 8) {
      uint64_t word = load_little_endian(p + i * CHUNK + k);
      m.mark |= equal_bits(word, needles.separator) << k;
      m.lf |= equal_bits(word, '\n') << k;
      m.quote |= equal_bits(word, needles.quote) << k;
      m.cr |= equal_bits(word, '\r') << k;
      m.high |= (word & 0x8080808080808080u) != 0;
    }
    m.mark |= m.lf;
    m.odd = (m.quote | m.cr) != 0 || m.high;
    out[i] = m;
  }
}

#if defined(__x86_64__)
static uint64_t bits_sse2(const __m128i v[4])
{
  uint64_t bits = 0;
  for (unsigned k = 0; k < 4; k++)
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(v[k]) << (16 * k);
  return bits;
}

/* What is rare is looked for all at once, and told apart only where it was found. */
static void masks_sse2(const char *p, size_t chunks, struct csv_needles needles, struct masks *out)
{
  const __m128i separator = _mm_set1_epi8((char)needles.separator), lf = _mm_set1_epi8('\n');
  const __m128i quote = _mm_set1_epi8((char)needles.quote), cr = _mm_set1_epi8('\r');
  for (size_t i = 0; i < chunks; i++) {
    __m128i text = _mm_setzero_si128(), any = text, is_mark[4], is_lf[4], is_quote[4], is_cr[4];
    for (unsigned k = 0; k < 4; k++) {
      __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i * CHUNK + 16 * k));
      is_lf[k] = _mm_cmpeq_epi8(v, lf);
      is_mark[k] = _mm_or_si128(_mm_cmpeq_epi8(v, separator), is_lf[k]);
      is_quote[k] = _mm_cmpeq_epi8(v, quote);
      is_cr[k] = _mm_cmpeq_epi8(v, cr);
      any = _mm_or_si128(any, _mm_or_si128(is_quote[k], is_cr[k]));
      text = _mm_or_si128(text, v);
    }
    out[i] = (struct masks){.mark = bits_sse2(is_mark), .lf = bits_sse2(is_lf)};
    out[i].odd = _mm_movemask_epi8(_mm_or_si128(any, text)) != 0;
    if (__builtin_expect(out[i].odd, 0)) {
      out[i].quote = bits_sse2(is_quote);
      out[i].cr = bits_sse2(is_cr);
      out[i].high = _mm_movemask_epi8(text) != 0;
    }
  }
}

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

AVX2 static inline uint64_t bits_avx2(__m256i low, __m256i high)
{
  return (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32 | (uint32_t)_mm256_movemask_epi8(low);
}

AVX2 static void masks_avx2(const char *p, size_t chunks, struct csv_needles needles,
                            struct masks *out)
{
  const __m256i separator = _mm256_set1_epi8((char)needles.separator), lf = _mm256_set1_epi8('\n');
  const __m256i quote = _mm256_set1_epi8((char)needles.quote), cr = _mm256_set1_epi8('\r');
  for (size_t i = 0; i < chunks; i++) {
    __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)(p + i * CHUNK));
    __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(p + i * CHUNK + 32));
    __m256i a_lf = _mm256_cmpeq_epi8(a, lf), b_lf = _mm256_cmpeq_epi8(b, lf);
    __m256i a_mark = _mm256_or_si256(_mm256_cmpeq_epi8(a, separator), a_lf);
    __m256i b_mark = _mm256_or_si256(_mm256_cmpeq_epi8(b, separator), b_lf);
    __m256i a_quote = _mm256_cmpeq_epi8(a, quote), b_quote = _mm256_cmpeq_epi8(b, quote);
    __m256i a_cr = _mm256_cmpeq_epi8(a, cr), b_cr = _mm256_cmpeq_epi8(b, cr);
    __m256i text = _mm256_or_si256(a, b);
    __m256i any = _mm256_or_si256(_mm256_or_si256(a_quote, b_quote), _mm256_or_si256(a_cr, b_cr));
    out[i] = (struct masks){.mark = bits_avx2(a_mark, b_mark), .lf = bits_avx2(a_lf, b_lf)};
    out[i].odd = _mm256_movemask_epi8(_mm256_or_si256(any, text)) != 0;
    if (__builtin_expect(out[i].odd, 0)) {
      out[i].quote = bits_avx2(a_quote, b_quote);
      out[i].cr = bits_avx2(a_cr, b_cr);
      out[i].high = _mm256_movemask_epi8(text) != 0;
    }
  }
}
#endif

/* Room for what the chunks that are looked at in one go may hold. */
static void *make_room(void *old, size_t used, size_t *room, size_t size)
{
  if (*room - used >= CHUNKS_AT_ONCE * CHUNK)
    return old;
  *room = 2 * *room + CHUNKS_AT_ONCE * CHUNK;
  return mem_resize(old, *room, size);
}

static inline unsigned first_bit(uint64_t bits)
{
  return (unsigned)__builtin_ctzll(bits);
}

/* The first bit, or anything if there is none. */
typedef unsigned first_function(uint64_t bits);

static inline unsigned first_or_any(uint64_t bits)
{
  return first_bit(bits | (uint64_t)1 << 63);
}

#if defined(__x86_64__)
AVX2 static inline unsigned first_or_64(uint64_t bits)
{
  return (unsigned)_tzcnt_u64(bits);
}
#endif

/* Appends the offsets of the bits. Eight are written whether there are as many or not: that is
 * faster than asking, and there is room. */
static inline __attribute__((always_inline)) void add_marks(struct csv_index *index, uint64_t bits,
                                                            uint32_t base, first_function *first)
{
  uint32_t *mark = index->mark + index->marks, *end = mark + __builtin_popcountll(bits);
  index->marks += (size_t)(end - mark);
#define ADD_MARK                                                                                   \
  *mark++ = base + first(bits);                                                                    \
  bits &= bits - 1;
  do {
    ADD_MARK ADD_MARK ADD_MARK ADD_MARK ADD_MARK ADD_MARK ADD_MARK ADD_MARK
  } while (mark < end);
#undef ADD_MARK
}

/* Bits 0 .. count-1. */
static inline uint64_t low_bits(size_t count)
{
  return count >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << count) - 1;
}

static void add_specials(struct csv_index *index, const struct masks *m, uint64_t valid,
                         uint32_t base, bool crlf, bool lf_follows)
{
  uint64_t before_lf = (m->lf & valid) >> 1 | (uint64_t)lf_follows << 63;
  uint64_t special = (m->quote | (crlf ? m->cr & ~before_lf : m->cr)) & valid;
  index->high |= m->high;
  if (special == 0)
    return;
  index->special =
      make_room(index->special, index->specials, &index->special_room, sizeof *index->special);
  for (; special != 0; special &= special - 1)
    index->special[index->specials++] = base + first_bit(special);
}

/* Appends the marks of the chunk at `base` and which of them are line ends. */
static inline __attribute__((always_inline)) void add_chunk(struct csv_index *index, uint64_t marks,
                                                            uint64_t lf, uint32_t base,
                                                            first_function *first_of)
{
  size_t first = index->marks;
  add_marks(index, marks, base, first_of);
  for (; lf != 0; lf &= lf - 1) {
    uint64_t below = (lf & -lf) - 1;
    index->line[index->lines++] = (uint32_t)(first + (size_t)__builtin_popcountll(marks & below));
  }
}

static inline __attribute__((always_inline)) void
build(struct csv_index *index, const char *p, size_t n, size_t lines, struct csv_needles needles,
      masks_function *masks_of, first_function *first_of)
{
  struct masks masks[CHUNKS_AT_ONCE];
  for (size_t at = 0; at < n && index->lines < lines;) {
    size_t chunks = (n - at + CHUNK - 1) / CHUNK;
    if (chunks > CHUNKS_AT_ONCE)
      chunks = CHUNKS_AT_ONCE;
    masks_of(p + at, chunks, needles, masks);
    index->mark = make_room(index->mark, index->marks, &index->mark_room, sizeof *index->mark);
    index->line = make_room(index->line, index->lines, &index->line_room, sizeof *index->line);
    for (size_t i = 0; i < chunks && index->lines < lines; i++, at += CHUNK) {
      uint64_t valid = low_bits(n - at);
      add_chunk(index, masks[i].mark & valid, masks[i].lf & valid, (uint32_t)at, first_of);
      if (__builtin_expect(masks[i].odd, 0))
        add_specials(index, &masks[i], valid, (uint32_t)at, needles.crlf,
                     at + CHUNK < n && p[at + CHUNK] == '\n');
    }
  }
}

static void build_portable(struct csv_index *index, const char *p, size_t n, size_t lines,
                           struct csv_needles needles)
{
  build(index, p, n, lines, needles, masks_portable, first_or_any);
}

#if defined(__x86_64__)
static void build_sse2(struct csv_index *index, const char *p, size_t n, size_t lines,
                       struct csv_needles needles)
{
  build(index, p, n, lines, needles, masks_sse2, first_or_any);
}

AVX2 static void build_avx2(struct csv_index *index, const char *p, size_t n, size_t lines,
                            struct csv_needles needles)
{
  build(index, p, n, lines, needles, masks_avx2, first_or_64);
}
#endif

bool csv_kernel_exists(enum csv_kernel kernel)
{
  switch (kernel) {
  case CSV_KERNEL_BEST:
  case CSV_KERNEL_PORTABLE:
    return true;
#if defined(__x86_64__)
  case CSV_KERNEL_SSE2:
    return true;
  case CSV_KERNEL_AVX2:
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("popcnt");
#endif
  default:
    return false;
  }
}

static enum csv_kernel best_kernel(void)
{
  for (enum csv_kernel kernel = CSV_KERNEL_AVX2; kernel != CSV_KERNEL_PORTABLE; kernel--)
    if (csv_kernel_exists(kernel))
      return kernel;
  return CSV_KERNEL_PORTABLE;
}

/* The end of a text without a last LF. */
static void add_end(struct csv_index *index, size_t n)
{
  index->mark = make_room(index->mark, index->marks, &index->mark_room, sizeof *index->mark);
  index->line = make_room(index->line, index->lines, &index->line_room, sizeof *index->line);
  index->line[index->lines++] = (uint32_t)index->marks;
  index->mark[index->marks++] = (uint32_t)n;
}

void csv_index_build(struct csv_index *index, const char *p, size_t n, size_t lines,
                     struct csv_needles needles, enum csv_kernel kernel)
{
  index->marks = index->lines = index->specials = 0;
  index->high = false;
  switch (kernel == CSV_KERNEL_BEST ? best_kernel() : kernel) {
#if defined(__x86_64__)
  case CSV_KERNEL_AVX2:
    build_avx2(index, p, n, lines, needles);
    break;
  case CSV_KERNEL_SSE2:
    build_sse2(index, p, n, lines, needles);
    break;
#endif
  default:
    build_portable(index, p, n, lines, needles);
  }
  if (n != 0 && p[n - 1] != '\n' && index->lines < lines)
    add_end(index, n);
}

void csv_index_free(struct csv_index *index)
{
  free(index->mark);
  free(index->line);
  free(index->special);
}
