// SPDX-License-Identifier: Apache-2.0
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.IllegalFormatException;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What the JDK makes of numbers as text. Written by a Java of 19 or later (before, Double.toString
 * was not always the shortest):
 *
 *     javac NumberData.java && java NumberData > number_java.tsv && rm NumberData.class
 *
 * A line is a question, its arguments and the answer, between tabs; texts are in hexadecimal bytes
 * of UTF-8 ("-": none), doubles and floats in their bits, "null" where Java throws.
 */
public class NumberData {
  static final SplittableRandom random = new SplittableRandom(19);

  static void line(Object... field) {
    StringBuilder s = new StringBuilder();
    for (Object f : field) {
      s.append(s.length() > 0 ? "\t" : "").append(f);
    }
    System.out.print(s.append('\n'));
  }

  static String hex(String text) {
    StringBuilder s = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      s.append(String.format("%02x", b));
    }
    return s.length() > 0 ? s.toString() : "-";
  }

  static String bits(double x) {
    return Long.toHexString(Double.doubleToLongBits(x));
  }

  static String bits(float x) {
    return Integer.toHexString(Float.floatToIntBits(x));
  }

  /** Numbers of all sizes, near to powers of two and ten, means of samples, and halves. */
  static double any(int kind) {
    switch (kind) {
      case 0: return Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
      case 1: return random.nextInt(1000000) / 100.0;
      case 2: return random.nextLong(1000000000000L) / Math.pow(10, random.nextInt(12));
      case 3: return Math.scalb(1.0, random.nextInt(-1074, 1024));
      case 4: return Double.longBitsToDouble(random.nextLong(1L << random.nextInt(1, 54)));
      case 5: return random.nextInt(1, 1000) * Math.pow(10, random.nextInt(-30, 30));
      case 6: return (float) (random.nextInt(1000000) / 100.0);
      case 7: {
        double sum = 0;
        int n = random.nextInt(1, 31);
        for (int i = 0; i < n; i++) {
          sum += random.nextInt(10001) / 100.0;
        }
        return sum / n;
      }
      case 8: return random.nextLong(1L << random.nextInt(1, 63));
      default: return half(random.nextInt(8));
    }
  }

  /** A decimal that ends in 5 behind `digits` digits. */
  static double half(int digits) {
    long odd = random.nextLong(1L << random.nextInt(1, 47)) * 10 + 5;
    return new BigDecimal(BigInteger.valueOf(odd), digits + 1).doubleValue();
  }

  static float narrow(double x) {
    return Float.isInfinite((float) x) ? 1.5f : (float) x;
  }

  static final double[] SPECIAL = {
    0, -0.0, Double.NaN, 1 / 0.0, -1 / 0.0, 4.9e-324, 1e-323, 2e-323, Double.MAX_VALUE,
    Double.MIN_NORMAL, 1e-3, 9.999999999999999e-4, 1e7, 9999999.999999998, 1e23, 9.5e-5, 0.5, 1.5,
    2.5, 9.995, 99999.95, 999999.5, 1e22, 1e15, 1e16, 9007199254740993.0, 0.001, 123456.789e-9};

  static void print() {
    for (double x : SPECIAL) {
      line("print", bits(x), Double.toString(x));
      line("print_float", bits((float) x), Float.toString((float) x));
    }
    for (int i = 0; i < 600; i++) {
      double x = any(i % 10) * (random.nextInt(4) == 0 ? -1 : 1);
      line("print", bits(x), Double.toString(x));
      float f = i % 3 == 0 ? Float.intBitsToFloat(random.nextInt()) : narrow(x);
      line("print_float", bits(f), Float.toString(f));
    }
  }

  static void read(String text) {
    String d = "null";
    String f = "null";
    try {
      d = bits(Double.parseDouble(text));
      f = bits(Float.parseFloat(text));
    } catch (NumberFormatException e) {
      // stays null
    }
    line("read", hex(text), d, f);
  }

  static void read() {
    String[] texts = {
      "1", "-0", "+7", "007", "1.", ".5", ".", "", " ", "-", "+", "e5", "1e", "1e+", "1e5", "1E-5",
      "1e+05", "1e5.", "NaN", "+NaN", "-NaN", "nan", "Infinity", "-Infinity", "+Infinity",
      "infinity", "Infinityf", "1f", "1F", "1d", "1D", "1fd", "1L", "1e5f", "--1", "+-1", "1 5",
      " 1.5", "1.5 ", "\t1.5\n", "\u00011.5\u0000", "\u00a01.5", "1_000", "1,5", "0x1p3", "0X1P3",
      "0x1.8p1", "0x.8p1", "0x1.p1", "0x.p1", "0x1", "0xp1", "-0x1p-1074", "0x1p-1075",
      "0x1.8p-1075", "0x1.fffffffffffff8p1023", "0x1.fffffffffffff7ffffffffp1023", "0x1p1024",
      "0x1.000001p0", "0x1.0000010000001p0", "0x1.00000100000000000000000001p0", "0x123456789abcdef012p-8",
      "0x1p99999999999", "0x0p99999999999", "0x1p-99999999999f", "1e400", "-1e400", "1e-400",
      "1e99999999999999999999", "1e-99999999999999999999", "0e99999999999999999999",
      "9007199254740993", "9007199254740993.0000000000000000000000000000000000001",
      "9007199254740992.9999999999999999999999999999999999999", "9007199254740995",
      "2.4703282292062327208e-324", "2.4703282292062328e-324", "2.2250738585072011e-308",
      "2.2250738585072012e-308", "1.7976931348623158e308", "1.7976931348623159e308",
      "179769313486231580793e289", "1.00000017881393432617187499", "1.00000017881393432617187500",
      "1.00000017881393432617187501", "16777217", "16777217.0000001", "3.4028235677973366e38",
      "3.4028235677973367e38", "7.006492321624085e-46", "7.006492321624086e-46", "\u0663",
      "\u221e", "0.1000000000000000055511151231257827021181583404541015625", "1e23", "8.5e-5",
      "0." + "0".repeat(400) + "1e400", "1" + "0".repeat(400) + "e-400",
      "0.5" + "0".repeat(900) + "1",
      "9007199254740993." + "0".repeat(900) + "1", "9007199254740993." + "0".repeat(900), "9007199254740993" + "0".repeat(900), "123456789012345678901234567890e-10"};
    for (String t : texts) {
      read(t);
    }
    for (int i = 0; i < 300; i++) {
      // half-way between two neighbours, exactly, and a little beside it
      double x = any(i % 10);
      if (Double.isInfinite(x) || Double.isNaN(x)) {
        continue;
      }
      BigDecimal middle = i % 2 == 0
          ? new BigDecimal(x).add(new BigDecimal(Math.nextUp(x))).divide(BigDecimal.valueOf(2))
          : new BigDecimal(narrow(x)).add(new BigDecimal(Math.nextUp(narrow(x)))).divide(BigDecimal.valueOf(2));
      if (middle.precision() > 150) {
        continue;
      }
      read(middle.toString());
      read(middle.add(middle.ulp().movePointLeft(3)).toString());
      read(middle.subtract(middle.ulp().movePointLeft(3)).toPlainString());
    }
    for (int i = 0; i < 200; i++) {
      read(random.nextLong() + "." + random.nextLong(Long.MAX_VALUE) + "E" + random.nextInt(-345, 310));
    }
  }

  static void integers() {
    String[] texts = {
      "1", "-1", "+1", "007", "1.0", "1e3", " 5", "5 ", "", "-", "+", "--1", "0x10", "1_000", "-0",
      "127", "128", "-128", "-129", "32767", "32768", "2147483647", "2147483648", "-2147483648",
      "-2147483649", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
      "-9223372036854775809", "99999999999999999999", "000000000000000000000000000012", "\u0663",
      "-\u0663\u0664", "\uff11\u0661", "1\u0660\u0966", "\ud835\udfce", "\u00b2", "abc", "1L"};
    for (String t : texts) {
      String i = "null";
      String l = "null";
      try {
        l = Long.toString(Long.parseLong(t));
        i = Integer.toString(Integer.parseInt(t));
      } catch (NumberFormatException e) {
        // stays null
      }
      line("integer", hex(t), i, l);
    }
  }

  static void round() {
    for (int i = 0; i < 800; i++) {
      int digits = i % 2 == 0 ? 2 : random.nextInt(-5, 12);
      double x = i % 4 < 2 ? half(Math.max(0, digits)) : any(i % 10);
      if (i % 8 == 1) {
        x = random.nextBoolean() ? Math.nextUp(x) : Math.nextDown(x);
      }
      x *= random.nextInt(4) == 0 ? -1 : 1;
      float f = narrow(x);
      BigDecimal d = BigDecimal.valueOf(Double.isInfinite(x) || Double.isNaN(x) ? 0 : x);
      BigDecimal w = BigDecimal.valueOf((double) f);
      line("round", bits(d.doubleValue()), digits,
          bits(d.setScale(digits, RoundingMode.HALF_UP).doubleValue()),
          bits(d.setScale(digits, RoundingMode.HALF_EVEN).doubleValue()));
      line("round_float", bits(f), digits,
          bits(w.setScale(digits, RoundingMode.HALF_UP).floatValue()),
          bits(w.setScale(digits, RoundingMode.HALF_EVEN).floatValue()));
    }
    for (int i = 0; i < 200; i++) {
      long x = random.nextLong() >> random.nextInt(64);
      int digits = -random.nextInt(0, 22);
      BigInteger up = BigDecimal.valueOf(x).setScale(digits, RoundingMode.HALF_UP).toBigInteger();
      BigInteger even = BigDecimal.valueOf(x).setScale(digits, RoundingMode.HALF_EVEN).toBigInteger();
      line("round_long", x, digits, up.longValue(), even.longValue(), up.intValue(), up.shortValue(), up.byteValue());
    }
  }

  static String fit(BigDecimal x, int precision, int scale) {
    BigDecimal y = x.setScale(scale, RoundingMode.HALF_UP);
    return y.signum() != 0 && y.precision() > precision ? "null" : y.unscaledValue().toString(16);
  }

  static BigDecimal decimal() {
    BigInteger limit = BigInteger.TEN.pow(38);
    byte[] bytes = new byte[17];
    random.nextBytes(bytes);
    BigInteger x = new BigInteger(1, bytes).shiftRight(random.nextInt(8, 136));
    if (random.nextInt(5) == 0) {
      x = BigInteger.valueOf(random.nextInt(1, 1000)).multiply(BigInteger.TEN.pow(random.nextInt(35)));
    }
    x = x.mod(limit);
    int scale = random.nextInt(random.nextBoolean() ? 7 : 39);
    return new BigDecimal(random.nextBoolean() ? x : x.negate(), scale);
  }

  /** Through 200 digits, so that nothing but the last step rounds. */
  static void decimals() {
    for (int i = 0; i < 400; i++) {
      BigDecimal a = decimal();
      BigDecimal b = decimal();
      int p = random.nextBoolean() ? 38 : random.nextInt(1, 39);
      int s = random.nextInt(Math.min(p + 1, random.nextBoolean() ? 39 : 8));
      boolean zero = b.signum() == 0;
      String type = p + "\t" + s;
      String both = a.unscaledValue().toString(16) + "\t" + a.scale() + "\t" + b.unscaledValue().toString(16) + "\t" + b.scale();
      line("decimal", both, type, fit(a.add(b), p, s), fit(a.subtract(b), p, s),
          fit(a.multiply(b), p, s), zero ? "null" : fit(a.divide(b, 200, RoundingMode.DOWN), p, s),
          zero ? "null" : fit(a.remainder(b), p, s), fit(a, p, s), a.compareTo(b));
      int digits = random.nextInt(-6, 12);
      String one = a.unscaledValue().toString(16) + "\t" + a.scale();
      line("decimal_round", one, type, digits,
          fit(a.setScale(digits, RoundingMode.HALF_UP), p, s),
          fit(a.setScale(digits, RoundingMode.HALF_EVEN), p, s),
          a.setScale(0, RoundingMode.FLOOR).unscaledValue().toString(16),
          a.setScale(0, RoundingMode.CEILING).unscaledValue().toString(16));
      line("decimal_as", one, bits(Double.parseDouble(a.toString())),
          bits(Float.parseFloat(a.toString())), a.toBigInteger().longValue(), a, a.toPlainString());
      double x = any(i % 10);
      x = Double.isInfinite(x) || Double.isNaN(x) ? 1.5 : x;
      line("decimal_of", bits(x), type, fit(BigDecimal.valueOf(x), p, s));
    }
    String[] texts = {
      "1.005", " 7 ", "-0.005", "1e3", "1E-7", "12.", ".5", ".", "", "+5", "--5", "1e", "1e+2", "0x1",
      "1f", "NaN", "\u0661.\u0665", "999.995", "1e99999999999", "1e-2147483648", "1e-99999999999",
      "1e39", "0e39", "123456789012345678901234567890123456789", "12345678901234567890123456789012345.6789",
      "0.00000000000000000000000000000000000000000000000000004", "1_0", "99999999999999999999999999999999999999",
      "9.99999999999999999999999999999999999994", "0.9999999999999999999999999999999999999949999"};
    for (String t : texts) {
      for (int[] type : new int[][] {{5, 2}, {38, 0}, {38, 37}, {20, 10}}) {
        String v = "null";
        try {
          v = fit(new BigDecimal(t.trim()), type[0], type[1]);
        } catch (NumberFormatException e) {
          // stays null
        }
        line("decimal_read", hex(t), type[0], type[1], v);
      }
    }
  }

  static void format(String format, String kind, Object argument) {
    String value = String.valueOf(argument);
    String result;
    try {
      result = hex(String.format(Locale.US, format, argument));
    } catch (IllegalFormatException e) {
      result = "null";
    }
    if (argument instanceof Double) {
      value = bits((Double) argument);
    }
    line("format", format, kind, argument instanceof String ? hex(value) : value, result);
  }

  static void formats() {
    String flags = "-#+ 0,(";
    String[] texts = {"", "ab", "longer text", "h\u00e9llo"};
    for (int i = 0; i < 1500; i++) {
      StringBuilder f = new StringBuilder(random.nextInt(20) == 0 ? "%1$" : "%");
      for (int k = random.nextInt(4); k > 1; k--) {
        f.append(flags.charAt(random.nextInt(flags.length())));
      }
      f.append(random.nextBoolean() ? random.nextInt(1, 25) : "");
      f.append(random.nextInt(3) == 0 ? "." + random.nextInt(12) : "");
      char c = "ddddxoXfffffffeeEgGssbBDF".charAt(random.nextInt(25));
      f.append(c);
      if (random.nextInt(15) == 0) {
        format(f.toString(), "null", null);
      } else if ("doxXD".indexOf(c) >= 0) {
        if (random.nextBoolean()) {
          format(f.toString(), "int", random.nextInt() >> random.nextInt(32));
        } else {
          format(f.toString(), "long", random.nextLong() >> random.nextInt(64));
        }
      } else if (c == 's') {
        format(f.toString(), "text", texts[random.nextInt(texts.length)]);
      } else if (c == 'b' || c == 'B') {
        format(f.toString(), "boolean", random.nextBoolean());
      } else {
        double x = i % 3 == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : any(i % 10);
        format(f.toString(), "double", x > 1e40 && x < 1e308 ? 0.125 : -x);
      }
    }
    for (int i = 0; i < 300; i++) {
      int decimals = i % 50 == 49 ? 345 : random.nextInt(8);
      String pattern = "#,###,###,###,###,###,##0" + (decimals > 0 ? "." + "0".repeat(decimals) : "");
      DecimalFormat format = new DecimalFormat(pattern, new DecimalFormatSymbols(Locale.US));
      // From 2^63 on its digits are those of Java before 19.
      double x = i < SPECIAL.length ? SPECIAL[i] : i % 2 == 0 ? half(decimals) : any(i % 10);
      x = x > 9e18 && x < 1.0 / 0 ? 1.005 : random.nextInt(4) == 0 ? -x : x;
      long l = random.nextLong() >> random.nextInt(64);
      BigDecimal d = new BigDecimal(BigInteger.valueOf(l / 10 * 10 + 5), random.nextInt(20));
      line("number", decimals, bits(x), hex(format.format(x)), l, hex(format.format(l)),
          d.unscaledValue(), d.scale(), hex(format.format(d)));
    }
  }

  public static void main(String[] arguments) {
    print();
    read();
    integers();
    round();
    decimals();
    formats();
  }
}
