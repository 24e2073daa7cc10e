"""One layer: its weights and biases, and the next update of one of them."""
