"""The controls that soc2test ships, a folder for each series of criteria and a file for each topic.

They are written against the neutral kinds alone, so they hold for every provider whose plugin tells the facts.
Every threshold is a limit with a common default; a company's own soc2.yaml overrides it by the control's id.
"""
