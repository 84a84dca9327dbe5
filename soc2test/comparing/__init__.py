"""Two runs held against each other: reports in folders, or records of the evidence store."""
