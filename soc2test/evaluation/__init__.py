"""Evaluation: controls over populations to results."""
