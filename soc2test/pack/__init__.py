"""The evidence pack: what management hands to its auditor, so that it can be verified and tested again elsewhere."""
