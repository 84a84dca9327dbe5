"""What the tests of the evidence itself contribute to: conditions of reliance, and evidence of no criterion."""

__all__ = ["RELIANCE"]

RELIANCE = {
    "CC2.1": "the exports that controls are tested with are whole, fresh and known",
    "CC4.1": "what the monitoring of controls sees is all there",
}
