// SPDX-License-Identifier: Apache-2.0
// What univocity-parsers 2.9.1, set up as Spark 3.5.3 sets it up (CSVOptions.scala), makes of the
// inputs of records.tsv and written.tsv: prints each file anew, expected values and all.
//
//     java -cp univocity-parsers-2.9.1.jar CsvData.java records.tsv | written.tsv
//
// The jar is among those of `pip install pyspark==3.5.3`.
import com.univocity.parsers.csv.*;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;

public class CsvData {
  static String text(String hex) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; !hex.equals("-") && i < hex.length(); i += 2)
      text.append((char) Integer.parseInt(hex.substring(i, i + 2), 16));
    return text.toString();
  }

  static String hex(String text) {
    StringBuilder hex = new StringBuilder();
    for (char c : text.toCharArray())
      hex.append(String.format("%02x", (int) c));
    return text.isEmpty() ? "-" : hex.toString();
  }

  static void format(CsvFormat format, String separator, String quote, String escape) {
    format.setDelimiter(text(separator));
    format.setQuote(text(quote).charAt(0));
    format.setQuoteEscape(text(escape).charAt(0));
  }

  static String read(String[] f) {
    CsvParserSettings s = new CsvParserSettings();
    boolean stream = f[0].equals("M");
    format(s.getFormat(), f[1], f[2], f[3]);
    if (f[4].contains("c"))
      s.getFormat().setComment('#');
    else
      s.setCommentProcessingEnabled(false);
    s.setIgnoreLeadingWhitespaces(f[4].contains("l"));
    s.setIgnoreTrailingWhitespaces(f[4].contains("t"));
    s.setNullValue(f[4].contains("n") ? "N" : "");
    s.setEmptyValue(f[4].contains("e") ? "E" : "");
    s.setReadInputOnSeparateThread(false);
    s.setMaxColumns(20480);
    s.setMaxCharsPerColumn(-1);
    s.setUnescapedQuoteHandling(UnescapedQuoteHandling.STOP_AT_DELIMITER);
    s.setLineSeparatorDetectionEnabled(stream);
    CsvParser parser = new CsvParser(s);
    List<String> records = new ArrayList<>();
    if (stream) {
      parser.beginParsing(
          new ByteArrayInputStream(text(f[5]).getBytes(StandardCharsets.ISO_8859_1)), "ISO-8859-1");
      for (String[] fields; (fields = parser.parseNext()) != null;)
        records.add(join(fields));
    } else {
      records.add(join(parser.parseLine(text(f[5]))));
    }
    return String.join(" ", records);
  }

  static String join(String[] fields) {
    StringJoiner joined = new StringJoiner(",");
    for (String field : fields)
      joined.add(hex(field));
    return joined.toString();
  }

  static String write(String[] f) {
    CsvWriterSettings s = new CsvWriterSettings();
    format(s.getFormat(), f[0], f[1], f[2]);
    if (f[3].contains("s"))
      s.getFormat().setLineSeparator("\r\n");
    s.setIgnoreLeadingWhitespaces(f[3].contains("l"));
    s.setIgnoreTrailingWhitespaces(f[3].contains("t"));
    s.setQuoteAllFields(f[3].contains("q"));
    s.setQuoteEscapingEnabled(f[3].contains("e"));
    s.setNullValue(text(f[4]));
    s.setEmptyValue(text(f[5]));
    s.setSkipEmptyLines(true);
    List<String> values = new ArrayList<>();
    for (String field : f[6].split(","))
      values.add(field.equals("~") ? null : text(field.substring(1)));
    StringWriter out = new StringWriter();
    CsvWriter writer = new CsvWriter(out, s);
    writer.writeRow(values.toArray(new String[0]));
    writer.close();
    return hex(out.toString());
  }

  public static void main(String[] arguments) throws IOException {
    Path file = Paths.get(arguments[0]);
    boolean records = file.getFileName().toString().equals("records.tsv");
    for (String line : Files.readAllLines(file)) {
      String[] f = line.split("\t", -1);
      int last = line.lastIndexOf('\t');
      if (line.startsWith("#"))
        System.out.println(line);
      else
        System.out.println(line.substring(0, last + 1) + (records ? read(f) : write(f)));
    }
  }
}
