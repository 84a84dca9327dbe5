"""Templates of what people keep by hand: a file of a register to fill in, as a spreadsheet, a CSV or YAML."""
