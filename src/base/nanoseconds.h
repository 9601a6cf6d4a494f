/* SPDX-License-Identifier: Apache-2.0 */
/* nanoseconds.h - how many of them other units of time have. */
#ifndef RETRIAL_BASE_NANOSECONDS_H
#define RETRIAL_BASE_NANOSECONDS_H

#include <stdint.h>

#define NS_PER_US INT64_C(1000)
#define NS_PER_MS INT64_C(1000000)
#define NS_PER_SECOND INT64_C(1000000000)

#endif
