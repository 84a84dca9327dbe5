"""The folders here are cases, and none holds a test of its own: to look into each takes seconds of every run."""

from pathlib import Path

collect_ignore = [folder.name for folder in Path(__file__).parent.iterdir() if folder.is_dir()]
