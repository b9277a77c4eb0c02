"""What is counted and compared: keywords, keyness, similarity, and their intervals."""
