"""CC7, system operations: audit logs, detectors, vulnerabilities, incidents."""
