"""CC3, risk assessment: the risk register, fraud among its risks, and the vendors that it must name."""
