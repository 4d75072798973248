"""Checks files of JSON lines as Python reads them: prints one line of strict JSON for each file, the number of its lines."""

import json
import sys

for path in sys.argv[1:]:
    with open(path, encoding="utf-8", newline="\n") as file:
        lines = [json.loads(line) for line in file]
    # Half a surrogate pair can be read, and not be written again.
    json.dumps(lines, ensure_ascii=False).encode("utf-8")
    print(len(lines))
