/* SPDX-License-Identifier: Apache-2.0 */
/* version.h - the program's version, as configure knows it. */
#ifndef RETRIAL_REPLAY_VERSION_H
#define RETRIAL_REPLAY_VERSION_H

#ifdef HAVE_CONFIG_H
#include "config.h"
#define RETRIAL_VERSION PACKAGE_VERSION
#else
#define RETRIAL_VERSION "development"
#endif

#endif
