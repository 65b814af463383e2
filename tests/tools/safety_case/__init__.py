"""The hazard log (docs/safety-case/hazards.yaml), read strictly and held to the checks, tests and stories it names."""
