"""`python -m bot preview`: the web chat beside the flows and the findings, for authors, on their own machine."""
