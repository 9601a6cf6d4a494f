#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks Spark 3.5.3 what it makes of times as text; writes time_spark.tsv, which tests/unit reads.

    pip install pyspark==3.5.3        # and a Java 17 runtime
    ./time_spark.py > time_spark.tsv

A line is: question, its arguments, the answer; between tabs. An answer `null` is null.
"""
import itertools
import random

from pyspark.sql import SparkSession

random.seed(353)
spark = (SparkSession.builder.master("local[1]")
         .config("spark.sql.session.timeZone", "UTC")
         .config("spark.sql.legacy.timeParserPolicy", "CORRECTED")
         .config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", 1)
         .getOrCreate())
spark.sparkContext.setLogLevel("OFF")

ZONES = ["UTC", "+05:30", "-08:00"]
OFFSET = {"UTC": 0, "+05:30": 19800, "-08:00": -28800}

PARSED = {
    "HH:mm:ss": ["20:52:00", "00:00:00", "23:59:59", "24:00:00", "1:02:03", "10:00", "10:00:00.5",
                 " 10:00:00", "10:00:00 ", "10:60:00", "10:00:60", "", "1a:00:00", "10-00-00",
                 "+1:00:00", "10:00:0x", "-1:00:00", "10:00:001", "10:00: 1"],
    "yyyy-MM-dd HH:mm:ss": ["2025-05-07 20:52:00", "2025-5-7 20:52:00", "2025-02-29 00:00:00",
                            "2024-02-29 23:59:59", "0001-01-01 00:00:00", "9999-12-31 23:59:59",
                            "-0001-01-01 00:00:00", "-0000-01-01 00:00:00", "0000-01-01 00:00:00",
                            "+12025-01-01 00:00:00", "12025-01-01 00:00:00",
                            "+2025-01-01 00:00:00", "1582-10-10 00:00:00", "2025-13-01 00:00:00",
                            "2025-00-01 00:00:00", "2025-01-00 00:00:00", "2025-05-07T20:52:00",
                            "2025-05-07 24:00:00", "2025/05/07 20:52:00", "1900-02-29 00:00:00",
                            "+290000-01-01 00:00:00", "2000-02-29 12:00:00"],
    "yyyy-MM-dd'T'HH:mm:ss": ["2025-05-07T20:52:00", "2025-05-07t20:52:00", "2025-05-07 20:52:00"],
    "yyyy-MM-dd'T'HH:mm:ss[.SSS]": ["2025-05-07T10:00:00", "2025-05-07T10:00:00.123",
                                    "2025-05-07T10:00:00.1", "2025-05-07T10:00:00.",
                                    "2025-05-07T10:00:00.1234"],
    "yyyy-MM-dd'T'HH:mm:ss[.SSSSSS][XXX]": ["2025-05-07T10:00:00Z", "2025-05-07T10:00:00.25+02:00",
                                            "2025-05-07T10:00:00z", "2025-05-07T10:00:00+0200",
                                            "2025-05-07T10:00:00-18:00",
                                            "2025-05-07T10:00:00+18:01",
                                            "2025-05-07T10:00:00+23:59",
                                            "2025-05-07T10:00:00+24:00",
                                            "2025-05-07T10:00:00.123456-00:30"],
    "HH:mm:ss.SSS": ["10:00:00.5", "10:00:00.25", "10:00:00.999", "10:00:00.", "10:00:00",
                     "10:00:00.1234"],
    "HH:mm:ss.SSSSSSSSS": ["10:00:00.123456789", "10:00:00.0000009", "10:00:00.1"],
    "HH:mm:ss.S": ["10:00:00.5", "10:00:00.55"],
    "dd/MM/yyyy HH:mm": ["07/05/2025 10:11", "7/5/2025 10:11", "31/02/2025 10:11",
                         "05-07-2025 10:11", "31/12/1969 23:59"],
    "d/M/yyyy H:m": ["7/5/2025 1:2", "07/05/2025 01:02", "007/5/2025 1:2", "-7/5/2025 1:2",
                     "7/+5/2025 1:2", "32/5/2025 1:2"],
    "d MMM yyyy HH:mm:ss": ["7 May 2025 02:10:05", "07 May 2025 02:10:05", "7 may 2025 02:10:05",
                            "7 MAY 2025 02:10:05", "7 Sept 2025 02:10:05", "7 Sep 2025 02:10:05",
                            "31 Jun 2025 02:10:05", "7 September 2025 02:10:05",
                            "7 Mai 2025 02:10:05"],
    "dd MMMM yyyy": ["07 May 2025", "07 September 2025", "07 Sep 2025", "7 May 2025"],
    "d LLL yyyy": ["7 May 2025", "7 Dec 2025"],
    "LLLL d, yyyy": ["May 7, 2025", "december 31, 2025"],
    "yyyyMMddHHmmss": ["20250507101112", "2025050710111", "202505071011120", "2025050710111a"],
    "yyyyMMddHHmmssSSS": ["20250507101112345"],
    "yyyyMMdd": ["20250507", "2025057", "20251301", "+120250507"],
    "yyMMdd": ["250507", "690101", "991231", "000101", "2505071"],
    "yy-M-d": ["25-5-7", "5-5-7", "125-5-7"],
    "y-M-d": ["2025-5-7", "25-5-7", "5-5-7", "-5-5-7", "+5-5-7"],
    "yyy-M-d": ["2025-5-7", "25-5-7", "025-5-7"],
    "yyyyy-M-d": ["2025-5-7", "02025-5-7"],
    "yMMdd": ["20250507", "50507", "1220507"],
    "yyyyMMd": ["20250507", "2025057"],
    "yyyyDDD": ["2025127", "2024366", "2025366", "2025000"],
    "yyyy-D": ["2025-127", "2025-1", "2025-0127"],
    "yyyy-DD": ["2025-127", "2025-01", "2025-1"],
    "yyyy-MM-dd D": ["2025-05-07 127", "2025-05-07 128"],
    "yyyy-MM D": ["2025-05 127", "2025-06 127"],
    "D": ["127", "999"],
    "dd HH": ["07 10", "32 10"],
    "MM-dd": ["02-28", "02-29", "13-01"],
    "yyyy": ["2025", "25", "12025", "-2025"],
    "yyyy-MM": ["2025-05", "2025-13"],
    "hh:mm a": ["10:11 PM", "12:00 AM", "12:00 PM", "00:30 AM", "13:00 PM", "10:11 pm", "10:11PM"],
    "hh:mm": ["10:11", "12:11"],
    "KK:mm a": ["00:11 PM", "11:11 AM", "12:11 AM", "12:11 PM"],
    "kk:mm": ["24:11", "01:11", "00:11", "25:11"],
    "a": ["PM", "AM"],
    "HH a": ["22 PM", "22 AM", "10 AM"],
    "HH:mm hh a": ["22:11 10 PM", "22:11 11 PM", "22:11 10 AM"],
    "mm:ss": ["11:12", "60:00"],
    "HH:ss": ["10:12", "10:60"],
    "HH a ss": ["22 AM 10", "22 PM 10"],
    "HH:mm:ss HH": ["10:11:12 10", "10:11:12 11"],
    "yyyy-MM-dd HH:mm:ssX": ["2025-05-07 10:00:00Z", "2025-05-07 10:00:00+02",
                             "2025-05-07 10:00:00+0230", "2025-05-07 10:00:00+02:30",
                             "2025-05-07 10:00:00-08", "2025-05-07 10:00:00"],
    "yyyy-MM-dd HH:mm:ssXX": ["2025-05-07 10:00:00Z", "2025-05-07 10:00:00+02",
                              "2025-05-07 10:00:00+0230"],
    "yyyy-MM-dd HH:mm:ssXXX": ["2025-05-07 10:00:00Z", "2025-05-07 10:00:00+02:30",
                               "2025-05-07 10:00:00+02:60", "2025-05-07 10:00:00+02"],
    "yyyy-MM-dd HH:mm:ssXXXX": ["2025-05-07 10:00:00+0230", "2025-05-07 10:00:00+023015"],
    "yyyy-MM-dd HH:mm:ssXXXXX": ["2025-05-07 10:00:00+02:30", "2025-05-07 10:00:00+02:30:15"],
    "yyyy-MM-dd HH:mm:ssx": ["2025-05-07 10:00:00+00", "2025-05-07 10:00:00Z",
                             "2025-05-07 10:00:00+0230"],
    "yyyy-MM-dd HH:mm:ssxxx": ["2025-05-07 10:00:00+00:00", "2025-05-07 10:00:00-02:30"],
    "yyyy-MM-dd HH:mm:ssZ": ["2025-05-07 10:00:00+0000", "2025-05-07 10:00:00-0230",
                             "2025-05-07 10:00:00Z", "2025-05-07 10:00:00+02:30"],
    "yyyy-MM-dd HH:mm:ssZZZZ": ["2025-05-07 10:00:00GMT", "2025-05-07 10:00:00GMT+02:30",
                                "2025-05-07 10:00:00GMT+2"],
    "yyyy-MM-dd HH:mm:ssZZZZZ": ["2025-05-07 10:00:00Z", "2025-05-07 10:00:00+02:30"],
    "yyyy-MM-dd HH:mm:ss O": ["2025-05-07 10:00:00 GMT", "2025-05-07 10:00:00 GMT+2",
                              "2025-05-07 10:00:00 GMT-11:30", "2025-05-07 10:00:00 UTC"],
    "yyyy-MM-dd HH:mm:ss OOOO": ["2025-05-07 10:00:00 GMT+02:00", "2025-05-07 10:00:00 gmt"],
    "yyyy-MM-dd G": ["2025-05-07 AD", "0005-05-07 BC", "0000-05-07 AD", "2025-05-07 ad"],
    "GGGG y": ["Anno Domini 2025", "Before Christ 1"],
    "yyyy-MM-dd[ HH:mm[:ss]]": ["2025-05-07", "2025-05-07 10:11", "2025-05-07 10:11:12",
                                "2025-05-07 10", "2025-05-07 10:11:"],
    "[yyyy-MM-dd][dd.MM.yyyy]": ["2025-05-07", "07.05.2025", "", "2025-05-0707.05.2025"],
    "yyyy-MM-dd 'at' HH 'o''clock'": ["2025-05-07 at 10 o'clock", "2025-05-07 AT 10 O'CLOCK"],
    "yyyy''MM": ["2025'05"],
    "yyyy年MM月dd日": ["2025年05月07日", "2025年5月07日"],
    "yyyy.MM.dd. HH-mm": ["2025.05.07. 10-11"],
    "HHmm": ["1011", "101"],
    "Hmm": ["1011", "011", "111", "11"],
    "hmma": ["1011PM", "111AM"],
    "ss.SSS": ["12.5"],
    "SSS": ["5", "1234"],
    "SHH": ["510"],
    "": ["", "x"],
}

PRINTED = ["HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "HH:mm:ss.SSS",
           "HH:mm:ss.SSSSSS", "HH:mm:ss.SSSSSSSSS", "S", "SS", "yyyyMMdd", "dd/MM/yy HH:mm",
           "yyyy-MM-dd'T'HH:mm:ss'Z'", "H:m:s", "hh:mm a", "h K k", "KK kk", "EEE, d MMM yyyy",
           "EEEE dd MMMM", "E EE", "D", "DD", "DDD", "y", "yy", "yyy", "yyyyy", "yyyyyy", "M L MM LL",
           "LLL LLLL", "Q QQ QQQ QQQQ", "q qq qqq qqqq", "F", "G y", "GGGG yyyy", "yyyy-MM-dd G",
           "X", "XX", "XXX", "XXXX", "XXXXX", "x", "xx", "xxx", "xxxx", "xxxxx", "Z", "ZZ", "ZZZ",
           "ZZZZ", "ZZZZZ", "O", "OOOO", "z", "zzz", "VV", "yyyy-MM-dd[ HH:mm[:ss]]",
           "yyyy 'o''clock' ''", "yyyy年MM月dd日", "d.M.yyyy, H 'Uhr'", "yyyy/MM/dd-HH.mm.ss"]

REFUSED = ["bbb", "YYYY", "ww", "W", "u", "e", "c", "AAA", "B", "n", "N", "p", "ppH", "MMMMM",
           "LLLLL", "EEEEE", "GGGGG", "QQQQQ", "qqqqq", "yyyyyyy", "ddd", "HHH", "hhh", "mmm", "sss",
           "DDDD", "FF", "aa", "SSSSSSSSSS", "XXXXXX", "xxxxxx", "ZZZZZZ", "OO", "zzzzz", "V",
           "VVV", "t", "T", "I", "i", "j", "l", "o", "r", "f", "P", "R", "C", "J", "U", "yyyy]",
           "yyyy#", "{yyyy}", "yyyy'T", "E", "F", "q", "Q", "EEE", "HH:mm:ss", "[yyyy", "yyyy-MM-dd",
           "yyyy-MM-ddTHH", "dd.MM.yyyy", "w", "yyyyyy", "'week' yyyy", "MMMM", "a", "SSSSSSSSS"]

MICROS = [0, 1, -1, 999999, -999999, 1746612000000000, 1746659348123456, 1767139200000999,
          -62135596800000000, 253402300799999999, -62135596800000001, 253402300800000000,
          951782399999999, 951868800000000, -2208988800000000, 1709208300000000, 43200000000,
          -43200000000, 46799999999, 34128000000000, -62198755200000000, -377705116800000000]

CASTS = ["2025-05-07 10:00:00", "2025-05-07T10:00:00", "2025-05-07 10:00:00.123456",
         "2025-05-07 10:00:00.1234567", "2025-05-07 10:00:00.", "2025-05-07T10:00:00Z",
         "2025-05-07 10:00:00+02:00", "2025-05-07 10:00:00 +02:00", "2025-05-07 10:00:00UTC",
         "2025-05-07 10:00:00 UTC", "2025-05-07 10:00:00 GMT+1", "2025-05-07 10:00:00 UTC-03:30",
         "2025-05-07 10:00:00 UT+1", "2025-05-07 10:00:00+2", "2025-05-07 10:00:00+02",
         "2025-05-07 10:00:00+2:00", "2025-05-07 10:00:00+02:3", "2025-05-07 10:00:00+2:3",
         "2025-05-07 10:00:00+0230", "2025-05-07 10:00:00+023", "2025-05-07 10:00:00+02:30:15",
         "2025-05-07 10:00:00+2:30:15", "2025-05-07 10:00:00+02:3:15", "2025-05-07 10:00:00+023015",
         "2025-05-07 10:00:00+18:00", "2025-05-07 10:00:00+18:01", "2025-05-07 10:00:00-18:00",
         "2025-05-07 10:00:00+02:60", "2025-05-07 10:00:00z", "2025-05-07 10:00:00utc",
         "2025-05-07 10:00:00.5Z", "2025-05-07 10:00:00.5 Z", "2025-05-07 10:00Z",
         "2025-05-07 10Z", "2025-05-07Z", "2025-05-07 10:00+01:00", "2025-05-07 10",
         "2025-05-07 10:", "2025-05-07 10:00:", "2025-05-07 1:2:3", "2025-05-07 001:2:3",
         "2025-05-07 1:2:3.4", "2025-05-07", "2025-05-07 ", "2025-05-07T", "2025-05", "2025",
         "2025-5-7", "2025-5-7 1:2:3", "2025-005-7", "025-5-7", "25-5-7", "2025-02-29",
         "2024-02-29", "2025-02-29 00:00:00", "2025-05-07 24:00:00", "2025-05-07 10:60:00",
         "2025-05-07 10:00:60", "2025-13-01", "2025-00-01", "2025-01-00", "", " ", "abc", "T",
         " 2025-05-07 10:00:00 ", "2025-05-07  10:00:00", "+2025-05-07", "-2025-05-07", "+12025-05-07",
         "12025-05-07", "123456-05-07", "1234567-05-07", "-0001-01-01", "0000-01-01", "20250507",
         "2025/05/07", "2025-05-07 10.00.00", "2025-05-07x", "2025-05-07 x", "2025-05-07Tx",
         "2025-05x", "2025-05 10:00:00", "2025 ", "2025-", "2025-05-", "2025-05-7 ", "2025-05-071",
         "9999-12-31 23:59:59.999999", "0001-01-01 00:00:00", "294247-01-10 04:00:54.775807",
         "294247-01-10 04:00:54.775808", "1582-10-10 12:00:00", "5881580-07-11", "5881580-07-12",
         "-290308-12-21 19:59:05.224192", "-290308-12-21 19:59:05.224191", "2025-05-07 10:00:00 +2",
         "2025-05-07 10:00:00--2", "2025-05-07 10:00:00 ", "2025-05-07 10:00:00.123 +01:00 ",
         "2025-05-07 10:00:00 GMT", "2025-05-07 10:00:00 UTC+", "2025-05-07 -1:00:00",
         "2025-05-07 10:-1:00", "++2025-05-07", "2025--05-07", "2025-05-07T10:00:00.000Z",
         "2025-05-07 10:00:00.1.2", "2025-05-07 10:00:00:00"]
BARE = ["10:11", "10:11:12.5", "T10:11", "T10", "1:2:3", "10:11:12Z", "24:00", "10:60", " 10:11",
        " T10:11", "10:11 ", "+10:11", "100:11", ":11", "10:11:12+05:30", "T1:2"]

INTERVALS = ["30 seconds", "1 hour 30 minutes", "1.5 seconds", "250 milliseconds",
             "500 microseconds", "INTERVAL 90 MINUTES", "interval 1 day", "1 week", "2 days",
             "1 month", "1 year", "2 years 3 months", "-10 seconds", "0 seconds", "10 ticks", "",
             "interval", "interval ", "10", "seconds", "10seconds", "- 5 days", "+5 days", "-1.5 seconds",
             ".5 second", "5. seconds", ". seconds", "1.123456789 seconds", "1.1234567891 seconds",
             "1.5 minutes", "1.5 milliseconds", "1  hour", "1 hour, 2 minutes", "1\u00a0hour",
             " 1 hour ", "1 hours 2 hour", "1 secondss", "1 s", "1 min", "9223372036854775807 microseconds",
             "9223372036854775808 microseconds", "9223372036855 seconds", "2147483647 days",
             "2147483648 days", "306783378 weeks", "306783379 weeks", "178956970 years",
             "178956971 years", "1 day -1 hour", "1 day - 1 hour", "1 WEEK 1 Day", "0.5 seconds 1 second",
             "intervals 1 day", "interval1 day", "1 day 2", "1 day hour", "1e3 seconds", "--1 day",
             "1 day +2 hours", "1 quarter", "1 nanosecond", "-0.5 seconds", "1 second second",
             "1.0 seconds", "1.0000000001 seconds", "1 minute 1.5 seconds"]


def ask(rows, schema, expression, zone="UTC", **settings):
    for name, value in settings.items():
        spark.conf.set(name.replace("_", "."), value)
    spark.conf.set("spark.sql.session.timeZone", zone)
    frame = spark.createDataFrame(rows, schema).coalesce(1)
    return [row[0] for row in frame.selectExpr(expression).collect()]


def line(*cells):
    cells = ["null" if cell is None else str(cell) for cell in cells]
    assert not any("\t" in cell or "\n" in cell for cell in cells)
    print("\t".join(cells))


def random_text(text):
    """The text with one byte changed, left out or doubled."""
    if not text:
        return text
    i = random.randrange(len(text))
    return random.choice([text[:i] + random.choice("0123456789:-.+ TZa'") + text[i + 1:],
                          text[:i] + text[i + 1:], text[:i] + text[i] + text[i:]])


# A null means something else than an empty text, and literals have to stay literal.
pairs = [(p, t) for p, texts in PARSED.items() for t in texts]
pairs += [(p, random_text(t)) for p, t in pairs for _ in range(2)]
pairs = sorted(set(pairs))
for zone in ZONES[:2]:
    answers = ask(pairs, "p string, t string", "unix_micros(to_timestamp(t, p))", zone)
    for (p, t), answer in zip(pairs, answers):
        line("parse", OFFSET[zone], p, t, answer)
for (p, t), answer in zip(pairs, ask(pairs, "p string, t string", "datediff(to_date(t, p), DATE'1970-01-01')")):
    if not any(letter in p for letter in "XxZO"):
        line("parse-date", p, t, answer)

spark.conf.set("spark.sql.legacy.timeParserPolicy", "LEGACY")
simple = [(p, t) for p, t in pairs if p and not any(c in p for c in "xOLqQXZ年")]
for p in dict.fromkeys(p for p, t in simple):
    texts = [t for q, t in simple if p == q and t.strip() == t and t and "," not in t]
    options = "map('timestampFormat', \"%s\", 'enableDateTimeParsingFallback', 'false')" % p
    for question, expression in (("simple", "to_timestamp(t, \"%s\") IS NOT NULL" % p),
                                 ("fast", "from_csv(t, 'v TIMESTAMP', %s).v IS NOT NULL" % options)):
        try:
            answers = ask([(t,) for t in texts], "t string", expression)
        except Exception:  # no pattern to that parser
            answers = ["false"] * len(texts)
        for t, answer in zip(texts, answers):
            line("legacy-" + question, p, t, str(answer).lower())
spark.conf.set("spark.sql.legacy.timeParserPolicy", "CORRECTED")

micros = MICROS + [random.randrange(-62135596800000000, 253402300799999999) for _ in range(60)]
for zone in ZONES:
    prints = list(itertools.product(PRINTED, micros[:30] if zone == "UTC" else MICROS[4:8]))
    for (p, m), answer in zip(prints, ask(prints, "p string, m long", "date_format(timestamp_micros(m), p)", zone)):
        line("print", OFFSET[zone], p, m, answer)
    rows = [(m,) for m in micros]
    for m, answer in zip(micros, ask(rows, "m long", "CAST(timestamp_micros(m) AS STRING)", zone)):
        line("string", OFFSET[zone], m, answer)
    for m, answer in zip(micros, ask(rows, "m long", "to_csv(named_struct('t', timestamp_micros(m)))", zone)):
        line("iso", OFFSET[zone], m, answer)

for use, expression in ("parse", "to_timestamp('2025', \"%s\")"), ("print", "date_format(TIMESTAMP'2025-01-01', \"%s\")"):
    for p in REFUSED:
        try:
            ask([(1,)], "i int", expression % p)
            line("refuse-" + use, p, "taken")
        except Exception:
            line("refuse-" + use, p, "refused")

casts = sorted(set(CASTS + [random_text(t) for t in CASTS for _ in range(4)]))
bare = [t for t in casts + BARE if t.strip()[:1] == "T" or ":" in t.strip()[:4]]
casts = [t for t in casts if t not in bare]
for zone in ZONES:
    for t, answer in zip(casts, ask([(t,) for t in casts], "t string", "unix_micros(CAST(t AS TIMESTAMP))", zone)):
        line("cast", OFFSET[zone], t, answer)
for t, answer in zip(bare, ask([(t,) for t in bare], "t string", "unix_micros(CAST(t AS TIMESTAMP)) % 86400000000")):
    line("cast-bare", t, answer)
for t, answer in zip(casts, ask([(t,) for t in casts], "t string", "datediff(CAST(t AS DATE), DATE'1970-01-01')")):
    line("cast-date", t, answer)
days = [0, -1, 20215, -719162, 2932896, 2932897, -719163, -719528, -719529, 11016, 106751991]
for d, answer in zip(days, ask([(d,) for d in days], "d int", "CAST(date_from_unix_date(d) AS STRING)")):
    line("date-string", d, answer)

days = [0, -1, 20215, -719162, 2932896, 11016, 19782, 18321, 16435, 17166, 18627] + [
    random.randrange(-719162, 2932896) for _ in range(300)]
facts = ("concat_ws(' ', year(d), month(d), dayofmonth(d), weekday(d) + 1, dayofyear(d), weekofyear(d), "
         "unix_date(last_day(d)), unix_date(add_months(d, n)))")
rows = [(d, random.randrange(-30, 30)) for d in days]
answers = ask(rows, "i int, n int", facts.replace("(d", "(date_from_unix_date(i)"))
for (d, n), answer in zip(rows, answers):
    line("calendar", d, n, answer)

jvm = spark._jvm
for t in INTERVALS:
    try:
        i = jvm.org.apache.spark.sql.catalyst.util.IntervalUtils.stringToInterval(
            jvm.org.apache.spark.unsafe.types.UTF8String.fromString(t))
        # its fields are public, and py4j reads no fields by default: toString() says all, days apart
        get = lambda name: i.getClass().getField(name).get(i)
        line("interval", t, "%d %d %d" % (get("months"), get("days"), get("microseconds")))
    except Exception as e:
        if "JavaObject" in str(e) or "reflect" in str(e):
            raise
        line("interval", t, None)
