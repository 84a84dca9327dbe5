"""CC1, the control environment: conduct, confidentiality, competence."""
