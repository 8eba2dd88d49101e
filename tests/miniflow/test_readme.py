"""The README's example runs as it stands, and prints what the README says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_example_of_the_readme_prints_what_the_readme_says() -> None:
    blocks = re.findall(r"```(?:python)?\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    (place,) = [index for index, block in enumerate(blocks) if block.startswith("from miniflow")]
    program, promised = blocks[place], blocks[place + 1]
    answer = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (answer.stdout, answer.stderr) == (promised, "")


def test_each_command_to_copy_stands_alone_under_its_heading() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for heading, command in [("Run", "make run"), ("Test", "make test")]:
        assert f"## {heading}\n\n```\n{command}\n```\n" in readme
