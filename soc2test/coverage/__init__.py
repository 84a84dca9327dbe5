"""Coverage: from the controls' results to the status of each criterion, and the record of a whole run."""
