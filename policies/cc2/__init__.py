"""CC2, information and communication: is the evidence that the other controls rely on all there?"""
