# SPDX-License-Identifier: Apache-2.0
# A text as a C array of its lines: awk -v name=NAME -f lines.awk FILE.
BEGIN {
  print "/* SPDX-License-Identifier: Apache-2.0 */"
  print "#include <stddef.h>\n"
  print "extern const char *const " name "[];"
  print "const char *const " name "[] = {"
}
{
  out = ""
  for (i = 1; i <= length($0); i++) {
    c = substr($0, i, 1)
    out = out (c == "\\" || c == "\"" ? "\\" c : c)
  }
  print "    \"" out "\\n\","
}
END { print "    NULL,\n};" }
