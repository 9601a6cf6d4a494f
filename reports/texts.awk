# SPDX-License-Identifier: Apache-2.0
# The files of reports/ as C arrays of their lines: awk -f texts.awk FILE...
function quoted(line,   i, c, out) {
  for (i = 1; i <= length(line); i++) {
    c = substr(line, i, 1)
    out = out (c == "\\" || c == "\"" ? "\\" c : c)
  }
  return "\"" out "\\n\""
}
BEGIN { print "/* SPDX-License-Identifier: Apache-2.0 */\n#include <stddef.h>\n\n#include \"replay/report/texts.h\"" }
FNR == 1 {
  if (files++)
    print "    NULL,\n};"
  name[files] = FILENAME
  sub(/.*\//, "", name[files])
  print "\nstatic const char *const TEXT_" files "[] = {"
}
{ print "    " quoted($0) "," }
END {
  print "    NULL,\n};\n\nconst struct report_text report_texts[] = {"
  for (i = 1; i <= files; i++)
    print "    {\"" name[i] "\", TEXT_" i "},"
  print "    {NULL, NULL},\n};"
}
