// SPDX-License-Identifier: Apache-2.0
import java.io.FileNotFoundException;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/**
 * What HdrHistogram's own reader finds in a log:
 *
 *     java -cp /usr/share/java/hdrhistogram.jar HlogSummary.java x.hlog
 *
 * A line for each tag: intervals, when the first began and the last ended (ms since 1970), then, of
 * all of them together, the count, the greatest duration and the percentiles 50 to 99.99, in ns.
 */
public class HlogSummary {
  static class Tag {
    final Histogram sum = new Histogram(1, Long.MAX_VALUE, 3);
    long intervals, start = Long.MAX_VALUE, end;
  }

  public static void main(String[] arguments) throws FileNotFoundException {
    Map<String, Tag> tags = new TreeMap<>();
    HistogramLogReader reader = new HistogramLogReader(arguments[0]);
    while (reader.hasNext()) {
      EncodableHistogram one = reader.nextIntervalHistogram();
      Tag tag = tags.computeIfAbsent(one.getTag(), name -> new Tag());
      tag.sum.add((Histogram) one);
      tag.intervals++;
      tag.start = Math.min(tag.start, one.getStartTimeStamp());
      tag.end = Math.max(tag.end, one.getEndTimeStamp());
    }
    tags.forEach((name, tag) -> {
      StringBuilder s = new StringBuilder(name);
      s.append(' ').append(tag.intervals).append(' ').append(tag.start).append(' ').append(tag.end);
      s.append(' ').append(tag.sum.getTotalCount()).append(' ').append(tag.sum.getMaxValue());
      for (double percentile : new double[] {50, 90, 99, 99.9, 99.99}) {
        s.append(' ').append(tag.sum.getValueAtPercentile(percentile));
      }
      System.out.print(s.append('\n'));
    });
  }
}
