"""Prints every record of Avro files as one line of JSON each, read by fastavro: times as RFC 3339, integers as text."""

import json
import sys

from fastavro import reader


def plain(value):
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


for path in sys.argv[1:]:
    with open(path, "rb") as file:
        for record in reader(file):
            print(json.dumps({name: plain(value) for name, value in record.items()}))
