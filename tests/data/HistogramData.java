// SPDX-License-Identifier: Apache-2.0
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.HistogramLogWriter;

/**
 * What HdrHistogram 2.1.11 (Debian: libhdrhistogram-java) makes of durations:
 *
 *     java -cp /usr/share/java/hdrhistogram.jar HistogramData.java > histogram_java.tsv
 *
 * A line is a question, its arguments and the answer, between tabs. What follows a line "set" is
 * about the histogram of that line: `count` durations, the i-th of which is bits 20 and up of the
 * state of a linear congruential generator, cut to 1 + i % bits.
 */
public class HistogramData {
  static void line(Object... field) {
    StringBuilder s = new StringBuilder();
    for (Object f : field) {
      s.append(s.length() > 0 ? "\t" : "").append(f);
    }
    System.out.print(s.append('\n'));
  }

  static void bucket(Histogram h, long value) {
    line("bucket", h.getNumberOfSignificantValueDigits(), value, h.lowestEquivalentValue(value),
        h.highestEquivalentValue(value));
  }

  /** All sizes, and both sides of powers of two and ten. */
  static void buckets(int digits) {
    Histogram h = new Histogram(1, Long.MAX_VALUE, digits);
    long state = digits;
    for (int bits = 0; bits < 63; bits++) {
      bucket(h, (1L << bits) - 1);
      bucket(h, 1L << bits);
      state = next(state);
      bucket(h, (1L << bits) + (state >>> 1) % (1L << bits));
    }
    for (long ten = 10; ten <= 1000000000000000000L / 10; ten *= 10) {
      bucket(h, ten);
    }
    bucket(h, Long.MAX_VALUE);
  }

  static long next(long state) {
    return state * 6364136223846793005L + 1442695040888963407L;
  }

  static String hex(ByteBuffer buffer, int n) {
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < n; i++) {
      s.append(String.format("%02x", buffer.get(i)));
    }
    return s.toString();
  }

  static String encoded(Histogram h) {
    ByteBuffer buffer = ByteBuffer.allocate(h.getNeededByteBufferCapacity());
    return hex(buffer, h.encodeIntoByteBuffer(buffer));
  }

  static String level(double percentile) {
    BigDecimal exact = new BigDecimal(percentile);
    return (exact.scale() < 1 ? exact.setScale(1) : exact).toPlainString();
  }

  static void set(int digits, long highest, int bits, int count) {
    Histogram h = new Histogram(1, highest, digits);
    long state = count, min = Long.MAX_VALUE, max = 0;
    BigInteger sum = BigInteger.ZERO;
    line("set", digits, highest, bits, count);
    for (int i = 0; i < count; i++) {
      state = next(state);
      long value = (state >>> 20) & ((2L << i % bits) - 1);
      h.recordValue(value);
      min = Math.min(min, value);
      max = Math.max(max, value);
      sum = sum.add(BigInteger.valueOf(value));
    }
    line("exact", count, min, max, count > 0 ? sum.divide(BigInteger.valueOf(count)) : 0);
    for (long[] part : new long[][] {{1, 1000000}, {1, 100}, {1, 10}, {1, 4}, {1, 3}, {1, 2},
        {3, 4}, {9, 10}, {99, 100}, {999, 1000}, {9999, 10000}, {1, 1}}) {
      line("quantile", part[0], part[1], h.getValueAtPercentile(100.0 * part[0] / part[1]));
    }
    for (HistogramIterationValue v : h.percentiles(5)) {
      line("level", level(v.getPercentileLevelIteratedTo()), v.getValueIteratedTo(),
          v.getTotalCountToThisValue());
    }
    line("encoded", encoded(h));
    log(h);
  }

  /** A line of HistogramLogWriter. */
  static void log(Histogram h) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    h.setTag("produce-to-ack");
    new HistogramLogWriter(new PrintStream(bytes)).outputIntervalHistogram(12.5, 13.5, h);
    line("log", bytes.toString().trim());
  }

  /** Counts that take one byte to nine. */
  static void many(long value, long count) {
    Histogram h = new Histogram(1, Long.MAX_VALUE, 3);
    h.recordValueWithCount(value, count);
    h.recordValue(value / 2);
    line("many", value, count, encoded(h));
  }

  public static void main(String[] arguments) {
    for (int digits = 1; digits <= 5; digits++) {
      buckets(digits);
    }
    set(3, Long.MAX_VALUE, 40, 0);
    set(3, Long.MAX_VALUE, 40, 1);
    set(3, Long.MAX_VALUE, 3, 5000);
    set(3, Long.MAX_VALUE, 42, 777);
    set(3, 1L << 44, 30, 1000);
    set(1, 3600000000000L, 41, 2000);
    set(2, Long.MAX_VALUE, 35, 1500);
    set(4, Long.MAX_VALUE, 30, 400);
    set(5, 3600000000000L, 41, 300);
    for (int bits = 0; bits < 62; bits += 3) {
      many(1000 + (1L << bits), (1L << bits) + bits);
    }
    many(1000, Long.MAX_VALUE - 1);
  }
}
