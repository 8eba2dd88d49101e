"""How a graph is computed: the order, the passes, the recorded run."""
