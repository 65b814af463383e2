"""The shipped content broken in many ways, each of which the checks must find at its place.

``python -m tests.mutations`` runs everything against every mutation and prints a table.
"""
