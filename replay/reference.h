/* SPDX-License-Identifier: Apache-2.0 */
/* reference.h - the SQL reference on a terminal of 80 columns. */
#ifndef RETRIAL_REPLAY_REFERENCE_H
#define RETRIAL_REPLAY_REFERENCE_H

#include <stdio.h>

#include "base/error.h"

/* What there is to read, by chapter. */
void reference_overview(FILE *out);

/* A chapter, all entries of a name, or "functions", the names of all functions by family.
 * ERR_USAGE with the nearest name if there is none. */
bool reference_print(const char *name, FILE *out, struct error *err);

#endif
