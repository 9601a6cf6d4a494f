# Sessions, sums and sorts are those of one machine here: one partition, so that DOUBLE is added in
# the order of the rows and ties of ORDER BY stay as they come. Without the last four settings, and
# without the coalesce(1) below, Spark spreads the work; last digits and ties may differ then.
SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false",
    "spark.sql.legacy.timeParserPolicy": "CORRECTED",  # a time that does not match is null
    "spark.sql.variable.substitute": "false",  # ${name} is replaced below
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.sql.files.minPartitionNum": "1",
    "spark.sql.files.maxPartitionBytes": "1099511627776",
}


def substitute(text, parameters):
    """The text with every ${name} replaced, in values too."""
    for _ in range(64):
        if not re.search(r"\$\{[^\s}]+\}", text):
            return text
        text = re.sub(r"\$\{([^\s}]+)\}", lambda match: parameters[match.group(1)], text)
    sys.exit("parameters refer to each other in a circle")


def statements(text):
    """The statements of a file: split at ';' outside of quotes and comments."""
    token = re.compile(
        r"(?P<skip>--(?:\\\n|[^\n])*|/\*.*?\*/)"
        r"|(?<!\w)[rR]'[^']*'|(?<!\w)[rR]\"[^\"]*\""
        r"|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`|(?P<end>;)|.",
        re.DOTALL,
    )
    parts, start, empty = [], 0, True
    for match in token.finditer(text):
        if match.group("end"):
            if not empty:
                parts.append(text[start : match.start()])
            start, empty = match.end(), True
        elif not match.group("skip") and not match.group().isspace():
            empty = False
    return parts if empty else parts + [text[start:]]


def sql(spark, file, parameters):
    """What the last statement of a file beside this program gives."""
    with open(os.path.join(HERE, file), encoding="utf-8") as query:
        result = None
        for statement in statements(substitute(query.read(), parameters)):
            result = spark.sql(statement)
        return result


def read_files(spark, table, directory):
    """The table from the CSV file that a run stored."""
    reader = spark.read.schema(table["schema"]).option("header", "true")
    return reader.csv(directory.rstrip("/") + "/" + table["file"])


def read_topic(spark, table, servers):
    """The table from all messages that its topic holds now."""
    reader = spark.read.format("kafka").option("kafka.bootstrap.servers", servers)
    reader = reader.option("subscribe", table["topic"]).option("includeHeaders", "true")
    reader = reader.option("startingOffsets", "earliest").option("endingOffsets", "latest")
    return decode(spark, table, reader.load())


def decode(spark, table, messages):
    """The rows of messages, in the order of their number in the dataset, with which the header of
    retrial's producer begins; those of other producers by timestamp, partition and offset."""
    messages.createOrReplaceTempView("messages")
    ordered = spark.sql(
        "SELECT CAST(value AS STRING) AS value FROM messages ORDER BY"
        " conv(hex(substring(element_at(filter(headers, h -> h.key = 'retrial'), -1).value, 1, 8)),"
        " 16, 10) + 0BD NULLS LAST, timestamp, partition, offset"
    ).localCheckpoint()  # a sort below a join or an aggregate would be optimized away
    ordered.createOrReplaceTempView("messages")
    # FAILFAST: a message that is no JSON stops the job; retrial counts it and goes on without it.
    return spark.sql(
        f"SELECT {table['columns']} FROM (SELECT from_json(value, '{table['message']}',"
        " map('mode', 'FAILFAST')) AS message FROM messages)"
    )


def rename(spark, source, target):
    """Gives a file another name, on whatever file system it is."""
    path = spark._jvm.org.apache.hadoop.fs.Path
    system = path(target).getFileSystem(spark._jsc.hadoopConfiguration())
    system.setWriteChecksum(False)
    system.delete(path(target), False)
    parts = [status.getPath() for status in system.listStatus(path(source))]
    part = next(name for name in parts if name.getName().startswith("part-"))
    system.rename(part, path(target))
    system.delete(path(source), True)
    directory, name = os.path.split(target)
    if os.path.exists(os.path.join(directory, f".{name}.crc")):
        os.remove(os.path.join(directory, f".{name}.crc"))


def write(spark, rows, directory, file):
    """One CSV file with a header, which appears whole."""
    target = directory.rstrip("/") + "/" + file
    part = rows.coalesce(1).write.mode("overwrite").option("header", "true")
    part.csv(target + ".part")
    rename(spark, target + ".part", target)


def run(spark, name, directory):
    """One job: finds out the parameters that are left to it, then runs its query."""
    job, parameters = JOBS[name], dict(PARAMETERS)
    for parameter, file in job["auto"].items():
        if parameters[parameter] != "auto":
            continue
        rows = sql(spark, file, parameters).limit(1)
        first = rows.selectExpr(f"CAST(`{rows.columns[0]}` AS STRING)").first()
        if first is None or first[0] is None:
            sys.exit(f"{name}: no row has a time, so '{parameter}' cannot be found out")
        parameters[parameter] = first[0]
    write(spark, sql(spark, job["query"], parameters), directory, job["output"])


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    source = arguments.add_mutually_exclusive_group(required=True)
    source.add_argument("--tables", metavar="DIR", help="read the tables from the CSV files in DIR")
    source.add_argument("--kafka", metavar="HOST:PORT", help="read them from the topics")
    arguments.add_argument("-o", "--output", metavar="DIR", required=True, help="write there")
    arguments.add_argument("job", nargs="*", metavar="JOB", help="only these; else all jobs")
    given = arguments.parse_args()
    for name in given.job:
        if name not in JOBS:
            arguments.error(f"there is no job '{name}'; there are {', '.join(JOBS)}")
    builder = SparkSession.builder.appName(PIPELINE)
    for key, value in SETTINGS.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    if not spark.version.startswith(SPARK + "."):
        print(f"the outputs are those of Spark {SPARK}, and this is {spark.version}", file=sys.stderr)
    for name, table in TABLES.items():
        rows = (
            read_files(spark, table, given.tables)
            if given.tables
            else read_topic(spark, table, given.kafka)
        )
        rows.createOrReplaceTempView(name)
    for name in given.job or JOBS:
        run(spark, name, given.output)
    spark.stop()


if __name__ == "__main__":
    main()
