"""What is known of Chinese before any corpus: segmentation, lexicons, stopwords."""
