"""Documents to paragraphs: repair that keeps the way back to the raw file."""
