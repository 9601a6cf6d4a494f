/* SPDX-License-Identifier: Apache-2.0 */
/* version.h - the program's version, as configure passes it to the compiler. */
#ifndef RETRIAL_REPLAY_VERSION_H
#define RETRIAL_REPLAY_VERSION_H

#ifdef PACKAGE_VERSION
#define RETRIAL_VERSION PACKAGE_VERSION
#else
#define RETRIAL_VERSION "(no version)"
#endif

#endif
