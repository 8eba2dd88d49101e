"""The JSON Schema of a ``.miniflow`` file, made from the types that read it.

``python -m miniflow.io.json_schema`` writes it to ``resources/schema``. Editors that know JSON Schema then help to
write a file by hand. It says less than the reader checks: that a wire comes from a node of the file, for example.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from miniflow.io.file_types import VALUE_FORMS, Document

PATH = Path(__file__).resolve().parents[2] / "resources" / "schema" / "miniflow-1.schema.json"


def json_schema() -> dict[str, Any]:
    """Return the schema as plain dictionaries and lists."""
    (document, *_), definitions = msgspec.json.schema_components(
        [Document, *VALUE_FORMS.values()], ref_template="#/$defs/{name}"
    )
    nested = {
        "description": "A number, or numbers in lists of equal length, or such lists in lists.",
        "anyOf": [{"type": "number"}, {"type": "array", "items": {"$ref": "#/$defs/NestedNumbers"}}],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "MiniFlow graph, version 1",
        **document,
        "$defs": {**definitions, "NestedNumbers": nested},
    }


def schema_text() -> str:
    """Return the schema as it is shipped."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PATH.parent.mkdir(parents=True, exist_ok=True)
    PATH.write_text(schema_text(), encoding="utf-8")
