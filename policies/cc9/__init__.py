"""CC9, risk mitigation: vendors and the reports that they give us."""
