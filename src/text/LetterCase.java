/* SPDX-License-Identifier: Apache-2.0 */
/* Writes letter_case_table.h: `java LetterCase.java > letter_case_table.h` with a JDK 17, whose
 * Unicode (13.0) is the one that Spark's upper(), lower() and initcap() go by there.
 */
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntUnaryOperator;

class LetterCase {
  /* Runs of code points, `step` apart, that all move by `delta`. */
  record Run(int first, int last, int step, int delta) {}

  static List<Run> runs(IntUnaryOperator map) {
    List<Run> runs = new ArrayList<>();
    for (int c = 0x80; c <= Character.MAX_CODE_POINT; c++) {
      int delta = map.applyAsInt(c) - c;
      if (delta == 0) continue;
      Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      int gap = last == null ? 0 : c - last.last;
      if (last != null && last.delta == delta && gap <= 2
          && (last.first == last.last || gap == last.step))
        runs.set(runs.size() - 1, new Run(last.first, c, gap, delta));
      else
        runs.add(new Run(c, c, 1, delta));
    }
    return runs;
  }

  static void print(String name, IntUnaryOperator map) {
    System.out.println("static const struct case_run " + name + "[] = {");
    for (Run r : runs(map))
      System.out.printf("    {0x%x, 0x%x, %d, %d},%n", r.first, r.last, r.step, r.delta);
    System.out.println("};");
  }

  /* Letters that become several: SpecialCasing.txt, as String.toUpperCase applies it. */
  static void printSpecial() {
    System.out.println("static const struct case_special upper_special[] = {");
    for (int c = 0x80; c <= 0xffff; c++) {
      if (Character.isSurrogate((char) c)) continue;
      String s = new String(Character.toChars(c)).toUpperCase(Locale.ROOT);
      if (s.codePointCount(0, s.length()) == 1) continue;
      StringBuilder all = new StringBuilder();
      int[] points = s.codePoints().toArray();
      for (int i = 0; i < 3; i++)
        all.append(i == 0 ? "" : ", ").append(i < points.length ? "0x" + Integer.toHexString(points[i]) : "0");
      System.out.printf("    {0x%x, {%s}},%n", c, all);
    }
    System.out.println("};");
  }

  public static void main(String[] arguments) {
    System.out.println("/* SPDX-License-Identifier: Apache-2.0 */");
    System.out.println("/* Written by LetterCase.java, not by hand. */");
    print("upper_runs", Character::toUpperCase);
    print("lower_runs", Character::toLowerCase);
    print("title_runs", Character::toTitleCase);
    printSpecial();
  }
}
