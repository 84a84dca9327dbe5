"""Benchmarks: `python -m benchmarks.run` measures whole processes side by side and prints ratios."""
