"""Measure work in a process of its own: CPU seconds, peak memory, and what came out."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

_FIRST = '{"cpu_s"'
"""How the line of figures begins; libraries print what they like before and after it."""
Work = Callable[..., Callable[[], Any]]
"""Prepares (not measured) and returns the work to measure, whose value is printed with the figures."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians over the runs: CPU seconds of the work alone, peak memory of the whole process, the last value."""

    cpu_s: float
    peak_mb: float
    value: Any


def measured(script: str, name: str, arguments: Mapping[str, str], *, runs: int = 3) -> Figures:
    """Run work ``name`` of ``script`` several times, each in a fresh process."""
    results = []
    for _ in range(runs):
        done = subprocess.run(
            [sys.executable, script, name, json.dumps(dict(arguments))],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{name} failed:\n{done.stderr}")
        results.append(json.JSONDecoder().raw_decode(done.stdout, done.stdout.rindex(_FIRST))[0])
    return Figures(
        median(r["cpu_s"] for r in results), median(r["peak_mb"] for r in results), results[-1]["value"]
    )


def answer(works: Mapping[str, Work]) -> None:
    """Be the fresh process: prepare, measure, and print one line of JSON."""
    name, arguments = sys.argv[1], json.loads(sys.argv[2])
    work = works[name](**arguments)
    began = time.process_time()
    value = work()
    spent = time.process_time() - began
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu_s": spent, "peak_mb": peak_mb, "value": value}, default=str))
