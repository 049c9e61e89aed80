"""Labels a partitioned data set of JSON lines with `sayswho`, a process for each partition.

    spark-submit label.py --sayswho PATH INPUT OUTPUT

INPUT and OUTPUT are whatever Spark reads and writes: folders, object stores, HDFS. README.md says how to run it on a
cluster.
"""

import argparse
import shlex

from pyspark.sql import SparkSession


def main() -> None:
    """Reads the arguments, labels, and fails where a process could not do its work."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", help='JSON lines with "id" and "text"')
    parser.add_argument("output", help="a folder that is not there yet; a part for each partition")
    parser.add_argument("--sayswho", default="sayswho", help="the binary, on every worker (default: the one on PATH)")
    parser.add_argument("--offsets", default="chars", choices=["utf8", "utf16", "chars"])
    parser.add_argument("--partitions", type=int, help="split the input into at least as many")
    parser.add_argument("--rules", action="store_true", help="judge by rules alone")
    args = parser.parse_args()

    # Lines end with a line feed, as for one process; Hadoop would end them at a lone carriage return too.
    delimiter = "spark.hadoop.textinputformat.record.delimiter"
    spark = SparkSession.builder.appName("sayswho").config(delimiter, "\n").getOrCreate()
    command = [args.sayswho, *(["--rules"] if args.rules else []), "label", "--jsonl", "--offsets", args.offsets]
    # Exit code 1 says that some lines are no documents, and each of these has its answer. Anything above is a failure,
    # for which Spark tries the partition again.
    checked = ["sh", "-c", '"$@" || test $? -eq 1', "sh", *command]
    lines = spark.sparkContext.textFile(args.input, args.partitions)
    lines.pipe(shlex.join(checked), checkCode=True).saveAsTextFile(args.output)
    spark.stop()


if __name__ == "__main__":
    main()
