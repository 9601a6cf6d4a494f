/* SPDX-License-Identifier: Apache-2.0 */
/* growing.h - a file that is read while another thread still writes it.
 *
 * The writer is an outfile (outfile_grow()); readers, as many as there are, read from wherever they
 * are and wait for bytes that are not written yet. They come to the end when the file is whole.
 */
#ifndef RETRIAL_BASE_GROWING_H
#define RETRIAL_BASE_GROWING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct growing;

/* The caller frees it when nobody writes or reads any more. */
struct growing *growing_new(void);

/* NULL is allowed. */
void growing_free(struct growing *growing);

/* For the writer: what it writes can be read from fd, which growing closes. */
void growing_begin(struct growing *growing, int fd);

/* For the writer: `bytes` more stand in the file. */
void growing_add(struct growing *growing, size_t bytes);

/* No more bytes come. Not whole: the file is given up, and whoever reads it fails. What was ended
 * once stays so. */
void growing_end(struct growing *growing, bool whole);

/* As pread(2): n bytes from `offset`, as soon as they are all there; fewer (0: none) before the end
 * only. ECANCELED if the file was given up. */
ssize_t growing_read(struct growing *growing, void *p, size_t n, uint64_t offset);

#endif
