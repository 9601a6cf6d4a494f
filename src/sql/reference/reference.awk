# SPDX-License-Identifier: Apache-2.0
# From the reference's sources to C tables (-v as=c) or to the pages of the manual (-v as=mdoc).
# README.md in this directory describes the sources. Whatever does not fit them stops the build.

function fail(words) {
  print FILENAME ":" FNR ": " words >"/dev/stderr"
  failed = 1
  exit 1
}

function keep(key, value) {
  if (key == "chapter") {
    if (value in chapter_seen)
      fail("chapter '" value "' is there already")
    chapter_seen[value] = 1
    chapter[++chapters] = value
    first_entry[chapters] = entries + 1
    where = "chapter"
  } else if (key == "title" || key == "of") {
    field[key, chapters] = value
  } else if (key == "about") {
    abouts[chapters]++
    about[chapters, abouts[chapters]] = value
    last = "about"
  } else if (key == "name") {
    names[++entries] = value
    last_entry[chapters] = entries
    first_example[entries] = examples + 1
    last_example[entries] = examples
    where = "entry"
  } else if (key == "usage") {
    usage[entries, ++usages[entries]] = value
  } else if (key == "text") {
    text[entries] = value
  } else if (key == "note") {
    note[entries, ++notes[entries]] = value
  } else if (key == "example" || key == "query") {
    last_example[entries] = ++examples
    example[examples] = value
    is_query[examples] = key == "query"
    options[examples] = 0
    where = "example"
  } else if (key == "option") {
    option[examples, ++options[examples]] = value
  } else {
    of_example[key, examples] = value
    if (key == "gives" || key == "refused")
      answered[examples] = 1
  }
}

# Keys belong to what they stand below.
function check(key) {
  if (key ~ /^(chapter|name)$/)
    return
  if (key ~ /^(title|of|about)$/ && where == "chapter")
    return
  if (key ~ /^(usage|text|note)$/ && where == "entry")
    return
  if (key ~ /^(example|query)$/ && where != "chapter")
    return
  if (key ~ /^(input|schema|option|spark|gives|refused)$/ && where == "example")
    return
  fail("key '" key "' is unknown or cannot stand here")
}

# What is printed as it stands must fit a terminal of 80 columns.
function check_width(key, value,    part, count, k) {
  count = split(value, part, "\n")
  for (k = 1; k <= count; k++)
    if (length(part[k]) > 74 && key ~ /^(usage|example|query|input|gives|refused)$/)
      fail("'" part[k] "' is too long: 74 bytes fit")
}

function finish() {
  if (pending != "") {
    check_width(pending, value)
    keep(pending, value)
  }
  pending = ""
}

/^#/ || /^ *$/ { next }

/^  / {
  if (pending == "")
    fail("a line that continues nothing")
  value = value (value == "" ? "" : "\n") substr($0, 3)
  next
}

match($0, /^[a-z]+:/) {
  finish()
  pending = substr($0, 1, RLENGTH - 1)
  check(pending)
  value = substr($0, RLENGTH + 1)
  sub(/^ +/, "", value)
  next
}

{ fail("neither 'key: value' nor a line that goes on with two blanks") }

END {
  if (failed)
    exit 1
  finish()
  for (i = 1; i <= entries; i++)
    if (!(i in text))
      fail("'" names[i] "' says nothing: text is missing")
  for (i = 1; i <= examples; i++)
    if (!(i in answered))
      fail("the example '" example[i] "' has neither 'gives' nor 'refused'")
  if (as == "c")
    write_c()
  else
    write_mdoc()
}

# --- C ---

# In two steps: what awk versions make of backslashes in a replacement differs.
function quoted(words,    out, i, c) {
  out = "\""
  for (i = 1; i <= length(words); i++) {
    c = substr(words, i, 1)
    if (c == "\\" || c == "\"")
      out = out "\\" c
    else if (c == "\n")
      out = out "\\n"
    else if (c == "\t")
      out = out "\\t"
    else
      out = out c
  }
  return out "\""
}

function or_null(key, i) {
  return (key, i) in of_example ? quoted(of_example[key, i]) : "NULL"
}

function write_list(name, list, i, count,    k) {
  printf "static const char *const %s_%d[] = {", name, i
  for (k = 1; k <= count; k++)
    printf "%s, ", quoted(list[i, k])
  print "NULL};"
}

function write_names(i,    part, count, k) {
  count = split(names[i], part, /, /)
  printf "static const char *const name_%d[] = {", i
  for (k = 1; k <= count; k++)
    printf "%s, ", quoted(part[k])
  print "NULL};"
}

function write_example(i) {
  printf "    {%s, %s,\n", quoted(example[i]), is_query[i] ? "true" : "false"
  printf "     %s, %s, option_%d, %s,\n", or_null("input", i), or_null("schema", i), i, or_null("spark", i)
  printf "     %s, %s},\n", or_null("gives", i), or_null("refused", i)
}

function write_c(    i, k) {
  print "/* SPDX-License-Identifier: Apache-2.0 */"
  print "/* Made by reference.awk; edit the sources in src/sql/reference. */"
  print "#include \"sql/reference.h\"\n"
  for (i = 1; i <= examples; i++)
    write_list("option", option, i, options[i])
  for (i = 1; i <= entries; i++) {
    write_names(i)
    write_list("usage", usage, i, usages[i])
    write_list("note", note, i, notes[i])
    printf "static const struct reference_example example_%d[] = {\n", i
    for (k = first_example[i]; k <= last_example[i]; k++)
      write_example(k)
    print "    {0}};"
  }
  for (i = 1; i <= chapters; i++) {
    write_list("about", about, i, abouts[i])
    printf "static const struct reference_entry entry_%d[] = {\n", i
    for (k = first_entry[i]; k <= last_entry[i]; k++)
      printf "    {name_%d, usage_%d, note_%d,\n     %s, example_%d},\n", k, k, k, quoted(text[k]), k
    print "    {0}};"
  }
  print "static const struct reference_chapter chapters[] = {"
  for (i = 1; i <= chapters; i++)
    printf "    {%s, %s, REFERENCE_%s, about_%d, entry_%d},\n", quoted(chapter[i]),
           quoted(field["title", i]), toupper(field["of", i]), i, i
  print "};\n"
  print "const struct reference_chapter *reference_chapters(size_t *count)"
  print "{\n  *count = sizeof chapters / sizeof chapters[0];\n  return chapters;\n}"
}

# --- mdoc ---

function escaped(words,    out, i, c) {
  out = ""
  for (i = 1; i <= length(words); i++) {
    c = substr(words, i, 1)
    out = out (c == "\\" ? "\\e" : c)
  }
  return out
}

# A line of text may not look like a request.
function line(words) {
  words = escaped(words)
  print (words ~ /^[.']/ ? "\\&" : "") words
}

function lines(words, indent,    part, count, k) {
  count = split(words, part, "\n")
  for (k = 1; k <= count; k++)
    line(indent part[k])
}

# `code` in bold; a sentence to a line, as mdoc likes it.
function prose(words,    part, count, k, out) {
  gsub(/\n/, " ", words)
  count = split(escaped(words), part, /`/)
  for (k = 1; k <= count; k++)
    out = out (k == 1 ? "" : k % 2 == 0 ? "\\fB" : "\\fR") part[k]
  gsub(/\. +/, ".\n", out)
  count = split(out, part, "\n")
  for (k = 1; k <= count; k++)
    print (part[k] ~ /^[.']/ ? "\\&" : "") part[k]
}

function mdoc_example(i,    k) {
  print ".Bd -literal -offset indent"
  if (("input", i) in of_example) {
    line("t.csv (" of_example["schema", i] ")" (options[i] ? ", with" : ""))
    for (k = 1; k <= options[i]; k++)
      line("    " option[i, k])
    lines(of_example["input", i], "    ")
  }
  lines(example[i], "")
  if (("spark", i) in of_example)
    line("  in Spark " of_example["spark", i] ":")
  if (("gives", i) in of_example)
    lines(of_example["gives", i], "    ")
  else
    lines("refused: " of_example["refused", i], "    ")
  print ".Ed"
}

function mdoc_entry(i,    k) {
  print ".It Sy " macro_words(names[i])
  if (usages[i]) {
    print ".Bd -literal -compact"
    for (k = 1; k <= usages[i]; k++)
      lines(usage[i, k], "")
    print ".Ed"
    print ".Pp"
  }
  prose(text[i])
  for (k = 1; k <= notes[i]; k++) {
    print ".Pp"
    prose(note[i, k])
  }
  for (k = first_example[i]; k <= last_example[i]; k++)
    mdoc_example(k)
}

# As one argument of a macro.
function macro_words(words) {
  words = escaped(words)
  gsub(/"/, "\"\"", words)
  return "\"\\&" words "\""
}

function mdoc_chapter(i,    k) {
  print ".Ss " field["title", i]
  for (k = 1; k <= abouts[i]; k++) {
    if (k > 1)
      print ".Pp"
    prose(about[i, k])
  }
  if (last_entry[i] < first_entry[i])
    return
  print ".Bl -tag -width indent"
  for (k = first_entry[i]; k <= last_entry[i]; k++)
    mdoc_entry(k)
  print ".El"
}

function write_mdoc(    i) {
  print ".\\\" SPDX-License-Identifier: Apache-2.0"
  print ".\\\" Made by reference.awk; edit the sources in src/sql/reference."
  print ".Dd November 21, 2026\n.Dt RETRIAL-SQL 7\n.Os"
  print ".Sh NAME\n.Nm retrial-sql\n.Nd the Spark SQL that retrial runs"
  print ".Sh DESCRIPTION"
  for (i = 1; i <= chapters; i++)
    mdoc_chapter(i)
  print ".Sh SEE ALSO\n.Xr retrial 1 ,\n.Xr retrial-pipeline 5"
}
