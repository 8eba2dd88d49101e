"""How a graph learns: updates, batches, and the training loop."""
