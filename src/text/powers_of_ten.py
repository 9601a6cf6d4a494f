#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes powers_of_ten.c: 128 bits of each power of ten that reading and printing need.

    ./powers_of_ten.py > powers_of_ten.c
"""
from fractions import Fraction

LOW, HIGH = -342, 324

HEAD = """\
/* SPDX-License-Identifier: Apache-2.0 */
/* Written by powers_of_ten.py. */
#include "text/powers_of_ten.h"

const struct power_of_ten powers_of_ten[POWER_OF_TEN_MAX - POWER_OF_TEN_MIN + 1] = {"""


def floor_log2(x):
    e = x.numerator.bit_length() - x.denominator.bit_length()
    return e if x >= Fraction(2) ** e else e - 1


print(HEAD)
for k in range(LOW, HIGH + 1):
    power = Fraction(10) ** k
    log2 = floor_log2(power)
    assert log2 == k * 1741647 >> 19  # as power_of_ten_log2() computes it
    scaled = power / Fraction(2) ** (log2 - 127)
    bits = scaled.numerator // scaled.denominator
    assert 1 << 127 <= bits < (1 << 128) - 1  # one more still fits
    assert (scaled.denominator == 1) == (0 <= k <= 55)  # POWER_OF_TEN_EXACT
    print(f"    {{0x{bits >> 64:016x}, 0x{bits & (1 << 64) - 1:016x}}}, /* {k} */")
print("};")
