"""Statistics of counts in units: matrices, samples, intervals, tests, measures, maps."""
