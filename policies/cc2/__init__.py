"""CC2, information and communication: what people and customers are told, and what they promised in return."""
