"""The parts of Explain that stand on their own: asking for the next number, measuring gradients, trying out values."""
