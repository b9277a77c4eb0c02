"""Stages, fingerprints, store and provenance of a study run."""
