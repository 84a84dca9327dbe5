"""The `soc2test` command. Imports lazily: `soc2test --help` loads click and no more."""
