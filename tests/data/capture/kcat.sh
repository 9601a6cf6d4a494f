#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What kcat 1.7.1 prints of records with everything that an envelope can hold; writes kcat.jsonl,
# which tests/unit reads. It needs a Kafka that makes topics as they are named, and leaves two there.
#
#     ./kcat.sh HOST:PORT > kcat.jsonl
set -eu
broker=${1:?usage: kcat.sh HOST:PORT}
first=retrial.capture-1.$$ second=retrial_capture-2.$$
part=$(mktemp)
trap 'rm -f "$part"' EXIT

# put TOPIC OPTION...: what stands on standard input as one record.
put() {
  topic=$1
  shift
  cat >"$part"
  kcat -b "$broker" -P -t "$topic" -p 0 "$@" "$part"
}

printf 'plain' | put "$first"
printf 'value' | put "$first" -k key
printf 'k:\n' | kcat -b "$broker" -P -t "$first" -p 0 -K: -Z -H 'deleted=1'
printf ':empty key\n' | kcat -b "$broker" -P -t "$first" -p 0 -K:
printf 'k:\n' | kcat -b "$broker" -P -t "$first" -p 0 -K:
printf 'headers' | put "$first" -k k -H a=1 -H b=2 -H a=3 -H none -H empty= -H 'quote"=\ "'
# Every byte below 0x80, then what is escaped in other ways elsewhere, then each length of UTF-8.
awk 'BEGIN { for (i = 0; i < 128; i++) printf "%c", i }' | put "$first" -k 'a	b'
printf '</script> \342\200\250\342\200\251 \303\251 \342\202\254 \360\237\230\200 \357\273\277 \364\217\277\277' |
  put "$first" -k "$(printf '\303\251')" -H "$(printf '\342\202\254')=$(printf '\360\237\230\200')"
printf '{"cpu_pct": 81.48, "server": "server_1", "path": "C:\\\\x"}' | put "$second" -k server_1
# No UTF-8: kcat prints the bytes as they are.
printf '\000\377\300\200\355\240\200"\\' | put "$second" -k "$(printf '\200')" -H "row=$(printf '\001\200')"

for topic in "$first" "$second"; do
  kcat -b "$broker" -C -t "$topic" -p 0 -J -e -q
done
