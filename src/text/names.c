/* SPDX-License-Identifier: Apache-2.0 */
#include "text/names.h"

/* An initialiser; SLICE() is a compound literal and no constant. */
#define NAME(literal)                                                                              \
  {                                                                                                \
    literal, sizeof(literal) - 1                                                                   \
  }

const struct slice month_short[12] = {NAME("Jan"), NAME("Feb"), NAME("Mar"), NAME("Apr"),
                                      NAME("May"), NAME("Jun"), NAME("Jul"), NAME("Aug"),
                                      NAME("Sep"), NAME("Oct"), NAME("Nov"), NAME("Dec")};

const struct slice month_full[12] = {NAME("January"), NAME("February"), NAME("March"),
                                     NAME("April"),   NAME("May"),      NAME("June"),
                                     NAME("July"),    NAME("August"),   NAME("September"),
                                     NAME("October"), NAME("November"), NAME("December")};

const struct slice weekday_short[7] = {NAME("Mon"), NAME("Tue"), NAME("Wed"), NAME("Thu"),
                                       NAME("Fri"), NAME("Sat"), NAME("Sun")};

const struct slice weekday_full[7] = {NAME("Monday"),   NAME("Tuesday"), NAME("Wednesday"),
                                      NAME("Thursday"), NAME("Friday"),  NAME("Saturday"),
                                      NAME("Sunday")};

const struct slice quarter_short[4] = {NAME("Q1"), NAME("Q2"), NAME("Q3"), NAME("Q4")};

const struct slice quarter_full[4] = {NAME("1st quarter"), NAME("2nd quarter"), NAME("3rd quarter"),
                                      NAME("4th quarter")};

const struct slice half_day[2] = {NAME("AM"), NAME("PM")};

const struct slice era_short[2] = {NAME("BC"), NAME("AD")};

const struct slice era_full[2] = {NAME("Before Christ"), NAME("Anno Domini")};
