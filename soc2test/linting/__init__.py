"""Rules over the mapping of controls to criteria, kinds, facts and limits: what no run of the controls would show."""
