"""Training of Says Who's encoder: gold documents in, one model file and its card out."""
