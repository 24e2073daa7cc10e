"""The whole network: what every neuron does, and the links between them."""
